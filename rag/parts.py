"""A question that asks several things at once, taken apart: "how many came, and when was it?"."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.asking import asks
from rag.question import Question
from rag.terms import Term

_CLAUSE_ZH = re.compile(r"[，,；;。！!？?、：:]|以及|和(?=[^，。？]*[谁哪几什多])|并且?|而且|还有|另外|\band\b", re.I)
_CLAUSE_EN = re.compile(r"(?:,\s*)?\b(?:and|or|then|but)\b|[;?!]|\.(?=\s)|,(?=\s*(?:how|what|whom?)\b)|以及|和", re.I)


def parts(question: Question) -> list[Question]:
    """Each thing asked as a question of its own, with its kind, its clause as text and the terms of that clause; the
    question itself where it asks but one."""
    english = question.language == "en"
    split = (_CLAUSE_EN if english else _CLAUSE_ZH).split(question.text)
    clauses = [clause.strip() for clause in split if clause.strip()]
    found = [
        replace(question, asks=kind, text=clause, terms=_terms_of(clause, question))
        for clause in clauses
        for kind in asks(clause, english=english)
        if kind != "what" or re.search(r"\bwhat|\bwhich|什么|哪", clause, re.I)
    ]
    return found if len(found) > 1 else [question]


def _terms_of(clause: str, question: Question) -> tuple[Term, ...]:
    said = clause.lower()
    return tuple(term for term in question.terms if term.surface.lower() in said) or question.terms
