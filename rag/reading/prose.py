"""Text without headers: the opening 综述 and what is left over, cut into paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from rag.reading.layout import Item, cells, closes, join

_LEAD_SENTENCE = re.compile(r"^[^，。；：！？]{4,24}。")
_NUMBERED = re.compile(r"^(?:\d{1,3}[.．、]|[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|完成情况：)\s*\S")
_PHRASE = re.compile(r"^[^，。；：！？\d]{4,16}。(?=.)")
_SHORT = 0.8
_HABIT = 2


def paragraphs(items: Sequence[Item]) -> list[list[Item]]:
    """The items of a running text, paragraph by paragraph: one ends with a sentence that leaves its line unfilled, or
    where the next line opens one (a numbered item, or the short sentence that yearbooks set in bold).

    A last line that is full hides its end. So where most lines after a finished one open with such a short sentence,
    each of these opens a paragraph.
    """
    groups: list[list[Item]] = []
    sizes = [cells(item.text) for item in items]
    usual = median(_gaps(items)) if len(items) > 2 else 1
    for at, item in enumerate(items):
        if at and not _parts(items, sizes, at) and _gap(items, at) <= usual:
            groups[-1].append(item)
        else:
            groups.append([item])
    opens = [bool(_PHRASE.match(item.text)) for before, item in pairwise(items) if closes(before.text)]
    if sum(opens) < max(_HABIT, len(opens) / 2):
        return groups
    return [piece for group in groups for piece in _by_phrases(group)]


def _by_phrases(group: Sequence[Item]) -> list[list[Item]]:
    """A paragraph cut before each opening phrase; one phrase alone is none, more is to follow."""
    pieces = [[group[0]]]
    for item in group[1:]:
        before = text_of(pieces[-1])
        alone = _LEAD_SENTENCE.fullmatch(before)
        if _PHRASE.match(item.text) and closes(before) and not alone:
            pieces.append([item])
        else:
            pieces[-1].append(item)
    return pieces


def _gap(items: Sequence[Item], at: int) -> int:
    return abs(items[at].spans[0].line - items[at - 1].spans[-1].line)


def _gaps(items: Sequence[Item]) -> list[int]:
    return [_gap(items, at) for at in range(1, len(items))]


def _parts(items: Sequence[Item], sizes: Sequence[int], at: int) -> bool:
    before = items[at - 1].text
    if not closes(before):
        return False
    width = median(sorted(sizes[max(0, at - 6) : at + 6])[-7:])
    if sizes[at - 1] < _SHORT * width or _NUMBERED.match(items[at].text):
        return True
    return sizes[at - 1] > 2 * 40 or bool(_LEAD_SENTENCE.match(items[at].text) and sizes[at] < 0.95 * width)


def opening(text: str) -> str:
    """A paragraph's opening phrase: its first short sentence, else its first clause."""
    sentence = re.match(r"[^。！？；]{1,30}(?=[。！？；])", text)
    clause = re.match(r"[^，。！？；：、]{1,30}", text)
    found = sentence or clause
    return (found.group() if found else text[:20]).strip() or text[:20]


def text_of(items: Sequence[Item]) -> str:
    """The joined text of some items."""
    return join(item.text for item in items)
