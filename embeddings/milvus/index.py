"""A generation of an index whose vectors stay in Milvus; documents and words are in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embeddings.index import EVERYWHERE, Cosines, Index, Numbers, Where, nearest_passages
from embeddings.milvus.connection import NEAREST, Connection, among, batches, having
from embeddings.reading import Vectors

CANDIDATES = 500
"""Passages that a question's nearest documents are taken from."""
SAMPLE = 8_192
"""Documents whose cosines tell the mean and the spread of all: to about one hundredth of the spread."""
IDS = 1_000
"""Ids in the condition of one search."""


@dataclass(frozen=True, eq=False)
class MilvusIndex(Index):
    """`ids[p]` is the id of passage p. `sample` (n, dimension) are the vectors of some documents' passages, or of all
    documents' where there are few, and `sample_owners` (n,) tells from 0 which belong together. No row past `born`, the
    generation's number, is looked at."""

    connection: Connection
    collection: str
    ids: tuple[str, ...]
    born: int
    sample: Vectors
    sample_owners: Numbers

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.ids)}

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        found = self._found(query, min(k, len(self.ids), NEAREST), _condition(where))
        numbers = sorted(found, key=lambda number: (-found[number], number))
        return np.array([found[number] for number in numbers], np.float32), np.array(numbers, np.int64)

    def similarities(self, query: Vectors, wanted: Sequence[int] = (), where: Where = EVERYWHERE) -> Cosines:
        known = self._found(query, min(CANDIDATES, len(self.ids)), "")
        if where != EVERYWHERE and len(known) < len(self.ids):
            known.update(self._found(query, CANDIDATES, _condition(where)))
        # Of a document that is near by one passage the others are farther, and so need no look.
        near = set(self.owners[list(known)].tolist())
        missing = self._passages_of(document for document in wanted if document not in near)
        for some in batches(missing, IDS):
            known.update(self._found(query, len(some), among("id", (self.ids[number] for number in some))))
        count = int(self.sample_owners[-1]) + 1 if len(self.sample_owners) else 0
        sampled = Cosines.of(nearest_passages(self.sample @ query, self.sample_owners, count))
        numbers = list(known)
        found = np.array([known[number] for number in numbers], np.float32)
        values = nearest_passages(found, self.owners[numbers], len(self.documents))
        unseen = np.ones(len(self.documents), bool)
        unseen[self.owners[numbers]] = False
        unseen[np.bincount(self.owners, minlength=len(self.documents)) == 0] = False
        values[unseen] = sampled.mean
        return Cosines(values, sampled.mean, sampled.spread)

    def _passages_of(self, documents: Iterable[int]) -> list[int]:
        wanted = np.zeros(len(self.documents), bool)
        wanted[list(documents)] = True
        return np.flatnonzero(wanted[self.owners]).tolist() if len(self.owners) else []

    def _found(self, query: Vectors, k: int, condition: str) -> dict[int, float]:
        """Passage number → cosine; what a later refresh has brought is not looked at, what it has taken not found."""
        if k < 1:
            return {}
        full = " and ".join(part for part in (f"born <= {self.born}", condition) if part)
        hits = self.connection.search(self.collection, query, k, full)
        return {self._numbers[key]: score for key, score in hits if key in self._numbers}

    @cached_property
    def vectors(self) -> Vectors:
        return vectors_of(self.connection, self.collection, self.ids, self.manifest.dimension)


def vectors_of(connection: Connection, collection: str, ids: Sequence[str], dimension: int) -> Vectors:
    """(ids, dimension) float32 in their order; zeros for an id that is not there any more."""
    rows = connection.get(collection, ids, ["vector"])
    vectors = np.zeros((len(ids), dimension), np.float32)
    for number, key in enumerate(ids):
        if key in rows:
            vectors[number] = rows[key]["vector"]
    return vectors


def _condition(where: Where) -> str:
    plain = (("source", where.source), ("section", where.section), ("date", where.date))
    parts = [among(name, values) for name, values in plain if values]
    return " and ".join(parts + ([having("people", where.people)] if where.people else []))
