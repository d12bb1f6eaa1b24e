"""Items strung together: a header, the text under it, the byline that closes it; what has no header is left over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.reading.blocks import closing, unclosed
from rag.reading.columns import Mended
from rag.reading.dates import Date, opening_date
from rag.reading.layout import PAIRS, Item, Span, close_up, join, squeeze
from rag.reading.names import byline_names


@dataclass(slots=True)
class Strand:
    """An entry, or without a header what is left of one, or an unheaded opening.

    `places` are its items' indexes in the source's order; `certainty` is below 1.0 where pieces were put together.
    """

    header: Item | None = None
    body: list[Item] = field(default_factory=list)
    byline: Item | None = None
    places: list[int] = field(default_factory=list)
    section: str | None = None
    lead: str | None = None
    """The heading of the unheaded opening (综述) that this strand is."""
    certainty: float = 1.0

    def add(self, item: Item, raws: Sequence[str]) -> None:
        """Put a text on; where the header was cut, what closes it goes to the header."""
        if self.header is None or not unclosed(self.header) or self.body:
            self.body.append(item)
            return
        head, rest = _split(item, raws)
        if head is not None:
            spans = self.header.spans + head.spans
            self.header = Item("header", spans, close_up(join((self.header.text, head.text))[1:-1]))
        if rest is not None:
            self.body.append(rest)

    @property
    def title(self) -> str:
        return self.header.text.lstrip("".join(PAIRS)) if self.header else ""

    @property
    def text(self) -> str:
        return join(item.text for item in self.body)

    @property
    def items(self) -> list[Item]:
        ends = (self.header, *self.body, self.byline)
        return [item for item in ends if item is not None]

    @property
    def date(self) -> Date | None:
        return opening_date(join(item.text for item in self.body[:2]))

    @property
    def names(self) -> set[str]:
        """The byline's words, to compare one byline with another."""
        return set(self.byline.text.strip("（()）").split()) if self.byline else set()

    def authors(self, raws: Sequence[str]) -> tuple[str, ...]:
        """The byline's names; `raws` are the source's lines."""
        return names_of(self.byline, raws) if self.byline else ()


def _split(item: Item, raws: Sequence[str]) -> tuple[Item | None, Item | None]:
    """A text's piece that closes a cut header, and the rest of it."""
    ((line, start, end),) = item.spans
    place = closing(raws[line - 1][start:end])
    if not place:
        return None, item
    cut = start + place
    head = Item("header", (Span(line, start, cut),), squeeze(raws[line - 1][start:cut]))
    after = cut + len(raws[line - 1][cut:end]) - len(raws[line - 1][cut:end].lstrip())
    rest = Item("text", (Span(line, after, end),), squeeze(raws[line - 1][after:end])) if after < end else None
    return head, rest


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in reading order: printed before strand number `before`; `floats` where it stands inside the one
    before that; `place` is its index among the source's items."""

    text: str
    before: int
    place: int
    floats: bool = False


def names_of(byline: Item, raws: Sequence[str]) -> tuple[str, ...]:
    """The names in a byline, from the lines as they stand: the blanks in them tell names apart."""
    return byline_names(raws[line - 1][start:end].strip("（()） ") for line, start, end in byline.spans)


def string(items: Sequence[Item], mended: Mended, raws: Sequence[str]) -> tuple[list[Strand], list[Heading]]:
    """The strands of a source in reading order, and its headings between and inside them."""
    strands: list[Strand] = []
    headings: list[Heading] = []
    current: Strand | None = None
    for place in mended.order:
        item = items[place]
        if item.kind == "heading":
            headings.append(Heading(item.text, len(strands), place))
            current = None
            continue
        if item.kind == "header" or current is None:
            current = Strand()
            strands.append(current)
        current.places.append(place)
        current.certainty = min(current.certainty, mended.joints.get(place, 1.0))
        if item.kind == "header":
            current.header = item
        elif item.kind == "text":
            current.add(item, raws)
        else:
            current.byline = item
            current = None
    headings += _floating(items, mended, strands)
    return strands, sorted(headings, key=lambda heading: (heading.before, not heading.floats))


def _floating(items: Sequence[Item], mended: Mended, strands: Sequence[Strand]) -> list[Heading]:
    """Headings inside strands: each stands in the strand whose item comes before it in the source."""
    owner = {place: number for number, strand in enumerate(strands) for place in strand.places}
    found = []
    for place in mended.floating:
        before = next((at for at in range(place - 1, -1, -1) if at in owner), None)
        found.append(Heading(items[place].text, owner[before] + 1 if before is not None else 0, place, True))
    return found
