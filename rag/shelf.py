"""Readers' own files: each reader's on a shelf apart from everyone else's, indexed file by file, cleared away in time.

UPLOADS/<reader>/used                 touched whenever the shelf is; its age decides when the shelf is cleared away
UPLOADS/<reader>/<file>/text/NAME     the file, under the reader's own name for it
UPLOADS/<reader>/<file>/index/        its index; a file without a finished one is not on the shelf
"""

from __future__ import annotations

import hashlib
import logging
import shutil
import threading
import time
import uuid
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import Literal

from embeddings.errors import ProjectError
from embeddings.generations import current_generation, read_manifest
from embeddings.model import Embedder
from embeddings.store import CURRENT
from rag.accounts import Account
from rag.errors import CorpusError
from rag.library import Progress, refresh_library
from rag.reading.files import READERS
from rag.settings import Settings

FILES = 20
"""Files that a shelf holds."""
PASSAGES = 20_000
"""Passages that one file may have: some fifteen yearbooks, half an hour of embedding on two cores."""
UNPACKED = 20
"""How much larger than the largest file a .docx may be once it is unpacked."""
SHARED = "everyone"
Why = Literal["kind", "size", "count", "twice", "unreadable", "long"]
_log = logging.getLogger(__name__)


class Refused(Exception):
    """A file that is not taken, and why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


@dataclass(frozen=True)
class Book:
    """One file on a shelf: its folder, and what the reader made of it."""

    folder: Path
    account: Account
    sha256: str

    @property
    def name(self) -> str:
        """The name of the file, and of the source in its units."""
        return self.account.source

    @property
    def file(self) -> Path:
        return self.folder / "text" / self.name

    def settings(self, base: Settings) -> Settings:
        """Those of a library that holds this file alone."""
        return base.model_copy(update={"corpus": (self.file,), "index": self.folder / "index"})


@dataclass(frozen=True)
class Shelf:
    """One reader's files. Nothing of it is kept in memory: two windows of one reader see the same."""

    folder: Path
    settings: Settings

    def books(self) -> tuple[Book, ...]:
        """The files that are ready to be asked, by name."""
        found = (_book(folder) for folder in self._folders())
        return tuple(sorted((book for book in found if book), key=lambda book: book.name))

    @property
    def generation(self) -> tuple[str, ...]:
        """Changes whenever a file comes or goes; cheap enough to look at for every question."""
        return tuple(sorted(folder.name for folder in self._folders() if current_generation(folder / "index")))

    def _folders(self) -> Iterable[Path]:
        return [path for path in self.folder.iterdir() if path.is_dir()] if self.folder.is_dir() else []

    def add(
        self, upload: Path, embedder: Embedder, taken: Iterable[str], reading: Progress, embedding: Progress
    ) -> Book:
        """Reads and indexes one file, under another name where its own is `taken`; the upload itself stays as it is.

        `reading` counts kilobytes, `embedding` passages. Raises Refused; whatever is raised, nothing is left behind.
        """
        books = self.books()
        self._check(upload, books)
        folder = self.folder / uuid.uuid4().hex
        file = folder / "text" / _free(upload, {*taken, *(book.name for book in books)})
        try:
            file.parent.mkdir(parents=True)
            self.touch()
            shutil.copyfile(upload, file)
            self._index(file, folder / "index", embedder, reading, embedding)
            book = _book(folder)
            if book is None or not book.account.units:
                raise Refused("unreadable")
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return book

    def _check(self, upload: Path, books: Iterable[Book]) -> None:
        """What can be told without reading the text."""
        largest = self.settings.upload_mb * 1_000_000
        if upload.suffix.lower() not in READERS:
            raise Refused("kind")
        if upload.stat().st_size > largest or _unpacked(upload) > UNPACKED * largest:
            raise Refused("size")
        if len(books := list(books)) >= FILES:
            raise Refused("count")
        if _sha256(upload) in {book.sha256 for book in books}:
            raise Refused("twice")

    def _index(self, file: Path, index: Path, embedder: Embedder, reading: Progress, embedding: Progress) -> None:
        def bounded(done: int, total: int) -> None:
            if total > PASSAGES:
                raise Refused("long")
            embedding(done, total)

        settings = self.settings.model_copy(update={"corpus": (file,), "index": index})
        try:
            refresh_library(settings, bounded, embedder, reading)
        except (CorpusError, RecursionError, ValueError, KeyError) as error:
            _log.info("an uploaded file can't be read: %s", error)
            raise Refused("unreadable") from error

    def remove(self, name: str) -> None:
        """Takes a file off the shelf for good; one that is not there is as good as removed."""
        for book in self.books():
            if book.name == name:
                (book.folder / "index" / CURRENT).unlink()  # off the shelf at one stroke, whatever happens next
                shutil.rmtree(book.folder)

    def touch(self) -> None:
        """Notes that the shelf is in use, as far as there is room and leave to."""
        if self.folder.is_dir():
            with suppress(OSError):
                (self.folder / "used").touch()


