"""Proof of an answer: pure checks that every claim stands in what it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag import dates
from rag.amounts import amounts
from rag.text import fold
from rag.types import Answer, Citation

CITED = re.compile(r"\[(\d+)\]")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")


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
    names = tuple(known_names)
    for line in filter(None, (line.strip() for line in answer.text.splitlines())):
        cited = [by_number[int(n)] for n in CITED.findall(line) if int(n) in by_number]
        found += _unproven(line, cited or list(by_number.values()), names, counted=not cited, total=len(by_number))
    return found


def _unproven(line: str, cited: list[Citation], names: tuple[str, ...], *, counted: bool, total: int) -> list[str]:
    claim = fold(CITED.sub("", line))
    source = fold("\n".join(_whole(citation) for citation in cited))
    missing = [f"name {name} is not in what it cites" for name in names if name in claim and name not in source]
    spans = {mention.span for mention in dates.find(source)}
    for mention in dates.find(claim):
        if mention.span not in spans:
            missing.append(f"date {claim[mention.start : mention.end]} is not in what it cites")
    undated = "\n".join([dates.without(source), *amounts(source)])  # 12月 proves no 12 items
    for digits in _DIGITS.findall(dates.without(claim)):
        # A line without [n] counts the items below it: that number is the answer's own and is checked by its caller.
        stands = re.search(rf"(?<!\d)(?<!\d\.){re.escape(digits)}(?!\.?\d)", undated)
        if not stands and not (counted and digits.isdigit() and int(digits) <= max(total, 1) * 20):
            missing.append(f"number {digits} is not in what it cites")
    return missing


def _whole(citation: Citation) -> str:
    unit = citation.unit
    parts = [
        unit.title,
        unit.text,
        unit.section,
        unit.table,
        unit.date,
        *unit.authors,
        *unit.people,
        *unit.fields.values(),
        *unit.notes,
    ]
    return "\n".join(part for part in parts if part)
