"""Past some size inverted lists (IVF) in place of a look at every vector, where they find what that would find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings.index import EVERYWHERE, FLAT, Numbers, Where
from embeddings.memory import MemoryIndex
from embeddings.reading import Vectors, unit
from embeddings.sampled import SAMPLE, SampledIndex

if TYPE_CHECKING:
    import faiss

KIND = "inverted lists, inner product"
FLAT_UP_TO = 200_000
"""Passages up to which every vector is looked at: 12 ms on two cores, half of what reading the question takes
(`python -m eval.speed --growth`)."""
LEAST_RECALL, DEPTH, QUERIES = 0.98, 10, 200
ROUNDS, SAMPLED = 10, 64
"""Of k-means, and the vectors that it looks at for each list."""
PROBES = (16, 32, 64, 128, 256, 512)
"""Lists that a search looks into: the first of these with LEAST_RECALL."""


def chosen(vectors: Vectors, flat_up_to: int = FLAT_UP_TO) -> tuple[faiss.Index, str, float]:
    """The FAISS index for so many unit vectors (passages, dimension), its kind, and its recall at 10."""
    import faiss

    vectors = np.ascontiguousarray(vectors, np.float32)
    flat = faiss.IndexFlatIP(vectors.shape[1])
    if len(vectors) > flat_up_to:
        # FAISS' guideline for up to a million vectors: four times the root of their number.
        count = int(4 * len(vectors) ** 0.5)
        lists = faiss.IndexIVFFlat(flat, vectors.shape[1], count, faiss.METRIC_INNER_PRODUCT)
        lists.cp.niter, lists.cp.max_points_per_centroid = ROUNDS, SAMPLED
        lists.train(vectors)
        lists.add(vectors)
        lists.make_direct_map()
        queries = between(vectors, QUERIES)
        exact = faiss.knn(queries, vectors, DEPTH, metric=faiss.METRIC_INNER_PRODUCT)[1]
        for lists.nprobe in PROBES:
            found = recall(exact, lists.search(queries, DEPTH)[1])
            if found >= LEAST_RECALL:
                return lists, KIND, found
        flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    return flat, FLAT, 1.0


def between(vectors: Vectors, count: int) -> Vectors:
    """(count, dimension) unit queries, each half-way between two of the vectors: near the corpus and in none of it."""
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, len(vectors), (2, count))
    return unit(vectors[one] + vectors[other])


def recall(exact: Numbers, found: Numbers) -> float:
    """The mean share of the exact neighbours (queries, k) that were found (queries, k)."""
    return float(np.mean([len({*truth} & {*got}) / len(truth) for truth, got in zip(exact, found, strict=True)]))


@dataclass(frozen=True, eq=False)
class ListIndex(SampledIndex, MemoryIndex):
    """Looks for the nearest in the lists likest the question; what a question narrows down to is looked at whole."""

    _lists: Any  # faiss' types don't know of lists

    @classmethod
    def of(cls, lists: Any, parts: dict[str, Any]) -> ListIndex:
        """From the lists of all passages and what every index has."""
        owners, count = parts["owners"], len(parts["documents"])
        some = np.zeros(count, bool)
        some[np.random.default_rng(0).choice(count, min(SAMPLE, count), replace=False)] = True
        rows = np.flatnonzero(some[owners])
        return cls(
            **parts,
            sample=lists.reconstruct_batch(rows),
            sample_owners=np.unique(owners[rows], return_inverse=True)[1],
            _lists=lists,
        )

    @property
    def vectors(self) -> Vectors:
        return self._lists.reconstruct_n(0, self._lists.ntotal)

    def rows(self, passages: Numbers) -> Vectors:
        return self._lists.reconstruct_batch(passages)

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        if where != EVERYWHERE:
            return self.among(query, k, where)
        scores, numbers = self._lists.search(np.ascontiguousarray(query[None], np.float32), k)
        there = numbers[0] >= 0
        return scores[0][there], numbers[0][there]

    def found(self, query: Vectors, k: int, where: Where) -> dict[int, float]:
        scores, numbers = self.search(query, k, where)
        return dict(zip(numbers.tolist(), scores.tolist(), strict=True))

    def exactly(self, query: Vectors, passages: Sequence[int]) -> dict[int, float]:
        rows = np.asarray(passages, np.int64)
        return dict(zip(rows.tolist(), (self.rows(rows) @ query).tolist(), strict=True))