class Shelves:
    """The shelves of all readers of one server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        index = settings.index_folder
        # Beside the index, not in it: an index folder holds nothing else.
        self.folder = index.with_name(f"{index.name}.uploads")

    def of(self, secret: str) -> Shelf:
        """The shelf of whoever knows the secret, or everyone's where the server shares; its folder doesn't tell."""
        name = SHARED if self.settings.share_uploads else hashlib.sha256(secret.encode()).hexdigest()[:32]
        return Shelf(self.folder / name, self.settings)

    def clear(self, now: float | None = None) -> None:
        """Removes every shelf that nobody has used for the days that the settings give, and what an upload that was
        killed left a day ago or earlier."""
        now = now or time.time()
        eldest = now - self.settings.upload_days * 86_400
        for folder in self.folder.iterdir() if self.folder.is_dir() else ():
            used = folder / "used"
            if (used if used.exists() else folder).stat().st_mtime < eldest:
                shutil.rmtree(folder, ignore_errors=True)
            else:
                _clear_halves(folder, now - 86_400)

    def keep_clear(self) -> None:
        """Clears at once and every hour, on a thread of its own."""

        def run() -> None:
            while True:
                try:
                    self.clear()
                except OSError as error:
                    _log.error("old uploads can't be cleared away: %s", error)
                time.sleep(3600)

        threading.Thread(target=run, name="clear-uploads", daemon=True).start()


def _clear_halves(shelf: Path, eldest: float) -> None:
    """Removes what an upload or a removal that was killed has left."""
    for folder in [path for path in shelf.iterdir() if path.is_dir()]:
        if not (folder / "index" / CURRENT).exists() and folder.stat().st_mtime < eldest:
            shutil.rmtree(folder, ignore_errors=True)


def _book(folder: Path) -> Book | None:
    """The book in a folder, or None where its index is not finished or can't be used."""
    if current_generation(folder / "index") is None:
        return None
    try:
        record = read_manifest(folder / "index").corpus
    except ProjectError as error:
        _log.error("an uploaded file is left out: %s", error)
        return None
    (account,) = record["accounts"]
    return Book(folder, Account.from_json(account), *record["files"].values())


def _free(upload: Path, taken: set[str]) -> str:
    """The upload's name, with a number where a source has that name already."""
    numbered = (f"{upload.stem} ({number}){upload.suffix}" for number in count(2))
    return next(name for name in chain([upload.name], numbered) if name not in taken)


def _sha256(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _unpacked(file: Path) -> int:
    """The bytes that a .docx unpacks to, by its own account; 0 for other files."""
    if file.suffix.lower() != ".docx":
        return 0
    try:
        with zipfile.ZipFile(file) as packed:
            return sum(part.file_size for part in packed.infolist())
    except Exception:  # the library raises BadZipFile, NotImplementedError, ValueError …; the reader says what is wrong
        return 0
