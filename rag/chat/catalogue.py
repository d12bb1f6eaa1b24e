"""What a reader can browse: the units that filters leave, the people and the tables of a corpus, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeVar

from rag.lexicon import Lexicon
from rag.names import english_name
from rag.text import matchable
from rag.types import Unit

if TYPE_CHECKING:
    from rag.retriever import Retriever

Role = Literal["named", "wrote"]
T = TypeVar("T")
NONE = ""
"""Stands for "the source doesn't say" among the sections."""


@dataclass(frozen=True)
class Filters:
    """What is looked for; an empty field filters nothing. `table` is the id of one of the table's rows."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    person: str = ""
    author: str = ""
    table: str = ""


@dataclass(frozen=True)
class Person:
    """A name, whether units name it or bear it as their byline, and how many do; `latin` as `latin_name` gives it."""

    name: str
    role: Role
    units: int
    latin: str


@dataclass(frozen=True)
class Table:
    """A table of one source, by its rows in order."""

    rows: tuple[Unit, ...]


@dataclass(frozen=True)
class Page:
    """`number` of `pages`, both from 1, of a list of `total`."""

    number: int
    pages: int
    total: int


def paged(things: Sequence[T], number: int, size: int) -> tuple[Sequence[T], Page]:
    """One page of a list; a number beyond its ends gives the nearest page."""
    pages = max(1, -(-len(things) // size))
    number = min(max(1, number), pages)
    return things[(number - 1) * size : number * size], Page(number, pages, len(things))


def units(shelf: Retriever, filters: Filters) -> list[Unit]:
    """The units that pass every filter: in the order of the source, a person's by their day in the year."""
    numbers: Iterable[int] = range(len(shelf.units))
    if filters.person:
        numbers = sorted(shelf.lexicon.people.get(filters.person, ()), key=lambda n: _day(shelf, n))
    elif filters.author:
        numbers = sorted(shelf.lexicon.authors.get(filters.author, ()))
    elif filters.table:
        table = _table(shelf, filters.table)
        numbers = [n for n in numbers if _table_of(shelf.units[n]) == table]
    terms, names = matchable(filters.text).split(), _spelled(filters.text, shelf.lexicon)
    return [shelf.units[n] for n in numbers if _passes(shelf.units[n], filters) and _says(shelf, n, terms, names)]


def people(shelf: Retriever, text: str) -> list[Person]:
    """The people whom units name, the most often named first, then those of the bylines; `text` is part of a name."""
    found = [*_people(shelf.lexicon, "named"), *_people(shelf.lexicon, "wrote")]
    wanted, letters = matchable(text), _letters(text)
    return [p for p in found if wanted in p.name or (letters and letters in _letters(p.latin))]


def tables(shelf: Retriever, filters: Filters) -> list[Table]:
    """The tables that have a row which passes the filters, each whole."""
    rows: dict[tuple[str, str | None, str], list[Unit]] = {}
    for unit in shelf.units:
        if unit.kind == "row":
            rows.setdefault(_table_of(unit), []).append(unit)
    passing = {_table_of(unit) for unit in units(shelf, filters) if unit.kind == "row"}
    return [Table(tuple(found)) for table, found in rows.items() if table in passing]


def latin_name(name: str, lexicon: Lexicon) -> str:
    """A name in letters, for readers of English; "" of a foreigner's, whom pinyin would spell wrong."""
    return _latin(name) if name in lexicon.locals else ""


def kinds(shelf: Retriever) -> Counter[str]:
    """How many units there are of each kind."""
    return Counter(unit.kind for unit in shelf.units)


def sections(shelf: Retriever) -> Counter[str]:
    """How many units each section has, in the order of the source; NONE for those of no known section, last."""
    found = Counter(dict.fromkeys((*shelf.lexicon.sections, NONE), 0))
    found.update(unit.section or NONE for unit in shelf.units)
    return +found


def sources(shelf: Retriever) -> Counter[str]:
    """How many units each file has."""
    return Counter(unit.source for unit in shelf.units)


def _passes(unit: Unit, filters: Filters) -> bool:
    return (
        (not filters.kinds or unit.kind in filters.kinds)
        and (not filters.sections or (unit.section or NONE) in filters.sections)
        and (not filters.sources or unit.source in filters.sources)
    )


def _says(shelf: Retriever, number: int, terms: Sequence[str], names: Sequence[str]) -> bool:
    """Whether a unit's words or byline have every term, or a name that the terms spell in letters."""
    text = shelf.texts[number]
    byline = " ".join(shelf.units[number].authors)
    return all(term in text or term in byline for term in terms) or any(n in text or n in byline for n in names)


def _people(lexicon: Lexicon, role: Role) -> Iterator[Person]:
    known = lexicon.people if role == "named" else lexicon.authors
    for name, where in sorted(known.items(), key=lambda pair: (-len(pair[1]), min(pair[1]))):
        yield Person(name, role, len(where), latin_name(name, lexicon))


def _spelled(text: str, lexicon: Lexicon) -> list[str]:
    """The known names that a text in Latin letters spells: Yin Yong → 殷勇."""
    return lexicon.by_pinyin(_letters(text)) if text.isascii() else []


def _letters(text: str) -> str:
    return re.sub("[^a-z]", "", text.lower())


@lru_cache(maxsize=20_000)
def _latin(name: str) -> str:
    return english_name(name)


def _day(shelf: Retriever, number: int) -> tuple[bool, tuple[int, int], int]:
    """Sorts units by their first date, those without one last."""
    spans = shelf.spans[number]
    return not spans, spans[0].first if spans else (0, 0), number


def _table_of(unit: Unit) -> tuple[str, str | None, str]:
    return unit.source, unit.table, unit.title


def _table(shelf: Retriever, name: str) -> tuple[str, str | None, str] | None:
    return next((_table_of(unit) for unit in shelf.units if unit.id == name), None)
