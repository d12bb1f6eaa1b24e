"""The plain tables of one corpus: which of their cells a question names, and which rows hold these."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rag import dates
from rag.passages import is_plain
from rag.terms import Term
from rag.text import has_han, matchable
from rag.types import Unit

LONGEST = 40
"""Characters of a cell that a question may name a row by."""
ASKED = 300
"""Characters of a question in which cells are looked for."""
MEANT = 0.7
"""How surely a form must mean a word of the question to name the cell that it is."""


@dataclass
class Table:
    """One table's rows by their numbers among the units, and which of them hold a cell: (column, cell) → numbers."""

    title: str
    name: str | None
    columns: tuple[str, ...]
    rows: list[int] = field(default_factory=list)
    cells: dict[tuple[str, str], list[int]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True)
class Named:
    """A cell that a question names: in which table, under which column, and the rows that hold it."""

    cell: str
    table: Table
    column: str
    rows: tuple[int, ...]


class Tables:
    """The plain tables among the units, and where a cell that names something stands in them."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units

    @cached_property
    def all(self) -> tuple[Table, ...]:
        """Every table of two rows or more, in the order of the source."""
        found: dict[tuple[str, ...], Table] = {}
        for number, unit in enumerate(self._units):
            if is_plain(unit):
                columns = tuple(unit.fields)
                made = Table(unit.title, unit.table, columns)
                table = found.setdefault((unit.source, unit.table or "", unit.title, *columns), made)
                table.rows.append(number)
                for column, cell in unit.fields.items():
                    if _names_something(cell):
                        table.cells[column, matchable(cell)].append(number)
        return tuple(table for table in found.values() if len(table.rows) > 1)

    @cached_property
    def _places(self) -> dict[str, list[tuple[Table, str]]]:
        places: dict[str, list[tuple[Table, str]]] = defaultdict(list)
        for table in self.all:
            for column, cell in table.cells:
                places[cell].append((table, column))
        return places

    def named(self, text: str, terms: Sequence[Term]) -> list[Named]:
        """The cells that a folded, lower-cased text or one of the terms names, longer ones first; none that stands
        only within a longer one."""
        text = text[:ASKED]
        found = {
            text[start:end]
            for start in range(len(text))
            for end in range(start + 2, min(start + LONGEST, len(text)) + 1)
            if text[start:end] in self._places
        }
        cells = []
        for cell in sorted(found, key=lambda cell: (-len(cell), cell)):
            if cell in text:
                cells.append(cell)
                text = text.replace(cell, " ")
        forms = {form for term in terms for form in term.forms if term.strength_in(form) >= MEANT}
        cells += sorted(cell for cell in forms if cell in self._places and not any(cell in known for known in cells))
        return [
            Named(cell, table, column, tuple(table.cells[column, cell]))
            for cell in cells
            for table, column in self._places[cell]
        ]


def _names_something(cell: str) -> bool:
    """Whether a cell can name a row or its kind: words, neither a figure nor a date."""
    return 1 < len(cell) <= LONGEST and has_han(cell) and not dates.find(cell) and not re.match(r"[\d.,%年]+$", cell)
