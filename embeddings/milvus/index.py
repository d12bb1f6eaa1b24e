"""A generation of an index whose vectors stay in Milvus; documents and words are in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embeddings.index import EVERYWHERE, Numbers, Where
from embeddings.milvus.connection import NEAREST, Connection, among, batches, having
from embeddings.milvus.rows import LISTS
from embeddings.reading import Vectors
from embeddings.sampled import SampledIndex

IDS = 1_000
"""Ids in the condition of one search."""


@dataclass(frozen=True, eq=False)
class MilvusIndex(SampledIndex):
    """`ids[p]` is the id of passage p. No row past `born`, the generation's number, is looked at."""

    connection: Connection
    collection: str
    ids: tuple[str, ...]
    born: int

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.ids)}

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        found = self.found(query, min(k, len(self.ids)), where)
        numbers = sorted(found, key=lambda number: (-found[number], number))
        return np.array([found[number] for number in numbers], np.float32), np.array(numbers, np.int64)

    def exactly(self, query: Vectors, passages: Sequence[int]) -> dict[int, float]:
        known: dict[int, float] = {}
        for some in batches(passages, IDS):
            known.update(self._hits(query, len(some), among("id", (self.ids[number] for number in some))))
        return known

    def found(self, query: Vectors, k: int, where: Where) -> dict[int, float]:
        return self._hits(query, min(k, NEAREST), _condition(where))

    def _hits(self, query: Vectors, k: int, condition: str) -> dict[int, float]:
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
    given = where.given()
    return " and ".join(having(name, values) if name in LISTS else among(name, values) for name, values in given)
