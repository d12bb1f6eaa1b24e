"""The rows of a plain table that meet what a question demands of their cells: of one grade, over a sum, the largest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import rjieba

from rag import dates
from rag.columns import HEADED, heading, says_more
from rag.counting import asked_nouns, counted
from rag.limits import Limit, extreme, figure, limits
from rag.passages import bare, measure
from rag.places import countries_in
from rag.question import Question
from rag.relations import NOT_OF
from rag.retriever import Retriever
from rag.tables import Named, Table
from rag.terms import SURELY
from rag.text import HAN, matchable
from rag.types import Evidence

CAPTION = 0.5
"""The least share of its caption's words that a question must say which means a table without calling it one."""
_NO_WORDS = frozenset(
    "一览表 统计表 情况表 情况 一览 基本 主要 部分 统计 明细表 明细 名录 名单 全市 全县 全省 全区".split()
)
"""What captions say of any table."""
_OF_PLACE = re.compile(rf"^(?:\d{{4}}年)?(?:[{HAN}]{{1,5}}?[省市州县区])?")
"""The year and the place that a caption opens with, which are those of the whole book."""
_FOREIGN = re.compile(r"外国|国外|境外|外资|\bforeign\b|\boverseas\b", re.I)
_BUT = re.compile(r"不是|并非|不属|不在|除|以外|之外|其他|其余|\b(?:not|except|besides|other than|outside)\b", re.I)
"""What is not of a kind is more than the cells say."""
_TIME = re.compile("时间|日期|年份|年月")
_BARE = re.compile(r"多少(?![个家所座处项种位名条])|多[大高长]|\bhow much\b", re.I)
"""Asks for a figure; with a measure for things, or with a noun, it may be a number of rows."""
MOSTLY = 0.5
"""The share of a column's cells that are figures where it is one of figures."""


@dataclass(frozen=True)
class Met:
    """The rows that meet what is asked; `all_of_them`: they are counted or listed, not the one at an end."""

    items: tuple[Evidence, ...]
    all_of_them: bool


def demands(question: Question) -> bool:
    """Whether a question compares figures with a number, or asks for one end of a column."""
    text = matchable(question.text)
    return bool(limits(text) or extreme(text))


def rows_meeting(question: Question, retriever: Retriever) -> Met | None:
    """The rows of the one table a question means that meet what it demands; None where it demands nothing of a
    column, means no table or asks for something else of the rows."""
    if question.asks in ("why", "yes/no") or question.byline or not retriever.tables.all:
        return None
    text = matchable(question.text)
    wanted = _Wanted(question, retriever, text, limits(text), retriever.tables.named(text, question.terms))
    told = [(share, table) for table in retriever.tables.all if (share := wanted.meant(table)) >= CAPTION]
    met = [(share, found) for share, table in told if (found := wanted.rows(table))]
    best = max((share for share, _ in met), default=0.0)
    chosen = [found for share, found in met if share == best]
    return chosen[0] if len(chosen) == 1 else None


