"""Two runs over the same questions: which differences are more than chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from eval.judge import Outcome
from eval.scores import LOWER_IS_BETTER, SEED, Column, Interval, bearing, change, columns, interval, score

SIGNIFICANT = 0.05
SHUFFLES = 9999
NOTE = (
    "p: paired permutation test, after Holm's correction over all scores; the intervals have none,\n"
    "so one may leave out 0 where chance can't be ruled out"
)
"""What has to be said beside differences."""


@dataclass(frozen=True)
class Difference:
    """One score of both runs; `n` questions bear on it in one of them at least. `interval` is the 95% interval of B
    less A. `p` is that of the paired permutation test (each question's two outcomes swap runs), after Holm's correction
    over all scores."""

    name: str
    n: int
    a: float
    b: float
    interval: Interval
    p: float

    @property
    def real(self) -> bool:
        """Whether chance is an unlikely explanation."""
        return self.p < SIGNIFICANT

    @property
    def verdict(self) -> str:
        """In a word: better or worse; where chance may explain it, that; where there is none, the same."""
        if self.a == self.b and self.interval == (0, 0):
            return "the same"
        if not self.real:
            return "may be chance"
        return "better" if (self.b > self.a) != (self.name in LOWER_IS_BETTER) else "worse"


@dataclass(frozen=True)
class Comparison:
    """`differences` of every score that both runs have; ids `gained` and `lost`, of questions right in one run alone;
    ids asked in one run alone."""

    differences: tuple[Difference, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]

    def of(self, name: str) -> Difference | None:
        """One score's difference."""
        return next((difference for difference in self.differences if difference.name == name), None)


def compare(a: Sequence[Outcome], b: Sequence[Outcome]) -> Comparison:
    """Run A against run B, question by question: paired are those of one id and one wording."""
    first, second = ({outcome.id: outcome for outcome in run} for run in (a, b))
    both = [name for name in first if name in second and first[name].question == second[name].question]
    pairs = [(first[name], second[name]) for name in both]
    return Comparison(
        differences=_differences([old for old, _ in pairs], [new for _, new in pairs]),
        gained=tuple(old.id for old, new in pairs if new.right and not old.right),
        lost=tuple(old.id for old, new in pairs if old.right and not new.right),
        only_a=tuple(name for name in first if name not in both),
        only_b=tuple(name for name in second if name not in both),
    )


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for their number (Holm 1979): the k-th smallest of m times m - k + 1, never falling."""
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda at: values[at])):
        highest = max(highest, min(1.0, values[place] * (len(values) - rank)))
        corrected[place] = highest
    return corrected


def _differences(a: Sequence[Outcome], b: Sequence[Outcome]) -> tuple[Difference, ...]:
    olds, news = columns(a), columns(b)
    named = [name for name in olds if min(bearing(olds[name]), bearing(news[name])) > 1]
    values = holm([paired_p(olds[name], news[name]) for name in named])
    return tuple(_difference(name, olds[name], news[name], p) for name, p in zip(named, values, strict=True))


def _difference(name: str, old: Column, new: Column, p: float) -> Difference:
    n = int((~np.isnan(old) | ~np.isnan(new)).sum())
    return Difference(name, n, float(score(old)), float(score(new)), interval(old, new), p)


def paired_p(old: Column, new: Column) -> float:
    """Two-sided: how often so great a change comes about when chance says which outcome of a question is whose.

    Only questions with two different outcomes can tell; where these are few, every swap is tried.
    """
    differ = ~((old == new) | (np.isnan(old) & np.isnan(new)))
    size = int(differ.sum())
    if size < 2:
        return 1.0
    same, outcomes = old[~differ], np.concatenate((old[differ], new[differ]))

    def changed(first: NDArray[np.int64], second: NDArray[np.int64], axis: int) -> Column:
        shape = (*first.shape[:-1], len(same))
        a, b = (np.concatenate((np.broadcast_to(same, shape), outcomes[at]), axis=-1) for at in (first, second))
        found = change(a, b, axis)
        return np.where(np.isnan(found), np.inf, found)  # a run without a score counts as the greatest change

    places = np.arange(2 * size)
    test = stats.permutation_test(
        (places[:size], places[size:]),
        changed,
        permutation_type="samples",
        vectorized=True,
        n_resamples=SHUFFLES,
        rng=SEED,
        batch=500,
    )
    return float(test.pvalue)
