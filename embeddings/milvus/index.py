"""A generation of an index whose vectors stay in Milvus; documents and words are in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embeddings.index import EVERYWHERE, Cosines, Index, Numbers, Where
from embeddings.milvus.connection import NEAREST, Connection, among, batches, having
from embeddings.reading import Vectors

CANDIDATES = 2_000
"""Passages that a question's nearest are taken from."""
SAMPLE = 8_192
"""Passages whose cosines tell the mean and the spread of all: to about one hundredth of the spread."""
IDS = 1_000
"""Ids in the condition of one search."""


@dataclass(frozen=True, eq=False)
class MilvusIndex(Index):
    """`ids[p]` is the id of passage p; `sample` (n, dimension) are the vectors of some passages, or of all where there
    are few; `born` the generation's number, past which no row is looked at."""

    connection: Connection
    collection: str
    ids: tuple[str, ...]
    born: int
    sample: Vectors

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
        missing = [number for number in self._passages_of(wanted) if number not in known]
        for some in batches(missing, IDS):
            known.update(self._found(query, len(some), among("id", (self.ids[number] for number in some))))
        sampled = self.sample @ query
        mean, spread = (float(sampled.mean()), float(sampled.std())) if len(sampled) else (0.0, 0.0)
        values = np.full(len(self.ids), mean, np.float32)
        values[list(known)] = list(known.values())
        return Cosines(values, mean, spread)

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
