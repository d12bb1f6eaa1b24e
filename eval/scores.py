"""The scores of many outcomes, each the mean of what its questions add to it, with how far that may be chance."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.judge import Outcome, retrieval

Interval = tuple[float, float]
Column = NDArray[np.float64]
"""(questions,) what each question adds to one score, NaN where it doesn't bear on it."""
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


def columns(outcomes: Sequence[Outcome]) -> dict[str, Column]:
    """Every score's column, in the order of the outcomes."""
    rows = [points(outcome) for outcome in outcomes]
    found = {name: np.array([row[name] for row in rows], dtype=np.float64) for name in NAMES}
    if np.isnan(found["abstention_recall"]).all():
        found["abstention_precision"][:] = np.nan  # where every question has an answer it tells nothing
    return found


def bearing(column: Column) -> int:
    """How many questions bear on a score."""
    return int((~np.isnan(column)).sum())


def score(column: Column, axis: int = -1) -> Column:
    """The mean over the questions that bear on it, NaN where none does."""
    there = ~np.isnan(column)
    total, count = np.where(there, column, 0.0).sum(axis), there.sum(axis)
    return np.divide(total, count, out=np.full(np.shape(total), np.nan), where=count > 0)


def change(old: Column, new: Column, axis: int = -1) -> Column:
    """How much more a score is over the second column than over the first."""
    return score(new, axis) - score(old, axis)


def interval(run: Column, later: Column | None = None) -> Interval:
    """The 95% percentile bootstrap interval of a run's score, or of its change to a later run's.

    All questions are drawn anew, RESAMPLES times from a fixed seed: how many of them bear on the score varies with the
    draw, and both runs get the same one. A draw in which none bears on it, which scipy's bootstrap can't take, is left
    out.
    """
    draws = np.random.default_rng(SEED).integers(len(run), size=(RESAMPLES, len(run)))
    drawn = score(run[draws]) if later is None else change(run[draws], later[draws])
    low, high = np.nanquantile(drawn, (0.025, 0.975))
    return float(low), float(high)


def summarise(outcomes: Sequence[Outcome]) -> dict[str, float | int | None]:
    """Every score over all outcomes; None where no question bears on it. `ms` is the median."""
    return {
        "n": len(outcomes),
        **{name: float(score(column)) if bearing(column) else None for name, column in columns(outcomes).items()},
        "ms": statistics.median(outcome.ms for outcome in outcomes) if outcomes else None,
        "errors": sum(outcome.error is not None for outcome in outcomes),
    }


def intervals(outcomes: Sequence[Outcome]) -> dict[str, Interval]:
    """The 95% interval of each score that more than one question bears on.

    Where all of them add the same it has no width, which says nothing about questions that weren't asked.
    """
    return {name: interval(column) for name, column in columns(outcomes).items() if bearing(column) > 1}
