"""What reading gives: sources, their furniture and the account of every character."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.errors import CorpusError
from rag.types import Range, Unit


@dataclass(frozen=True)
class Ledger:
    """Where a source's non-blank characters went.

    `units` counts the characters of each kind of unit (an entry's header and byline are its own), `furniture`
    those of each kind of furniture. `unaccounted` were given to nothing, `twice` to more than one thing: both
    are 0 when the reading is sound.
    """

    units: Mapping[str, int]
    furniture: Mapping[str, int]
    total: int
    unaccounted: int
    twice: int

    @property
    def share(self) -> float:
        """The share of characters that belong to exactly one thing; 1.0 for a source without characters."""
        return 1.0 if not self.total else 1.0 - (self.unaccounted + self.twice) / self.total

    def __add__(self, other: Ledger) -> Ledger:
        return Ledger(
            Counter(self.units) + Counter(other.units),
            Counter(self.furniture) + Counter(other.furniture),
            self.total + other.total,
            self.unaccounted + other.unaccounted,
            self.twice + other.twice,
        )


@dataclass(frozen=True)
class Furniture:
    """What a page carries beside its units: "heading", "caption", "table header", "note", "byline", "running head"…

    `text` is the furniture as a reader would say it, spaces closed up; `ranges` are its (first, last) lines.
    """

    kind: str
    text: str
    lines: Range
    ranges: tuple[Range, ...] = ()


@dataclass(frozen=True)
class Source:
    """One file as it was understood.

    `lines` are the lines as they stand in the file (for .html, .docx and .pdf: as they are set on the page), so
    that lines[n - 1] is line n of every range. `doubts` say in plain words where the reader had to judge.
    """

    name: str
    path: Path | None
    encoding: str
    lines: tuple[str, ...]
    units: tuple[Unit, ...]
    furniture: tuple[Furniture, ...]
    doubts: tuple[str, ...]
    ledger: Ledger


@dataclass(frozen=True)
class Corpus:
    """All sources, and an error for each file that could not be read."""

    sources: tuple[Source, ...]
    problems: tuple[CorpusError, ...] = ()

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of every source, in the sources' order."""
        return tuple(self._units())

    def _units(self) -> Iterator[Unit]:
        for source in self.sources:
            yield from source.units
