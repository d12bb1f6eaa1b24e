"""Text that columns and pages tore apart, put back in its order.

A page is read column by column, but an extractor emits its blocks in an order of its own. What comes out is the true
text X B A Y with two neighbouring blocks exchanged, X A B Y, and the blocks begin and end in mid-sentence. Some of the
three seams show (a header after an unfinished sentence, a text after a byline); one may hide inside an entry, where
the end of one text meets the middle of another. So: take two seams that show, try every line end for the third, and
undo the exchange that makes the best text, by its words, its topics, its brackets and the order of its dates.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rag.reading.blocks import Blocks
from rag.reading.dates import Date, setback
from rag.reading.junction import Junctions, balance
from rag.reading.layout import join
from rag.reading.tape import UNSIGNED, Tape

_SHOWS = -5.0
_GAIN = 5.0
_SPREAD = 5.0
_LONG, _PAGE, _MIDPAGE = 0.005, 8.0, 3.0
_FILLS, _SLACK, _OVERLONG = 3.0, 4.0, 4.0
_WINDOW = 220
_KNOWN = 660
_NEAR = 5
_TORN_THROUGHOUT = 10
_TWO_PAGES = 6
_HABIT, _EVERY = 3, 4
_CHAINS, _HIDDEN = 12, 1.5
_DATES, _DATES_ALONE = 2.5, 4.0

_Pairs = tuple[tuple[int, int], tuple[int, int], tuple[int, int]]
_Places = tuple[int, int, int]


@dataclass(slots=True)
class Mended:
    """The reading order: `order` are indexes into the source's items; `joints` gives, for an item that was put on to a
    text from elsewhere, how sure that is; `floating` are headings inside an entry; `torn` are the items at which the
    text was; `dated` are blocks, (first, last) item, that dates alone put before another item."""

    order: list[int]
    floating: list[int]
    joints: dict[int, float] = field(default_factory=dict)
    torn: list[int] = field(default_factory=list)
    dated: list[tuple[int, int, int]] = field(default_factory=list)

    def near_tear(self, place: int) -> bool:
        """Whether the text is torn around an item, so that what stands above what there proves little."""
        at = bisect_left(self.torn, place - _WINDOW)
        return at < len(self.torn) and self.torn[at] <= place + _WINDOW


def mend(blocks: Blocks, repair: bool = True) -> Mended:
    """The reading order of a source's items; without `repair` as the source has them."""
    if not repair:
        return Mended(list(range(len(blocks.items))), [])
    return _Mender(blocks).run()


