"""The rows of one collection brought up to date: what is new is embedded and added, what is gone removed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

from embeddings.index import Document
from embeddings.milvus.connection import LABELS_EACH, Connection, Row, among, batches, label
from embeddings.milvus.records import dump, keys_of
from embeddings.model import Progress
from embeddings.reading import Vectors

LABELS, LISTS = ("source", "section", "date"), ("people",)
STEP = 256
"""Rows that are embedded and written at a time: what a killed refresh loses at most."""


def passage_rows(documents: Sequence[Document]) -> list[tuple[Row, str]]:
    """Each passage's row, still without vector, and its text, in their order."""
    return [
        ({"id": f"{key}.{number}", "text": _digest(text), **_labels(document)}, text)
        for key, document in zip(keys_of(documents), documents, strict=True)
        for number, text in enumerate(document.passages)
    ]


def word_rows(words: Sequence[str]) -> list[tuple[Row, str]]:
    """Each word's row, still without vector, and the word."""
    return [({"id": _digest(word), "text": dump(word)}, word) for word in words]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()[:32]


def _labels(document: Document) -> Row:
    plain = {name: label(document.payload.get(name)) for name in LABELS}
    return plain | {name: [label(one) for one in document.payload.get(name) or ()][:LABELS_EACH] for name in LISTS}


class Rows:
    """The rows that a collection holds and those it shall hold; new ones are born with the number of a generation."""

    def __init__(self, connection: Connection, collection: str, wanted: list[tuple[Row, str]], born: int) -> None:
        self._connection, self._collection, self._born = connection, collection, born
        self._wanted = wanted
        self._there = {row["id"]: row["text"] for row in connection.where(collection, "born >= 0", ["text"])}
        self._ids = {row["id"] for row, _ in wanted}
        self._texts = {row["text"] for row, _ in wanted}
        stored = set(self._there.values())
        self.new = len(self._texts - stored)
        self.kept = len(self._texts & stored)
        self.dropped = len(stored - self._texts)

    @property
    def exact(self) -> bool:
        """Whether the collection holds just what it shall."""
        return self._there.keys() == self._ids

    def add(self, embed: Callable[[list[str]], Vectors], check: Callable[[], None], progress: Progress | None) -> None:
        """Writes what is not there yet, a step at a time and after a `check` each; a text that is there under another
        id lends its vector."""
        stored, done = set(self._there.values()), 0
        missing = [(row, text) for row, text in self._wanted if row["id"] not in self._there]
        for some in batches(missing, STEP):
            vectors = self._lent({row["text"] for row, _ in some} & stored)
            fresh = {row["text"]: text for row, text in some if row["text"] not in vectors}
            if fresh:
                vectors.update(zip(fresh, embed(list(fresh.values())).tolist(), strict=True))
            check()
            self._connection.put(
                self._collection, [{**row, "vector": vectors[row["text"]], "born": self._born} for row, _ in some]
            )
            stored |= fresh.keys()
            done += len(fresh)
            if progress:
                progress(done, self.new)

    def _lent(self, texts: set[str]) -> dict[str, list[float]]:
        if not texts:
            return {}
        rows = self._connection.where(self._collection, among("text", sorted(texts)), ["text", "vector"])
        return {row["text"]: row["vector"] for row in rows}

    def remove(self) -> None:
        """Deletes what is there and shall not be."""
        self._connection.delete(self._collection, sorted(self._there.keys() - self._ids))
