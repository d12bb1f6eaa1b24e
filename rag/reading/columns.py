"""Text that columns and pages tore apart, put back in its order.

A page is read column by column, but an extractor emits its blocks in an order of its own. What comes out is the true
text X B A Y with two neighbouring blocks exchanged, X A B Y, and the blocks begin and end in mid-sentence. Some of the
three seams show (a header after an unfinished sentence, a text after a byline); one may hide inside an entry, where
the end of one text meets the middle of another. So: take two seams that show, try every line end for the third, and
undo the exchange that makes the best text, by its words, its topics, its brackets and the order of its dates.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.reading.blocks import Blocks, closing, unclosed, usually_signed
from rag.reading.dates import Date, opening_date, setback
from rag.reading.junction import Junctions, balance
from rag.reading.layout import closes, join
from rag.reading.prose import OVERVIEW

_SHOWS = -5.0
_TORN, _UNSIGNED, _WHOLE, _STRANGER = -8.0, -1.5, 4.0, -6.0
_GAIN = 5.0
_SPREAD = 5.0
_LONG, _PAGE, _MIDPAGE = 0.005, 3.0, 3.0
_WINDOW = 330
_NEAR = 5
_DATES = 2.5
_TABULAR = frozenset(("row", "columns", "caption", "continued", "note", "editor"))
_STREAM = frozenset(("header", "text", "byline", "heading"))


_Pairs = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]


@dataclass(slots=True)
class Mended:
    """The reading order: `order` are indexes into the source's items; `joints` gives, for an item that was put on to a
    text from elsewhere, how sure that is; `floating` are headings inside an entry."""

    order: list[int]
    floating: list[int]
    joints: dict[int, float] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Exchange:
    """Blocks [first, middle) and [middle, last) of the order change places."""

    gain: float
    first: int
    middle: int
    last: int


def mend(blocks: Blocks) -> Mended:
    """The reading order of a source's items."""
    return _Mender(blocks).run()


