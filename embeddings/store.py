"""The index folder: generations side by side, and one pointer that is swapped to the newest at one stroke.

    INDEX/CURRENT                  {"generation": …, "manifest": sha256 of that generation's manifest.json}
    INDEX/generation-000002-…/     manifest.json (with the sha256 of the other files), the other files
    INDEX/refresh.lock             held by the refresh that is under way

Every byte is covered by a checksum: CURRENT names the manifest's, the manifest names the others'. A reader that
holds the generation before the newest goes on undisturbed; older ones are removed by the next refresh.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from embeddings.errors import IndexBusy, IndexDamaged, IndexMissing, IndexUnwritable

CURRENT = "CURRENT"
MANIFEST = "manifest.json"
LOCK = "refresh.lock"
GENERATION = "generation-"
UNFINISHED = "unfinished-"
SHORT = 8
"""Digits of its manifest's checksum in a generation's name: they tell which of the two was damaged."""
REBUILD = "run 'python -m embeddings refresh' to build it anew"


def pointer(folder: Path) -> tuple[str, str]:
    """(generation, checksum of its manifest). Raises IndexMissing or IndexDamaged."""
    path = folder / CURRENT
    try:
        content = json.loads(path.read_bytes())
        generation, checksum = content["generation"], content["manifest"]
    except (FileNotFoundError, NotADirectoryError):
        raise IndexMissing(f"index {folder}: there is none; run 'python -m embeddings refresh' to make it") from None
    except OSError as error:
        raise IndexDamaged(f"index file {path}: can't be read ({error.strerror}); make it readable") from error
    except (ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"index file {path}: damaged; {REBUILD}") from error
    if not isinstance(generation, str) or not generation.startswith(GENERATION) or "/" in generation:
        raise IndexDamaged(f"index file {path}: damaged; {REBUILD}")
    return generation, str(checksum)


def checked_bytes(path: Path, checksum: str) -> bytes:
    """The file's bytes. Raises IndexDamaged, naming the file, when they aren't what was written."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise IndexDamaged(f"index file {path}: missing; {REBUILD}") from None
    except OSError as error:
        raise IndexDamaged(f"index file {path}: can't be read ({error.strerror}); {REBUILD}") from error
    if hashlib.sha256(data).hexdigest() != checksum:
        raise IndexDamaged(f"index file {path}: not what its checksum says; {REBUILD}")
    return data


def read_manifest(folder: Path) -> tuple[str, dict[str, Any]]:
    """(generation, its manifest), checked. Raises IndexMissing or IndexDamaged."""
    generation, checksum = pointer(folder)
    path = folder / generation / MANIFEST
    if not path.parent.is_dir():
        raise IndexDamaged(f"index file {folder / CURRENT}: names a generation that is not there; {REBUILD}")
    try:
        return generation, json.loads(checked_bytes(path, checksum))
    except IndexDamaged as error:
        if path.is_file() and _checksum(path)[:SHORT] == generation[-SHORT:]:
            raise IndexDamaged(f"index file {folder / CURRENT}: damaged; {REBUILD}") from error
        raise


@contextmanager
def locked(folder: Path, wait: float) -> Iterator[None]:
    """Holds the folder, made if need be, for one refresh; waits up to `wait` seconds.

    Raises IndexBusy, or IndexUnwritable for whatever the system refuses meanwhile; the old index stays as it was.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _refuse_strangers(folder)
        with FileLock(folder / LOCK, timeout=wait):
            yield
    except Timeout:
        raise IndexBusy(f"index {folder}: another refresh is at work since over {wait:g} s; wait for it") from None
    except OSError as error:
        reason = error.strerror or error
        raise IndexUnwritable(
            f"index {folder}: can't be written ({reason}); free space, allow writing or give another --index"
        ) from error


def _refuse_strangers(folder: Path) -> None:
    """An index cleans up after itself, so it lives in a folder of its own."""
    strangers = [path.name for path in folder.iterdir() if not _ours(path.name)]
    if strangers and not (folder / CURRENT).exists():
        raise IndexUnwritable(f"index {folder}: the folder holds other files ({strangers[0]}); give an empty folder")


def _ours(name: str) -> bool:
    return name.startswith((CURRENT, LOCK, GENERATION, UNFINISHED))


def publish(folder: Path, write: Callable[[Path], None], manifest: Callable[[dict[str, str]], dict[str, Any]]) -> str:
    """Writes a new generation and makes it the current one; returns its name. Call it while `locked`.

    `write` puts the files into the folder it is given, `manifest` makes the manifest of their checksums.
    """
    sweep(folder)
    number = 1 + max((int(path.name.split("-")[1]) for path in folder.glob(f"{GENERATION}*-*")), default=0)
    unfinished = folder / f"{UNFINISHED}{number:06}"
    try:
        unfinished.mkdir()
        write(unfinished)
        checksums = {path.name: _flushed(path) for path in sorted(unfinished.iterdir())}
        (unfinished / MANIFEST).write_text(_dump(manifest(checksums), indent=2), "utf-8", "backslashreplace")
        checksum = _flushed(unfinished / MANIFEST)
        _flush_folder(unfinished)
        generation = f"{GENERATION}{number:06}-{checksum[:SHORT]}"
        unfinished.rename(folder / generation)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    new = folder / f"{CURRENT}.new"
    new.write_text(_dump({"generation": generation, "manifest": checksum}), encoding="utf-8")
    _flushed(new)
    _flush_folder(folder)
    new.replace(folder / CURRENT)
    _flush_folder(folder)
    return generation


def sweep(folder: Path) -> None:
    """Removes what a killed refresh left and every generation but the current one."""
    try:
        current = pointer(folder)[0]
    except (IndexMissing, IndexDamaged):
        current = ""
    for path in folder.iterdir():
        if path.name.startswith((GENERATION, UNFINISHED)) and path.name != current:
            shutil.rmtree(path, ignore_errors=True)


def _dump(content: dict[str, Any], indent: int | None = None) -> str:
    """JSON; a lone surrogate of a file's name, which UTF-8 has no bytes for, is to be written as an escape."""
    return json.dumps(content, ensure_ascii=False, indent=indent) + "\n"


def _flushed(path: Path) -> str:
    """Brings the file to the disk and returns its checksum."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return _checksum(path)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
