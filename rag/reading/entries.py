"""Strands, tables and furniture become units, and every character of the source is accounted for."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.reading import chapters, prose, sections
from rag.reading.account import account
from rag.reading.blocks import Blocks
from rag.reading.columns import mend
from rag.reading.layout import Item, Line, Span, blackness, closes, ranges
from rag.reading.rows import Row
from rag.reading.source import Furniture, Ledger, Source
from rag.reading.strands import Strand, names_of, string
from rag.reading.tables import Table, tables_of
from rag.types import Unit

_KINDS = {"columns": "table header", "editor": "note", "continued": "table header"}


def understand(
    name: str,
    path: Path | None,
    encoding: str,
    lines: Sequence[Line],
    shown: Sequence[str] = (),
    step: Callable[[float], None] = lambda share: None,
    repair: bool = True,
) -> Source:
    """A source's units and furniture from its lines; `shown` are the file's own lines where `lines` lack markup, `step`
    hears what share of the work is done, and without `repair` torn texts stay torn."""
    source = _Reading(name, path, encoding, lines, step, repair).source()
    return replace(source, lines=tuple(shown), ledger=_with_markup(source, shown)) if shown else source


def _with_markup(source: Source, shown: Sequence[str]) -> Ledger:
    markup = sum(map(blackness, shown)) - source.ledger.total
    return source.ledger + Ledger({}, {"markup": markup}, markup, 0, 0) if markup > 0 else source.ledger


class _Reading:
    def __init__(
        self,
        name: str,
        path: Path | None,
        encoding: str,
        lines: Sequence[Line],
        step: Callable[[float], None],
        repair: bool,
    ) -> None:
        self.name, self.path, self.encoding, self.lines = name, path, encoding, lines
        self.raws = [line.raw for line in lines]
        self.blank = {line.number for line in lines if not line.raw.strip()}
        self.blocks = Blocks(lines)
        step(0.4)
        self.mended = mend(self.blocks, repair)
        step(0.8)
        self.strands, self.headings = string(self.blocks.items, self.mended, self.raws)
        stringed = {place for strand in self.strands for place in strand.places}
        self.others = [(at, item) for at, item in enumerate(self.blocks.items) if at not in stringed]
        self.tables = tables_of(self.others, self.raws)
        self.owned: list[tuple[str, Sequence[Span]]] = []
        self.units: list[Unit] = []
        self.furniture: list[Furniture] = []
        self.doubts: list[str] = []

    def source(self) -> Source:
        self.headed = any(strand.header for strand in self.strands)
        running = sections.assign(self.strands, self.headings, self.mended.near_tear)
        self.editors = chapters.editors(self.blocks.items, self.strands)
        for strand in self.strands:
            self._strand(strand)
        for table in self.tables:
            for block in table.blocks:
                for row in block.rows:
                    self._row(table, row)
        for place, item in self.others:
            if item.kind != "row":
                self._furnish("running head" if place in running else _KINDS.get(item.kind, item.kind), item)
        for item in self.blocks.running:
            self._furnish(item.kind, item)
        self._doubt_dates()
        return Source(
            self.name,
            self.path,
            self.encoding,
            tuple(self.raws),
            tuple(identified(self.units)),
            tuple(sorted(self.furniture, key=lambda piece: piece.lines)),
            tuple(self.doubts),
            account(self.raws, self.owned),
        )

    def _strand(self, strand: Strand) -> None:
        if strand.header is not None:
            self._keep("entry", strand.title, strand, strand.body, strand.items)
            return
        if not strand.body and strand.byline is not None:
            self._furnish("byline", strand.byline)
            return
        whole = self.headed and not strand.lead
        groups = [strand.body] if whole else prose.paragraphs(strand.body)
        for at, group in enumerate(groups):
            title = prose.opening(prose.text_of(group))
            kind = "overview" if strand.lead else "fragment"
            if strand.lead and at == 0:
                title = strand.lead
            own = group if strand.lead or strand.byline is None or at < len(groups) - 1 else [*group, strand.byline]
            self._keep(kind, title, strand, group, own)
        if strand.lead and strand.byline is not None:
            self._furnish("byline", strand.byline)

    def _keep(self, kind: str, title: str, strand: Strand, body: Sequence[Item], own: Sequence[Item]) -> None:
        notes = self.editors.get(strand.places[0], ()) if kind == "overview" and title == strand.lead else ()
        pieces = self._ranges(own)
        self._doubt(kind, title, strand, pieces)
        self.owned.append((kind, [span for item in own for span in item.spans]))
        self.units.append(
            Unit(
                id="",
                kind=kind,  # type: ignore[arg-type]
                title=title,
                section=strand.section,
                text=prose.text_of(body),
                authors=strand.authors(self.raws),
                source=self.name,
                lines=(pieces[0][0], pieces[-1][1]),
                ranges=pieces,
                pages=self._pages(pieces),
                repaired=len(pieces) > 1,
                certainty=strand.certainty,
                notes=notes,
            )
        )

    def _doubt(self, kind: str, title: str, strand: Strand, pieces: Sequence[tuple[int, int]]) -> None:
        """Say in plain words where this reading had to judge, or could not."""
        first = pieces[0][0]
        if strand.certainty < 1.0:
            spans = ", ".join(f"{a}-{b}" for a, b in pieces)
            self.doubts.append(f"【{title}】 was put together from lines {spans}: sure to {strand.certainty:.0%}")
        if kind == "fragment" and self.headed:
            self.doubts.append(f"line {first}: a text whose header was not found stays a fragment of its own")
        if kind == "entry" and self.blocks.signed and not strand.byline and not closes(prose.text_of(strand.body)):
            self.doubts.append(f"line {first}: 【{title}】 breaks off; what goes on with it was not found")

    def _doubt_dates(self) -> None:
        """Say which entries were moved although no sentence of theirs was torn."""
        for first, last, heading in self.mended.dated:
            (start, _), *_ = self._ranges([self.blocks.items[first]])
            *_, (_, end) = self._ranges([self.blocks.items[last]])
            before, text = self.blocks.items[heading].spans[0].line, self.blocks.items[heading].text
            self.doubts.append(f"lines {start}-{end} were put before {text} (line {before}) by their dates alone")

    def _row(self, table: Table, row: Row) -> None:
        pieces = self._ranges(row.items)
        self.owned.append(("row", [span for item in row.items for span in item.spans]))
        self.units.append(
            Unit(
                id="",
                kind="row",
                title=table.title,
                section=None,
                text=row.text,
                authors=names_of(table.byline, self.raws) if table.byline else (),
                source=self.name,
                lines=(pieces[0][0], pieces[-1][1]),
                ranges=pieces,
                pages=self._pages(pieces),
                notes=tuple(table.notes),
                table=table.number,
                fields=row.fields,
                date=row.date,
                people=row.people,
                country=row.country,
                activity=row.activity,
            )
        )

    def _furnish(self, kind: str, item: Item) -> None:
        pieces = self._ranges([item])
        self.owned.append((kind, item.spans))
        self.furniture.append(Furniture(kind, item.text, (pieces[0][0], pieces[-1][1]), pieces))

    def _ranges(self, items: Iterable[Item]) -> tuple[tuple[int, int], ...]:
        return ranges([span.line for item in items for span in item.spans], self.blank)

    def _pages(self, pieces: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
        first, last = self.lines[pieces[0][0] - 1].page, self.lines[pieces[-1][1] - 1].page
        return None if first is None or last is None else (min(first, last), max(first, last))


def identified(units: Iterable[Unit]) -> Iterable[Unit]:
    """Ids of what a unit says and where, so that they outlive a refresh: source, kind, title, text, and which one of
    several that are alike."""
    alike: Counter[str] = Counter()
    for unit in units:
        key = "\x1f".join((unit.source, unit.kind, unit.title, unit.text))
        alike[key] += 1
        yield replace(unit, id=hashlib.sha256(f"{key}\x1f{alike[key]}".encode()).hexdigest()[:16])