@dataclass(frozen=True)
class _Wanted:
    """What one question demands: comparisons with numbers, cells it names, and one end of a column."""

    question: Question
    retriever: Retriever
    text: str
    limits: Sequence[Limit]
    named: Sequence[Named]

    def meant(self, table: Table) -> float:
        """How surely the question means a table: 1 for the one it calls so, else the share of its caption it says."""
        if self.question.table:
            return float(not {table.name, table.title}.isdisjoint(self.question.tables))
        title = _OF_PLACE.sub("", matchable(table.title))
        words = [word for word in rjieba.cut(title) if len(word) > 1 and word not in _NO_WORDS and word.isalpha()]
        return sum(map(self._says, words)) / len(words) if words else 0.0

    def _says(self, word: str) -> bool:
        meant = (form for t in self.question.terms for form in t.forms if t.strength_in(form) >= SURELY)
        return word in self.text or any(form in word for form in meant)

    def rows(self, table: Table) -> Met | None:
        """The rows of one table that meet all that is demanded; None where nothing is, or not of this table."""
        rows, said = self._equal(table)
        equal = len(rows) < len(table.rows)
        if said and (_BUT.search(self.text) or NOT_OF.search(self.text)):
            return None
        for limit in self.limits:
            column = self._limited(limit, table)
            if column is None:
                return None
            rows = [number for number in rows if self._holds(limit, column, number)]
            said += limit.said + limit.rest
        end = extreme(self.text)
        if end and not self.limits:
            said += end[1]
            rows = self._at_end(end[0], table, rows)
        elif not self.limits and not (equal and self.question.asks in ("how many", "which all")):
            return None
        elif self.question.asks in ("how many", "how much") and self._asks_figures(table):
            return None  # how many beds the hospitals have, not how many hospitals there are
        whole = " ".join(self.retriever.texts[number] for number in table.rows)
        if not rows or says_more(self.question.terms, whole, said):
            return None
        units = [self.retriever.units[number] for number in rows]
        return Met(tuple(Evidence(unit, unit.text, 1.0) for unit in units), not end or bool(self.limits))

    def _equal(self, table: Table) -> tuple[list[int], str]:
        """The selected rows that hold, of each column, one of the cells named; and what of the question that says."""
        selected = set(self.retriever.select(self.question))
        rows = [number for number in table.rows if number in selected and self._covered(number)]
        cells = [one for one in self.named if one.table is table]
        for column in {one.column for one in cells}:
            held = {number for one in cells if one.column == column for number in one.rows}
            rows = [number for number in rows if number in held]
        if _FOREIGN.search(self.text):
            rows = [number for number in rows if countries_in(self.retriever.units[number].text)]
        return rows, " ".join(one.cell for one in cells) + _words(_FOREIGN, self.text)

    def _covered(self, number: int) -> bool:
        return self.retriever.covers(number, self.question.years)

    def _cells(self, table: Table, column: str) -> list[str]:
        return [self.retriever.units[number].fields[column] for number in table.rows]

    def _figures(self, table: Table) -> list[str]:
        """The columns of figures."""
        return [
            column
            for column in table.columns
            for cells in [self._cells(table, column)]
            if sum(figure(cell) is not None for cell in cells) > MOSTLY * len(cells)
        ]

    def _weights(self, columns: Sequence[str], text: str) -> dict[str, float]:
        """How much the question says of each column; `text`: where it may say it as it stands."""
        terms = [t for t in self.question.terms if not any(t.surface in one.cell for one in self.named)]
        return {column: heading(column, text, terms) for column in columns}

    def _limited(self, limit: Limit, table: Table) -> str | None:
        """The column of figures that a comparison is made with: by its name, and by a measure that is no other's."""
        able = [column for column in self._figures(table) if limit.measured(measure(column)) is not None]
        weights = self._weights(able, limit.lead + limit.said + limit.rest)
        best = max(weights, key=lambda column: weights[column], default=None)
        return best if best is not None and weights[best] >= HEADED else None

    def _holds(self, limit: Limit, column: str, number: int) -> bool:
        value = figure(self.retriever.units[number].fields[column])
        bound = limit.measured(measure(column))
        return value is not None and bound is not None and limit.holds(value, bound)

    def _at_end(self, end: str, table: Table, rows: Sequence[int]) -> list[int]:
        """The rows at one end of the column that the question says; of a time the day or the year."""
        timely = end in ("latest", "earliest")
        able = [c for c in table.columns if _TIME.search(c)] if timely else self._figures(table)
        weights = self._weights(able, self.text)
        best = max(weights, key=lambda column: weights[column], default=None)
        if best is None or (weights[best] < HEADED and len(able) > 1):
            return []
        values = {number: _value(self.retriever.units[number].fields[best], timely=timely) for number in rows}
        known = {number: value for number, value in values.items() if value is not None}
        if not known:
            return []
        chosen = (max if end in ("largest", "latest") else min)(known.values())
        return [number for number, value in known.items() if value == chosen]

    def _asks_figures(self, table: Table) -> bool:
        """Whether the question asks for the figures of a column that it doesn't compare, not for a number of rows."""
        compared = {self._limited(limit, table) for limit in self.limits}
        rest = [column for column in self._figures(table) if column not in compared]
        things = counted(self.question)
        nouns = {form for forms in asked_nouns(self.question) for form in forms}
        things += [term for term in self.question.terms if nouns and set(term.forms) <= nouns]
        if things:
            return any(term.stands_in(matchable(bare(column))) for term in things for column in rest)
        return _BARE.search(self.text) is not None and max(self._weights(rest, self.text).values(), default=0) >= HEADED


def _words(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match.group() if match else ""


def _value(cell: str, *, timely: bool) -> tuple[float, ...] | None:
    if not timely:
        value = figure(cell)
        return None if value is None else (value,)
    days, year = dates.find(cell), dates.YEAR.search(cell)
    return (float(year[1]) if year else 0.0, *days[0].span.first) if days else (float(year[1]),) if year else None