class _Mender:
    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.items = blocks.items
        self.signed = usually_signed(blocks.items)
        self.headed = frozenset(self._headed())
        self.floating = set(self._floats())
        self.order = list(self._stream())
        self.pages = [at for at, opens in enumerate(blocks.opens) if opens]
        self.scores: dict[tuple[int, int], float] = {}
        self.joints: dict[int, float] = {}
        self.judge: Junctions | None = None
        self.judged = range(0)

    def run(self) -> Mended:
        """Undo exchanges from the first seam that shows to the last."""
        settled = 0
        seams = self._seams()
        while seams:
            near = [seam for seam in seams if seam <= seams[0] + _WINDOW][:_NEAR]
            best, margin = self._best(near)
            if best is None:
                settled = seams[0] + 1
            else:
                self._undo(best, margin)
                settled = max(settled, best.first - _WINDOW)
            seams = [seam for seam in self._seams() if seam >= settled]
        return Mended(self.order, sorted(self.floating), self.joints)

    def _headed(self) -> Iterator[int]:
        """The texts that stand under a header, before any byline."""
        entry = False
        for at, item in enumerate(self.items):
            entry = item.kind == "header" or (entry and item.kind != "byline")
            if entry:
                yield at

    def _floats(self) -> Iterator[int]:
        """Headings that stand inside an entry: after its header, before the text or byline that goes on with it."""
        entry = False
        last = ""
        for at, item in enumerate(self.items):
            if item.kind == "header":
                entry = True
            elif item.kind == "byline":
                entry = False
            elif item.kind == "heading" and entry and (self.signed or not closes(last)):
                following = next((i.kind for i in self.items[at + 1 :] if i.kind != "heading"), "")
                if following in ("text", "byline"):
                    yield at
            if item.kind in ("header", "text"):
                last = item.text

    def _stream(self) -> Iterator[int]:
        """The items that make running text: no tables and not their bylines, no headings that float."""
        in_table = False
        for at, item in enumerate(self.items):
            if at in self.floating:
                continue
            in_table = item.kind in _TABULAR or (in_table and item.kind == "byline")
            if item.kind in _STREAM and not in_table:
                yield at

    # The state of a junction between two items of the order.

    def _state(self, left: int, right: int) -> float:
        """How well item `right` may follow item `left` by their kinds; -1 stands for an end of the source."""
        if left < 0 or right < 0:
            return 0.0
        before, after = self.items[left], self.items[right]
        fresh = after.kind in ("header", "heading")
        if before.kind in ("byline", "heading"):
            return 0.0 if fresh or OVERVIEW.match(before.text) else _TORN
        cut, closer = unclosed(before), after.kind == "text" and closing(after.text) > 0
        if cut or closer:
            return _WHOLE if cut and closer else _TORN
        done = closes(before.text) and before.kind == "text"
        if fresh:
            return (_UNSIGNED if self.signed and left in self.headed else 0.0) if done else _TORN
        if after.kind == "byline":
            return 0.5 if done else -6.0
        stranger = done and right != left + 1 and left not in self.headed
        return _STRANGER if stranger else 0.0

    def _seams(self) -> list[int]:
        """Places in the order before which something shows to be torn, or may be: an entry without its byline."""
        return [place for place, pair in enumerate(pairwise(self.order), 1) if self._state(*pair) <= _UNSIGNED]

    def _torn(self, place: int) -> bool:
        return self._state(self.order[place - 1], self.order[place]) <= _SHOWS

    def _best(self, seams: Sequence[int]) -> tuple[_Exchange | None, float]:
        self._prepare(seams[0])
        tried = {
            places: self._cheaply(*places)
            for at, early in enumerate(seams)
            for late in seams[at + 1 :]
            if self._torn(early) or self._torn(late)
            for places in self._exchanges(early, late)
        }
        bar = max(tried.values(), default=0.0) - _SPREAD
        found = [self._weigh(*places) for places, cheap in tried.items() if cheap > max(bar, 0.0)]
        found.sort(key=lambda exchange: -exchange.gain)
        if not found or found[0].gain < _GAIN:
            return None, 0.0
        best = found[0]
        joints = self._joints(best)
        rival = next((other for other in found[1:] if self._joints(other) != joints), None)
        return best, best.gain - rival.gain if rival else best.gain

    def _prepare(self, place: int) -> None:
        """A judge for the stretch around a place."""
        if self.judge is not None and place - _WINDOW // 2 in self.judged:
            return
        self.judged = range(max(0, place - 2 * _WINDOW), place + 2 * _WINDOW)
        texts: list[list[str]] = [[]]
        for at in self.order[self.judged.start : self.judged.stop]:
            if self.items[at].kind == "header":
                texts.append([])
            texts[-1].append(self.items[at].text)
        self.judge = Junctions(join(text) for text in texts if text)

    def _exchanges(self, early: int, late: int) -> Iterator[tuple[int, int, int]]:
        """Every exchange that two seams take part in, the third being any line end near."""
        last = min(len(self.order), late + _WINDOW)
        for middle in range(early + 1, late):
            yield early, middle, late
        for end in range(late + 1, last + 1):
            yield early, late, end
        for start in range(max(0, early - _WINDOW), early):
            yield start, early, late

    def _weigh(self, first: int, middle: int, last: int) -> _Exchange:
        """What undoing X [A] [B] Y → X [B] [A] Y gains."""
        then, now = self._pairs(first, middle, last)
        gain = sum(self._scored(*pair) for pair in then) - sum(self._scored(*pair) for pair in now)
        return _Exchange(
            gain + self._dated(first, middle, last) - self._unlikely(first, middle, last), first, middle, last
        )

    def _cheaply(self, first: int, middle: int, last: int) -> float:
        """The gain without looking at words; -inf where the exchange leaves something torn."""
        then, now = self._pairs(first, middle, last)
        scores = [self._state(*pair) for pair in then]
        if min(scores) <= _SHOWS:
            return -math.inf
        gain = sum(scores) - sum(self._state(*pair) for pair in now)
        return gain + self._dated(first, middle, last) - self._unlikely(first, middle, last)

    def _unlikely(self, first: int, middle: int, last: int) -> float:
        """What speaks against an exchange before its words are looked at: blocks that leave their page, long ones."""
        inside = bisect_left(self.pages, self.order[last - 1]) - bisect_right(self.pages, self.order[first])
        away = bool(self.pages) and not self.blocks.opens[self.order[first]]
        return _PAGE * max(0, inside) + _MIDPAGE * away + _LONG * (last - first)

    def _pairs(self, first: int, middle: int, last: int) -> tuple[_Pairs, _Pairs]:
        """The junctions after and before X [A] [B] Y → X [B] [A] Y, as pairs of items (-1 for an end of the source)."""
        order = self.order
        x, y = (order[first - 1] if first else -1), (order[last] if last < len(order) else -1)
        a, a_end, b, b_end = order[first], order[middle - 1], order[middle], order[last - 1]
        return ((x, b), (b_end, a), (a_end, y)), ((x, a), (a_end, b), (b_end, y))

    def _scored(self, left: int, right: int) -> float:
        score = self.scores.get((left, right))
        if score is None:
            score = self.scores[left, right] = self._state(left, right) + self._words(left, right)
        return score

    def _words(self, left: int, right: int) -> float:
        """How well item `right` goes on in the sentence of item `left`, where it does."""
        if not self._continues(left, right) or self.items[right].kind == "byline":
            return 0.0
        assert self.judge is not None
        head, tail = self._head(left), self._tail(right)
        fluency = self.judge.fluency(self.items[left].text, self.items[right].text, native=right == left + 1)
        return fluency + self.judge.topic(head, tail) + balance(head, tail)

    def _head(self, at: int) -> str:
        """The text that item `at` ends, from its header on."""
        texts: list[str] = []
        while at >= 0:
            item = self.items[at]
            if at not in self.floating:
                if item.kind not in ("text", "header"):
                    break
                texts.append(item.text)
                if item.kind == "header":
                    break
            at -= 1
        return join(reversed(texts))

    def _tail(self, at: int) -> str:
        """The text that item `at` begins, up to a byline or a header."""
        texts: list[str] = []
        while at < len(self.items):
            if at not in self.floating:
                if self.items[at].kind != "text":
                    break
                texts.append(self.items[at].text)
            at += 1
        return join(texts)

    def _dated(self, first: int, middle: int, last: int) -> float:
        """What the exchange does for the order of dates."""
        before = self._last_date(first)
        a_first, b_first, y_first = (self._next_date(place) for place in (first, middle, last))
        a_last, b_last = self._last_date(middle), self._last_date(last)
        now = setback(before, a_first) + setback(a_last, b_first) + setback(b_last, y_first)
        then = setback(before, b_first) + setback(b_last, a_first) + setback(a_last, y_first)
        return _DATES * (now - then)

    def _next_date(self, place: int) -> Date | None:
        """The date of the first entry that begins at or after a place, unless a heading comes before it."""
        for at in range(place, min(len(self.order), place + 60)):
            item = self.items[self.order[at]]
            if item.kind == "heading":
                return None
            if item.kind == "header":
                return self._date(at)
        return None

    def _last_date(self, place: int) -> Date | None:
        """The date of the last entry that begins before a place, unless a heading comes after it."""
        for at in range(place - 1, max(-1, place - 60), -1):
            item = self.items[self.order[at]]
            if item.kind == "heading":
                return None
            if item.kind == "header":
                return self._date(at)
        return None

    def _date(self, place: int) -> Date | None:
        texts = [self.items[at].text for at in self.order[place + 1 : place + 3] if self.items[at].kind == "text"]
        return opening_date("".join(texts))

    def _joints(self, exchange: _Exchange) -> set[tuple[int, int]]:
        """The texts that an exchange joins, as pairs of items."""
        then, _ = self._pairs(exchange.first, exchange.middle, exchange.last)
        return {pair for pair in then if self._continues(*pair)}

    def _continues(self, left: int, right: int) -> bool:
        return (
            min(left, right) >= 0
            and self.items[left].kind in ("text", "header")
            and self.items[right].kind in ("text", "byline")
        )

    def _undo(self, exchange: _Exchange, margin: float) -> None:
        joined = self._joints(exchange)
        first, middle, last = exchange.first, exchange.middle, exchange.last
        self.order[first:last] = self.order[middle:last] + self.order[first:middle]
        sure = round(1.0 - 0.5 * math.exp(-max(margin, 0.0) / 2), 2)
        self.joints.update((right, sure) for _, right in joined)
