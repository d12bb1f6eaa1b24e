"""The assistant of one reader: the server's sources and the reader's own files, less those that are left out."""

from __future__ import annotations

from functools import lru_cache

from embeddings.index import Index
from embeddings.joined import joined
from rag.assistant import Assistant
from rag.library import open_library
from rag.shelf import Shelf


class Desk(Assistant):
    """Answers across the sources that a reader chose, and follows what comes and goes among them."""

    def __init__(self, base: Assistant, shelf: Shelf, left_out: frozenset[str] = frozenset()) -> None:
        self._base = base
        self._shelf = shelf
        self._left_out = left_out
        self._seen = self._generation()
        index = self._joined()
        super().__init__(self.settings, base.embedder, index)

    def _generation(self) -> tuple[str, ...]:
        return (self._base.index.generation, *self._shelf.generation)

    def _joined(self) -> Index:
        """The chosen sources' index; all of them where nothing that was chosen is left."""
        base, books = self._base, self._shelf.books()
        files = tuple(book.file for book in books)
        self.settings = base.settings.model_copy(
            update={"corpus": (*base.settings.corpus_paths, *files), "index": base.settings.place}
        )
        indexes = [base.index, *(open_library(book.settings(base.settings), base.embedder) for book in books)]
        chosen = joined(indexes, lambda unit: unit["source"] not in self._left_out)
        return chosen if chosen.documents else joined(indexes, lambda _: True)

    def reload_if_changed(self) -> bool:
        """Whether a source came, went or changed since the last question."""
        self._base.reload_if_changed()
        with self._lock:
            if (generation := self._generation()) == self._seen:
                return False
            self._use(self._joined())
            self._seen = generation
        return True


@lru_cache(maxsize=16)
def desk(base: Assistant, shelf: Shelf, left_out: frozenset[str] = frozenset()) -> Desk:
    """The desk for these sources; one reader's windows share it."""
    return Desk(base, shelf, left_out)
