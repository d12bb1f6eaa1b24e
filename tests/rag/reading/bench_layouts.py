"""How many entries come back exact from torn layouts: python tests/rag/reading/bench_layouts.py [layouts] [seed]."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from scrambler import CleanBook, Setting, clean, draw_book, scramble
from typesetter import font, set_pdf

from rag.reading import Source, read_corpus, read_file, read_text
from rag.settings import DEFAULT_CORPUS

KINDS = {
    "torn as the chapter": {},
    "untorn, headings float": {"torn": 0.0, "floating": 1.0},
    "columns swapped on every tenth page": {"swapped": 0.1},
}


def unspaced(text: str) -> str:
    """A text without its blanks: at a line's end nobody can tell whether there was one."""
    return "".join(text.split())


def compare(book: CleanBook, text: str) -> Counter[str]:
    """Counts of entries, exact ones, ones in the right section, and rows in the right table."""
    return compare_with(book, read_text(text, "layout.txt"))


def compare_with(book: CleanBook, source: Source) -> Counter[str]:
    """The same counts for what was read from a file."""
    found = Counter((u.title, unspaced(u.text), u.authors) for u in source.units if u.kind == "entry")
    placed = {(u.title, u.section) for u in source.units if u.kind == "entry"}
    rows = {(u.table, tuple(u.fields.values())) for u in source.units if u.kind == "row"}
    counts: Counter[str] = Counter()
    for section, entry in book.entries:
        counts["entries"] += 1
        counts["exact"] += found[(entry.title, unspaced(entry.text), entry.authors)] > 0
        counts["section"] += (entry.title, section) in placed
    for table in book.tables:
        number = table.caption.split()[0]
        counts["rows"] += len(table.rows)
        counts["placed"] += sum((number, row) in rows for row in table.rows)
    counts["unaccounted"] += source.ledger.unaccounted + source.ledger.twice
    return counts


def main(layouts: int, seed: int) -> None:
    """Print one line for each kind of layout."""
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    book = clean(source)
    for name, given in KINDS.items():
        total: Counter[str] = Counter()
        for number in range(seed, seed + layouts):
            drawn = draw_book(book, number)
            total += compare(drawn, scramble(drawn, Setting.any(number, **given)))
        report(name, layouts, total)
    if font() is not None and layouts >= 100:
        bench_pdf(book, max(1, layouts // 10), seed)


def bench_pdf(book: CleanBook, layouts: int, seed: int) -> None:
    """The same for three-column PDFs (setting one takes two seconds, so there are fewer)."""
    total: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        for number in range(seed, seed + layouts):
            drawn = CleanBook(draw_book(book, number).sections)
            path = Path(folder) / "layout.pdf"
            set_pdf(drawn, path, number, 14 + number % 6, 40 + number % 15)
            total += compare_with(drawn, read_file(path))
    report("three-column PDF", layouts, total)


def report(name: str, layouts: int, total: Counter[str]) -> None:
    """One line of figures."""
    rows = f", rows in their table {total['placed'] / total['rows']:.2%}" if total["rows"] else ""
    print(
        f"{name}: {layouts} layouts, {total['entries']} entries, exact {total['exact'] / total['entries']:.2%}, "
        f"right section {total['section'] / total['entries']:.2%}{rows}, unaccounted {total['unaccounted']}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
