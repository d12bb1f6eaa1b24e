"""One question's outcome, judged from the answer, the hits and the gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from eval import metrics
from eval.dataset import Gold
from rag.types import Answer, Hit

DEPTH = 10
"""How many hits are asked for and scored."""
SHORT = 200
"""Characters beyond its quotes that an answer may have for each unit it needs."""
MIN_CITATION_PRECISION = 0.5


@dataclass(frozen=True)
class Outcome:
    """How one question went. Retrieval and citation scores are None where the question has no answer to find."""

    id: str
    kind: str
    language: str
    question: str
    answerable: bool
    right: bool = False
    complete: bool = False
    wrong: bool = False
    abstained: bool = False
    short: bool = False
    missing: list[list[str]] = field(default_factory=list)
    said_forbidden: list[str] = field(default_factory=list)
    citation_precision: float | None = None
    citation_recall: float | None = None
    list_precision: float | None = None
    list_recall: float | None = None
    retrieval: dict[str, float] | None = None
    length: int = 0
    ms: float = 0.0
    answer: str = ""
    cited: list[str] = field(default_factory=list)
    error: str | None = None
    writer: dict[str, Any] | None = None


def retrieval(hits: Sequence[Hit], groups: Sequence[frozenset[str]]) -> dict[str, float]:
    """Recall@1/5/10, MRR@10 and nDCG@10 over groups of units that tell the same thing."""
    ranked = metrics.merge([hit.unit.id for hit in hits], groups)
    relevant = [metrics.label(number) for number in range(len(groups))]
    return {
        "recall@1": metrics.recall_at(ranked, relevant, 1),
        "recall@5": metrics.recall_at(ranked, relevant, 5),
        "recall@10": metrics.recall_at(ranked, relevant, DEPTH),
        "mrr@10": metrics.reciprocal_rank(ranked, relevant, DEPTH),
        "ndcg@10": metrics.ndcg_at(ranked, relevant, DEPTH),
    }


def judge(gold: Gold, groups: Sequence[frozenset[str]], answer: Answer, hits: Sequence[Hit], ms: float) -> Outcome:
    """The outcome of a question that came back with an answer."""
    cited = list(dict.fromkeys(citation.unit.id for citation in answer.citations))
    titles = list(dict.fromkeys(f"{citation.unit.title} {citation.unit.date or ''}" for citation in answer.citations))
    quotes = [citation.quote for citation in answer.citations]
    length = metrics.length_beyond(answer.text, quotes)
    common: dict[str, Any] = {
        "abstained": answer.abstained,
        "length": length,
        "ms": ms,
        "answer": answer.text,
        "cited": titles,
    }
    common["writer"] = answer.writer.to_json() if answer.writer else None
    if not gold.answerable:
        right = answer.abstained and not cited
        return _outcome(gold, right=right, wrong=not answer.abstained, complete=answer.abstained, short=True, **common)
    there = metrics.found(gold.expect, answer.text, quotes)
    bad = metrics.forbidden(gold.forbid, answer.text)
    complete = all(there) and not answer.abstained
    precision = metrics.citation_precision(cited, groups)
    recall = metrics.citation_recall(cited, groups, gold.needed)
    short = length <= SHORT * gold.needed
    return _outcome(
        gold,
        right=complete and not bad and recall == 1 and precision >= MIN_CITATION_PRECISION and short,
        complete=complete,
        wrong=bool(bad),
        short=short,
        missing=[list(item) for item, said in zip(gold.expect, there, strict=True) if not said],
        said_forbidden=bad,
        citation_precision=precision,
        citation_recall=recall,
        list_precision=metrics.share(sum(there), sum(there) + len(bad)) if gold.kind == "list" else None,
        list_recall=metrics.share(sum(there), len(there)) if gold.kind == "list" else None,
        retrieval=retrieval(hits, groups),
        **common,
    )


def failed(gold: Gold, error: Exception, ms: float) -> Outcome:
    """The outcome of a question that ended in an exception: every score is 0."""
    zero = 0.0 if gold.answerable else None
    listed = zero if gold.kind == "list" else None
    return _outcome(
        gold,
        missing=[list(item) for item in gold.expect],
        citation_precision=zero,
        citation_recall=zero,
        list_precision=listed,
        list_recall=listed,
        retrieval=retrieval((), [frozenset()] * len(gold.units)) if gold.answerable else None,
        ms=ms,
        error=f"{type(error).__name__}: {error}",
    )


def _outcome(gold: Gold, **scores: object) -> Outcome:
    named = {"id": gold.id, "kind": gold.kind, "language": gold.language, "question": gold.question}
    return Outcome(**named, answerable=gold.answerable, **scores)  # type: ignore[arg-type]
