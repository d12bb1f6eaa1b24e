"""A table's rows: lines grouped into rows, and words to columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.reading.blocks import columns
from rag.reading.layout import Item, join, squeeze
from rag.reading.names import is_name, split_names

DATE = re.compile(r"^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:(?:至|—|－|-|～)(?:\d{1,2}月)?\d{1,2}日)?$|^\d{4}年$|^年内$")
_DATE_COLUMN = re.compile(r"时间|日期|時間|月份")
_PEOPLE_COLUMN = re.compile(r"领导|姓名|人员|代表|作者|嘉宾|負責人|负责人|領導")
_COUNTRY_COLUMN = re.compile(r"^(?:国别|国家|国家（地区）|國別|國家|国家和地区)$")
_ACTIVITY_COLUMN = re.compile(r"内容|活动|事项|內容|活動")


@dataclass(slots=True)
class Row:
    """One row's cells under their columns' names, with the items it was read from."""

    items: list[Item]
    fields: dict[str, str]
    text: str
    people: tuple[str, ...] = ()

    def named(self, pattern: re.Pattern[str]) -> str | None:
        """The first cell whose column's name fits."""
        return next((value for name, value in self.fields.items() if pattern.search(name) and value), None)

    @property
    def date(self) -> str | None:
        return self.named(_DATE_COLUMN)

    @property
    def country(self) -> str | None:
        return self.named(_COUNTRY_COLUMN)

    @property
    def activity(self) -> str | None:
        return self.named(_ACTIVITY_COLUMN)


@dataclass(slots=True)
class Block:
    """A column header and the rows that stand under it on one page."""

    place: int
    columns: tuple[str, ...]
    rows: list[Row]


def blocks_of(others: Sequence[tuple[int, Item]], raws: Sequence[str]) -> list[Block]:
    """The blocks of a source: each column header with the rows that follow it."""
    found: list[Block] = []
    lines: list[Item] = []
    for place, item in others:
        if item.kind == "columns":
            _fill(found, lines, raws)
            found.append(Block(place, columns(_raw(item, raws)), []))
        elif item.kind == "row" and found:
            lines.append(item)
    _fill(found, lines, raws)
    return found


def _fill(found: list[Block], lines: list[Item], raws: Sequence[str]) -> None:
    if found and lines:
        names = found[-1].columns
        found[-1].rows = [_row(group, names, raws) for group in _groups(lines, names, raws)]
    lines.clear()


def _raw(item: Item, raws: Sequence[str]) -> str:
    return " ".join(raws[line - 1][start:end] for line, start, end in item.spans)


def _groups(lines: Sequence[Item], names: Sequence[str], raws: Sequence[str]) -> list[list[Item]]:
    """Row lines grouped into rows: a date opens one where the first column is a date, else every line does."""
    dated = bool(_DATE_COLUMN.search(names[0]))
    groups: list[list[Item]] = []
    for item in lines:
        first = _raw(item, raws).split()[0]
        starts = DATE.match(first) if dated and "\t" not in _raw(item, raws) else len(_raw(item, raws).split()) > 1
        if not groups or starts:
            groups.append([])
        groups[-1].append(item)
    return groups


def _row(items: list[Item], names: tuple[str, ...], raws: Sequence[str]) -> Row:
    """Words to columns: a date, then names as long as they look like names, one word a column, the rest to the last."""
    split = [_words(_raw(item, raws)) for item in items]
    words = [(line, word) for line, part in enumerate(split) for word in part]
    if len(words) == len(names):
        return _filled(items, names, [word for _, word in words])
    cells: dict[str, str] = {}
    people: tuple[str, ...] = ()
    at = 0
    for place, name in enumerate(names):
        start = at
        if place == len(names) - 1:
            at = len(words)
        elif _PEOPLE_COLUMN.search(name):
            at = _past_names(words, at, len(names) - place - 1)
        else:
            at = min(at + 1, len(words))
        if _PEOPLE_COLUMN.search(name):
            people = split_names(word for _, word in words[start:at])
            cells[name] = "、".join(people)
        else:
            cells[name] = _cell(words[start:at])
    return Row(items, cells, " ".join(cell for cell in cells.values() if cell), people)


def _words(raw: str) -> list[str]:
    """The words of a row's line: its cells where tabs part them, else what blanks part."""
    return [cell.strip() for cell in raw.split("\t")] if "\t" in raw else raw.split()


def _filled(items: list[Item], names: tuple[str, ...], words: Sequence[str]) -> Row:
    """A row that has one word for each column."""
    cells: dict[str, str] = {}
    people: tuple[str, ...] = ()
    for name, word in zip(names, words, strict=True):
        if _PEOPLE_COLUMN.search(name):
            people = people or split_names([word])
            cells[name] = "、".join(split_names([word]))
        else:
            cells[name] = squeeze(word)
    return Row(items, cells, " ".join(cell for cell in cells.values() if cell), people)


def _past_names(words: Sequence[tuple[int, str]], at: int, needed: int) -> int:
    while at < len(words) - needed:
        word = words[at][1]
        if len(word) == 1 and at + 1 < len(words) - needed and len(words[at + 1][1]) == 1:
            at += 2
        elif len(word) in (2, 3, 4) and is_name(word):
            at += 1
        else:
            break
    return at


def _cell(words: Sequence[tuple[int, str]]) -> str:
    lines: dict[int, list[str]] = {}
    for line, word in words:
        lines.setdefault(line, []).append(word)
    return squeeze(join(" ".join(part) for part in lines.values()))
