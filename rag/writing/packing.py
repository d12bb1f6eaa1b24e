"""The evidence as a model reads it: numbered records with their fields, no more than fits, long lists in batches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.passages import quotable
from rag.question import Question
from rag.terms import coverage
from rag.text import matchable
from rag.types import Evidence, Unit

TOKENS_EACH = 80
"""The most tokens that a model is taken to need for one item of a list."""


@dataclass(frozen=True)
class Record:
    """One unit under its number from 1, with the pieces of it that a model is shown; `needed` are part 3's own."""

    number: int
    unit: Unit
    pieces: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def text(self) -> str:
        """Its number, where it stands, and its words: a row's cells under their columns' names."""
        unit = self.unit
        head = f"[{self.number}] {unit.table or ''}《{unit.title}》"
        if unit.fields:
            cells = "；".join(f"{name}：{cell}" for name, cell in unit.fields.items() if cell)
            return f"{head} {cells}"
        signed = f"（{'、'.join(unit.authors)}）" if unit.authors else ""
        return f"{head}{signed} {''.join(self.pieces)}"


def records(question: Question, evidence: Sequence[Evidence], *, exhaustive: bool) -> list[Record]:
    """The units of the evidence by rank, each with its evidence and what else of it shares a word of the question:
    a sentence that is neither, an order to the model say, is not shown to it."""
    needed: dict[str, list[str]] = {}
    units = {piece.unit.id: piece.unit for piece in evidence}
    for piece in evidence:
        needed.setdefault(piece.unit.id, []).append(piece.quote)
    packed = []
    for number, (identity, quotes) in enumerate(needed.items(), 1):
        unit = units[identity]
        pieces = [p for p in quotable(unit) if _wanted(p, quotes, question, exhaustive=exhaustive)]
        packed.append(Record(number, unit, tuple(pieces or quotes), tuple(quotes)))
    return packed


def _wanted(piece: str, quotes: Sequence[str], question: Question, *, exhaustive: bool) -> bool:
    if any(piece in quote or quote in piece for quote in quotes):
        return True
    return not exhaustive and coverage(question.terms, matchable(piece)) > 0


def batches(packed: Sequence[Record], budget: int, max_tokens: int, *, exhaustive: bool) -> list[list[Record]]:
    """The records in groups of at most `budget` tokens. A fact has one group: what ranks lowest is left out first;
    a list has as many as it takes, each small enough to be answered in `max_tokens`."""
    groups: list[list[Record]] = [[]]
    for record in packed:
        size, group = tokens(record.text), groups[-1]
        if size > budget:
            record = replace(record, pieces=record.needed)
            size = tokens(record.text)
        full = sum(tokens(other.text) for other in group) + size > budget
        crowded = exhaustive and (full or len(group) >= max(1, max_tokens // TOKENS_EACH))
        if group and crowded and size <= budget:
            groups.append([record])
        elif not full and not (group and crowded):
            group.append(record)
    return [group for group in groups if group]


def tokens(text: str) -> int:
    """A guess that is rather too high than too low: half of the bytes, 1.5 for a Chinese character."""
    return len(text.encode()) // 2 + 1
