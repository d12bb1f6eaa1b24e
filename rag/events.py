"""One event told twice: by an entry and by a row of a table, on the same day or on two that differ."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import rjieba

from rag import dates
from rag.retriever import Retriever
from rag.types import Evidence, Unit

SAME_DAY = 0.5
"""The least share of a row's words (by idf) that an entry of the same day has to repeat to tell of the same event."""
OTHER_DAY = 0.85
"""The same where the entry gives other days; it has to name all of the row's people as well."""


def same_events(evidence: Sequence[Evidence], retriever: Retriever) -> list[list[Evidence]]:
    """Pieces that tell of one event put together, the row first."""
    events: list[list[Evidence]] = []
    for piece in evidence:
        for event in events:
            if _same_event(event[0].unit, piece.unit, retriever):
                event.append(piece)
                event.sort(key=lambda e: e.unit.kind != "row")
                break
        else:
            events.append([piece])
    return events


def on_other_days(piece: Evidence, retriever: Retriever) -> list[Unit]:
    """Units that tell of the same event as a piece but give another day than its unit does."""
    found = [unit for unit in retriever.of_source(piece.unit.source) if _same_event(unit, piece.unit, retriever)]
    return [unit for unit in found if differ(unit, piece.unit)]


def differ(one: Unit, other: Unit) -> bool:
    """Whether a row's day is none of those that an entry gives."""
    row, entry = (one, other) if one.kind == "row" else (other, one)
    mine, days = _days(row.date or ""), _days(entry.text)
    return bool(mine and days) and mine[0] not in days


def _same_event(one: Unit, other: Unit, retriever: Retriever) -> bool:
    if {one.kind, other.kind} != {"row", "entry"} or one.source != other.source:
        return False
    row, entry = (one, other) if one.kind == "row" else (other, one)
    if not row.date or not _days(entry.text):
        return False
    if not differ(row, entry):
        return _repeated(row, entry, retriever) >= SAME_DAY
    named = all(name in entry.text for name in row.people)
    return bool(row.people) and named and _repeated(row, entry, retriever) >= OTHER_DAY


@lru_cache(maxsize=4096)
def _days(text: str) -> tuple[dates.Span, ...]:
    """A list's every row is held against the same entries: their dates are looked for once."""
    return tuple(mention.span for mention in dates.find(text))


def _repeated(row: Unit, entry: Unit, retriever: Retriever) -> float:
    words = {word.lower() for word in rjieba.cut(row.activity or row.text) if len(word) > 1}
    weights = {word: retriever.keywords.idf(word) for word in words}
    text = retriever.text_of(entry)
    total = sum(weights.values())
    return sum(weight for word, weight in weights.items() if word in text) / total if total else 0.0
