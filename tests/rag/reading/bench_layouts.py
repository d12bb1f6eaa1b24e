"""How many entries come back exact from torn layouts: python tests/rag/reading/bench_layouts.py [layouts] [seed]."""

from __future__ import annotations

import sys
from collections import Counter

from scrambler import CleanBook, Setting, clean, draw_book, scramble

from rag.reading import read_corpus, read_text
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
    source = read_text(text, "layout.txt")
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
        print(
            f"{name}: {layouts} layouts, {total['entries']} entries, exact {total['exact'] / total['entries']:.2%}, "
            f"right section {total['section'] / total['entries']:.2%}, "
            f"rows in their table {total['placed'] / max(1, total['rows']):.2%}, unaccounted {total['unaccounted']}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
