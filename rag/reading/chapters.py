"""Chapters: the openings (综述) that begin them, and the notes on who edited them."""

from __future__ import annotations

from collections.abc import Sequence

from rag.reading.layout import Item
from rag.reading.strands import Heading, Strand
from rag.reading.titles import NUMBER, is_overview


def name_openings(strands: Sequence[Strand], headings: Sequence[Heading]) -> None:
    """Openings get their heading, and where a source has several, their chapter's title before it: 教育综述."""
    opened = [
        at
        for at, heading in enumerate(headings)
        if is_overview(heading.text) and heading.before < len(strands) and not strands[heading.before].header
    ]
    for at in opened:
        heading, above = headings[at], headings[at - 1] if at else None
        titled = len(opened) > 1 and above is not None and above.before == heading.before
        lead = NUMBER.sub("", above.text) + NUMBER.sub("", heading.text) if titled and above else heading.text
        strands[heading.before].lead = lead


def editors(items: Sequence[Item], strands: Sequence[Strand]) -> dict[int, tuple[str, ...]]:
    """The editors' notes of each opening, by its first item: such a note closes its chapter or stands under its title.

    A note that closes a chapter without an opening is no opening's.
    """
    openings = [strand.places[0] for strand in strands if strand.lead]
    found: dict[int, tuple[str, ...]] = {}
    for run in _runs([at for at, item in enumerate(items) if item.kind == "editor"]):
        before = [at for at in openings if at < run[0]]
        after = [at for at in openings if at > run[0]]
        titled = run[0] > 0 and items[run[0] - 1].kind == "heading"
        nearest = after[:1] if after and (titled or not before) else before[-1:]
        for opening in nearest:
            found.setdefault(opening, tuple(items[at].text for at in run))
    return found


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Places that follow one another, together."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs
