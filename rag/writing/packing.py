"""The evidence as a model reads it: numbered records with their fields, no more than fits, long lists in batches."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rag.passages import quotable
from rag.question import Question
from rag.terms import coverage
from rag.text import fold, matchable
from rag.types import Evidence, Unit

TOKENS_EACH = 80
"""The most tokens that a model is taken to need for one item of a list."""
_ORDERS = re.compile(
    r"(?:忽略|无视).{0,8}(?:资料|来源|以上|上述|所有|规[定则]|指令|提示)|系统提示|(?:只|必须|一律|统一)(?:能|要|得)?(?:回答|输出|回复)|"
    r"\b(?:ignore|disregard|forget) (?:all|any|every|the|your|previous|above|these|those)\b|\bsystem prompt\b|"
    r"\byou (?:must|are|should|will)\b|\b(?:answer|reply|respond|say) only\b|\bonly (?:answer|reply|respond|say)\b",
    re.I,
)
"""How a text speaks to a model that reads it; a yearbook speaks to nobody."""


@dataclass(frozen=True)
class Record:
    """One unit under its number from 1, with the pieces of it that a model is shown; `needed` are part 3's own."""

    number: int
    unit: Unit
    pieces: tuple[str, ...]
    needed: tuple[str, ...]

    @property
    def shown(self) -> Unit:
        """The unit as the model is shown it: it can prove nothing else by it."""
        return self.unit if self.unit.kind == "row" else replace(self.unit, text="".join(self.pieces))

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
    a sentence that is neither is not shown to the model, nor one that orders it about."""
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
    return not exhaustive and not _ORDERS.search(fold(piece)) and coverage(question.terms, matchable(piece)) > 0


def batches(
    packed: Sequence[Record], budget: int, max_tokens: int, size: Callable[[Record], int], *, exhaustive: bool
) -> list[list[Record]]:
    """The records in groups of at most `budget` tokens by `size`. A fact has one group: what ranks lowest is left out
    first; a list has as many as it takes, each small enough to be answered in `max_tokens`."""
    groups: list[list[Record]] = [[]]
    for record in packed:
        if size(record) > budget:
            record = replace(record, pieces=record.needed)
        full = sum(map(size, groups[-1])) + size(record) > budget
        crowded = exhaustive and (full or len(groups[-1]) >= max(1, max_tokens // TOKENS_EACH))
        if groups[-1] and crowded and size(record) <= budget:
            groups.append([record])
        elif not full and not (groups[-1] and crowded):
            groups[-1].append(record)
    return [group for group in groups if group]


def tokens(text: str) -> int:
    """A guess that is rather too high than too low: half of the bytes, 1.5 for a Chinese character."""
    return len(text.encode()) // 2 + 1
