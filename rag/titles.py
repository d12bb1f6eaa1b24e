"""What a question calls by its full title, an office with its country or an event by its proper name, and whether
what was found tells of that one and not of its like."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.places import bare_place, countries_in, country_of
from rag.question import Question
from rag.relations import ACTS
from rag.terms import Term
from rag.text import HAN, matchable
from rag.types import Evidence

_OFFICES = (
    ("总统|主席", r"presidents?"),
    ("总理|首相", r"prime ministers?|premiers?"),
    ("国王|女王|天皇", r"kings?|queens?|emperors?"),
)
"""Offices of which each country has one: in Chinese, and in English."""
_HELD_ZH = re.compile(r"(?:现任|新任|前|的)*(总统|总理|首相|国王|女王|天皇)(?!夫人|府|办|大选|选举|奖|套房)")
_EVENT_ZH = re.compile(
    rf"([{HAN}A-Za-z\d—·]{{2,}}?)(?:论坛|大会|峰会|博览会|交易会|宣传[周月日]|大赛|锦标赛)(?!堂|战|员)"
)
_BEFORE_NAME = re.compile(f"{ACTS}|[了过的在于是到谁和与]")
_EVENT_EN = re.compile(
    r"\b((?:[A-Z][\w&'’-]*\s+(?:(?:and|of|on|for|the|in)\s+)*){1,6})"
    r"(?:Forum|Conference|Summit|Congress|Expo|Convention|Exposition)\b"
)
_ANY_EVENT = re.compile(
    r"世界|全球|国际|中国|全国|亚洲|欧洲|非洲|年度|首届|\d+|"
    r"world|global|international|china|chinese|asian?|europe(?:an)?|african?|national|annual|the|first"
)
"""What many events have in their names: it tells none from another."""


def tells_of_titles(question: Question, items: Sequence[Evidence], texts: Sequence[str]) -> bool:
    """Whether the offices and events of a question's titles are those of the units found. `texts`: the items' whole
    units, in matchable form."""
    if not all(any(_has_office(office, p, t) for p, t in zip(items, texts, strict=True)) for office in _held(question)):
        return False
    return all(any(term.stands_in(text) for term in terms for text in texts) for terms in _events(question))


def _held(question: Question) -> Iterator[tuple[str, str]]:
    """Each office that the question names with its country, as (country, pattern of the office)."""
    for match in _HELD_ZH.finditer(question.text):
        before = question.text[: match.start()]
        country = next((name for name in countries_in(before) if before.endswith(name)), None)
        if country:
            yield country, next(zh for zh, _ in _OFFICES if match[1] in zh)
    for zh, en in _OFFICES:
        for match in re.finditer(
            rf"\b(?i:{en}) of (?:the )?([A-Z]\w+(?: [A-Z]\w+)?)|\b([A-Z]\w+)(?:['’]s?)? (?i:{en})\b", question.text
        ):
            said = match[1] or match[2]
            country = next(filter(None, map(country_of, (said, said.split()[0]))), None)
            if country and countries_in(country):
                yield country, zh


def _has_office(office: tuple[str, str], piece: Evidence, text: str) -> bool:
    """Whether a unit has the office as that country's; a row may give them apart, in columns of their own."""
    country, held = office
    if piece.unit.kind == "row":
        return country in text and re.search(f"(?:{held})(?!夫人)", text) is not None
    return re.search(rf"{country}[^，。；、]{{0,6}}(?:{held})(?!夫人)", text) is not None


def _events(question: Question) -> Iterator[list[Term]]:
    """For each event that the question calls by its proper name, the terms that tell it from others, where the corpus
    can say them."""
    english = question.language == "en"
    for match in (_EVENT_EN if english else _EVENT_ZH).finditer(question.text):
        name = matchable(_BEFORE_NAME.split(match[1])[-1])
        terms = [
            term
            for term in question.terms
            if (term.surface in name.split() if english else term.surface in name)
            and not _ANY_EVENT.fullmatch(term.surface)
            and bare_place(term.surface) != question.own_place
        ]
        if terms:
            yield terms
