"""What of an index is no vector, as pieces of text in one collection: pointer, manifests, orders, documents."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.index import FORMAT, Document, Manifest, Numbers
from embeddings.milvus.connection import Connection, Row, among, batches
from embeddings.store import REBUILD

POINTER, MANIFEST, ORDER, DOCUMENT = "CURRENT", "manifest", "order", "document"
PIECE = 16_000
"""Characters of a piece: 64,000 bytes at most, which a Milvus string can hold."""
Order = list[tuple[str, int, int]]
"""Of each document in the index' order: its key, its passages, its pieces."""


@dataclass(frozen=True)
class Generation:
    """What the pointer says: a name and its number, and in how many pieces the manifest and the order are."""

    name: str
    number: int
    manifest: int
    order: int


def keys_of(documents: Sequence[Document]) -> list[str]:
    """A document's key is its content's: payload and passages. The second of two equal ones gets another."""
    seen: Counter[str] = Counter()
    keys = []
    for document in documents:
        digest = hashlib.sha256(_content(document).encode("utf-8", "backslashreplace")).hexdigest()[:32]
        seen[digest] += 1
        keys.append(f"{digest}-{seen[digest]}")
    return keys


def _content(document: Document) -> str:
    return dump([document.payload, list(document.passages)])


def dump(value: Any) -> str:
    """JSON; a lone surrogate, which UTF-8 has no bytes for, becomes its escape."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace").decode()


class Records:
    """The collection of records of one index."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.name = f"{connection.place.name}_records"

    def create(self) -> None:
        """The collection, unless it is there already."""
        # Milvus wants a vector in every collection; nothing is ever looked for by this one.
        self._connection.create(self.name, 2, labels=("kind",))

    def current(self) -> Generation:
        """The newest generation. Raises IndexMissing, StoreUnreachable."""
        place = self._connection.place
        if self.name not in self._connection.names():
            raise IndexMissing(f"index {place}: there is none; run 'python -m embeddings refresh' to make it")
        row = self._connection.get(self.name, [POINTER], ["text"]).get(POINTER)
        if row is None:
            raise IndexMissing(f"index {place}: it is not finished; run 'python -m embeddings refresh' to go on")
        return Generation(**json.loads(row["text"]))

    def manifest(self, generation: Generation) -> Manifest:
        """What it was made of. Raises IndexDamaged, IndexMismatch for another format."""
        content = self._read([(f"{generation.name}/{MANIFEST}", generation.manifest)])[0]
        if content["format"] != FORMAT:
            found = content["format"]
            raise IndexMismatch(f"index {self._connection.place}: has format {found}, not {FORMAT}; {REBUILD}")
        return Manifest(**content)

    def order(self, generation: Generation) -> Order:
        """Its documents' keys. Raises IndexDamaged."""
        return [tuple(entry) for entry in self._read([(f"{generation.name}/{ORDER}", generation.order)])[0]]

    def documents(self, order: Order) -> list[Document]:
        """The documents of an order. Raises IndexDamaged where one is not there any more."""
        found: list[Document] = []
        for some in batches(order, 1000):
            values = self._read([(key, pieces) for key, _, pieces in some])
            found += [Document(payload, tuple(passages)) for payload, passages in values]
        return found

    def _read(self, wanted: Sequence[tuple[str, int]]) -> list[Any]:
        ids = [f"{key}/{piece}" for key, pieces in wanted for piece in range(pieces)]
        rows = self._connection.get(self.name, ids, ["text"])
        try:
            return [
                json.loads("".join(rows[f"{key}/{piece}"]["text"] for piece in range(pieces))) for key, pieces in wanted
            ]
        except (KeyError, ValueError) as error:
            raise IndexDamaged(f"index {self._connection.place}: record {error} is missing; {REBUILD}") from error

    def write_documents(self, keys: Sequence[str], documents: Sequence[Document]) -> Order:
        """Writes those that aren't there yet, whole; gives the order of all."""
        there = {row["id"] for row in self._connection.where(self.name, among("kind", [DOCUMENT]), [])}
        order: Order = []
        for some in batches(zip(keys, documents, strict=True), 1000):
            rows: list[Row] = []
            for key, document in some:
                pieces = _pieces(key, _content(document), DOCUMENT)
                order.append((key, len(document.passages), len(pieces)))
                rows += [row for row in pieces if row["id"] not in there]
            self._connection.put(self.name, rows)
        return order

    def publish(self, number: int, manifest: Manifest, order: Order) -> Generation:
        """Writes a generation's manifest and order, and moves the pointer to it at one stroke."""
        name = f"{number:06}-{uuid.uuid4().hex[:8]}"
        made = _pieces(f"{name}/{MANIFEST}", dump(asdict(manifest)), MANIFEST, number)
        ordered = _pieces(f"{name}/{ORDER}", dump(order), ORDER, number)
        self._connection.put(self.name, made + ordered)
        generation = Generation(name, number, len(made), len(ordered))
        self._connection.put(self.name, [_row(POINTER, dump(asdict(generation)), POINTER, number)])
        return generation

    def sweep(self, generation: Generation, order: Order) -> None:
        """Removes documents and generations that the pointer doesn't lead to."""
        kept = {f"{key}/{piece}" for key, _, pieces in order for piece in range(pieces)}
        rows = self._connection.where(self.name, among("kind", [DOCUMENT, MANIFEST, ORDER]), ["kind"])
        self._connection.delete(self.name, [row["id"] for row in rows if not _stays(row, kept, generation)])


def _stays(row: Row, kept: set[str], generation: Generation) -> bool:
    return row["id"] in kept if row["kind"] == DOCUMENT else row["id"].startswith(generation.name)


def _pieces(key: str, text: str, kind: str, number: int = 0) -> list[Row]:
    starts = range(0, max(len(text), 1), PIECE)
    return [_row(f"{key}/{piece}", text[start : start + PIECE], kind, number) for piece, start in enumerate(starts)]


def _row(key: str, text: str, kind: str, number: int) -> Row:
    return {"id": key, "vector": [0.0, 0.0], "born": number, "text": text, "kind": kind}


def ids_of(order: Iterable[tuple[str, int, int]]) -> list[str]:
    """The ids of an order's passages, in their order."""
    return [f"{key}.{number}" for key, passages, _ in order for number in range(passages)]


def owners_of(order: Order) -> Numbers:
    """The number of the document that each of an order's passages belongs to."""
    return np.repeat(np.arange(len(order)), np.array([passages for _, passages, _ in order], np.int64))
