"""Indexes whose vectors are in memory."""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from embeddings.index import EVERYWHERE, LABELS, Cosines, Index, Numbers, Where, nearest_passages
from embeddings.reading import Vectors


@dataclass(frozen=True, eq=False)
class MemoryIndex(Index):
    """What indexes in memory share."""

    @abstractmethod
    def rows(self, passages: Numbers) -> Vectors:
        """The vectors of these passages."""

    def among(self, query: Vectors, k: int, where: Where) -> tuple[Vectors, Numbers]:
        """`search` of the documents that are meant, not all, each of whose passages is looked at."""
        meant = np.zeros(len(self.documents), bool)
        meant[self._documents(where)] = True
        numbers = np.flatnonzero(meant[self.owners])
        scores = self.rows(numbers) @ query
        best = np.argsort(-scores, kind="stable")[:k]
        return scores[best], numbers[best]

    def _documents(self, where: Where) -> list[int]:
        having = [
            set().union(*(self._labelled[name].get(value, ()) for value in values)) for name, values in where.given()
        ]
        return sorted(set.intersection(*having))

    @cached_property
    def _labelled(self) -> dict[str, dict[str, list[int]]]:
        """For each label the documents that have a value."""
        found: dict[str, dict[str, list[int]]] = {name: defaultdict(list) for name in LABELS}
        for number, document in enumerate(self.documents):
            for name, having in found.items():
                told = document.get(name) or ()
                for value in [told] if isinstance(told, str) else told:
                    having[value].append(number)
        return found


@dataclass(frozen=True, eq=False)
class FlatIndex(MemoryIndex):
    """Looks at every passage: every cosine it gives is exact."""

    _vectors: Vectors

    @property
    def vectors(self) -> Vectors:
        return self._vectors

    def rows(self, passages: Numbers) -> Vectors:
        return self._vectors[passages]

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        if where != EVERYWHERE:
            return self.among(query, k, where)
        k = min(k, len(self.passages))
        if k < 1:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        import faiss

        asked = np.ascontiguousarray(query[None], np.float32)
        scores, numbers = faiss.knn(asked, self._vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
        return scores[0], numbers[0]

    def similarities(self, query: Vectors, wanted: Sequence[int] = (), where: Where = EVERYWHERE) -> Cosines:
        return Cosines.of(nearest_passages(self._vectors @ query, self.owners, len(self.documents)))
