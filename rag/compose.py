"""The extractive answer: a frame in the question's language around verbatim pieces, each with its [n]."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag import dates
from rag.evidence import Evidence, Found, Nothing
from rag.lexicon import Lexicon, english_name
from rag.question import Question
from rag.types import Answer, Citation, Unit
from rag.values import asked_nouns, bold

ABSTAIN = {"zh": "资料中没有说明。", "en": "The sources don't say."}
"""The one refusal phrase of each language."""


def compose(question: Question, found: Found, lexicon: Lexicon) -> Answer:
    """The answer that the evidence makes."""
    if found.exhaustive:
        return listing(question, found.items, _unit_word(question))
    return fact(question, found.items, lexicon)


def _unit_word(question: Question) -> str:
    zh = question.language == "zh"
    if question.authors or question.section:
        return "个条目" if zh else "item"
    return "项" if zh else "item"


def fact(question: Question, evidence: Sequence[Evidence], lexicon: Lexicon) -> Answer:
    """A short answer: for each piece of evidence the quoted clause, the asked value in bold."""
    numbers = _Numbers()
    nouns = asked_nouns(question)
    lines = []
    for piece in evidence:
        number = numbers.of(piece)
        values = bold(question.asks, question, piece.quote, lexicon.people, nouns)
        quote = _emphasised(piece.quote, values)
        marks = "“{}”" if "“" not in quote else "「{}」"
        head = _values_in_english(values) if question.language == "en" else ""
        if question.byline and piece.unit.authors:
            head = _signed(piece.unit, question)
        lines.append(f"{head}{_about(piece.unit, question)}{marks.format(quote)}[{number}]")
    return _answer(question, "\n\n".join([*_notes(question), *lines]), numbers)


def listing(question: Question, evidence: Sequence[Evidence], counted: str) -> Answer:
    """The count first, then one line per item in order of date, each with its [n]."""
    numbers = _Numbers()
    lines = []
    for piece in sorted(evidence, key=lambda e: _when(e.unit)):
        number = numbers.of(piece)
        lines.append(f"- {_item(piece, question)}[{number}]")
    return _answer(question, "\n".join([*_notes(question), _count(question, len(lines), counted), "", *lines]), numbers)


def abstain(question: Question, nothing: Nothing, nearest: Sequence[Unit], covered: Sequence[int]) -> Answer:
    """A plain "the sources don't say", with the reason and what stands nearest; no citation."""
    zh = question.language == "zh"
    names = ("、" if zh else ", ").join(nothing.names)
    reasons = {
        "unknown": f"资料里没有出现“{names}”。" if zh else f"{names} doesn't appear in them.",
        "year": f"资料写的是{covered[0]}年。" if zh and covered else f"They cover {covered[0]}." if covered else "",
        "weak": "",
    }
    text = ABSTAIN[question.language] + ("" if zh else " ") + reasons.get(nothing.reason, "")
    if nearest:
        titles = ("、" if zh else "; ").join(f"【{title}】" for title in dict.fromkeys(unit.title for unit in nearest))
        text += f"\n\n最接近的条目：{titles}" if zh else f"\n\nNearest entries: {titles}"
    return Answer(question.standalone, text.strip(), question.language, True, understood=question.to_json())


class _Numbers:
    """Gives each cited unit its n, in order of first use: one for each quote."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, str], Citation] = {}

    def of(self, evidence: Evidence) -> int:
        key = evidence.unit.id, evidence.quote
        known = self._citations.get(key)
        if known is None:
            known = Citation(len(self._citations) + 1, evidence.quote, evidence.unit)
            self._citations[key] = known
        return known.number

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations.values())


def _answer(question: Question, text: str, numbers: _Numbers) -> Answer:
    return Answer(question.standalone, text, question.language, False, numbers.citations, understood=question.to_json())


def _notes(question: Question) -> list[str]:
    """What was taken for what: a name a character off, so that the reader can object."""
    wrong = [(written, name) for written, name in question.corrected.items() if written[0] >= "\u3400"]
    if not wrong:
        return []
    if question.language == "zh":
        return ["；".join(f"（“{written}”按“{name}”理解）" for written, name in wrong) + "\n"]
    return ["; ".join(f"(taking {written} for {name})" for written, name in wrong) + "\n"]


def _emphasised(quote: str, values: Iterable[str]) -> str:
    for value in sorted(set(values), key=len, reverse=True):
        if value and f"**{value}" not in quote:
            quote = quote.replace(value, f"**{value}**", 1)
    return quote


def _about(unit: Unit, question: Question) -> str:
    if unit.kind == "row":
        return ""
    return f"【{unit.title}】" if question.language == "en" else f"据【{unit.title}】，"


def _values_in_english(values: Sequence[str]) -> str:
    said = []
    for value in values:
        mentions = dates.find(value)
        if mentions:
            said.append(dates.english(mentions[0].span))
        elif english_name(value) and not any(c.isdigit() for c in value):
            said.append(f"{english_name(value)} ({value})")
        elif value.isascii():
            said.append(value)
    return f"**{', '.join(dict.fromkeys(said))}**: " if said else ""


def _signed(unit: Unit, question: Question) -> str:
    if question.language == "zh":
        return f"作者：**{'、'.join(unit.authors)}**。"
    return f"Signed by **{', '.join(f'{name} ({english_name(name)})' for name in unit.authors)}**. "


def _when(unit: Unit) -> tuple[tuple[int, int], int]:
    found = dates.find(unit.date or unit.text)
    return (found[0].span.first if found else (13, 1)), unit.lines[0]


def _item(piece: Evidence, question: Question) -> str:
    unit = piece.unit
    if unit.kind != "row":
        return f"【{unit.title}】{piece.quote}"
    when = unit.date or ""
    if question.language == "en":
        mentions = dates.find(when)
        people = ", ".join(f"{name} ({english_name(name)})" if english_name(name) else name for name in unit.people)
        return " ".join(
            part
            for part in (
                dates.english(mentions[0].span) if mentions else when,
                f"{people}:" if people else "",
                unit.country or "",
                unit.activity or unit.text,
            )
            if part
        )
    return " ".join(
        part for part in (when, "、".join(unit.people), unit.country or "", unit.activity or unit.text) if part
    )


def _count(question: Question, count: int, counted: str) -> str:
    if question.language == "zh":
        return f"共**{count}**{counted}："
    return f"**{count}** {counted}{'' if count == 1 else 's'}:"
