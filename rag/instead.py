"""What a follow-up with nothing but a name or a noun puts in the place of what the earlier question named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import rjieba

from rag.asking import ASKS_WHAT
from rag.bridge import is_common
from rag.counting import ASKED_NOUN_EN
from rag.places import bare_place, countries_in, country_of
from rag.question import Question
from rag.terms import Term
from rag.text import has_han

_GROUP = re.compile(
    "(?:人[士员们群]?|[居市农村侨公国渔移]民|[同侨]胞|[学师医考]生|[教老医律]师|儿童|妇女|[游旅]客|企业|单位|[职员]工|[党团会]员)$"
)
"""People of a kind: 外籍人士呢？ asks of them what was asked of 港澳同胞, who are then not asked about."""
_OPENS = re.compile(r"^\W*(?:(?:那么?|还有|以及|and|or|but|what about|how about)\s*)*(?:the |an? )?", re.I)
_CLOSES = re.compile(r"(?:怎么样|如何)?呢?\W*$")
_WITH_MORE = re.compile(r"^([^，,。？?]+?)呢[，,].*$")
"""那拜耳呢，是谁、哪天？"""
_BREAK = re.compile(
    r"会[见晤]|见[了过]|致信|出席|参[加与]|举[办行]|召开|[主承]办|签[署订]|接种|[的了在是向与和跟同对从为由到去有\W]|"
    r"(?:哪|多少|几)[些个家位名次场]?|什么|谁|\d+[月日]"
)
"""What a noun phrase doesn't reach over, to its left."""
LONGEST = 24
"""Characters that the name of an event or a body has at most; in English twice as many."""
_PLURAL = re.compile(
    r"(?!(?:in|on|at|by|for|from|with|of|to|after|before) )(?:[a-z-]+ ){0,2}(?:[a-z-]+s|people|w?omen|men|children)"
)
"""English things without an article are counted: And foreigners?"""


def is_elliptic(question: Question) -> bool:
    """Whether a follow-up asks nothing itself but what the earlier question asked: 那巴西呢？"""
    return question.asks == "what" and not ASKS_WHAT.search(question.text)


def put_in_place(question: Question, earlier: Question) -> Question:
    """The earlier question with what a follow-up names where the like of it stood: 法治培训班呢？ after
    英语翻译培训班有多少人？ asks nothing of the first. As it is where nothing like it stood there."""
    new = _CLOSES.sub("", _OPENS.sub("", _WITH_MORE.sub(r"\1", question.text)))
    leans = is_elliptic(question) or _WITH_MORE.match(question.text)
    if not leans or not new or len(new) > LONGEST * (1 if has_han(new) else 2):
        return earlier
    old = _names(question, earlier, new) or _phrases(new, earlier)
    words = {word for phrase in old for word in re.findall(r"[\w-]+", phrase)}
    terms = tuple(term for term in earlier.terms if not _stands_in(term, old, words))
    return replace(
        earlier, terms=terms, text=_put(new, old, earlier.text), standalone=_put(new, old, earlier.standalone)
    )


def _put(new: str, old: Sequence[str], text: str) -> str:
    """A text with the first of the old phrases replaced, and the others left out."""
    for phrase, instead in zip(old, (new, *[""] * len(old)), strict=False):
        text = re.sub(re.escape(phrase), lambda _, said=instead: said, text, flags=re.I)  # type: ignore[misc]
    return text


def _stands_in(term: Term, old: Sequence[str], words: set[str]) -> bool:
    if has_han(term.surface):
        return any(term.surface in phrase for phrase in old)
    return set(term.surface.split()) <= words


def _names(question: Question, earlier: Question, new: str) -> list[str]:
    """The name that gives way where the follow-up is another: the only one there is, or all that are places as the
    new one is."""
    mine, before = _named(question), _named(earlier)
    only = [term.surface for term in question.terms] == [new.lower()]
    if len(before) == 1 and only and (mine or (has_han(new) and not is_common(new))):
        return [before[0].surface]
    return [term.surface for term in before if _is_place(term)] if any(map(_is_place, mine)) else []


def _named(question: Question) -> list[Term]:
    """Its names, but for titles, numbers and the yearbook's own place."""
    quoted = "".join(re.findall("《[^》]*》|“[^”]*”", question.text)).lower()
    names = (term for term in question.terms if term.named and not term.ordinal and not re.search(r"\d", term.surface))
    return [t for t in names if t.surface not in quoted and question.own_place not in map(bare_place, t.forms)]


def _is_place(term: Term) -> bool:
    told = (term.surface, *term.forms)
    return bool(country_of(term.surface)) or any(countries_in(n) or rjieba.tag(n)[0] == (n, "ns") for n in told)


def _phrases(new: str, earlier: Question) -> list[str]:
    """The phrase of the earlier question that the new one is like: it has the same head, or both are of people."""
    text = earlier.text
    if not has_han(new):
        return _phrases_en(new, text)
    for size in range(len(new) - 2, 1, -1):
        tail, place = new[-size:], text.find(new[-size:])
        if place > 0 and len(_lead(new[:-size])) > 1:
            lead = _lead(text[:place])
            return [lead + tail] if len(lead) > 1 and lead + tail != new else []
    group = next((term.surface for term in earlier.terms if _GROUP.search(term.surface)), "")
    return [_lead(text[: text.find(group)]) + group] if group in text and group and _GROUP.search(new) else []


def _lead(text: str) -> str:
    """What of a text belongs to the noun that follows it."""
    return _BREAK.split(text)[-1][-LONGEST:]


def _phrases_en(new: str, text: str) -> list[str]:
    counted, head = ASKED_NOUN_EN.search(text), new.split()[-1]
    if counted and _PLURAL.fullmatch(new):
        return [counted[1].lower()]
    alike = re.search(rf"\bthe ((?:[\w'’-]+ ){{1,6}}?{re.escape(head)})\b", text, re.I) if " " in new else None
    return [alike[1].lower()] if alike else []
