"""The text of a source around one of its units, read anew from the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rag.errors import CorpusError
from rag.reading.files import gather, load
from rag.types import Range, Unit

AROUND = 30
"""Lines shown before and after each place of a unit; blank ones count."""


@dataclass(frozen=True)
class Place:
    """One stretch of a source: (number, text, whether the line is the unit's) of each line that isn't blank."""

    lines: tuple[tuple[int, str, bool], ...]


def surroundings(paths: Sequence[Path], unit: Unit) -> tuple[Place, ...]:
    """The stretches of the source in which the unit stands, in order. Raises CorpusError where it can't be read."""
    text = _lines(*_version(_file(paths, unit.source)))
    # Within the text: a unit may be one that a browser kept of an older text, or made up.
    ranges = unit.ranges or (unit.lines,)
    own = {n for first, last in _stretches(ranges, len(text), 0) for n in range(first, last + 1)}
    return tuple(
        Place(tuple((n, text[n - 1], n in own) for n in range(first, last + 1) if text[n - 1].strip()))
        for first, last in _stretches(ranges, len(text), AROUND)
    )


def _stretches(ranges: Sequence[Range], end: int, around: int) -> list[Range]:
    """The ranges with as many lines around them; those that touch become one."""
    stretches: list[Range] = []
    for first, last in sorted(ranges):
        first, last = max(1, first - around), min(end, last + around)
        if stretches and first <= stretches[-1][1] + 1:
            first, last = stretches[-1][0], max(last, stretches.pop()[1])
        stretches.append((first, last))
    return stretches


def _file(paths: Sequence[Path], source: str) -> Path:
    """The corpus file of that name; files of one name are told apart by the folders in front of it."""
    for file in gather(paths):
        if file.parts[-len(Path(source).parts) :] == Path(source).parts:
            return file
    raise CorpusError(f"{source}: no longer in the corpus; put it back or ask again")


def _version(file: Path) -> tuple[Path, int]:
    return file, file.stat().st_mtime_ns


@lru_cache(maxsize=8)
def _lines(file: Path, changed: int) -> tuple[str, ...]:
    loaded = load(file)
    return loaded.shown or tuple(line.raw for line in loaded.lines)
