"""From a file to its lines: suffixes, encodings, and what makes a file unreadable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from charset_normalizer import from_bytes

from rag.errors import CorpusError
from rag.reading.layout import Line

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SAMPLE = 65536
_RARE = 20


class Loaded(NamedTuple):
    """A file's lines and the encoding they were read with."""

    encoding: str
    lines: tuple[Line, ...]


def gather(paths: Sequence[Path]) -> list[Path]:
    """The files that are corpus: each path that is a file, and every supported file below each folder, sorted.

    README files and hidden ones are left out. Raises CorpusError for a path that is not there.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(sorted(file for file in path.rglob("*") if _is_corpus(file, path))))
        elif path.exists():
            found[path] = None
        else:
            raise CorpusError(f"{path}: no such file or folder; give --corpus a path that exists")
    return list(found)


def _is_corpus(file: Path, folder: Path) -> bool:
    names = file.relative_to(folder).parts
    return (
        file.is_file()
        and file.suffix.lower() in READERS
        and not any(name.startswith(".") for name in names)
        and file.stem.lower() != "readme"
    )


def load(path: Path) -> Loaded:
    """A file's lines. Raises CorpusError when it can't be read, is empty or is of no kind that this reads."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise CorpusError(f"{path}: {path.suffix or 'no suffix'} is no kind of text; give {', '.join(READERS)} files")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    if not data.strip(b"\x00 \t\r\n"):
        raise CorpusError(f"{path}: the file is empty; give a file with text")
    loaded = reader(path, data)
    if not any(line.raw.strip() for line in loaded.lines):
        raise CorpusError(f"{path}: the file has no text; give a file with text")
    return loaded


def text_lines(text: str) -> tuple[Line, ...]:
    """Lines of a plain text. A form feed starts a page; where indented lines are rare, one leading blank does too:
    extractors that turn form feeds into blanks leave it there."""
    raws = _split(text)
    fed = "\f" in text
    indented = sum(raw.startswith(" ") for raw in raws)
    blanks_mark_pages = not fed and indented * _RARE < len(raws)
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(raws, 1):
        page += raw.count("\f")
        opens = "\f" in raw or (blanks_mark_pages and raw[:1] == " " != raw[1:2])
        lines.append(Line(number, raw.replace("\f", " "), page if fed else None, opens))
    return tuple(lines)


def _split(text: str) -> list[str]:
    """Lines as editors count them: only \\n, \\r\\n and \\r end one."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")


def _read_text(path: Path, data: bytes) -> Loaded:
    encoding, text = decode(path, data)
    return Loaded(encoding, text_lines(text))


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """The encoding of a file's bytes and their text. Raises CorpusError for bytes that are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding, _strictly(path, data, encoding)
    try:
        return "utf-8", _clean(path, data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    detected = _detect(data)
    if detected is None:
        raise CorpusError(f"{path}: this is no text in an encoding that can be told; save it as UTF-8")
    return detected, _strictly(path, data, detected)


def _strictly(path: Path, data: bytes, encoding: str) -> str:
    try:
        return _clean(path, data.decode(encoding))
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: byte {error.start} is not {encoding}; save the file as UTF-8") from None


def _clean(path: Path, text: str) -> str:
    if "\x00" in text:
        raise CorpusError(f"{path}: this is a binary file, not text; give a text file")
    return text


def _detect(data: bytes) -> str | None:
    best = from_bytes(data[:_SAMPLE], cp_isolation=["gb18030", "big5hkscs", "utf_16_le", "utf_16_be"]).best()
    return best.encoding if best else None


READERS: dict[str, Callable[[Path, bytes], Loaded]] = {".txt": _read_text}
