"""The first, the last or the most of what a question selects: 最后一次会见, 谁出席的活动最多."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag import dates
from rag.lexicon import Lexicon
from rag.places import countries_in
from rag.text import HAN
from rag.types import Evidence

Rank = Literal["first", "last", "most"]
_RANKS: tuple[tuple[Rank, re.Pattern[str]], ...] = (
    (
        "most",
        re.compile(
            r"(?:次数|场次|场数|数量)?(?:是)?最多(?:次|的)?(?!可|能|只)|最频繁|"
            r"\bmost (?:often|frequently|times)\b|\bthe most(?! \w+(?:ed|ing|ful|al|ive|ous|ant|ent)\b)",
            re.I,
        ),
    ),
    (
        "first",
        re.compile(
            rf"第一[次场位个家]|最早(?:的?一[次场])?(?![{HAN}]*建)|\b(?:very )?first\b(?! half| quarter)|\bearliest\b",
            re.I,
        ),
    ),
    (
        "last",
        re.compile(
            r"最后(?:的?一?[次场位个家])?|最近的?一次|最晚(?:的?一[次场])?|"
            r"\b(?:the|very) last\b|\blatest\b|\bmost recent(?:ly)?\b",
            re.I,
        ),
    ),
)
_COMPARED = re.compile(
    rf"比(?![赛例重较])[{HAN}]{{1,12}}(?:更?[多少早晚高低大小长]|频繁)|"
    r"\b(?:more|fewer|less|earlier|later|higher|larger) [^?]*\bthan\b",
    re.I,
)
_GROUPS = (
    ("country", re.compile(r"哪一?个?国家?|\b(?:which|what) countr", re.I)),
    ("month", re.compile(r"哪一?个?月|几月|\b(?:which|what) month", re.I)),
    ("people", re.compile(r"谁|哪一?[位个]|\bwho\b|\b(?:which|what) (?:\w+ )?(?:leader|official|person|mayor)", re.I)),
)


def rank_in(text: str) -> tuple[Rank | None, str]:
    """Which end of what is found a question asks for, and the text without the words for it; most only of what can be
    counted here: people, countries and months."""
    for rank, pattern in _RANKS:
        if pattern.search(text) and (rank != "most" or _group(text)):
            return rank, pattern.sub(" ", text)
    return None, text


def _group(text: str) -> str | None:
    return next((name for name, pattern in _GROUPS if pattern.search(text)), None)


def compares(text: str) -> bool:
    """Whether a question holds two things against each other, which no single record does."""
    return _COMPARED.search(text) is not None


def end(rank: Rank, items: Iterable[Evidence]) -> list[Evidence]:
    """The pieces of the first or of the last day that any of them gives."""
    days = [(day, piece) for piece in items if (day := day_of(piece))]
    if not days:
        return []
    chosen = (min if rank == "first" else max)(day for day, _ in days)
    return [piece for day, piece in days if day == chosen]


def day_of(piece: Evidence) -> tuple[int, int] | None:
    """The (month, day) on which what a piece tells began: of its row, else of its sentence, else of its unit."""
    found = dates.find(piece.unit.date or "") or dates.find(piece.quote) or dates.find(piece.unit.text)
    return found[0].span.first if found else None


@dataclass(frozen=True)
class Most:
    """`names`: people, a country or a month as the source writes it, each in `times` of the events; `pieces`: those
    events' evidence."""

    names: tuple[str, ...]
    times: int
    pieces: tuple[Evidence, ...]


def most(text: str, events: Sequence[Sequence[Evidence]], lexicon: Lexicon) -> Most | None:
    """Who, which country or which month stands in most of the events, all that do equally; None where the question
    asks for none of these or no event tells."""
    group = _group(text)
    if group is None:
        return None
    told = [(event, _members(group, event[0], lexicon)) for event in events]
    counts = Counter(name for _, names in told for name in names)
    best = max(counts.values(), default=0)
    winners = tuple(name for name, count in counts.items() if count == best)
    pieces = tuple(piece for event, names in told if set(names) & set(winners) for piece in event)
    return Most(winners, best, pieces) if winners else None


def country_told(piece: Evidence) -> tuple[str, ...]:
    """The country that a piece tells of: its row's own, else the first that it names; () where it names none."""
    unit = piece.unit
    return (unit.country,) if unit.country else countries_in(unit.activity or piece.quote)[:1]


def _members(group: str, piece: Evidence, lexicon: Lexicon) -> tuple[str, ...]:
    unit = piece.unit
    if group == "country":
        return country_told(piece)
    if group == "month":
        day = day_of(piece)
        return (f"{day[0]}月",) if day else ()
    return unit.people or tuple(lexicon.locals.within(piece.quote))
