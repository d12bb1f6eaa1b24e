"""Tables: captions with their rows, wherever a page had them, and the bylines and notes that close them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.reading.blocks import CAPTION
from rag.reading.captions import place_blocks
from rag.reading.layout import Item, close_up
from rag.reading.people import fill_people
from rag.reading.rows import Block, blocks_of

_TABLE_KINDS = frozenset(("caption", "columns", "row", "byline", "note", "continued"))
_APART = 60
_MOST = 40
"""Captions of one stretch: what is weighed for them grows with the third power of their number and more."""


@dataclass(slots=True)
class Table:
    """A caption with all blocks that carry its rows, and the furniture that closes it."""

    caption: Item | None
    blocks: list[Block] = field(default_factory=list)
    byline: Item | None = None
    notes: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        match = CAPTION.match(self.caption.text) if self.caption else None
        if match:
            return close_up(match["title"])
        return close_up(self.caption.text) if self.caption else ""

    @property
    def number(self) -> str | None:
        match = CAPTION.match(self.caption.text) if self.caption else None
        return f"表{match['number']}" if match else None


def tables_of(others: Sequence[tuple[int, Item]], raws: Sequence[str]) -> list[Table]:
    """The tables of a source, each with its blocks wherever on the pages they were printed."""
    tables: list[Table] = []
    for stretch in _stretches(others):
        tables += _stretch_tables(stretch, blocks_of(stretch, raws))
    for table in tables:
        fill_people(table.blocks)
    return tables


def _stretches(others: Sequence[tuple[int, Item]]) -> list[list[tuple[int, Item]]]:
    """Runs of table items: where much text stands between two tables they have nothing to do with each other."""
    stretches: list[list[tuple[int, Item]]] = []
    last = captions = 0
    for place, item in others:
        if item.kind not in _TABLE_KINDS:
            continue
        if not stretches or place - last > _APART or (captions == _MOST and item.kind == "caption"):
            stretches.append([])
            captions = 0
        captions += item.kind == "caption"
        stretches[-1].append((place, item))
        last = place
    return stretches


def _stretch_tables(stretch: Sequence[tuple[int, Item]], blocks: Sequence[Block]) -> list[Table]:
    captions = [(place, item) for place, item in stretch if item.kind == "caption"]
    tables = [Table(item) for _, item in captions]
    chosen = place_blocks(captions, blocks)
    loose: dict[int, Table] = {}
    for block, choice in zip(blocks, chosen, strict=True):
        if choice is None:
            loose.setdefault(0, Table(None)).blocks.append(block)
        else:
            tables[choice].blocks.append(block)
    tables += loose.values()
    _sign(tables, stretch)
    return tables


def _sign(tables: Sequence[Table], stretch: Sequence[tuple[int, Item]]) -> None:
    """Bylines and notes go to the table whose rows end last before them, a note right under a caption (单位：亿元) to
    that caption's; one byline too few or many is shared."""
    bylines = [item for _, item in stretch if item.kind == "byline"]
    ends = {id(table): max((block.place for block in table.blocks), default=-1) for table in tables}
    of_caption = {id(table.caption): table for table in tables if table.caption}
    captions = {place: of_caption[id(item)] for place, item in stretch if id(item) in of_caption}
    for place, item in stretch:
        above = [table for table in tables if -1 < ends[id(table)] < place]
        if item.kind == "note" and place - 1 in captions:
            captions[place - 1].notes.append(item.text)
        elif item.kind in ("note", "byline") and above:
            nearest = max(above, key=lambda table: ends[id(table)])
            if item.kind == "note":
                nearest.notes.append(item.text)
            elif nearest.byline is None:
                nearest.byline = item
    for table in tables:
        if table.byline is None and len({byline.text for byline in bylines}) == 1:
            table.byline = bylines[0]
