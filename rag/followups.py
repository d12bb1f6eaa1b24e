"""A question that leans on earlier ones, made to stand on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.dates import Span
from rag.keyword import Keywords
from rag.lexicon import Lexicon
from rag.question import Question, understand

_LEANS = re.compile(
    r"^(?:那|还|又|另|再|其中|然后|以及|同一|前一天|后一天|次日|第二天)|[她他它]|呢[？?]?$|这个|这项|这次|这场|这是|该|上述|同时|"
    r"^(?:and|also|what about|how about|who else|what else|which other|then|but)\b|"
    r"\b(?:he|she|they|them|his|her|their|it|its|there|that|those|this|these)\b",
    re.I,
)
_DAY_BEFORE, _DAY_AFTER = (
    re.compile(r"前一天|the day before", re.I),
    re.compile(r"后一天|次日|第二天|the (?:next day|day after)", re.I),
)


def standalone(text: str, history: Sequence[str], lexicon: Lexicon, keywords: Keywords) -> Question:
    """The question understood, with what it leaves open taken from `history` (earlier questions, oldest first)."""
    question = understand(text, lexicon, keywords)
    if not history or not _leans(question):
        return question
    earlier = standalone(history[-1], history[:-1], lexicon, keywords)
    return _merge(question, earlier)


def _leans(question: Question) -> bool:
    anchored = question.people or question.authors or any(term.named for term in question.terms)
    return bool(_LEANS.search(question.text)) or (not anchored and len(question.terms) <= 4)


def _merge(question: Question, earlier: Question) -> Question:
    people = question.people or earlier.people
    spans = question.spans or _shifted(question.text, earlier.spans) or earlier.spans
    own = {term.surface for term in question.terms}
    terms = question.terms + tuple(term for term in earlier.terms if term.surface not in own)
    asks = question.asks if question.asks != "what" else earlier.asks
    parts = [earlier.standalone, question.text]
    return replace(
        question,
        standalone=" ".join(parts),
        asks=asks,
        people=people,
        authors=question.authors or earlier.authors,
        spans=spans,
        years=question.years or earlier.years,
        section=question.section or earlier.section,
        table=question.table or earlier.table,
        relation=question.relation or earlier.relation,
        objects=question.objects or earlier.objects,
        terms=terms,
        unknown=question.unknown + earlier.unknown,
    )


def _shifted(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    if not spans or not spans[0].is_day:
        return ()
    step = -1 if _DAY_BEFORE.search(text) else 1 if _DAY_AFTER.search(text) else 0
    if not step:
        return ()
    from datetime import date, timedelta

    month, day = spans[0].first
    moved = date(2021, month, day) + timedelta(days=step)
    return (Span((moved.month, moved.day), (moved.month, moved.day)),)
