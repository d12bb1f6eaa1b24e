"""The cited items of an answer as data: one for each citation, counted by month, person or country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag import dates
from rag.chat.sources import title_of
from rag.names import Names
from rag.places import countries_in
from rag.types import Answer, Citation, Unit

By = Literal["month", "person", "country"]
BY: tuple[By, ...] = ("month", "person", "country")
FEW = 2
"""Items from which on there is something to look at."""


@dataclass(frozen=True)
class Item:
    """What one citation tells: a row as its columns say it, else what its quote names. `number` is the n of [n]."""

    number: int
    when: dates.Span | None
    people: tuple[str, ...]
    countries: tuple[str, ...]
    title: str
    text: str
    unit: Unit


def items_of(answer: Answer, known: Iterable[str]) -> list[Item]:
    """One item for each citation, in their order; `known` are the names of people that the corpus has."""
    names = Names.of(known)
    return [_item(citation, names) for citation in answer.citations]


def _item(citation: Citation, names: Names) -> Item:
    unit, quote = citation.unit, citation.quote
    told = (unit.activity or unit.text) if unit.fields else quote
    found = dates.find(unit.date or told)
    people = unit.people or tuple(names.within(told))
    countries = (unit.country,) if unit.country else countries_in(told)
    return Item(citation.number, found[0].span if found else None, people, countries, title_of(unit), told, unit)


def counted(items: Sequence[Item], by: By) -> list[tuple[str, int]]:
    """(name, how many items), the most frequent first; months as "1" to "12" in order, with those of no item between.

    An item counts for each person and each country that it names, and for the month in which it begins.
    """
    if by == "month":
        months = Counter(item.when.first[0] for item in items if item.when)
        return [(str(month), months[month]) for month in range(min(months), max(months) + 1)] if months else []
    return Counter(name for item in items for name in (item.people if by == "person" else item.countries)).most_common()


def silent(items: Sequence[Item], by: By) -> int:
    """How many items bear no date, or name no person or no country."""
    return sum(not {"month": item.when, "person": item.people, "country": item.countries}[by] for item in items)


def day(span: dates.Span | None) -> str:
    """A span in a form that sorts: 04-06, 04-21/04-23, 09 for a whole month; "" for none."""
    if span is None:
        return ""
    first, last = (f"{month:02}-{number:02}" for month, number in (span.first, span.last))
    if span.is_months:
        first, last = first[:2], last[:2]
    return first if first == last else f"{first}/{last}"
