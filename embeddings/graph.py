"""Past some size a graph (HNSW) in place of a look at every vector, where it finds what that would find."""

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

KIND = "HNSW inner product"
FLAT_UP_TO = 200_000
"""Passages up to which every vector is looked at: 12 ms on two cores, half of what reading the question takes
(`python -m eval.speed --growth`)."""
LEAST_RECALL, DEPTH, QUERIES = 0.98, 10, 200
LINKS, BUILT_WITH = 32, 40
"""A node's links and the candidates kept while building (FAISS' M and efConstruction)."""
KEPT = (128, 256, 512)
"""Candidates that a search keeps (efSearch): the first of these with LEAST_RECALL."""


def chosen(vectors: Vectors, flat_up_to: int = FLAT_UP_TO) -> tuple[faiss.Index, str, float]:
    """The FAISS index for so many unit vectors (passages, dimension), its kind, and its recall at 10."""
    import faiss

    vectors = np.ascontiguousarray(vectors, np.float32)
    if len(vectors) > flat_up_to:
        graph = faiss.IndexHNSWFlat(vectors.shape[1], LINKS, faiss.METRIC_INNER_PRODUCT)
        graph.hnsw.efConstruction = BUILT_WITH
        graph.add(vectors)
        queries = between(vectors, QUERIES)
        exact = faiss.knn(queries, vectors, DEPTH, metric=faiss.METRIC_INNER_PRODUCT)[1]
        for kept in KEPT:
            graph.hnsw.efSearch = kept
            found = recall(exact, graph.search(queries, DEPTH)[1])
            if found >= LEAST_RECALL:
                return graph, KIND, found
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
class GraphIndex(SampledIndex, MemoryIndex):
    """Finds the nearest by the graph; what a question narrows down to is looked at passage by passage."""

    _graph: Any  # faiss' types don't know of graphs

    @classmethod
    def of(cls, graph: Any, parts: dict[str, Any]) -> GraphIndex:
        """From a graph over all passages and what every index has."""
        import faiss

        owners, count = parts["owners"], len(parts["documents"])
        # The graph holds the vectors; they are used where they lie.
        storage: Any = faiss.downcast_index(graph.storage)
        vectors = faiss.rev_swig_ptr(storage.get_xb(), graph.ntotal * graph.d).reshape(graph.ntotal, graph.d)
        some = np.zeros(count, bool)
        some[np.random.default_rng(0).choice(count, min(SAMPLE, count), replace=False)] = True
        rows = np.flatnonzero(some[owners])
        return cls(
            **parts,
            _vectors=vectors,
            sample=vectors[rows],
            sample_owners=np.unique(owners[rows], return_inverse=True)[1],
            _graph=graph,
        )

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        if where != EVERYWHERE:
            return self.among(query, k, where)
        import faiss

        library: Any = faiss
        wide = library.SearchParametersHNSW(efSearch=max(k, self._graph.hnsw.efSearch))
        scores, numbers = self._graph.search(np.ascontiguousarray(query[None], np.float32), k, params=wide)
        there = numbers[0] >= 0
        return scores[0][there], numbers[0][there]

    def found(self, query: Vectors, k: int, where: Where) -> dict[int, float]:
        scores, numbers = self.search(query, k, where)
        return dict(zip(numbers.tolist(), scores.tolist(), strict=True))

    def exactly(self, query: Vectors, passages: Sequence[int]) -> dict[int, float]:
        rows = list(passages)
        return dict(zip(rows, (self._vectors[rows] @ query).tolist(), strict=True))
