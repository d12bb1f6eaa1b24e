"""Which units, and which sentences of them, carry the answer, or none."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from rag.question import Question
from rag.relations import OBJECTS, RELATIONS, has_relation, is_envoy, is_firm
from rag.retriever import Retriever, Scored
from rag.terms import Term, coverage
from rag.text import fold, sentences
from rag.types import Unit
from rag.values import asked_nouns, fits

CANDIDATES = 12
"""How many units a fact is looked for in; lists are selected from all of them."""
ENOUGH = 0.5
"""The least share of the question's weight that evidence must carry."""
LIST_SHARE = 0.7
"""A unit joins a list when it carries at least this share of what the best one does."""


@dataclass(frozen=True)
class Evidence:
    """One verbatim piece of one unit, and how well it answers, 0 to about 1."""

    unit: Unit
    quote: str
    score: float


@dataclass(frozen=True)
class Found:
    """`exhaustive`: the items are all that the question selects, not the best of a ranking."""

    items: tuple[Evidence, ...]
    exhaustive: bool


@dataclass(frozen=True)
class Nothing:
    """No evidence: why not, in a form both languages can word."""

    reason: str
    names: tuple[str, ...] = ()


def missing(question: Question, retriever: Retriever) -> Nothing | None:
    """What the question names that the whole corpus lacks: no need to look further."""
    if question.unknown:
        return Nothing("unknown", question.unknown)
    lexicon = retriever.lexicon
    years = [year for year in question.years if not lexicon.years[year]]
    if years:
        return Nothing("year", tuple(map(str, years)))
    if question.table and question.table not in lexicon.tables:
        return Nothing("unknown", (question.table,))
    absent = tuple(
        t.surface for t in question.terms if t.named and not any(form in lexicon.full_text for form in t.forms)
    )
    return Nothing("unknown", absent) if absent else None


def content(question: Question) -> list[Term]:
    """The terms that relation and object don't speak for already."""
    spoken: list[str] = []
    if question.relation:
        spoken += RELATIONS[question.relation]
    spoken += [pattern for name in question.objects for pattern in OBJECTS[name]]
    pattern = re.compile("|".join(spoken) or "(?!)", re.I)
    return [term for term in question.terms if term.named or not pattern.search(term.surface)]


def is_exhaustive(question: Question) -> bool:
    """Whether the answer is every unit that carries what the question names, rather than one passage."""
    anchored = bool(question.people or question.authors or question.section or question.table or question.spans)
    if question.authors or (question.section and not question.relation):
        return True
    named = any(term.named for term in question.terms)
    wants_all = question.asks in ("which all", "how many")
    return wants_all and bool(question.relation or question.table) and (anchored or (named and bool(question.objects)))


def collect(question: Question, retriever: Retriever) -> list[Evidence]:
    """Every unit that a list question selects, in the order of the source."""
    terms = content(question)
    found: list[tuple[Evidence, float]] = []
    for number in retriever.select(question):
        unit, text = retriever.units[number], retriever.texts[number]
        if any(term.named and not term.stands_in(text) for term in terms):
            continue
        quote = _list_quote(question, unit)
        if quote is not None:
            found.append((Evidence(unit, quote, 1.0), coverage(terms, text)))
    best = max((share for _, share in found), default=0.0)
    if terms and best < ENOUGH / 2 and not (question.authors or question.table):
        return []
    return [evidence for evidence, share in found if share >= LIST_SHARE * best]


def _list_quote(question: Question, unit: Unit) -> str | None:
    """The part of a unit that shows the relation with the people asked about; None where it shows none."""
    if question.authors or (question.section and not question.relation):
        return sentences(unit.text)[0] if unit.kind == "entry" else None
    pieces = [unit.text] if unit.kind == "row" else sentences(unit.text)
    for piece in pieces:
        if any(name not in piece for name in question.people):
            continue
        if question.relation and not has_relation(question.relation, piece):
            continue
        if "firm" in question.objects and question.relation == "met" and not is_firm(unit.activity or piece):
            continue
        if "envoy" in question.objects and not is_envoy(piece):
            continue
        return piece
    return None


def find(question: Question, retriever: Retriever, scored: Scored) -> list[Evidence]:
    """The sentences that best carry a fact, best first; empty where none carries enough of the question."""
    terms = list(question.terms)
    nouns = asked_nouns(question)
    order = np.argsort(-scored.scores, kind="stable")[:CANDIDATES]
    ranked: list[Evidence] = []
    for number in order:
        unit, text = retriever.units[number], retriever.texts[number]
        if question.has_anchor and int(number) not in scored.named:
            continue
        if any(term.named and not term.stands_in(text) for term in terms):
            continue
        whole = coverage(terms, text)
        standing = 1 / (1 + np.exp(-float(scored.scores[number]) / 2))
        for piece in [unit.text] if unit.kind == "row" else sentences(unit.text):
            part = coverage(terms, fold(f"{unit.title} {piece}"))
            typed = fits(question.asks, question, piece, retriever.lexicon.people, nouns)
            score = 0.45 * part + 0.3 * whole + 0.25 * float(standing) + (0.15 if typed else -0.25)
            ranked.append(Evidence(unit, piece, score))
    ranked.sort(key=lambda evidence: -evidence.score)
    return ranked


def gather(question: Question, retriever: Retriever, scored: Scored) -> Found | Nothing:
    """All the evidence for a question, or why there is none."""
    nothing = missing(question, retriever)
    if nothing:
        return nothing
    if question.has_anchor and not scored.named:
        return Nothing("unknown", question.people or question.authors or (question.table or "",))
    if is_exhaustive(question):
        items = collect(question, retriever)
        if items:
            return Found(tuple(items), exhaustive=True)
        if question.people and question.relation:
            return Nothing("weak")
    ranked = find(question, retriever, scored)
    if not ranked or ranked[0].score < ENOUGH:
        return Nothing("weak")
    return Found(tuple(_chosen(question, ranked)), exhaustive=False)


def _chosen(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """The best sentence, and those of other units that carry nearly as much."""
    best = ranked[0]
    chosen = [best]
    for piece in ranked[1:]:
        if piece.score < best.score - 0.06 or len(chosen) == 2:
            break
        if piece.unit.id != best.unit.id:
            chosen.append(piece)
    return chosen
