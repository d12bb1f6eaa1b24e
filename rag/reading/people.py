"""Which columns of a table hold people: a name at their head says so, or their cells do."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import rjieba

from rag.reading.names import are_names, is_name, split_names
from rag.reading.rows import PEOPLE_COLUMN, Block, is_told_by_name

_SPACED_OUT = re.compile(r"^[\u3400-\u9fff]\s+[\u3400-\u9fff]$")
_MOST = 0.8
_SEVERAL = 2


def fill_people(blocks: Sequence[Block]) -> None:
    """Give each row of a table the people that its cells name, the blanks inside their names closed."""
    rows = [row for block in blocks for row in block.rows]
    columns: dict[str, list[str]] = {}
    for row in rows:
        for name, cell in row.fields.items():
            columns.setdefault(name, []).append(cell)
    held = [name for name, cells in columns.items() if PEOPLE_COLUMN.search(name) or _are_people(name, cells)]
    for row in rows:
        people: list[str] = []
        for name in held:
            cell = row.fields.get(name, "")
            if cell and not any(char.isdigit() for char in cell):
                names = split_names([cell])
                row.fields[name] = "、".join(names)
                people += names
        row.people = tuple(dict.fromkeys(people))


def _are_people(name: str, cells: Sequence[str]) -> bool:
    """Whether a column plainly holds people: names in every cell, and no kind of thing, which share their last
    character (云岭县, 白石县) or stand in the dictionary (高中)."""
    if is_told_by_name(name):
        return False
    filled = [cell for cell in cells if cell.strip("—-－/ ")]
    names = list(dict.fromkeys(each for cell in filled for each in split_names([cell])))
    if not names or not are_names(names) or sum(map(is_name, names)) < _MOST * len(names):
        return False
    if len(names) < _SEVERAL and not any(map(_SPACED_OUT.match, filled)):
        return False
    (_, alike) = Counter(each[-1] for each in names).most_common(1)[0]
    return alike <= max(1, len(names) // 3) and sum(map(_is_word, names)) * 2 <= len(names)


def _is_word(name: str) -> bool:
    """Whether the dictionary has this as a word that is no person's name."""
    tagged = rjieba.tag(name, False)
    return len(tagged) == 1 and not tagged[0][1].startswith("nr")
