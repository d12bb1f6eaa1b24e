"""Proof of an answer: pure checks that every claim stands in what it cites, across Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag import dates
from rag.amounts import figures, spelled
from rag.names import Names, spellings
from rag.text import fold
from rag.types import Answer, Unit

CITED = re.compile(r"\[(\d+)\]")


def faults(answer: Answer, known_names: Iterable[str] = ()) -> list[str]:
    """What is wrong with an answer, in plain words; empty when it is proven.

    Each [n] resolves and each citation is used; each quote is verbatim; and each number, date and known name of a
    line stands in the units it cites, or in any cited unit where the line carries no [n]: there only the count of
    the items may be a number of the answer's own. The question's words, which an answer may repeat, prove nothing.
    """
    if answer.abstained:
        return ["an abstention has citations"] if answer.citations or CITED.search(answer.text) else []
    by_number = {citation.number: citation for citation in answer.citations}
    used = {int(n) for n in CITED.findall(answer.text)}
    found = [f"[{n}] resolves to nothing" for n in sorted(used - by_number.keys())]
    found += [f"[{n}] is never used" for n in sorted(by_number.keys() - used)]
    found += [
        f"quote {c.number} is not verbatim" for c in answer.citations if not c.quote or c.quote not in c.unit.text
    ]
    found += [] if answer.citations else ["an answer has no citations"]
    names = Names.of(known_names)
    everything = [citation.unit for citation in answer.citations]
    for line in filter(None, (line.strip() for line in answer.text.splitlines())):
        cited = [by_number[int(n)].unit for n in CITED.findall(line) if int(n) in by_number]
        # A line without [n] counts the items below it: that number is the answer's own and is checked by its caller.
        counted = 0 if cited else max(len(by_number), 1) * 20
        found += unproven(line, cited or everything, names, counted=counted)
    return found


def unproven(claim: str, cited: Sequence[Unit], names: Iterable[str], *, counted: int = 0) -> list[str]:
    """The known names, dates and numbers of one claim that are not in the units it cites, each in plain words.

    A name may be in characters or pinyin (殷勇, Yin Yong), a date in either language (9月16日, September 16), a
    number at any scale (88亿, 8.8 billion). Whole numbers up to `counted` are the answer's own.
    """
    claim, source = fold(CITED.sub("", claim).replace("**", "")), source_of(cited)
    missing = [f"name {name} is not in what it cites" for name in _foreign_names(claim, source, Names.of(names))]
    spans = {mention.span for mention in dates.find(source)}
    for mention in dates.find(claim):
        if mention.span not in spans and not _holds_day(mention.span, spans):
            missing.append(f"date {claim[mention.start : mention.end]} is not in what it cites")
    undated = dates.without(source)  # 12月 proves no 12 items
    values = {value for _, value in (*figures(undated), *spelled(undated))}
    for said, value in figures(dates.without(claim)):
        if value not in values and not (value == int(value) and value <= counted):
            missing.append(f"number {said} is not in what it cites")
    return missing


def _holds_day(claimed: dates.Span, told: Iterable[dates.Span]) -> bool:
    """April is told by April 16."""
    return claimed.is_months and any(claimed.first <= span.first and span.last <= claimed.last for span in told)


def source_of(units: Iterable[Unit]) -> str:
    """All that the units say, folded: what a claim that cites them may say."""
    return fold("\n".join(_whole(unit) for unit in units))


def _foreign_names(claim: str, source: str, names: Names) -> list[str]:
    wrong = [name for name in names.within(claim) if name not in source]
    if re.search("[A-Z]", claim) and (said := names.spelled_in(claim)):
        # People whose names sound alike are spelled alike: one of them in the source proves the spelling.
        wrong += sorted(said - {form for name in names.within(source) for form in spellings(name)})
    return wrong


def _whole(unit: Unit) -> str:
    parts = [
        unit.title,
        unit.text,
        unit.section,
        unit.table,
        unit.date,
        *unit.authors,
        *unit.people,
        *unit.fields,
        *unit.fields.values(),
        *unit.notes,
    ]
    return "\n".join(part for part in parts if part)
