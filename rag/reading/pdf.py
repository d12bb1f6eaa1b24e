"""Text PDFs: lines and columns rebuilt from where each character stands; the order of drawing is not to be trusted."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

from rag.errors import CorpusError
from rag.reading.layout import Line, cells

_ONE_AT_A_TIME = threading.Lock()
"""PDFium bears one caller at a time; two readers' files may come at once."""
PAGES = 20_000
"""Pages that a PDF may have: some ten yearbooks."""
_WORD_GAP = 0.9
_BLANK = 0.35
_GUTTER = 0.4
_BAND = 0.8
_CELL = 7
_SPANS = 0.15
_DEPTH = 12


@dataclass(slots=True)
class Run:
    """Characters on one line without a gap between them; y grows downwards; `size` is the em, a Chinese character's
    width (a font's height says little about it)."""

    left: float
    right: float
    top: float
    bottom: float
    text: str
    size: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def pdf_lines(path: Path, data: bytes) -> list[Line]:
    """A PDF's lines in reading order. Raises CorpusError for a damaged file, a locked one, or one without text."""
    with _ONE_AT_A_TIME:
        lines = _lines(path, data)
    if not lines:
        raise CorpusError(f"{path}: this PDF has no text, its pages are pictures (a scan); run OCR on it first")
    return lines


def _lines(path: Path, data: bytes) -> list[Line]:
    import pypdfium2 as pdfium

    lines: list[Line] = []
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > PAGES:
                raise CorpusError(f"{path}: has {len(document):,} pages, over the limit of {PAGES:,}; split the file")
            for page in range(len(document)):
                texts = [_text(row) for row in _order(_page_runs(document[page]), 0)]
                for at, text in enumerate(texts):
                    lines.append(Line(len(lines) + 1, text, page + 1, at == 0))
    except pdfium.PdfiumError as error:
        raise CorpusError(
            f"{path}: this PDF can't be opened ({error}); if it has a password save it without one, else save it anew"
        ) from None
    return lines


def _page_runs(page: object) -> list[Run]:
    """The runs of a page, from the loose boxes of its characters (loose: the font's height, not the ink's)."""
    import pypdfium2.raw as raw

    text_page = page.get_textpage()  # type: ignore[attr-defined]
    height = page.get_height()  # type: ignore[attr-defined]
    box = raw.FS_RECTF()
    runs: list[Run] = []
    for at in range(text_page.count_chars()):
        code = raw.FPDFText_GetUnicode(text_page.raw, at)
        char = chr(code) if 0 < code < 0x110000 else ""
        if not char.strip() or not raw.FPDFText_GetLooseCharBox(text_page.raw, at, ctypes.byref(box)):
            continue
        em = (box.right - box.left) * 2 / max(1, cells(char))
        _extend(runs, Run(box.left, box.right, height - box.top, height - box.bottom, char, em))
    text_page.close()
    return runs


def _extend(runs: list[Run], char: Run) -> None:
    """Put a character on to the last run, or begin another."""
    last = runs[-1] if runs else None
    if last and abs(last.middle - char.middle) < 0.3 * char.size:
        gap = char.left - last.right
        if -0.5 * char.size < gap < _WORD_GAP * char.size:
            last.text += (" " if gap > _BLANK * char.size else "") + char.text
            last.right = max(last.right, char.right)
            last.size = max(last.size, char.size)
            return
    runs.append(char)


def _order(runs: Sequence[Run], depth: int) -> Iterator[list[Run]]:
    """The lines of a part of a page in reading order: columns left to right, where there are columns, else bands."""
    if not runs:
        return
    gutter = _gutter(runs) if depth < _DEPTH else None
    if gutter is not None:
        yield from _order([run for run in runs if run.right <= gutter + 0.1], depth + 1)
        yield from _order([run for run in runs if run.right > gutter + 0.1], depth + 1)
        return
    bands = _bands(runs) if depth < _DEPTH else [list(runs)]
    if len(bands) > 1:
        for band in bands:
            yield from _order(band, depth + 1)
        return
    yield from _rows(runs)


def _gutter(runs: Sequence[Run]) -> float | None:
    """The middle of the widest gap from top to bottom between two columns of text (not of a table's cells)."""
    size = median(run.size for run in runs)
    edges = sorted((run.left, run.right) for run in runs)
    reach, best, place = edges[0][1], 0.0, None
    for left, right in edges[1:]:
        if left - reach > best:
            best, place = left - reach, (left + reach) / 2
        reach = max(reach, right)
    if place is None or best < _GUTTER * size or not _is_text(runs, place):
        return None
    return place


def _is_text(runs: Sequence[Run], place: float) -> bool:
    """Whether both sides of a gap are columns of running text: several lines, most of them long."""
    sides = ([run for run in runs if run.right <= place], [run for run in runs if run.left >= place])
    for side in sides:
        rows = list(_rows(side))
        lengths = sorted(sum(len(run.text) for run in row) for row in rows)
        if len(rows) < 2 or lengths[len(lengths) // 2] <= _CELL:
            return False
    return True


def _bands(runs: Sequence[Run]) -> list[list[Run]]:
    """Parts of a page above one another, with white between them; or around lines that span all columns."""
    size = median(run.size for run in runs)
    ordered = sorted(runs, key=lambda run: run.top)
    bands: list[list[Run]] = [[ordered[0]]]
    reach = ordered[0].bottom
    widest = (0.0, 0)
    cuts: list[int] = []
    for at, run in enumerate(ordered[1:], 1):
        gap = run.top - reach
        if gap > _BAND * size:
            cuts.append(at)
        if gap > widest[0]:
            widest = (gap, at)
        reach = max(reach, run.bottom)
    bands = [ordered[a:b] for a, b in zip([0, *cuts], [*cuts, len(ordered)], strict=True)]
    return bands if len(bands) > 1 else _around_spanning(ordered)


def _around_spanning(ordered: Sequence[Run]) -> list[list[Run]]:
    """Bands above, at and below the lines that cross a gutter which all other lines keep clear."""
    rows = list(_rows(ordered))
    if len(rows) < 4:
        return [list(ordered)]
    for place in _candidate_gutters(ordered):
        crossing = [any(run.left < place < run.right for run in row) for row in rows]
        if 0 < sum(crossing) <= max(1, _SPANS * len(rows)):
            bands: list[list[Run]] = []
            for at, row in enumerate(rows):
                if at == 0 or crossing[at] != crossing[at - 1]:
                    bands.append([])
                bands[-1] += row
            return bands
    return [list(ordered)]


def _candidate_gutters(runs: Sequence[Run]) -> list[float]:
    """Places that most lines keep clear, midway between a usual right edge and a usual left edge."""
    size = median(run.size for run in runs)
    lefts = sorted({round(run.left / size) * size for run in runs})
    places = [left - 0.5 * size for left in lefts[1:]]
    return sorted(places, key=lambda place: sum(run.left < place < run.right for run in runs))[:6]


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs that stand on one line, top to bottom, each line left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: run.middle):
        if rows and abs(rows[-1][0].middle - run.middle) < 0.5 * run.size:
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        yield sorted(row, key=lambda run: run.left)


def _text(row: Sequence[Run]) -> str:
    """A line's text, the gaps between runs as em-spaces: they tell a table's cells and a byline's names apart."""
    parts = [row[0].text]
    for left, right in pairwise(row):
        gap = (right.left - left.right) / max(left.size, 1.0)
        parts.append("\u2003" * max(1, min(4, round(gap))) + right.text)
    return "".join(parts)
