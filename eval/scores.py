"""The scores of many outcomes, each the mean of what its questions add to it, with how far that may be chance."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np
from scipy import stats

from eval import metrics
from eval.judge import Outcome, retrieval

Interval = tuple[float, float]
RESAMPLES = 1000
SEED = 0
LOWER_IS_BETTER = frozenset(("wrong", "false_abstentions", "length", "ms", "errors"))
"""Scores of which less is better: a floor for one of these is a ceiling."""


def points(outcome: Outcome) -> dict[str, float | None]:
    """What one question adds to each score: None where it doesn't bear on it.

    Abstention's precision is about the questions that were refused, its recall about those without an answer, and
    false abstentions about those with one.
    """
    o, answerable = outcome, outcome.answerable
    return {
        **(o.retrieval or dict.fromkeys(retrieval((), ()))),
        "right": float(o.right),
        "right_answerable": float(o.right) if answerable else None,
        "complete": float(o.complete) if answerable else None,
        "wrong": float(o.wrong),
        "citation_precision": o.citation_precision,
        "citation_recall": o.citation_recall,
        "list_precision": o.list_precision,
        "list_recall": o.list_recall,
        "abstention_precision": float(not answerable) if o.abstained else None,
        "abstention_recall": None if answerable else float(o.abstained),
        "false_abstentions": float(o.abstained) if answerable else None,
        "length": float(o.length) if answerable else None,
    }


NAMES = tuple(points(Outcome("", "", "", "", answerable=False)))


def summarise(outcomes: Sequence[Outcome]) -> dict[str, float | int | None]:
    """Every score over all outcomes; None where no question bears on it. `ms` is the median."""
    return {
        "n": len(outcomes),
        **{name: metrics.mean(values) if values else None for name, values in _columns(outcomes).items()},
        "ms": statistics.median(outcome.ms for outcome in outcomes) if outcomes else None,
        "errors": sum(outcome.error is not None for outcome in outcomes),
    }


def intervals(outcomes: Sequence[Outcome]) -> dict[str, Interval]:
    """The 95% interval of each score that more than one question bears on."""
    return {name: interval(values) for name, values in _columns(outcomes).items() if len(values) > 1}


def interval(values: Sequence[float]) -> Interval:
    """The 95% percentile bootstrap interval of a mean, the questions drawn anew RESAMPLES times from a fixed seed.

    Where all values are equal it has no width, which says nothing about questions that weren't asked.
    """
    if len(set(values)) == 1:  # scipy warns of what it can't resample
        return values[0], values[0]
    sample = (np.asarray(values),)
    found = stats.bootstrap(sample, np.mean, n_resamples=RESAMPLES, method="percentile", rng=SEED).confidence_interval
    return float(found.low), float(found.high)


def _columns(outcomes: Sequence[Outcome]) -> dict[str, list[float]]:
    rows = [points(outcome) for outcome in outcomes]
    columns = {name: [value for row in rows if (value := row[name]) is not None] for name in NAMES}
    if not columns["abstention_recall"]:
        columns["abstention_precision"] = []  # where every question has an answer it tells nothing
    return columns
