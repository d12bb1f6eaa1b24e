"""Which section an entry belongs to.

A heading that stands between two entries heads the second. Only where columns tore the text, or where a heading was
printed inside an entry, do dates tell: within a section entries stand in order of date and 年内 comes last. Where that
order starts anew, a section starts; such a heading belongs to the nearest start that has no heading of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rag.reading.chapters import name_openings
from rag.reading.dates import Date, setback
from rag.reading.strands import Heading, Strand
from rag.reading.titles import is_overview

_BACK = 1.5
_REACH = 14
_AHEAD = 3


def assign(strands: Sequence[Strand], headings: Sequence[Heading], near_tear: Callable[[int], bool]) -> set[int]:
    """Give each strand its section and openings their lead; returns the places of headings that head nothing here.

    `near_tear` tells of an item's place whether the text is torn around it.
    """
    running = {heading.place for heading in headings if _between_leftovers(strands, heading)}
    name_openings(strands, headings)
    starts = _starts(strands, [heading for heading in headings if heading.place not in running], near_tear)
    section: str | None = None
    gap = False
    previous: Date | None = None
    for at, strand in enumerate(strands):
        if at in starts:
            section, gap, previous = starts[at], False, None
        if strand.header is None:
            strand.section = strand.lead or (section if at in starts else None)
            gap = gap or strand.lead is None
            continue
        if gap and setback(previous, strand.date) >= _BACK:
            section = None
        strand.section, gap = section, False
        previous = strand.date or previous
    return running


def _between_leftovers(strands: Sequence[Strand], heading: Heading) -> bool:
    """Whether a heading stands between two texts without headers in a source of entries: it came off another page."""
    around = strands[heading.before - 1 : heading.before + 1] if heading.before else ()
    leftover = len(around) == 2 and all(strand.header is None for strand in around)
    return leftover and any(strand.header for strand in strands) and not is_overview(heading.text)


def _starts(
    strands: Sequence[Strand], headings: Sequence[Heading], near_tear: Callable[[int], bool]
) -> dict[int, str | None]:
    """Strand numbers at which sections start, with their headings."""
    fresh = _fresh(strands)
    starts: dict[int, str | None] = {}
    loose: list[Heading] = []
    for heading in headings:
        doubtful = near_tear(heading.place) and _amid_entries(strands, heading)
        misplaced = doubtful and _orphaned(heading, headings, fresh)
        if heading.floats or misplaced:
            loose.append(heading)
        else:
            starts[heading.before] = None if is_overview(heading.text) else heading.text
    weak = _fresh(strands, strictly=False)
    for heading in loose:
        free = ([at for at in places if not starts.get(at)] for places in (fresh, weak))
        place = next((at for places in free if (at := _nearest(heading, places)) is not None), None)
        starts[_same_hands(strands, heading, starts) if place is None else place] = heading.text
    return starts


def _same_hands(strands: Sequence[Strand], heading: Heading, starts: dict[int, str | None]) -> int:
    """Where dates don't tell: back from a floating heading as long as the entries are by the same people."""
    at = max(0, heading.before - 1) if heading.floats else heading.before
    hands = {name for strand in strands[at : at + _AHEAD] for name in strand.names}
    while at > 0 and at not in starts and strands[at - 1].names & hands:
        at -= 1
        hands |= strands[at].names
    return at


def _amid_entries(strands: Sequence[Strand], heading: Heading) -> bool:
    """Whether a heading stands between two entries whose dates go on as if it were not there."""
    around = strands[heading.before - 1 : heading.before + 1] if heading.before else ()
    if len(around) < 2 or not all(strand.header for strand in around):
        return False
    return setback(around[0].date, around[1].date) == 0.0


def _fresh(strands: Sequence[Strand], strictly: bool = True) -> list[int]:
    """Entries at which the order of dates starts anew, or that open the source's entries."""
    entries = [at for at, strand in enumerate(strands) if strand.header]
    dates = [strands[at].date for at in entries]
    return [
        at
        for number, at in enumerate(entries)
        if number == 0 or strands[at - 1].lead or _starts_anew(dates, number, strictly)
    ]


def _starts_anew(dates: Sequence[Date | None], at: int, strictly: bool) -> bool:
    """Whether dates go back here for good: one entry out of line is no new section."""
    if setback(dates[at - 1], dates[at]) < _BACK:
        return False
    if not strictly:
        return True
    alone = at >= 2 and setback(dates[at - 2], dates[at]) == 0.0
    passing = at + 1 < len(dates) and setback(dates[at - 1], dates[at + 1]) == 0.0
    return not alone and not passing


def _orphaned(heading: Heading, headings: Sequence[Heading], fresh: Sequence[int]) -> bool:
    """Whether a heading between two entries in order of date stands near a start that no heading marks."""
    taken = {other.before for other in headings if not other.floats}
    free = [at for at in fresh if at not in taken]
    return _nearest(heading, free) is not None


def _nearest(heading: Heading, free: Sequence[int]) -> int | None:
    """The nearest start before a heading, or a little after it."""
    before = [at for at in free if 0 <= heading.before - at <= _REACH]
    after = [at for at in free if 0 < at - heading.before <= _AHEAD]
    return before[-1] if before else (after[0] if after else None)
