"""Items strung together: a header, the text under it, the byline that closes it; headings and tables between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.reading.blocks import Blocks
from rag.reading.layout import Item, closes, join
from rag.reading.names import split_names

_USUAL = 0.6


@dataclass(slots=True)
class Strand:
    """Text that stands in one piece: with a header an entry (or its beginning), without one what is left of something.

    `place` is the index of its first item in the source's order; `breaks` are the indexes in `body` before which a
    page starts; `joints` holds indexes in `body` at which another piece was put on.
    """

    place: int
    header: Item | None = None
    body: list[Item] = field(default_factory=list)
    byline: Item | None = None
    section: str | None = None
    lead: str | None = None
    """The heading of the unheaded opening (综述) that this strand stands under."""
    breaks: set[int] = field(default_factory=set)
    joints: list[int] = field(default_factory=list)
    certainty: float = 1.0

    @property
    def title(self) -> str:
        return self.header.text if self.header else ""

    @property
    def text(self) -> str:
        return join(item.text for item in self.body)

    @property
    def items(self) -> list[Item]:
        ends = (self.header, *self.body, self.byline)
        return [item for item in ends if item is not None]

    def authors(self, raws: Sequence[str]) -> tuple[str, ...]:
        """The byline's names; `raws` are the source's lines."""
        return names_of(self.byline, raws) if self.byline else ()


def names_of(byline: Item, raws: Sequence[str]) -> tuple[str, ...]:
    """The names in a byline, from the lines as they stand: the blanks in them tell names apart."""
    return split_names(raws[line - 1][start:end].strip("（()） ") for line, start, end in byline.spans)


def string(blocks: Blocks) -> tuple[list[Strand], list[tuple[int, Item]]]:
    """The strands of a source in its own order, and what else stands between them with its place."""
    return _Stringer(blocks).run()


class _Stringer:
    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.signed = usually_signed(blocks.items)
        self.strands: list[Strand] = []
        self.others: list[tuple[int, Item]] = []
        self.current: Strand | None = None

    def run(self) -> tuple[list[Strand], list[tuple[int, Item]]]:
        for place, item in enumerate(self.blocks.items):
            if item.kind == "header":
                self._start(Strand(place, header=item))
            elif item.kind == "text":
                self._text(place, item)
            elif item.kind == "byline" and self.current is not None:
                self.current.byline = item
                self.current = None
            else:
                self.others.append((place, item))
                self._interrupt(item)
        return self.strands, self.others

    def _start(self, strand: Strand) -> Strand:
        self.current = strand
        self.strands.append(strand)
        return strand

    def _text(self, place: int, item: Item) -> None:
        strand = self.current if self.current is not None else self._start(Strand(place))
        if self.blocks.opens[place]:
            strand.breaks.add(len(strand.body))
        strand.body.append(item)

    def _interrupt(self, item: Item) -> None:
        """A heading in an unfinished entry floats there; after a finished one, or after a table, text is new."""
        strand = self.current
        if strand is None:
            return
        finished = closes(strand.text) and not (strand.header and self.signed)
        if item.kind != "running head" and (finished or item.kind != "heading"):
            self.current = None


def usually_signed(items: Sequence[Item]) -> bool:
    """Whether this source's entries close with a byline."""
    headers = sum(item.kind == "header" for item in items)
    return sum(item.kind == "byline" for item in items) >= _USUAL * max(headers, 1)
