"""Which columns of a plain table a question asks for, and the row it names there by another of its cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from rag.listing import SPECIFIC
from rag.parts import parts
from rag.passages import bare, is_plain, measure
from rag.question import Question
from rag.retriever import Retriever
from rag.tables import MEANT as SURELY_MEANT
from rag.tables import Named
from rag.terms import LITERAL, Term, coverage, lacks_name
from rag.text import HAN, matchable
from rag.types import Evidence, Unit
from rag.wanted import noun_asked

HEADED = 1.0
"""The least weight of the question's words that a column's name must carry to be the one asked for."""
SAID, MEASURED, OF_KIND = 6.0, 3.0, 2.0
"""What a column's name weighs that the question has as it stands, one whose measure it asks in, and one of the kind
asked for."""
MEANT = 0.5
"""How surely a form must mean a word of the question to be looked for in a column's name."""
CARRIED = 0.5
"""The least share of the question's words that the row carries with its columns' names and its caption."""
_KINDS = {"when": re.compile("时间|日期|年份|年月|时段"), "where": re.compile("所在|地点|地址|位置|地区")}
_SHARE = re.compile(
    r"百分之|百分比|[增降涨跌]幅|增速|增长率|\bpercent|\bper cent\b|\bhow fast\b|"
    r"\b(?:grew|grow\w*|increase\w*|rose|rise|fell|declin\w+)\b",
    re.I,
)
"""Asks for a share, as what something grew by is."""
_LEAD = re.compile(rf"([{HAN}]{{2}})(?:了|是|为|有|达|到|约)*(?:多少|几(?![{HAN}]))")
"""What a number is asked of stands right before: 收入增长了多少 asks for 收入增长, not for 收入."""
_LEVEL = re.compile(f"几([{HAN}])")
"""几级几等 asks for 等级."""
_ANY = ("what", "which all", "yes/no", "why")
"""Kinds of questions that any kind of cell may answer."""
_HELD_AGAINST = re.compile(r"(?:超过|[大小多少高低]于|比|不是|除了?|\b(?:than|except|besides))\s*$")
"""What others are held against is not what is asked about: 超过市第二中学的."""
_ASIDE = ("why", "yes/no", "which all")


def asked_columns(question: Question, unit: Unit) -> list[str]:
    """The columns that the question asks for, one for each thing it asks; none that holds a cell it names."""
    if not is_plain(unit):
        return []
    asked = (best_column(part, unit, _given(question, unit)) for part in parts(question))
    return list(dict.fromkeys(name for name in asked if name))


def _given(question: Question, unit: Unit) -> list[str]:
    """The cells of a row that the question gives itself, by their characters or by a word that means them."""
    text, cells = matchable(question.text), [matchable(cell) for cell in unit.fields.values() if len(cell) > 1]
    meant = {form for term in question.terms for form in term.forms if term.strength_in(form) >= SURELY_MEANT}
    return [cell for cell in cells if cell in text or cell in meant]


def best_column(question: Question, unit: Unit, given: Collection[str]) -> str | None:
    """The column whose name says most of what is asked, and whose cell is of the kind asked for and not `given`."""
    text = matchable(question.text)
    for cell in given:
        text = text.replace(cell, " ")
    terms = [term for term in question.terms if not any(term.surface in cell for cell in given)]
    nouns = noun_asked(question)
    weights = {
        name: heading(name, text, terms) + heading(name, "", nouns) + _of_kind(question, name)
        for name, cell in unit.fields.items()
        if cell and matchable(cell) not in given and _able(question, name, cell)
    }
    best = max(weights, key=lambda name: weights[name], default=None)
    return best if best is not None and weights[best] >= HEADED else None


def heading(column: str, text: str, terms: Collection[Term]) -> float:
    """How much a text says of a column's name: the name itself, or without its last character (在校生 of 在校生数),
    words for it, its measure."""
    head, of = matchable(bare(column)), matchable(measure(column))
    strengths = ((term, term.strength_in(head)) for term in terms)
    weight = sum(max(term.weight, HEADED) * strength for term, strength in strengths if strength >= MEANT)
    if head in text or (len(head) > 2 and head[:-1] in text):
        weight += SAID
    if of and (re.search(rf"[多几]少?{re.escape(of)}", text) or (len(of) > 1 and of in text)):
        weight += MEASURED
    if of and any(of == form for term in terms for form in term.forms):
        weight += MEASURED
    lead = _LEAD.search(text)
    if lead and lead[1] in head:
        weight += 2 * SAID
    if any(character in head for character in _LEVEL.findall(text)):
        weight += MEASURED
    return weight + (MEASURED if of == "%" and _SHARE.search(text) else 0.0)


def _of_kind(question: Question, column: str) -> float:
    kind = _KINDS.get(question.asks)
    return OF_KIND if kind and kind.search(column) else 0.0


def _able(question: Question, column: str, cell: str) -> bool:
    """Whether a cell can be what is asked for: when is answered by a time and nothing else is, how many by a figure,
    who and where by none."""
    timely = _KINDS["when"].search(column) is not None
    if question.asks == "when" or timely:
        return question.asks == "when" and timely
    if question.asks in _ANY or any(character in column for character in _LEVEL.findall(question.text)):
        return True
    return (re.search(r"\d", cell) is not None) == (question.asks in ("how many", "how much"))


def rows_named(question: Question, retriever: Retriever) -> list[Evidence]:
    """The rows that a question names by a cell that stands in no other row of their table, where it asks for another
    column of theirs; [] where none is meant."""
    if question.asks in _ASIDE or question.byline:
        return []
    text = matchable(question.text)
    named = retriever.tables.named(text, question.terms)
    selected = set(retriever.select(question))
    found: dict[int, list[str]] = {}
    for one in named:
        if _HELD_AGAINST.search(text[: text.find(one.cell)]) and one.cell in text:
            return []
        if len(one.rows) == 1 and one.rows[0] in selected:
            found.setdefault(one.rows[0], []).append(one.cell)
    return list(_asked_of(question, retriever, found, named))


def _asked_of(
    question: Question, retriever: Retriever, found: dict[int, list[str]], named: Collection[Named]
) -> Iterator[Evidence]:
    for number, cells in sorted(found.items()):
        unit, told = retriever.units[number], retriever.texts[number]
        beside = " ".join(cell for other, held in found.items() if other != number for cell in held)
        terms = tuple(t for t in question.terms if t.stands_in(told) or not t.stands_in(beside))
        others = any(one.rows != (number,) and number not in one.rows for one in named if one.cell not in cells)
        if others and len(found) == 1:
            continue
        if not retriever.covers(number, question.years) or lacks_name(terms, told):
            continue
        if says_more(terms, told) or coverage(terms, told) < CARRIED:
            continue
        if asked_columns(question, unit):
            yield Evidence(unit, unit.text, 1.0)


def says_more(terms: Sequence[Term], told: str, but: str = "") -> bool:
    """Whether a question has a telling word, which the corpus has too, that a row with its table lacks: then the row
    tells of something else. `but`: what of the question is told otherwise."""
    return any(
        term.weight >= SPECIFIC
        and term.surest >= LITERAL
        and len(term.surface) > 1
        and term.surface not in but
        and not term.stands_in(told)
        for term in terms
    )
