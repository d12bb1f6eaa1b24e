"""What every measurement shares: quantiles, a clock for the stages of a question, memory, and the machine."""

from __future__ import annotations

import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

Figures = dict[str, Any]
"""JSON: what one measurement found."""


def quantile(values: Sequence[float], share: float) -> float:
    """The least of the values that at least this share of them don't exceed (nearest rank)."""
    if not values:
        raise ValueError("no values to take a quantile of")
    rank = -int(-share * len(values) // 1)  # rounded up
    return sorted(values)[max(0, rank - 1)]


def milliseconds(values: Sequence[float]) -> Figures:
    """Both quantiles and the mean of seconds, in milliseconds."""
    found = {"p50": quantile(values, 0.5), "p95": quantile(values, 0.95), "mean": sum(values) / len(values)}
    return {f"{name}_ms": round(1000 * value, 2) for name, value in found.items()}


@contextmanager
def seconds(into: list[float]) -> Iterator[None]:
    """Adds how long the block took."""
    begun = time.perf_counter()
    yield
    into.append(time.perf_counter() - begun)


class Stages:
    """Sums how long watched functions take; of one that another calls, the time counts for the inner one alone."""

    def __init__(self, now: Callable[[], float] = time.perf_counter) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._now = now
        self._inner: list[float] = []

    @contextmanager
    def watching(self, functions: Sequence[tuple[Any, str, str]]) -> Iterator[None]:
        """While inside, every call of (owner, attribute) counts for its stage; then all is as before."""
        originals = [(owner, name, owner.__dict__[name]) for owner, name, _ in functions]
        try:
            for (owner, name, original), (_, _, stage) in zip(originals, functions, strict=True):
                setattr(owner, name, self._timed(original, stage))
            yield
        finally:
            for owner, name, original in originals:
                setattr(owner, name, original)

    def _timed(self, function: Callable[..., Any], stage: str) -> Callable[..., Any]:
        @wraps(function)
        def timed(*given: Any, **named: Any) -> Any:
            begun = self._now()
            self._inner.append(0.0)
            try:
                return function(*given, **named)
            finally:
                took = self._now() - begun
                self.spent[stage] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        return timed

    def shares(self, total: float) -> dict[str, float]:
        """Each stage's share of a total, and what of it no stage took, the largest first."""
        spent = {**self.spent, "the rest": total - sum(self.spent.values())}
        return {stage: round(spent[stage] / total, 3) for stage in sorted(spent, key=lambda stage: -spent[stage])}


def resident_mb() -> int:
    """The process' memory that is in use now, in megabytes of a million bytes; Linux alone tells, elsewhere 0."""
    statm = Path("/proc/self/statm")
    pages = int(statm.read_text().split()[1]) if statm.is_file() else 0
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 1e6) if pages else 0


def machine() -> Figures:
    """What absolute figures depend on."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text().splitlines() if cpuinfo.is_file() else []
    model = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.processor())
    return {"processor": model, "cores": os.cpu_count(), "load": load()}


def load() -> float | None:
    """How many processes wanted a core in the last minute, this one among them; None where the system doesn't tell."""
    return round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None
