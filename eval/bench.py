"""Retrieval on public question sets that were turned into yearbook-like entries; they stay outside the project.

A set is `NAME_corpus.txt` and `NAME_LANGUAGE.jsonl` in one folder; a question's `gold_title` is the header of the
entry that answers it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from pydantic import BaseModel, ValidationError
from tqdm import tqdm

from eval import metrics
from eval.dataset import GoldError
from eval.judge import DEPTH
from eval.matching import normalise
from eval.scores import interval

if TYPE_CHECKING:
    from rag.assistant import Assistant

SETS = {"xquad": ("zh", "en"), "cmrc": ("zh",)}
"""The sets and the languages in which each is asked."""


class BenchQuestion(BaseModel):
    """One line of a set; other names in it are left alone."""

    id: str
    question: str
    gold_title: str


@dataclass(frozen=True)
class Bench:
    """A set's corpus and questions, by language."""

    name: str
    corpus: Path
    questions: dict[str, tuple[BenchQuestion, ...]]


def load(name: str, folder: Path, language: str | None = None) -> Bench:
    """Reads a set. Raises GoldError when a file isn't there, a line is malformed, or the language isn't asked."""
    if language is not None and language not in SETS[name]:
        raise GoldError(f"--lang {language}: {name} is asked in {', '.join(SETS[name])}; give one of these")
    corpus = folder / f"{name}_corpus.txt"
    if not corpus.is_file():
        raise GoldError(f"{corpus}: not there; give --path the folder that holds the set")
    languages = [language] if language else SETS[name]
    return Bench(name, corpus, {lang: _questions(folder / f"{name}_{lang}.jsonl") for lang in languages})


def measure(assistant: Assistant, questions: Sequence[BenchQuestion]) -> dict[str, Any]:
    """Recall@1/5/10 and MRR@10 over every question, and their `intervals`; one whose search fails counts as 0 and under
    `errors`."""
    ranks: list[float] = []
    errors = 0
    for question in tqdm(questions, unit="question", disable=None):
        try:
            titles = [normalise(hit.unit.title) for hit in assistant.search(question.question, (), DEPTH)]
        except Exception:
            titles, errors = [], errors + 1
        ranks.append(metrics.reciprocal_rank(titles, {normalise(question.gold_title)}, DEPTH))
    found = np.array(ranks, dtype=np.float64)
    columns = {**{f"recall@{k}": (found >= 1 / k).astype(np.float64) for k in (1, 5, 10)}, "mrr@10": found}
    return {
        "n": len(ranks),
        **{name: metrics.mean(column) for name, column in columns.items()},
        "errors": errors,
        "intervals": {name: interval(column) for name, column in columns.items()} if ranks else {},
    }


def screen(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Lines of a table: two rows for each set and language, the scores and their 95% bootstrap intervals."""
    names = ("recall@1", "recall@5", "recall@10", "mrr@10")
    lines = [f"{'set':<12} {'n':>5} {'errors':>6} " + " ".join(f"{name:>12}" for name in names)]
    for row, scores in rows.items():
        ranges = {name: f"{low:.3f}–{high:.3f}" for name, (low, high) in scores["intervals"].items()}
        cells = " ".join(f"{scores[name]:>12.3f}" for name in names)
        lines.append(f"{row:<12} {scores['n']:>5} {scores['errors']:>6} {cells}")
        lines.append(f"{'  95%':<25} " + " ".join(f"{ranges.get(name, ''):>12}" for name in names))
    return "\n".join(lines)


def _questions(path: Path) -> tuple[BenchQuestion, ...]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}; give --path the folder that holds the set") from None
    return tuple(_question(line, f"{path}:{number}") for number, line in enumerate(lines, 1) if line.strip())


def _question(line: str, place: str) -> BenchQuestion:
    try:
        content: Any = json.loads(line)
        return BenchQuestion.model_validate(content)
    except (json.JSONDecodeError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise GoldError(f"{place}: {reason}; each line is an object with id, question and gold_title") from None
