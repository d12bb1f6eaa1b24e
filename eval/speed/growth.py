"""The same with corpora of several sizes: time and memory of each stage, and exact search against a graph."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from embeddings.index import Index, open_index
from embeddings.reading import Vectors, unit
from eval.speed.clock import Figures, milliseconds, resident_mb, seconds
from eval.speed.corpus import grow
from eval.speed.noisy import NoisyEmbedder, local
from eval.speed.question import answering, tune
from rag.library import refresh_library
from rag.settings import Settings

EVERY = 4
"""Every so many-th question of tune.jsonl is asked."""
NEIGHBOURS, SEARCH = 32, 128
"""Of the graph: links of a node, and candidates that a search keeps (FAISS' M and efSearch)."""
DEPTH = 10
QUERIES = 200


def measure(settings: Settings, size: int, sets: Path | None = None) -> Figures:
    """Seconds and resident megabytes of each step with a corpus of `size` units, then questions as in question.py.

    Its vectors are real for some texts and made up for the rest (noisy.py), so embedding all of it is no part of
    this; what the answers say is not judged.
    """
    from rag.assistant import Assistant

    spent: dict[str, float] = {}
    memory: dict[str, int] = {}
    at = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal at
        spent[step], memory[step] = round(time.perf_counter() - at, 2), resident_mb()
        at = time.perf_counter()

    bundled = local(settings.model)
    noisy = NoisyEmbedder(bundled.name, bundled.folder)
    noisy.warm_up()
    with TemporaryDirectory() as folder:
        own = settings.model_copy(
            update={"corpus": tuple(grow(Path(folder), size, sets)), "index": Path(folder) / "index"}
        )
        lap("model")
        report = refresh_library(own, embedder=noisy)
        lap("index made")
        refresh_library(own, embedder=noisy)
        lap("no change")
        index = open_index(own.index_folder)
        lap("index read")
        assistant = Assistant(own, noisy, index)
        lap("names and words")
        found = answering(assistant, tune()[::EVERY], rounds=1)
    return {
        "units": report.documents,
        "passages": report.passages,
        "words": len(index.words),
        "kind": index.manifest.kind,
        **found,
        "seconds": spent,
        "resident_mb": memory,
        "vectors": searched(index),
    }


def searched(index: Index) -> Figures:
    """Milliseconds of a query by the exact index and by a graph (HNSW), and the graph's recall@10 and building time."""
    import faiss

    queries = near(index.vectors, QUERIES)
    exact, exact_ms = _each(lambda query: index.search(query, DEPTH)[1].tolist(), queries)
    begun = time.perf_counter()
    graph = faiss.IndexHNSWFlat(index.vectors.shape[1], NEIGHBOURS, faiss.METRIC_INNER_PRODUCT)
    graph.hnsw.efSearch = SEARCH
    graph.add(index.vectors)
    built = time.perf_counter() - begun
    found, graph_ms = _each(lambda query: graph.search(query[None], DEPTH)[1][0].tolist(), queries)
    return {
        "exact_ms": exact_ms,
        "graph_ms": graph_ms,
        "graph_built_s": round(built, 1),
        "graph_recall@10": round(recall(exact, found), 4),
    }


def near(vectors: Vectors, count: int) -> Vectors:
    """(count, dimension) unit queries, each half-way between two of the vectors: near the corpus and in none of it."""
    chance = np.random.default_rng(1)
    one, other = chance.integers(0, len(vectors), (2, count))
    return unit(vectors[one] + vectors[other])


def recall(exact: Sequence[Sequence[int]], found: Sequence[Sequence[int]]) -> float:
    """The mean share of the exact neighbours that were found."""
    return float(np.mean([len({*truth} & {*got}) / len(truth) for truth, got in zip(exact, found, strict=True)]))


def _each(search: Callable[[Vectors], Any], queries: Vectors) -> tuple[list[Any], float]:
    """What a search gives for each query, and the median of the milliseconds it takes."""
    found: list[Any] = []
    took: list[float] = []
    for query in queries:
        with seconds(took):
            result = search(query)
        found.append(result)
    return found, milliseconds(took)["p50_ms"]
