"""Clean yearbook text, set in columns and torn apart as an extractor tears it. Seeded: one seed, one layout."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from itertools import accumulate

from rag.reading.layout import cells
from rag.reading.source import Source

CANNOT_OPEN = "，。、；：！？》”）〉」』】％%…—"
CANNOT_CLOSE = "《“（〈「『【"
HEADING_LINES = 3


@dataclass(frozen=True)
class CleanEntry:
    title: str
    text: str
    authors: tuple[str, ...]


@dataclass(frozen=True)
class CleanTable:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    authors: tuple[str, ...]


@dataclass(frozen=True)
class CleanBook:
    """Sections with their entries in order of date, and tables."""

    sections: tuple[tuple[str, tuple[CleanEntry, ...]], ...]
    tables: tuple[CleanTable, ...] = ()

    @property
    def entries(self) -> list[tuple[str, CleanEntry]]:
        return [(section, entry) for section, entries in self.sections for entry in entries]


@dataclass
class Setting:
    """How a book is set and how its pages are torn; shares are probabilities."""

    seed: int
    width: int = 16
    height: int = 50
    double: bool = True
    page_marks: bool = True
    torn: float = 1.0
    """Pages on which a heading stands below the top: how many emit the block under the heading first."""
    swapped: float = 0.0
    """Pages whose second and first column change places, with nothing to show for it."""
    floating: float = 0.5
    """Headings (of pages not torn) that come out further down, letter-spaced, inside an entry."""
    spaced: float = 0.003
    """Lines that come out letter-spaced."""
    tables_torn: float = 0.5
    random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)

    @classmethod
    def any(cls, seed: int, **given: float) -> Setting:
        """A setting with everything drawn by chance."""
        draw = random.Random(seed)
        return cls(
            seed,
            width=draw.randint(14, 20),
            height=draw.randint(36, 56),
            double=draw.random() < 0.7,
            page_marks=draw.random() < 0.8,
            **given,
        )


def clean(source: Source) -> CleanBook:
    """A source's entries by section, to be set again; entries without a section are left out."""
    sections: dict[str, list[CleanEntry]] = {}
    for unit in source.units:
        if unit.kind == "entry" and unit.section:
            sections.setdefault(unit.section, []).append(CleanEntry(unit.title, unit.text, unit.authors))
    tables: dict[str, list[tuple[str, ...]]] = {}
    heads: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for unit in source.units:
        if unit.kind == "row":
            caption = f"{unit.table}  {unit.title}"
            tables.setdefault(caption, []).append(tuple(unit.fields.values()))
            heads[caption] = (tuple(unit.fields), unit.authors)
    return CleanBook(
        tuple((name, tuple(entries)) for name, entries in sections.items()),
        tuple(
            CleanTable(caption, heads[caption][0], tuple(rows), heads[caption][1]) for caption, rows in tables.items()
        ),
    )


def draw_book(book: CleanBook, seed: int) -> CleanBook:
    """Some sections of a book in another order, each with some of its entries in theirs."""
    draw = random.Random(seed)
    sections = [(name, tuple(entry for entry in entries if draw.random() < 0.85)) for name, entries in book.sections]
    sections = [(name, entries) for name, entries in sections if len(entries) >= 3]
    draw.shuffle(sections)
    return CleanBook(tuple(sections), book.tables)


@dataclass
class _Line:
    text: str
    kind: str = "text"


def scramble(book: CleanBook, setting: Setting) -> str:
    """The book's text as an extractor would give it."""
    lines = _set(book, setting)
    emitted: list[str] = []
    for columns in _pages(lines, setting.height):
        page = _tear(columns, setting)
        texts = [_spaced(line, setting) for line in page]
        if texts and emitted and setting.page_marks:
            texts[0] = " " + texts[0]
        emitted += texts
    emitted += _tables(book, setting)
    return ("\n\n" if setting.double else "\n").join(emitted) + "\n"


def _pages(lines: list[_Line], height: int) -> list[list[list[_Line]]]:
    """Pages of three columns; a heading takes the room of three lines and never stands at the foot of a column."""
    columns: list[list[_Line]] = [[]]
    used = 0
    for line in lines:
        room = HEADING_LINES if line.kind == "heading" else 1
        if used + room + (HEADING_LINES if line.kind == "heading" else 0) > height:
            columns.append([])
            used = 0
        columns[-1].append(line)
        used += room
    return [columns[at : at + 3] for at in range(0, len(columns), 3)]


