"""One system measured in a process of its own, so that its memory and its start are its own."""

from __future__ import annotations

import resource
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from embeddings.model import load
from eval import bench, dataset, metrics
from eval.baselines import scoring
from eval.baselines.base import Baseline
from eval.baselines.ours import Ours, passage
from eval.matching import normalise
from rag.reading import read_corpus
from rag.settings import DEFAULT_CORPUS
from rag.types import Answer, Unit

Scores = dict[str, float]


def measure(made: Callable[[], Baseline], gold: Sequence[Path], public: Path | None) -> dict[str, Any]:
    """Everything that is told of one system: on the chapter and, where `public` is given, on XQuAD."""
    start = time.perf_counter()
    system = made()
    loaded = time.perf_counter()
    system.index("\n".join(path.read_text(encoding="utf-8") for path in _texts()))
    indexed = time.perf_counter()
    golds = dataset.load(dataset.gold_files(gold))
    units = read_corpus(DEFAULT_CORPUS).units
    told = _chapter(system, golds, units)
    told |= {"load_s": loaded - start, "index_s": indexed - loaded, "peak_mb": _peak_mb()}
    told |= {"versions": system.versions(), "install_mb": install_mb(system.packages)}
    if public:
        told["xquad"] = _xquad(made(), public)
    return told


def _texts() -> list[Path]:
    return sorted(path for folder in DEFAULT_CORPUS for path in folder.glob("*.txt"))


def _chapter(system: Baseline, golds: Sequence[dataset.Gold], units: Sequence[Unit]) -> dict[str, Any]:
    texts = {unit.id: passage(unit) for unit in units}
    system.search(golds[0].question, 1)  # what loads on first use is no question's time
    rows: list[Scores] = []
    ms: list[float] = []
    for gold in golds:
        asked = "\n".join((*gold.history, gold.question))  # a follow-up says nothing without what it leans on
        passages, taken = _timed(partial(system.search, asked, scoring.DEPTH))
        ms.append(taken)
        groups = [[texts[name] for name in group] for group in dataset.groups(gold, units)]
        shown = "\n".join(passages[: scoring.SHOWN])
        if gold.answerable:
            found = {"complete": scoring.complete(shown, gold.expect), "characters": float(len(shown))}
            rows.append({**scoring.found(passages, groups), **found})
    return {
        "questions": len(golds),
        "passages": {name: metrics.mean(row[name] for row in rows) for name in rows[0]},
        "answer": _answers(system, golds) if isinstance(system, Ours) else None,
        "ms": statistics.median(ms),
        "embedding_ms": _embedding_ms([gold.question for gold in golds]),
    }


def _answers(system: Ours, golds: Sequence[dataset.Gold]) -> Scores:
    rows: list[tuple[bool, Answer, float, float]] = []
    for gold in golds:
        answer, taken = _timed(partial(system.ask, gold.question, gold.history))
        told = "\n".join((answer.text, *(citation.quote for citation in answer.citations)))
        said = not answer.abstained and scoring.complete(told, gold.expect)
        rows.append((gold.answerable, answer, float(said), taken))
    return {
        "complete": metrics.mean(said for answerable, _, said, _ in rows if answerable),
        "characters": metrics.mean(len(answer.text) for answerable, answer, *_ in rows if answerable),
        "abstention": metrics.mean(answer.abstained for answerable, answer, *_ in rows if not answerable),
        "ms": statistics.median(taken for *_, taken in rows),
    }


def _timed(run: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = run()
    return result, 1000 * (time.perf_counter() - start)


def _xquad(system: Baseline, folder: Path) -> dict[str, Scores]:
    public = bench.load("xquad", folder)
    system.index(public.corpus.read_text(encoding="utf-8"))
    entries = {normalise(unit.title): passage(unit) for unit in read_corpus((public.corpus,)).units}
    found = {}
    for language, questions in public.questions.items():
        rows = [
            scoring.found(system.search(one.question, scoring.DEPTH), [[entries[normalise(one.gold_title)]]])
            for one in questions
        ]
        found[language] = {name: metrics.mean(row[name] for row in rows) for name in rows[0]}
    return found


def _embedding_ms(questions: Sequence[str]) -> float:
    embedder = load()
    embedder.warm_up()
    return statistics.median(_timed(partial(embedder.embed_queries, [one]))[1] for one in questions)


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def install_mb(names: Iterable[str]) -> float:
    """Megabytes of the distributions and of all that they need, by their own records of files."""
    todo, seen, size = list(names), set(), 0
    while todo:
        name = canonicalize_name(todo.pop())
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:  # asked for on another platform alone
            continue
        size += sum(file.size or 0 for file in found.files or ())
        needed = (Requirement(text) for text in found.requires or ())
        todo += [one.name for one in needed if one.marker is None or one.marker.evaluate({"extra": ""})]
    return size / 1e6
