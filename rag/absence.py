"""What a question names that the whole corpus lacks, and whether it may be written otherwise there."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from rag.bridge import known_names
from rag.numerals import ORDINAL
from rag.places import country_of
from rag.question import Question
from rag.retriever import Retriever, Scored
from rag.terms import coverage, is_short_for
from rag.text import has_han

AHEAD = 1.0
"""How far ahead of the next, in standard deviations, the unit has to be that a question with an acronym means."""
FAR_AHEAD, NEARLY = 1.2, 0.6
"""The same for any other Latin name, and the least share of the other words that the unit then has to carry."""
STANDS_OUT, OTHERWISE = 5.0, 0.5
"""The least score, in standard deviations, and the least share of the other words that a unit has to have to answer a
question whose name the corpus lacks."""


@dataclass(frozen=True)
class Nothing:
    """No evidence: why not, in a form both languages can word."""

    reason: str
    names: tuple[str, ...] = ()


def missing(question: Question, retriever: Retriever, scored: Scored) -> Nothing | None:
    """What the question names that the whole corpus lacks: no need to look further."""
    if question.unknown:
        return Nothing("unknown", question.unknown)
    lexicon = retriever.lexicon
    years = [year for year in question.years if not lexicon.years[year]]
    if years:
        return Nothing("year", tuple(map(str, years)))
    tables = tuple(table for table in question.tables if table not in lexicon.captions.values())
    if tables:
        return Nothing("unknown", tables)
    absent = absent_names(question, retriever)
    absent = tuple(name for name in absent if not (has_han(name) and _shortened(name, retriever, scored)))
    known = any(name.lower() in known_names() or country_of(name) or has_han(name) for name in absent)
    if absent and (known or not _told_otherwise(question, retriever, scored)):
        return Nothing("unknown", absent)
    return None


def absent_names(question: Question, retriever: Retriever) -> tuple[str, ...]:
    """Names, quoted titles and ordinals of the question that stand nowhere in the corpus."""
    text = retriever.lexicon.full_text
    return tuple(t.surface for t in question.terms if t.named and not any(form in text for form in t.forms))


def _told_otherwise(question: Question, retriever: Retriever, scored: Scored) -> bool:
    """Whether all but a Latin name that no dictionary knows points to one unit, which may well write it otherwise:
    it stands out, or far ahead of the next, and carries nearly all that the question says beside the name."""
    if question.asks == "yes/no":
        return False
    absent = [term.surface for term in question.terms if term.named and not term.forms]
    rest = [term for term in question.terms if term.forms or not term.named]
    best = int(scored.plain.argmax())
    first, second = np.sort(scored.plain)[::-1][:2] if len(scored.plain) > 1 else (0.0, 0.0)
    carried = coverage(rest, retriever.texts[best])
    if all(name.upper() in question.text and name.isascii() for name in absent) and first - second >= AHEAD:
        return carried >= OTHERWISE  # an acronym (WIPO, TB) is seldom how a Chinese text writes a name
    if len(scored.named) == 1 and len(question.anchors) > 1:
        return True
    stands_out = first >= STANDS_OUT or (first - second >= FAR_AHEAD and carried >= NEARLY)
    return scored.dense_best == best and stands_out and carried >= OTHERWISE


def _shortened(name: str, retriever: Retriever, scored: Scored) -> bool:
    """Whether a name that the corpus lacks is short for what the likeliest unit tells of: 栖马, 栖州国际马拉松."""
    best = int(scored.plain.argmax())
    title = retriever.units[best].title
    if is_short_for(name, retriever.texts[best]):
        return True
    return len(name) > 1 and not ORDINAL.match(name) and re.search(".*".join(map(re.escape, name)), title) is not None
