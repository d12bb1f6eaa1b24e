"""Two runs over the same questions: which differences are more than chance."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from eval.judge import Outcome
from eval.metrics import mean
from eval.scores import LOWER_IS_BETTER, SEED, Interval, interval, points
from rag.errors import ProjectError

SIGNIFICANT = 0.05
SHUFFLES = 9999


@dataclass(frozen=True)
class Difference:
    """One score of both runs over the `n` questions that bear on it in both, and the mean difference, B less A, with
    its 95% interval. `p` is that of the sign-flip permutation test after Holm's correction over all scores."""

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
        """In a word: better, worse, or no difference that is more than chance."""
        if not self.real:
            return "chance"
        return "better" if (self.b > self.a) != (self.name in LOWER_IS_BETTER) else "worse"


@dataclass(frozen=True)
class Comparison:
    """`differences` of every score; ids `gained` and `lost`, of questions right in one run alone; ids asked in one run
    alone; what the runs were made with that differs."""

    differences: tuple[Difference, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    unlike: tuple[str, ...]


def read_run(path: Path) -> dict[str, Any]:
    """A run as --json or --report wrote it. Raises ProjectError where it is none."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProjectError(f"{path}: {error.strerror}; give a file that --json wrote") from None
    except ValueError:
        raise ProjectError(f"{path}: is no JSON; give a file that --json wrote") from None
    if not isinstance(run, dict) or not isinstance(run.get("outcomes"), list) or not run["outcomes"]:
        raise ProjectError(f"{path}: holds no questions' outcomes; give a file that --json wrote")
    return run


def compare(a: Mapping[str, Any], b: Mapping[str, Any]) -> Comparison:
    """Run A against run B, question by question. Raises ProjectError where they have no question in common."""
    first, second = ({o.id: o for o in map(_outcome, run["outcomes"])} for run in (a, b))
    both = [name for name in first if name in second and first[name].question == second[name].question]
    if not both:
        raise ProjectError("--compare: the runs have no question in common; give two runs over the same gold")
    pairs = [(first[name], second[name]) for name in both]
    return Comparison(
        differences=tuple(_differences(pairs)),
        gained=tuple(old.id for old, new in pairs if new.right and not old.right),
        lost=tuple(old.id for old, new in pairs if old.right and not new.right),
        only_a=tuple(name for name in first if name not in both),
        only_b=tuple(name for name in second if name not in both),
        unlike=tuple(name for name in ("corpus", "model", "settings", "versions") if a.get(name) != b.get(name)),
    )


def screen(found: Comparison) -> str:
    """The comparison as it is printed."""
    lines = [f"{'score':<20} {'n':>5} {'A':>8} {'B':>8} {'B - A':>8}  {'95% interval':<18} {'p (Holm)':>8}  verdict"]
    for d in found.differences:
        low, high = d.interval
        lines.append(
            f"{d.name:<20} {d.n:>5} {d.a:>8.3f} {d.b:>8.3f} {d.b - d.a:>+8.3f}  "
            f"{f'[{low:+.3f}, {high:+.3f}]':<18} {d.p:>8.3f}  {d.verdict}"
        )
    named = {
        "right in B alone": found.gained,
        "right in A alone": found.lost,
        "asked in A alone": found.only_a,
        "asked in B alone": found.only_b,
        "made with other": found.unlike,
    }
    return "\n".join([*lines, "", *(f"{what}: {', '.join(names) or 'none'}" for what, names in named.items())])


def _differences(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Difference]:
    rows = [(points(old), points(new)) for old, new in pairs]
    found = []
    for name in rows[0][0]:
        values = [(x, y) for old, new in rows if (x := old[name]) is not None and (y := new[name]) is not None]
        if len(values) > 1:
            found.append((name, values, _p([y - x for x, y in values])))
    return [
        Difference(name, len(v), mean(x for x, _ in v), mean(y for _, y in v), interval([y - x for x, y in v]), p)
        for (name, v, _), p in zip(found, holm([p for *_, p in found]), strict=True)
    ]


def _p(differences: Sequence[float]) -> float:
    """Two-sided: how often a mean as far from 0 comes about when each difference's sign is up to chance."""
    if not any(differences):
        return 1.0
    sample = (np.asarray(differences),)
    test = stats.permutation_test(
        sample, np.mean, permutation_type="samples", vectorized=True, n_resamples=SHUFFLES, rng=SEED
    )
    return float(test.pvalue)


def holm(values: Sequence[float]) -> list[float]:
    """P values corrected for their number (Holm 1979): the k-th smallest of m times m - k + 1, never falling."""
    corrected = [0.0] * len(values)
    highest = 0.0
    for rank, place in enumerate(sorted(range(len(values)), key=lambda at: values[at])):
        highest = max(highest, min(1.0, values[place] * (len(values) - rank)))
        corrected[place] = highest
    return corrected


def _outcome(data: Mapping[str, Any]) -> Outcome:
    known = {field.name for field in fields(Outcome)}
    try:
        return Outcome(**{name: value for name, value in data.items() if name in known})
    except TypeError:
        raise ProjectError("--compare: an outcome lacks its names; give files that --json wrote") from None
