"""The same with corpora of several sizes: time and memory of each stage, and exact search against a lists."""

from __future__ import annotations

import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from embeddings import lists
from embeddings.generations import open_index
from embeddings.index import Index
from embeddings.reading import Vectors
from eval.speed.clock import Figures, milliseconds, resident_mb, seconds
from eval.speed.corpus import grow
from eval.speed.noisy import NoisyEmbedder, local
from eval.speed.question import answering, tune
from rag.library import refresh_library
from rag.settings import Settings

if TYPE_CHECKING:
    import faiss

EVERY = 4
"""Every so many-th question of tune.jsonl is asked."""


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
        "recall": index.manifest.recall,
        **found,
        "seconds": spent,
        "resident_mb": memory,
        "vectors": searched(index),
    }


def searched(index: Index) -> Figures:
    """Milliseconds of a query by a look at every vector and by inverted lists, and their recall and building time."""
    import faiss

    vectors = index.vectors
    queries = lists.between(vectors, lists.QUERIES)
    built: list[float] = []
    with seconds(built):
        found, kind, recall = lists.chosen(vectors, flat_up_to=0)
    ways = {"exact_ms": faiss.IndexFlatIP(vectors.shape[1]), "lists_ms": found}
    ways["exact_ms"].add(vectors)
    return {
        **{name: _each(way, queries) for name, way in ways.items()},
        "lists_built_s": round(built[0], 1),
        "lists_kind": kind,
        "lists_recall@10": round(recall, 4),
    }


def _each(way: faiss.Index, queries: Vectors) -> float:
    """The median of the milliseconds that a query's nearest take."""
    took: list[float] = []
    for query in queries:
        with seconds(took):
            way.search(query[None], lists.DEPTH)
    return float(milliseconds(took)["p50_ms"])