def _set(book: CleanBook, setting: Setting) -> list[_Line]:
    lines: list[_Line] = []
    for name, entries in book.sections:
        lines.append(_Line(name, "heading"))
        for entry in entries:
            lines += [_Line(text) for text in wrap(f"【{entry.title}】{entry.text}", setting.width)]
            lines += [_Line(text, "byline") for text in wrap(byline(entry.authors), setting.width)]
    return lines


def byline(authors: tuple[str, ...]) -> str:
    """Names as yearbooks set them: two characters spaced out to three."""
    return "（" + "\u2003".join("\u2003\u2003".join(name) if len(name) == 2 else name for name in authors) + "）"


def wrap(text: str, width: int) -> list[str]:
    """A paragraph in lines of so many Chinese characters; no line begins with a closing mark or ends with an opening
    one, and no number or Latin word is cut."""
    tokens = _tokens(text)
    lines = [""]
    for token in tokens:
        room = 2 * width - cells(lines[-1] + token)
        if room < -2 and token[0] in CANNOT_OPEN:  # one closing mark may hang over the edge, two take a word along
            kept = lines[-1].rstrip(CANNOT_OPEN)
            lines[-1:] = [kept[:-1], lines[-1][len(kept) - 1 :]]
        if room < 0 and lines[-1] and token[0] not in CANNOT_OPEN:
            carried = ""
            while lines[-1] and lines[-1][-1] in CANNOT_CLOSE:
                carried = lines[-1][-1] + carried
                lines[-1] = lines[-1][:-1]
            lines.append(carried)
        lines[-1] += token
    return [line.strip() for line in lines if line.strip()]


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    for char in text:
        alike = char.isascii() and char.isalnum()
        if alike and tokens and tokens[-1][-1].isascii() and tokens[-1][-1].isalnum():
            tokens[-1] += char
        else:
            tokens.append(char)
    return tokens


def _tear(columns: list[list[_Line]], setting: Setting) -> list[_Line]:
    """A page's lines in the order in which they come out."""
    draw = setting.random
    if len(columns) > 2 and draw.random() < setting.swapped:
        columns = [columns[1], columns[0], *columns[2:]]
    page = [line for column in columns for line in column]
    heads = [at for at, line in enumerate(page) if line.kind == "heading"]
    if heads and heads[0] > 0 and draw.random() < setting.torn:
        head = heads[0]
        end = next(end for end in accumulate(map(len, columns)) if end > head)
        return page[head:end] + page[:head] + page[end:]
    if heads and draw.random() < setting.floating:
        return _float(page, heads[0], draw)
    return page


def _float(page: list[_Line], head: int, draw: random.Random) -> list[_Line]:
    """A heading comes out up to five dozen lines further down, inside an entry, with gaps between its characters."""
    until = next((at for at in range(head + 1, len(page)) if page[at].kind == "heading"), len(page))
    inside = [
        at
        for at in range(head + 2, min(until, head + 60))
        if page[at].kind in ("text", "byline") and not page[at].text.startswith("【") and page[at - 1].kind == "text"
    ]
    if not inside:
        return page
    place = draw.choice(inside)
    spaced = _Line("\u2003\u2003".join(page[head].text), "heading")
    return page[:head] + page[head + 1 : place] + [spaced] + page[place:]


def _spaced(line: _Line, setting: Setting) -> str:
    if line.kind == "text" and "【" not in line.text and setting.random.random() < setting.spaced:
        return " ".join(line.text)
    return line.text


def _tables(book: CleanBook, setting: Setting) -> list[str]:
    """Tables cut in two halves whose captions may come after their rows, the second half after another table."""
    draw = setting.random
    firsts: list[list[str]] = []
    seconds: list[list[str]] = []
    for table in book.tables:
        cut = draw.randint(2, len(table.rows) - 1) if len(table.rows) > 4 and draw.random() < 0.6 else len(table.rows)
        head = "\u2003".join(table.columns)
        rows = [_row(row) for row in table.rows]
        first = [head, *rows[:cut]]
        moved = draw.random() < setting.tables_torn
        firsts.append([*first, table.caption] if moved else [table.caption, *first])
        if cut < len(rows):
            seconds.append([head, *rows[cut:], byline(table.authors)])
        else:
            firsts[-1].append(byline(table.authors))
    draw.shuffle(seconds)
    return [line for block in (*firsts, *seconds) for line in block]


def _row(row: tuple[str, ...]) -> str:
    cells_ = [byline(tuple(cell.split("、")))[1:-1] if at == 1 else cell for at, cell in enumerate(row)]
    return " ".join(cells_)
