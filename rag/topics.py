"""Lists that no person, date or table selects: by an event's name, by what entries are headed by, by the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.listing import CARRIED, LIST_SHARE, SPECIFIC, content, quotes
from rag.passages import fullest, quotable
from rag.question import Question
from rag.relations import EVENT_END, OBJECTS, RELATIONS
from rag.retriever import Retriever
from rag.terms import LITERAL, Term, coverage
from rag.text import HAN, matchable, sentences
from rag.types import Evidence

MENTION_SHARE = 0.85
"""A unit is listed when it carries at least this share of the words that the best one does, where nothing but the
words selects."""
SELECTED_SHARE = 0.7
"""The same where a person selects the units and the words say what of theirs is meant."""
ENUMERATES = 0.2
"""How much carrying an enumeration counts beside the share of the terms that a sentence carries."""
_HEADING = ("trained", "donated", "signed")
"""Relations that an entry has in its title where it is about nothing else."""
_KINDS = {
    "firm": r"企业|公司|集团|银行|株式会社|外企|厂商|工厂",
    "organisation": r"组织(?!部)|联盟|协会|学会|机构|委员会|团体|基金会|联合会|商会|单位|部门",
}
"""Kinds of bodies a question asks for → how their names end."""
_PARTS = re.compile(rf"{OBJECTS['event'][0]}|场次|\b(?:{OBJECTS['event'][1]}|sessions?|meetings?)\b", re.I)
"""What an event that goes on for days has several of."""
_EVENT = re.compile(f"{EVENT_END}$")


def topical(question: Question, retriever: Retriever) -> list[Evidence]:
    """The items of a "which all" that names nothing that selects; [] where the words point to none."""
    return sessions(question, retriever) or titled(question, retriever) or mentions(question, retriever)


def sessions(question: Question, retriever: Retriever) -> list[Evidence]:
    """What is told of an event that the question names whole and asks the parts of: the sessions of the 中关村论坛.
    None where fewer than two units name it."""
    for written, name in _events(question, retriever):
        if not _PARTS.search(question.text.replace(written, " ")):
            continue
        units = [retriever.units[number] for number in retriever.holding(name)]
        found = [Evidence(unit, quote, 1.0) for unit in units for quote in quotes(question, unit, retriever.lexicon)]
        told = [piece for piece in found if name in piece.quote or name in piece.unit.title]
        if len({piece.unit.id for piece in told}) > 1:
            return told
    return []


def _events(question: Question, retriever: Retriever) -> Iterator[tuple[str, str]]:
    """An event's name as the question and as the corpus writes it, where both write it in one piece."""
    known, text = retriever.lexicon.full_text, question.text.lower()
    for term in question.terms:
        start = text.find(term.surface) if re.fullmatch(f"[{HAN}]{{2,}}", term.surface) else -1
        end = start + len(term.surface)
        while start >= 0 and end < len(text) and text[start : end + 1] in known:
            end += 1
        if term.weight >= SPECIFIC and end - start > len(term.surface) and _EVENT.search(text[start:end]):
            yield text[start:end], text[start:end]
    for one, other in zip(question.terms, question.terms[1:], strict=False):
        written = f"{one.surface} {other.surface}"
        if written in text:
            yield from ((written, name) for name in _together(one, other) if name in known)


def _together(one: Term, other: Term) -> Iterator[str]:
    """Zhongguancun and Forum as one Chinese name, by their sure translations."""
    for first in one.forms:
        for last in other.forms:
            if min(one.strength_in(first), other.strength_in(last)) >= LITERAL and _EVENT.search(last):
                yield first + last


def titled(question: Question, retriever: Retriever) -> list[Evidence]:
    """For "which all" of what entries are headed by, as training courses are: the first sentence of each entry whose
    title shows the relation; none where fewer than two do."""
    if question.relation not in _HEADING:
        return []
    pattern = RELATIONS[question.relation][0]
    terms = [term for term in content(question) if term.weight >= SPECIFIC and term.forms]
    shares = {
        number: coverage(terms, retriever.texts[number]) if terms else 1.0
        for number, unit in enumerate(retriever.units)
        if unit.kind == "entry" and re.search(pattern, unit.title) and retriever.covers(number, question.years)
    }
    least = max(LIST_SHARE * max(shares.values(), default=0.0), CARRIED)
    numbers = retriever.naming(terms, [number for number, share in shares.items() if share >= least])
    found = [Evidence(unit, sentences(unit.text)[0], 1.0) for unit in map(retriever.units.__getitem__, numbers)]
    return found if len(found) > 1 else []


def mentions(question: Question, retriever: Retriever, selected: Sequence[int] | None = None) -> list[Evidence]:
    """For "which all" without a relation: each unit's best sentence, of the units that carry as much of the question
    as the best one does, or nearly; of the `selected` alone where a person or the like selects."""
    telling = content(question, relation=True)
    terms = telling if any(term.weight >= SPECIFIC for term in telling) else list(question.terms)
    looked = retriever.naming(terms, range(len(retriever.units)) if selected is None else selected)
    shares = {
        number: coverage(terms, retriever.texts[number])
        for number in looked
        if retriever.covers(number, question.years)
    }
    share_of_top, least = (MENTION_SHARE, 0.6) if selected is None else (SELECTED_SHARE, 0.35)
    least = max(share_of_top * max(shares.values(), default=0.0), least)
    found = []
    for unit in (retriever.units[number] for number, share in shares.items() if share >= least):
        pieces = [piece for piece in quotable(unit) if all(name in piece for name in question.people)] or quotable(unit)
        pieces = [piece for piece in pieces if _of_kind(question, piece, terms)]
        if pieces:
            found.append(Evidence(unit, fullest(pieces, unit, terms, ENUMERATES), 1.0))
    return found


def _of_kind(question: Question, piece: str, terms: Sequence[Term]) -> bool:
    """Whether a piece itself has a body of the kind asked for and says something of what is asked about it; any piece
    where no body is asked for."""
    kinds = [pattern for kind, pattern in _KINDS.items() if kind in question.objects]
    return not kinds or (any(re.search(p, piece) for p in kinds) and coverage(terms, matchable(piece)) > 0)
