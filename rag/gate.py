"""Whether the best piece that was found answers the question, or nothing does."""

from __future__ import annotations

import re

from rag.counting import asked_nouns, counted
from rag.listing import RARE, content
from rag.passages import spelled
from rag.pieces import of_ordinals
from rag.question import NEW_MATTER, Question
from rag.relations import done_by, has_relation
from rag.retriever import Retriever, Scored
from rag.terms import LITERAL, Term, abbreviates, coverage
from rag.text import HAN, has_han, matchable
from rag.types import Evidence, Unit
from rag.values import fits
from rag.wanted import noun_asked

SUPPORT = 0.5
"""The least share of the question's words (by idf) that the cited unit must carry; a tenth less for each anchor."""
PIECE_SUPPORT = 0.35
"""The least share that the quoted sentence and its title carry of a Chinese question that names nothing."""
WELL = 0.7
"""The share of the question's words from which the unit as a whole bears out each of its sentences."""
AGREED = 0.15
"""How much less support a question needs when the model alone ranks the same unit first."""
NEARER = 0.1
"""How much more of the question the unit that the model ranks first may carry than one that tells a place."""
ONLY_ONE = 0.3
"""The least share that the only unit has to carry that names the person asked about."""
OWN = 0.2
"""The least share of a follow-up's own words that the cited unit must carry."""
SUPPORT_ORDINAL = 0.55
"""The least share that the sentences about it carry where the question gives an ordinal (第五届)."""
STRICT = ("how many", "how much", "when", "why", "who", "where")
"""Kinds whose answer is a value of its own: a sentence without one answers nothing."""
TOLD = 0.45
"""The least share that has to be carried where the question says of somebody what the corpus has no word for."""
_BODY = re.compile(rf"([{HAN}]{{2}}[会组办局委院社团部])的?第[\d一二三四五六七八九十]+[次届]")
"""The end of the name of the body whose session is counted."""
SURE = 0.5
"""The strength of a term's best form in the corpus below which the corpus has no word for it."""


def anchors(question: Question) -> int:
    """How many kinds of things that select units the question names."""
    return sum(map(bool, (question.people, question.spans, question.section, question.table)))


def holds_value(question: Question, piece: Evidence, retriever: Retriever) -> bool:
    """Whether a piece holds a value of the kind asked for."""
    text = spelled(piece.unit, piece.quote)
    return bool(fits(question.asks, question, text, retriever.lexicon.names, asked_nouns(question)))


def shows_relation(question: Question, unit: Unit) -> bool:
    """Whether a unit tells of what the question says that people did; True where it says nothing of the kind."""
    told = f"{unit.title} {unit.text} {done_by(unit.fields, unit.people)}"
    return question.relation is None or has_relation(question.relation, told)


def supported(question: Question, retriever: Retriever, scored: Scored, best: Evidence) -> bool:
    """Whether the best piece's unit carries enough of the question, and the piece the value asked for."""
    if not _tells(question, retriever, best):
        return False
    if _is_named(question, scored, best):
        return True
    unit = retriever.text_of(best.unit)
    share = coverage(question.terms, unit)
    if (question.asks == "who" and not shows_relation(question, best.unit)) or _untold(question, share):
        return False
    if question.asks == "where" and coverage(question.terms, retriever.texts[scored.dense_best]) > share + NEARER:
        return False  # it tells where another event was
    if question.people and len(scored.named) == 1 and share >= ONLY_ONE:
        return True
    piece = matchable(f"{best.unit.title} {best.quote}")
    free = not anchors(question) and not any(term.named for term in question.terms)
    if question.language == "zh" and free and share < WELL and coverage(question.terms, piece) < PIECE_SUPPORT:
        return False
    agreed = retriever.units[scored.dense_best].id == best.unit.id
    own = [term for term in content(question) if term in question.own and term.forms]
    if own and coverage(own, unit) < OWN and not (agreed and sum(term.weight for term in own) < NEW_MATTER):
        return False
    named = sum(term.named and term.stands_in(unit) for term in question.terms)
    # Words reach the text by being the same, or through a dictionary; the model reads past them. Where both point to
    # the same unit, a smaller share of the words will do.
    return share >= SUPPORT - 0.1 * min(anchors(question) + named, 3) - (AGREED if agreed else 0.0)


def _tells(question: Question, retriever: Retriever, best: Evidence) -> bool:
    """Whether the piece holds a value of the kind asked for, of the things counted and of the ordinals given."""
    if question.asks in STRICT and not question.byline and not holds_value(question, best, retriever):
        return False
    of_kind = noun_asked(question) if question.asks == "where" else []
    whole = retriever.text_of(best.unit)
    if question.asks in ("yes/no", "where") and not all(
        term.stands_in(whole) or abbreviates(term.surface, whole)
        for term in question.terms
        if term.weight >= RARE and term.surest >= LITERAL and term not in of_kind and _as_said(question, term)
    ):
        return False  # what is said of one firm says nothing of another
    if question.asks == "who" and question.people and not question.relation:
        told = f"{best.unit.title} {best.quote}"
        if not any(name in told for name in question.people):
            return False  # who came after somebody
    things = counted(question) if question.asks == "how many" else []
    if things and not any(term.stands_in(whole) for term in things):
        return False
    said = matchable(f"{best.unit.title} {best.quote}")
    codes = (t for t in question.terms if t.surface.isdigit() and t.weight >= RARE and t.surest >= LITERAL)
    codes = (code for code in codes if code.surface in question.text)  # of the thing asked first
    if question.asks in STRICT and not all(code.stands_in(said) for code in codes):
        return False  # what is said of the 119 hotline says nothing of 110
    if not any(term.ordinal for term in question.terms):
        return True
    told = matchable(f"{best.unit.title} {' '.join(of_ordinals(question, best.unit))}")
    body = _BODY.search(question.text)
    if body and body[1] in retriever.lexicon.full_text and body[1] not in told:
        return False  # the fourth session of one body says nothing of another's
    return coverage(question.terms, told) >= SUPPORT_ORDINAL


def _as_said(question: Question, term: Term) -> bool:
    """Whether a term is the question's own in the corpus' characters, or a name: a plain English word has other
    translations than the one the dictionary gives."""
    return question.language == "zh" or term.named or has_han(term.surface) or term.surface.title() in question.text


def _is_named(question: Question, scored: Scored, best: Evidence) -> bool:
    """Whether what the question names points to this unit alone, or the piece shows the relation between it all."""
    alone = len(scored.named) == 1
    if alone and (question.table or len(question.anchors) > 1):
        return True
    related = question.relation is not None and has_relation(question.relation, best.quote)
    if related and (anchors(question) > 1 or (alone and question.people)):
        return True
    return bool(question.people) and not question.terms


def _untold(question: Question, share: float) -> bool:
    """Whether it says of somebody what the whole corpus has no word for: 陈吉宁毕业于…"""
    unsaid = (t for t in question.terms if t.surest < SURE and not t.named and len(t.surface) > 1)
    return bool(question.people) and not question.relation and any(unsaid) and share < TOLD
