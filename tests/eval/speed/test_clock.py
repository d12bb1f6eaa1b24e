from __future__ import annotations

import pytest

from eval.speed.clock import Stages, milliseconds, quantile


@pytest.mark.parametrize(
    ("values", "share", "least"),
    [
        ([5.0], 0.5, 5.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 0.51, 3.0),
        ([float(n) for n in range(1, 101)], 0.95, 95.0),
        ([float(n) for n in range(1, 21)], 0.95, 19.0),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_quantile_is_the_nearest_rank(values: list[float], share: float, least: float) -> None:
    assert quantile(values, share) == least


def test_there_is_no_quantile_of_nothing() -> None:
    with pytest.raises(ValueError):
        quantile([], 0.5)


def test_milliseconds_of_seconds() -> None:
    assert milliseconds([0.001, 0.002, 0.009]) == {"p50_ms": 2.0, "p95_ms": 9.0, "mean_ms": 4.0}


class Pair:
    """Works for seconds of a clock of its own: 2 in `outer` and 3 in each `inner` that it calls."""

    now = 0.0

    def inner(self) -> None:
        Pair.now += 3

    def outer(self) -> None:
        Pair.now += 2
        self.inner()
        self.inner()

    def broken(self) -> None:
        Pair.now += 5
        raise RuntimeError("bang")


def test_each_second_counts_once_and_all_is_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pair, "now", 0.0)
    stages = Stages(lambda: Pair.now)
    before = dict(Pair.__dict__)
    with stages.watching([(Pair, "outer", "out"), (Pair, "inner", "in"), (Pair, "broken", "bad")]):
        Pair().outer()
        Pair().inner()
        with pytest.raises(RuntimeError):
            Pair().broken()
    Pair().outer()
    assert stages.spent == {"out": 2.0, "in": 9.0, "bad": 5.0}
    assert stages.shares(20.0) == {"in": 0.45, "bad": 0.25, "the rest": 0.2, "out": 0.1}
    assert all(Pair.__dict__[name] is before[name] for name in ("outer", "inner", "broken"))
