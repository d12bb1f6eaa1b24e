"""The account of a source's characters: which kind of thing each was given to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.reading.layout import Span, blackness
from rag.reading.source import Ledger

_UNITS = frozenset(("entry", "overview", "row", "fragment"))


def account(raws: Sequence[str], owned: Sequence[tuple[str, Sequence[Span]]]) -> Ledger:
    """The ledger of a source's lines; `owned` are the kinds of its things with the spans that each holds."""
    counts: Counter[str] = Counter()
    taken: dict[int, list[tuple[int, int]]] = {}
    for kind, spans in owned:
        counts[kind] += blackness("".join([raws[line - 1][start:end] for line, start, end in spans]))
        for line, start, end in spans:
            taken.setdefault(line, []).append((start, end))
    missing = twice = 0
    for number, raw in enumerate(raws, 1):
        held = taken.get(number, [])
        if not held and not raw:
            continue
        lost, doubled = _uncovered(raw, held)
        missing += lost
        twice += doubled
    return Ledger(
        {kind: count for kind, count in counts.items() if kind in _UNITS},
        {kind: count for kind, count in counts.items() if kind not in _UNITS},
        blackness("".join(raws)),
        missing,
        twice,
    )


def _uncovered(raw: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """How many characters of a line no span holds, and how many more than one does."""
    reach = missing = twice = 0
    for start, end in sorted(spans):
        missing += blackness(raw[reach:start])
        twice += blackness(raw[start : min(reach, end)])
        reach = max(reach, end)
    return missing + blackness(raw[reach:]), twice