class _Mender:
    def __init__(self, blocks: Blocks) -> None:
        self.tape = Tape(blocks)
        self.joints: dict[int, float] = {}
        self.moved: set[int] = set()
        self.torn: set[int] = set()
        self.dated: list[tuple[int, int, int]] = []
        self.scores: dict[tuple[int, int], float] = {}
        self.judge = Junctions(())
        self.known = range(0)
        self.start = 0
        self.dates: tuple[list[Date | None], list[Date | None]] = ([], [])

    def run(self) -> Mended:
        """Undo exchanges from the first seam that shows to the last, then those that only dates betray."""
        seams = self._seams(1, len(self.tape.order))
        if len(seams) * _TORN_THROUGHOUT > len(self.tape.order) > _WINDOW:
            seams = []  # no torn yearbook: where every other line is a seam, there is nothing to go by
        if self._ends_unfinished(seams):
            seams = []
        reach = max(_WINDOW, round(_TWO_PAGES * self.tape.column))
        at = 0
        while at < len(seams):
            near = [seam for seam in seams[at : at + _NEAR] if seam <= seams[at] + reach]
            places, sure = self._best(near)
            if places is None:
                at += 1
                continue
            self._undo(places, sure)
            first, _, last = places
            low, high = bisect_left(seams, first), bisect_left(seams, last + 1)
            seams[low:high] = self._seams(max(1, first), min(len(self.tape.order), last + 1))
            at = bisect_left(seams, first - _WINDOW)
        if self.torn:
            self._by_dates()
        return Mended(self.tape.order, sorted(self.tape.floating), self.joints, sorted(self.torn), self.dated)

    def _ends_unfinished(self, seams: Sequence[int]) -> bool:
        """Whether this source's entries end without a mark, by habit: then such an end betrays nothing torn."""
        ends = [self.tape.order[seam] for seam in seams if self.tape.state_at(seam) <= _SHOWS]
        unfinished = sum(self.tape.kinds[at] in ("header", "heading") for at in ends)
        return unfinished >= _HABIT and unfinished * _EVERY > self.tape.kinds.count("header")

    def _seams(self, start: int, stop: int) -> list[int]:
        """Places in the order before which something shows to be torn, or may be: an entry without its byline."""
        return [place for place in range(start, stop) if self.tape.state_at(place) <= UNSIGNED]

    def _best(self, seams: Sequence[int]) -> tuple[_Places | None, float]:
        """The exchange that some of these seams betray, and how sure it is."""
        shows = {seam for seam in seams if self.tape.state_at(seam) <= _SHOWS}
        pairs = [(early, late) for at, early in enumerate(seams) for late in seams[at + 1 :] if {early, late} & shows]
        if not pairs:
            return None, 0.0
        self._look_around(seams[0], seams[-1])
        tried = {places: self._cheaply(places) for pair in pairs for places in self._exchanges(*pair)}
        bar = max(max(tried.values(), default=0.0) - _SPREAD, 0.0)
        gains = {places: cheap + self._worded(places) for places, cheap in tried.items() if cheap > bar}
        best = max(gains, key=lambda places: gains[places], default=None)
        chains = [chain for pair in pairs for chain in self._chains(*pair)]
        if chains and max(chains)[0] > max(gains.values(), default=_GAIN):
            gain, first = max(chains)
            return first, round(1.0 - 0.5 * math.exp(-(gain - max(gains.values(), default=0.0)) / 2), 2)
        if best is None or gains[best] < _GAIN:
            return None, 0.0
        joints = self._joints(best)
        rivals = [gain for places, gain in gains.items() if gain > 0 and self._joints(places) != joints]
        margin = gains[best] - max(rivals, default=0.0)
        return best, round(1.0 - 0.5 * math.exp(-margin / 2), 2)

    def _exchanges(self, early: int, late: int) -> Iterator[_Places]:
        """Every exchange that two seams take part in, the third being any line end near."""
        for middle in range(early + 1, late):
            yield early, middle, late
        for end in range(late + 1, min(len(self.tape.order), late + _WINDOW) + 1):
            yield early, late, end
        for start in range(max(0, early - _WINDOW), early):
            yield start, early, late

    def _chains(self, early: int, late: int) -> Iterator[tuple[float, _Places]]:
        """The first of two exchanges on pages that follow one another: X [A B] [C D] Y → X [B A] [D C] Y, of which
        only the beginning and the end show, because A goes on in D over the turn of the page."""
        order, tape = self.tape.order, self.tape
        turns = [at for at in range(early + 1, late) if tape.opens[order[at]]]
        heads = [at for at in (early, *turns) if tape.opens[order[at]] and tape.kinds[order[at]] == "heading"]
        if len(turns) != 1 or len(heads) != 2:
            return
        turn = turns[0]
        ones = self._promising((early, middle, turn) for middle in range(early + 1, turn))
        twos = self._promising((turn, middle, late) for middle in range(turn + 1, late))
        for one in ones:
            for two in twos:
                yield self._chained(one, two), one

    def _promising(self, exchanges: Iterable[_Places]) -> list[_Places]:
        """The likeliest of some exchanges by the words at their outer seams, whatever happens at the turn."""
        rated = []
        for places in exchanges:
            ((left, right), _, (end, after)), (_, (a_end, b), _) = self._pairs(places)
            outer = max(self._words(left, right), self._words(end, after)) - self._words(a_end, b)
            if self.tape.continues(a_end, b):
                rated.append((outer, places))
        return [places for _, places in sorted(rated, reverse=True)[:_CHAINS]]

    def _chained(self, one: _Places, two: _Places) -> float:
        order = self.tape.order
        (first, b, turn), (_, d, last) = one, two
        joined = ((order[first - 1], order[b]), (order[b - 1], order[d]), (order[d - 1], order[last]))
        parted = ((order[b - 1], order[b]), (order[d - 1], order[d]))
        gain = sum(self.tape.state(*pair) + self._words(*pair) for pair in joined) - 2 * _HIDDEN
        gain -= sum(self.tape.state(*pair) + self._words(*pair) for pair in parted)
        gain -= sum(self.tape.state_at(place) for place in (first, last))
        before, after = self.dates
        first, b, turn, d, last = (place - self.start for place in (first, b, turn, d, last))
        now = setback(before[b], after[b]) + setback(before[d], after[d]) + setback(before[last], after[last])
        then = setback(before[first], after[b]) + setback(before[b], after[d]) + setback(before[d], after[last])
        return gain + _DATES * (now - then) - self._unlikely(two)

    def _look_around(self, first: int, last: int) -> None:
        """Dates around some seams, and a judge that knows the text there."""
        self.start = max(0, first - _WINDOW)
        self.dates = self.tape.dates(self.start, min(len(self.tape.order), last + _WINDOW))
        if self.known and self.known.start + _WINDOW <= first < self.known.stop - _WINDOW:
            return
        self.known = range(0 if first <= _KNOWN else first - _WINDOW, first + _KNOWN)
        self.scores.clear()
        texts: list[list[str]] = [[]]
        for at in self.tape.order[self.known.start : self.known.stop]:
            if self.tape.kinds[at] == "header":
                texts.append([])
            texts[-1].append(self.tape.items[at].text)
        self.judge = Junctions(join(text) for text in texts if text)

    def _pairs(self, places: _Places) -> tuple[_Pairs, _Pairs]:
        """The junctions after and before X [A] [B] Y → X [B] [A] Y, as pairs of items (-1 for an end of the source)."""
        first, middle, last = places
        order = self.tape.order
        x, y = (order[first - 1] if first else -1), (order[last] if last < len(order) else -1)
        a, a_end, b, b_end = order[first], order[middle - 1], order[middle], order[last - 1]
        return ((x, b), (b_end, a), (a_end, y)), ((x, a), (a_end, b), (b_end, y))

    def _cheaply(self, places: _Places) -> float:
        """What undoing an exchange gains as long as no words are looked at; -inf where it leaves something torn."""
        then, now = self._pairs(places)
        gain = 0.0
        for pair in then:
            score = self.tape.state(*pair)
            if score <= _SHOWS:
                return -math.inf
            gain += score
        gain -= sum(self.tape.state(*pair) for pair in now)
        return gain + _DATES * self._dated(places) - self._unlikely(places)

    def _dated(self, places: _Places) -> float:
        """How much better the dates stand after an exchange."""
        before, after = self.dates
        first, middle, last = (place - self.start for place in places)
        now = setback(before[first], after[first]) + setback(before[middle], after[middle])
        then = setback(before[first], after[middle]) + setback(before[last], after[first])
        return now + setback(before[last], after[last]) - then - setback(before[middle], after[last])

    def _unlikely(self, places: _Places) -> float:
        """What speaks against an exchange: long blocks, blocks over several pages, or beginning in the middle of one.
        Where they begin a page, the first should be a piece of one column and both together should fill columns."""
        first, middle, last = places
        tape = self.tape
        cost = _LONG * (last - first) + _PAGE * tape.pages_inside(first, last)
        if not tape.pages:
            return cost
        if not tape.opens[tape.order[first]]:
            return cost + _MIDPAGE
        if not tape.column:
            return cost
        columns = (tape.heights[last] - tape.heights[first]) / tape.column
        if round(columns) and abs(columns - round(columns)) * tape.column <= _SLACK:
            cost -= _FILLS
        piece = tape.heights[middle] - tape.heights[first] <= tape.column + _SLACK
        return cost if piece else cost + _OVERLONG

    def _worded(self, places: _Places) -> float:
        then, now = self._pairs(places)
        return sum(self._words(*pair) for pair in then) - sum(self._words(*pair) for pair in now)

    def _words(self, left: int, right: int) -> float:
        """How well item `right` goes on in the sentence of item `left`, where it does."""
        if not self.tape.continues(left, right) or self.tape.kinds[right] == "byline":
            return 0.0
        score = self.scores.get((left, right))
        if score is None:
            head, tail = self.tape.head(left), self.tape.tail(right)
            texts = self.tape.items[left].text, self.tape.items[right].text
            score = self.judge.fluency(*texts, native=right == left + 1)
            score += self.judge.topic(head, tail) + balance(head, tail)
            self.scores[left, right] = score
        return score

    def _joints(self, places: _Places) -> set[tuple[int, int]]:
        """The texts that an exchange joins, as pairs of items."""
        then, _ = self._pairs(places)
        return {pair for pair in then if self.tape.continues(*pair)}

    def _undo(self, places: _Places, sure: float) -> None:
        self.joints.update((right, sure) for _, right in self._joints(places))
        self.moved.add(self.tape.order[places[0]])
        self.torn.update(self.tape.order[place] for place in (places[0], places[1], places[2] - 1))
        self.tape.exchange(*places)

    def _by_dates(self) -> None:
        """Undo exchanges that tore no text: a page begins with a heading, but entries after it belong before it. Not
        where a chapter's title begins it (a heading over a heading): nothing of another chapter stands below that."""
        tape = self.tape
        pages = [place for place, at in enumerate(tape.order) if tape.opens[at]]
        for page, end in pairwise([*pages, len(tape.order)]):
            opening = [tape.kinds[at] for at in tape.order[page : page + 2]]
            if not page or opening[0] != "heading" or opening[1:] == ["heading"] or tape.order[page] in self.moved:
                continue
            clean = [place for place in range(page + 1, end + 1) if tape.clean(place)]
            self.start, self.dates = page, tape.dates(page, end)
            tried = {(page, b, c): _DATES * self._dated((page, b, c)) for b in clean for c in clean if b < c}
            best = max(tried, key=lambda places: tried[places], default=None)
            if best is not None and tried[best] >= _DATES_ALONE:
                _, middle, last = best
                self.dated.append((tape.order[middle], tape.order[last - 1], tape.order[page]))
                self._undo(best, 1.0)
