"""Scores that any system can have, whatever it cuts a text into.

A passage tells of a unit when at least half of the shorter of the two, counted in runs of five characters, stands in
the longer one: a row within a long chunk, and a chunk that is most of an entry. A chunk that holds a third of an entry
and two thirds of its neighbour tells of the neighbour alone. The same rule holds for units that this project finds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from eval import metrics
from eval.matching import any_in, normalise

RUN = 5
HALF = 0.5
SHOWN = 5
"""How many passages a reader is shown."""
DEPTH = 10


@lru_cache(maxsize=100_000)
def runs(text: str) -> frozenset[str]:
    """Every run of five letters and digits of a text."""
    plain = re.sub(r"\W", "", normalise(text))
    return frozenset(plain[at : at + RUN] for at in range(max(1, len(plain) - RUN + 1)))


def tells(passage: str, unit: str) -> bool:
    """Whether a passage tells of a unit (its text)."""
    short, long = sorted((runs(passage), runs(unit)), key=len)
    return len(short & long) >= HALF * len(short)


def found(passages: Sequence[str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    """Recall at 1, 5 and 10 and MRR@10; `groups`: for each thing to be found the texts of the units that tell it."""
    told = [[any(tells(passage, unit) for unit in group) for group in groups] for passage in passages[:DEPTH]]
    scores = {
        f"recall@{k}": metrics.mean([any(row[g] for row in told[:k]) for g in range(len(groups))]) for k in (1, 5, 10)
    }
    first = next((rank for rank, row in enumerate(told, 1) if any(row)), 0)
    return {**scores, "mrr@10": 1 / first if first else 0.0}


def complete(text: str, expect: Sequence[Sequence[str]]) -> float:
    """1 where every expected item stands in what a reader is shown, else 0."""
    said = normalise(text)
    return float(all(any_in(said, item) for item in expect))
