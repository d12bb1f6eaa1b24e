"""The items of an answer in a reader's words: the names of bars, the rows of a table, a CSV file."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from babel.dates import get_month_names

from rag.chat.catalogue import latin_name
from rag.chat.export import download
from rag.chat.items import By, Item, counted, day, silent
from rag.chat.wording import WORDS
from rag.lexicon import Lexicon
from rag.places import english_of
from rag.types import Language

COLUMNS = ("column_number", "column_date", "column_what", "column_people", "column_countries", "column_title")
FILE_COLUMNS = (*COLUMNS, "column_section", "column_authors", "column_source", "column_lines")
MOST = 20
"""Bars that are drawn of people or countries; who is named more rarely stands in the table."""


@dataclass(frozen=True)
class Sheet:
    """Items for one reader; `lexicon` is that of the corpus, or None while it isn't open."""

    items: Sequence[Item]
    language: Language
    lexicon: Lexicon | None = None

    def bars(self, by: By) -> list[tuple[str, int]]:
        """(name, how many items) of each bar, in order."""
        counts = counted(self.items, by)
        return [(self._name(name, by), number) for name, number in (counts if by == "month" else counts[:MOST])]

    def said(self, by: By) -> str:
        """How many items the bars count, and how many they can't."""
        words, missing = WORDS[self.language], silent(self.items, by)
        told = words["bars_caption"].format(n=len(self.items))
        return told + (words[f"silent_{by}"].format(n=missing) if missing else "")

    def rows(self) -> list[list[Any]]:
        """The table's rows, each in the order of COLUMNS; they may be copied into a spreadsheet as well."""
        return [
            [
                item.number,
                day(item.when),
                harmless(item.text),
                harmless(self._joined(self._name(name, "person") for name in item.people)),
                harmless(self._joined(self._name(name, "country") for name in item.countries)),
                harmless(item.title),
            ]
            for item in self.items
        ]

    def csv(self) -> str:
        """The table with where each item stands, in the order of FILE_COLUMNS."""
        places = [
            [
                item.unit.section or "",
                self._joined(item.unit.authors),
                item.unit.source,
                # With a dash: a spreadsheet reads 10-12 as a date.
                self._joined(f"{first}–{last}" for first, last in item.unit.ranges or (item.unit.lines,)),
            ]
            for item in self.items
        ]
        rows = (row + place for row, place in zip(self.rows(), places, strict=True))
        return csv_of([WORDS[self.language][name] for name in FILE_COLUMNS], rows)

    def link(self) -> str:
        words = WORDS[self.language]
        return download(f"{words['csv_name']}.csv", "text/csv", self.csv(), words["csv"])

    def _joined(self, names: Iterable[str]) -> str:
        return WORDS[self.language]["and"].join(names)

    def _name(self, name: str, by: By) -> str:
        """A name of `counted` in the reader's language; for English a person's in characters and in letters."""
        if by == "month":
            month = get_month_names("abbreviated", locale="en")[int(name)]
            return month if self.language == "en" else f"{name}月"
        if self.language == "zh":
            return name
        if by == "country":
            return english_of().get(name, name)
        return f"{name} {latin_name(name, self.lexicon) if self.lexicon else ''}".strip()


def csv_of(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table as CSV that a spreadsheet opens as it is: with a byte order mark, and no cell that it would compute."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(headers)
    writer.writerows([harmless(str(cell)) for cell in row] for row in rows)
    return "\ufeff" + text.getvalue()


def harmless(cell: str) -> str:
    """A cell that would be read as a formula, in wide characters too, gets an apostrophe in front."""
    start = unicodedata.normalize("NFKC", cell.lstrip()[:1])
    return f"'{cell}" if start in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r", "\n") else cell
