"""Sets a clean yearbook as a three-column PDF: headings over their column, lines drawn column by column or across."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from fpdf import FPDF
from scrambler import HEADING_LINES, CleanBook, byline, wrap

FONTS = (
    Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"),
    Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
)
SIZE, LEADING, MARGIN, GUTTER = 9.0, 13.5, 40.0, 18.0


@cache
def font() -> Path | None:
    """A font with Chinese characters, where this machine has one."""
    return next((path for path in FONTS if path.exists()), None)


def set_pdf(book: CleanBook, path: Path, seed: int, width: int = 16, height: int = 50) -> None:
    """Write the book as a PDF whose drawing order is shuffled, block by block, as layout programs leave it."""
    draw = random.Random(seed)
    page_width = 2 * MARGIN + 3 * width * SIZE + 2 * GUTTER
    pdf = FPDF(unit="pt", format=(page_width, 2 * MARGIN + height * LEADING + 30))
    pdf.add_font("cjk", fname=str(font()))
    pdf.set_font("cjk", size=SIZE)
    for number, columns in enumerate(_columns(book, width, height), 1):
        pdf.add_page()
        blocks = [_block(lines, MARGIN + at * (width * SIZE + GUTTER), width) for at, lines in enumerate(columns)]
        pieces = [piece for block in blocks for piece in _cut(block, draw)]
        draw.shuffle(pieces)
        for piece in pieces:
            for x, y, text, size in piece:
                pdf.set_font_size(size)
                pdf.text(x, y, text)
        pdf.set_font_size(SIZE)
        pdf.text(page_width / 2, MARGIN + (height + 2) * LEADING, str(number))
    pdf.output(str(path))


def _columns(book: CleanBook, width: int, height: int) -> list[list[list[tuple[str, bool]]]]:
    columns: list[list[tuple[str, bool]]] = [[]]
    used = 0
    for name, entries in book.sections:
        lines = [(name, True)]
        for entry in entries:
            text = wrap(f"【{entry.title}】{entry.text}", width) + wrap(byline(entry.authors), width)
            lines += [(line, False) for line in text]
        for line, heading in lines:
            room = HEADING_LINES if heading else 1
            if used + room + (HEADING_LINES if heading else 0) > height:
                columns.append([])
                used = 0
            columns[-1].append((line, heading))
            used += room
    return [columns[at : at + 3] for at in range(0, len(columns), 3)]


def _block(lines: list[tuple[str, bool]], left: float, width: int) -> list[tuple[float, float, str, float]]:
    """Where each line of a column stands: (x, baseline y, text, size)."""
    placed = []
    y = MARGIN + SIZE
    for text, heading in lines:
        if heading:
            y += LEADING
            placed.append((left + (width * SIZE - len(text) * 12.0) / 2, y, text, 12.0))
            y += 2 * LEADING
        else:
            placed.append((left, y, text, SIZE))
            y += LEADING
    return placed


def _cut(
    block: list[tuple[float, float, str, float]], draw: random.Random
) -> list[list[tuple[float, float, str, float]]]:
    if len(block) < 8:
        return [block]
    at = draw.randint(3, len(block) - 3)
    return [block[:at], block[at:]]
