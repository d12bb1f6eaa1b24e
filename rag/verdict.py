"""Whether a piece bears out all that a yes-or-no question says, so that a yes may be said."""

from __future__ import annotations

import re

from rag import dates
from rag.amounts import figures, spelled
from rag.lexicon import ROLES
from rag.listing import content
from rag.question import Question
from rag.relations import ACTS
from rag.retriever import Retriever
from rag.terms import literally
from rag.text import HAN, fold, matchable
from rag.types import Evidence
from rag.ways import FROM_AFAR, IN_PERSON

CERTAIN = 0.8
"""The least share of a yes-or-no question's words that its evidence must carry for a yes."""
_IS_ZH = re.compile(rf"(?<![不还都总])是(?:不是|否)?([{HAN}A-Za-z0-9·]{{1,12}}?)(?:吗|吧|[，。？?]|$)")
_IS_EN = re.compile(r"^\W*(?:is|was|are|were)\b", re.I)


def sure(question: Question, retriever: Retriever, piece: Evidence) -> bool:
    """Whether a piece says it: the words, the people, the numbers and days, and of whom it says what he is."""
    told = content(question)
    said = matchable(f"{piece.unit.title} {piece.quote}")
    return (
        all(name in piece.quote for name in question.people)
        and (not told or literally(told, said) >= CERTAIN)
        and _same_numbers(question, piece)
        and _same_days(question, piece)
        and not (IN_PERSON.search(question.text) and FROM_AFAR.search(piece.quote))
        and _is_so(question, retriever.keywords.own_place, piece.quote)
    )


def _same_numbers(question: Question, piece: Evidence) -> bool:
    """12个项目 is not borne out by 11个."""
    asked = dates.YEAR.sub(" ", dates.without(question.text))
    quote = fold(f"{piece.unit.title} {piece.quote}")
    given = {value for _, value in (*figures(quote), *spelled(quote))}
    return all(value in given for _, value in (*figures(asked), *spelled(asked)))


def _same_days(question: Question, piece: Evidence) -> bool:
    found = dates.find(piece.unit.date or "") or dates.find(piece.quote)
    return not question.spans or not found or dates.falls([mention.span for mention in found], question.spans)


def _is_so(question: Question, own_place: str, quote: str) -> bool:
    """Of "X is Y": whether the quote says Y of X and of nobody beside him. 副市长殷勇 is no 市长殷勇."""
    if question.language == "en":
        if not _IS_EN.search(question.text) or question.relation or not question.people:
            return True
        said = question.text.lower()
        offices = [zh for zh, names in ROLES if any(name in said.replace("-", " ") for name in names)]
        return bool(offices) and all(_is_called(name, offices[0], own_place, quote) for name in question.people)
    match = _IS_ZH.search(question.text)
    if (
        not match
        or re.search(ACTS, match[1])
        or re.match("[在由从于为因]", match[1])
        or question.text.endswith("对吗?")
    ):
        return True
    what = re.sub(r"^(?:一[位名个家]|北京市?的?)|的$", "", match[1])
    if question.people:
        return all(_is_called(name, what, own_place, quote) for name in question.people)
    return what in quote


def _is_called(name: str, what: str, own_place: str, quote: str) -> bool:
    """Whether what he is stands right before his name, with nothing that makes it another office or place, or after."""
    place = rf"|{re.escape(own_place)}市?" if own_place else ""
    before = rf"(?:^|[^{HAN}]|[和与及向]{place}){re.escape(what)}{re.escape(name)}"
    return re.search(f"{before}|{re.escape(name)}(?:是|为|任|，){re.escape(what)}", quote) is not None
