"""Floors under the scores of a run, so that a script or CI can refuse a change that makes answers worse."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from eval.scores import LOWER_IS_BETTER, summarise
from rag.errors import ProjectError

NAMES = tuple(summarise(()))


@dataclass(frozen=True)
class Floor:
    """The least that a score may be; the most, for a score of which less is better."""

    name: str
    value: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """A floor from SCORE=VALUE. Raises argparse.ArgumentTypeError."""
        name, _, value = text.partition("=")
        if name not in NAMES:
            raise argparse.ArgumentTypeError(f"{name!r} is no score; give one of {', '.join(NAMES)}")
        try:
            return cls(name, float(value))
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} has no number; give one like {name}=0.9") from None

    def missed(self, score: float | None) -> bool:
        """Whether a score misses it; one that no question bears on does."""
        if score is None:
            return True
        return score > self.value if self.name in LOWER_IS_BETTER else score < self.value


def check_floors(floors: Sequence[Floor], scores: Mapping[str, float | int | None]) -> None:
    """Raises ProjectError naming every floor that is missed."""
    missed = [floor for floor in floors if floor.missed(scores[floor.name])]
    if missed:
        told = "; ".join(f"{f.name} is {_said(scores[f.name])}, {_side(f)} {f.value:g}" for f in missed)
        raise ProjectError(f"--floor: {told}; see --failures, or set another floor")


def _said(score: float | None) -> str:
    return "not scored" if score is None else f"{score:.3f}"


def _side(floor: Floor) -> str:
    return "over" if floor.name in LOWER_IS_BETTER else "under"
