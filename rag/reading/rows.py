"""A table's rows: lines grouped into rows, and words to columns."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.reading.blocks import columns
from rag.reading.layout import Item, join, squeeze
from rag.reading.names import is_name, split_names

DATE = re.compile(r"^(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:(?:至|—|－|-|～)(?:\d{1,2}月)?\d{1,2}日)?$|^\d{4}年$|^年内$")
_DATE_COLUMN = re.compile(r"时间|日期|時間|月份")
PEOPLE_COLUMN = re.compile(r"领导|姓名|人员|代表|作者|嘉宾|負責人|负责人|領導")
_COUNTRY_COLUMN = re.compile(r"^(?:国别|国家|国家（地区）|國別|國家|国家和地区)$")
_ACTIVITY_COLUMN = re.compile(r"内容|活动|事项|內容|活動")
_SPACED_NAME = re.compile(r"(?<!\S)([\u3400-\u9fff])(?: {2,}|[\u2002-\u200a\u3000]+)([\u3400-\u9fff])(?!\S)")


@dataclass(slots=True)
class Row:
    """One row's cells under their columns' names, with the items it was read from."""

    items: list[Item]
    fields: dict[str, str]
    people: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The row's cells."""
        return " ".join(cell for cell in self.fields.values() if cell)

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


def is_told_by_name(column: str) -> bool:
    """Whether a column's name says what it holds: a date, a country or an activity."""
    return any(pattern.search(column) for pattern in (_DATE_COLUMN, _COUNTRY_COLUMN, _ACTIVITY_COLUMN))


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
            found.append(Block(place, _distinct(columns(_raw(item, raws))), []))
        elif item.kind == "row" and found:
            lines.append(item)
    _fill(found, lines, raws)
    return found


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Column names told apart: one without a name has its neighbour's, and the second of one name has a number."""
    found: list[str] = []
    alike: Counter[str] = Counter()
    """How many of those found are a name, or a name with digits behind it."""
    for at, name in enumerate(names):
        name = name or (names[at - 1] if at else "") or "列"
        told = f"{name}{alike[name] + 1}" if alike[name] else name
        found.append(told)
        bare = re.sub(r"\d+$", "", told)
        alike.update(told[:end] for end in range(len(bare), len(told) + 1))
    return tuple(found)


def _fill(found: list[Block], lines: list[Item], raws: Sequence[str]) -> None:
    if found and lines:
        names = found[-1].columns
        found[-1].rows = [_row(group, names, raws) for group in _groups(lines, names, raws)]
    lines.clear()


def _raw(item: Item, raws: Sequence[str]) -> str:
    return " ".join(raws[line - 1][start:end] for line, start, end in item.spans)


def _groups(lines: Sequence[Item], names: Sequence[str], raws: Sequence[str]) -> list[list[Item]]:
    """Row lines grouped into rows: a date opens one where the first column is a date, else every line does, and every
    line whose cells tabs part."""
    dated = bool(_DATE_COLUMN.search(names[0]))
    groups: list[list[Item]] = []
    for item in lines:
        raw = _raw(item, raws)
        starts = DATE.match(raw.split()[0]) if dated else len(raw.split()) > 1
        if not groups or "\t" in raw or starts:
            groups.append([])
        groups[-1].append(item)
    return groups


def _row(items: list[Item], names: tuple[str, ...], raws: Sequence[str]) -> Row:
    """Words to columns: a date, then names as long as they look like names, one word a column, the rest to the last."""
    if any("\t" in _raw(item, raws) for item in items):
        return Row(items, _in_place([cell.strip() for item in items for cell in _raw(item, raws).split("\t")], names))
    plain = [_raw(item, raws).split() for item in items]
    joined = [_SPACED_NAME.sub(r"\1\2", _raw(item, raws)).split() for item in items]
    for split in (plain, joined):
        if sum(map(len, split)) == len(names):
            return Row(items, _in_place([word for part in split for word in part], names))
    chosen = plain if any(map(PEOPLE_COLUMN.search, names)) else joined
    return Row(items, _dealt([(line, word) for line, part in enumerate(chosen) for word in part], names))


def _dealt(words: Sequence[tuple[int, str]], names: tuple[str, ...]) -> dict[str, str]:
    """The cells of a row that has more or fewer words than columns; each word with the line it stands in."""
    cells: dict[str, str] = {}
    at = 0
    for place, name in enumerate(names):
        start = at
        if place == len(names) - 1:
            at = len(words)
        elif PEOPLE_COLUMN.search(name):
            at = _past_names(words, at, len(names) - place - 1)
        else:
            at = min(at + 1, len(words))
        if PEOPLE_COLUMN.search(name):
            cells[name] = "、".join(split_names(word for _, word in words[start:at]))
        else:
            cells[name] = _cell(words[start:at])
    return cells


def _in_place(words: Sequence[str], names: tuple[str, ...]) -> dict[str, str]:
    """The cells of a row whose words stand each under its column: the missing are empty, those over are the last's."""
    kept = [*words[: len(names) - 1], " ".join(words[len(names) - 1 :])]
    kept += [""] * (len(names) - len(kept))
    return {name: _told(name, word) for name, word in zip(names, kept, strict=True)}


def _told(name: str, word: str) -> str:
    return "、".join(split_names([word])) if PEOPLE_COLUMN.search(name) else squeeze(word)


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
