"""A source's running text as one tape of items, and what each item would say to standing after another."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from rag.reading.blocks import Blocks, closing, unclosed
from rag.reading.dates import Date, opening_date
from rag.reading.layout import closes, join
from rag.reading.titles import is_overview

TORN, UNSIGNED = -8.0, -1.5
_WHOLE, _STRANGER, _SIGNED, _CUT_SHORT = 4.0, -6.0, 0.5, -6.0
_TABULAR = frozenset(("row", "columns", "caption", "continued", "note", "editor"))
_STREAM = frozenset(("header", "text", "byline", "heading"))
_CONTEXT = 60
_HEADING_LINES = 3


class Tape:
    """`order` are indexes into the source's items in reading order, at first the source's own order; without `floats` a
    heading inside an entry is left in it and cuts it."""

    def __init__(self, blocks: Blocks, floats: bool = True) -> None:
        self.items = blocks.items
        self.opens = blocks.opens
        self.kinds = [item.kind for item in blocks.items]
        self.signed = blocks.signed
        self.headed = self._headed()
        self.floating = set(self._floats()) if floats else set()
        self.order = list(self._stream())
        self.pages = [at for at, opens in enumerate(blocks.opens) if opens]
        self.done = [item.kind == "text" and closes(item.text) for item in blocks.items]
        self.cut = [item.kind == "header" and unclosed(item) for item in blocks.items]
        self.closer = [item.kind == "text" and closing(item.text) > 0 for item in blocks.items]
        self.lines = [_HEADING_LINES if item.kind == "heading" else len(item.spans) for item in blocks.items]
        self.column = self._column()
        self.heights = [0, *accumulate(self.lines[at] for at in self.order)]

    def _headed(self) -> list[bool]:
        """Whether each item stands under a header, before any byline."""
        entry = False
        found = []
        for kind in self.kinds:
            entry = kind == "header" or (entry and kind != "byline")
            found.append(entry)
        return found

    def _floats(self) -> Iterator[int]:
        """Headings that stand inside an entry: after its header, before the text or byline that goes on with it."""
        last = ""
        for at, item in enumerate(self.items):
            if item.kind == "heading" and self.headed[at] and (self.signed or not closes(last)):
                following = at + 1
                while following < len(self.items) and self.kinds[following] == "heading":
                    following += 1
                if following < len(self.items) and self.kinds[following] in ("text", "byline"):
                    yield at
            if item.kind in ("header", "text"):
                last = item.text

    def _stream(self) -> Iterator[int]:
        """The items that make running text: no tables and not their bylines, no headings that float."""
        in_table = False
        for at, kind in enumerate(self.kinds):
            if at in self.floating:
                continue
            in_table = kind in _TABULAR or (in_table and kind == "byline")
            if kind in _STREAM and not in_table:
                yield at

    def _column(self) -> float:
        """Lines in a column: a third of a full page, 0 where pages are not marked or too few."""
        starts = [0, *self.pages, len(self.items)]
        sizes = sorted(sum(self.lines[a:b]) for a, b in pairwise(starts))
        return sizes[len(sizes) * 3 // 4] / 3 if len(self.pages) >= 3 else 0.0

    def state(self, left: int, right: int) -> float:
        """How well item `right` may follow item `left` by their kinds; -1 stands for an end of the source."""
        if left < 0 or right < 0:
            return 0.0
        before, after = self.kinds[left], self.kinds[right]
        fresh = after in ("header", "heading")
        if before in ("byline", "heading"):
            return 0.0 if fresh or is_overview(self.items[left].text) else TORN
        if self.cut[left] or self.closer[right]:
            return _WHOLE if self.cut[left] and self.closer[right] else TORN
        if fresh:
            return (UNSIGNED if self.signed and self.headed[left] else 0.0) if self.done[left] else TORN
        if after == "byline":
            return _SIGNED if self.done[left] else _CUT_SHORT
        return _STRANGER if self.done[left] and right != left + 1 and not self.headed[left] else 0.0

    def state_at(self, place: int) -> float:
        """The state of the junction before a place in the order."""
        return self.state(self.order[place - 1], self.order[place])

    def continues(self, left: int, right: int) -> bool:
        """Whether item `right` would go on with the entry that item `left` is of."""
        return (
            min(left, right) >= 0 and self.kinds[left] in ("text", "header") and self.kinds[right] in ("text", "byline")
        )

    def clean(self, place: int) -> bool:
        """Whether an entry ends before a place and another begins there."""
        if place >= len(self.order):
            return True
        return self.kinds[self.order[place]] == "header" and self.kinds[self.order[place - 1]] == "byline"

    def head(self, at: int) -> str:
        """The text that item `at` ends, from its header on."""
        texts: list[str] = []
        for place in range(at, max(-1, at - _CONTEXT), -1):
            if place in self.floating:
                continue
            if self.kinds[place] not in ("text", "header"):
                break
            texts.append(self.items[place].text)
            if self.kinds[place] == "header":
                break
        return join(reversed(texts))

    def tail(self, at: int) -> str:
        """The text that item `at` begins, up to a byline or a header."""
        texts: list[str] = []
        for place in range(at, min(len(self.items), at + _CONTEXT)):
            if place in self.floating:
                continue
            if self.kinds[place] != "text":
                break
            texts.append(self.items[place].text)
        return join(texts)

    def pages_inside(self, first: int, last: int) -> int:
        """How many pages start within [first, last) of the order, its first item left aside."""
        return max(0, bisect_left(self.pages, self.order[last - 1]) - bisect_right(self.pages, self.order[first]))

    def exchange(self, first: int, middle: int, last: int) -> None:
        """Let blocks [first, middle) and [middle, last) change places."""
        self.order[first:last] = self.order[middle:last] + self.order[first:middle]
        for place in range(first, last):
            self.heights[place + 1] = self.heights[place] + self.lines[self.order[place]]

    def dates(self, start: int, stop: int) -> tuple[list[Date | None], list[Date | None]]:
        """For each place in [start, stop]: the date of the last entry that begins before it and of the first that
        begins at or after it, None where a heading stands between."""
        before: list[Date | None] = []
        after: list[Date | None] = []
        last: Date | None = self._edge(range(start - 1, max(-1, start - _CONTEXT), -1))
        for place in range(start, stop + 1):
            before.append(last)
            if place < len(self.order):
                last = self._step(place, last)
        coming: Date | None = self._edge(range(stop, min(len(self.order), stop + _CONTEXT)))
        for place in range(stop, start - 1, -1):
            if place < stop:
                coming = self._step(place, coming)
            after.append(coming)
        return before, after[::-1]

    def _edge(self, places: Sequence[int]) -> Date | None:
        for place in places:
            kind = self.kinds[self.order[place]]
            if kind in ("header", "heading"):
                return self._step(place, None)
        return None

    def _step(self, place: int, date: Date | None) -> Date | None:
        kind = self.kinds[self.order[place]]
        if kind == "header":
            texts = [self.items[at].text for at in self.order[place + 1 : place + 3] if self.kinds[at] == "text"]
            return opening_date("".join(texts))
        return None if kind == "heading" else date
