"""Files that say themselves what is a heading and what a table: Markdown, HTML and Word."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from rag.errors import CorpusError
from rag.reading.encodings import decode
from rag.reading.layout import Line

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt figcaption figure footer form header hr html li main "
    "nav ol p pre section table tbody tfoot thead ul tr h1 h2 h3 h4 h5 h6 caption".split()
)
_SILENT = frozenset(("script", "style", "head", "template", "noscript"))
_STARS = re.compile(r"\*{2,3}(?=[^\s*])|(?<=[^\s*])\*{2,3}")
"""Marks of bold that the standard leaves standing: between a bracket and a Chinese character it takes them for text."""
_WIDEST, _TALLEST = 100, 1000
_HEADING = re.compile(r"^(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)


def markdown(text: str) -> tuple[list[Line], tuple[str, ...]]:
    """A Markdown text's lines without their markup, numbered as in the file, and the file's own lines."""
    from markdown_it import MarkdownIt

    shown = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
    bare = [""] * len(shown)
    levels = [0] * len(shown)
    tokens = MarkdownIt("commonmark").enable("table").parse("\n".join(shown))
    number, level, row = "", 0, -1
    cells: list[str] = []
    for token in tokens:
        if token.type == "list_item_open" and token.info:
            number = f"{token.info}{token.markup} "
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type == "tr_open" and token.map:
            row, cells = token.map[0], []
        elif token.type == "tr_close":
            bare[row], row = "\t".join(cells), -1
        elif token.type in ("fence", "code_block", "html_block") and token.map:
            for at, line in enumerate(token.content.rstrip("\n").split("\n"), token.map[0] + (token.type == "fence")):
                bare[at] = line.strip()
        elif token.type == "inline" and token.map:
            pieces = (number + _plain(token.children or ())).split("\n")
            number = ""
            if row >= 0:
                cells.append(" ".join(pieces))
                continue
            for at, piece in enumerate(pieces, token.map[0]):
                bare[at], levels[at] = piece.strip(), level
            level = 0
    return [Line(at, line, heading=levels[at - 1]) for at, line in enumerate(bare, 1)], tuple(shown)


def _plain(children: Sequence[Any]) -> str:
    """The text of inline tokens, one line for each line of the file."""
    parts = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "text":
            parts.append(_STARS.sub("", child.content))
        elif child.type in ("code_inline", "image"):
            parts.append(child.content)
    return "".join(parts)


def html(path: Path, data: bytes) -> tuple[str, list[Line]]:
    """The encoding of an HTML file and its lines as a browser would set them: one a block, one a table row."""
    import lxml.html

    encoding, text = _html_text(path, data)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = lxml.html.HTMLParser()
    try:
        root = lxml.html.document_fromstring(text, parser)
    except (lxml.etree.ParserError, ValueError):
        raise CorpusError(f"{path}: {_too_deep(parser) or 'the file has no text; give a page with text'}") from None
    if trouble := _too_deep(parser):
        raise CorpusError(f"{path}: {trouble}")
    lines: list[Line] = []
    buffer: list[str] = []

    def flush(heading: int = 0) -> None:
        for piece in "".join(buffer).split("\n"):
            if piece.strip():
                lines.append(Line(len(lines) + 1, piece if "\t" in piece else piece.strip(), heading=heading))
        buffer.clear()

    for table in root.iter("table"):
        _flatten(table)
    _walk(root, buffer, flush)
    flush()
    return encoding, lines


def _too_deep(parser: Any) -> str:
    """What is wrong with a page whose parser left off: it leaves out all the rest."""
    deep = any("depth" in entry.message for entry in parser.error_log)
    return "its elements stand too deep in one another to be read; save it as text" if deep else ""


def _html_text(path: Path, data: bytes) -> tuple[str, str]:
    declared = _CHARSET.search(data[:2048])
    if declared and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = declared[1].decode("ascii").lower()
        name = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
        try:
            return name, data.decode(name)
        except (UnicodeDecodeError, LookupError):
            pass
    return decode(path, data)


def _walk(node: Any, buffer: list[str], flush: Any) -> None:
    tag = node.tag if isinstance(node.tag, str) else ""
    if tag and tag not in _SILENT:
        block = tag in _BLOCKS
        if block:
            flush()
        if tag == "tr":
            buffer.append(node.text or "")
        elif tag == "br":
            buffer.append("\n")
        else:
            buffer.append(_flat(node.text))
            for child in node:
                _walk(child, buffer, flush)
        if block:
            flush(int(tag[1]) if re.fullmatch(r"h[1-6]", tag) else 0)
    buffer.append(_flat(node.tail))


def _flat(text: str | None) -> str:
    """Text as a browser sets it: line breaks in the file are none on the page (and no blank between Chinese)."""
    flat = re.sub(r"(?<=[^\x00-\x7f])[ \t]*\n\s*(?=[^\x00-\x7f])", "", text or "")
    return re.sub(r"\s*\n\s*|\t", " ", flat) if flat.strip() else ""


def _flatten(table: Any) -> None:
    """Let each row of a table hold its cells as one text with tabs: what spans rows stands in each of them, what spans
    columns in the first, the others empty."""
    above: dict[int, tuple[int, str]] = {}
    for row in [row for row in table.iter("tr") if next(row.iterancestors("table"), None) is table]:
        cells: list[str] = []
        below: dict[int, tuple[int, str]] = {}
        for cell in [*(cell for cell in row if cell.tag in ("td", "th")), None]:
            while len(cells) in above:
                rows, text = above[len(cells)]
                below[len(cells)] = rows - 1, text
                cells.append(text)
            if cell is not None:
                for text in (_cell(cell), *[""] * (_span(cell, "colspan", _WIDEST) - 1)):
                    below[len(cells)] = _span(cell, "rowspan", _TALLEST) - 1, text
                    cells.append(text)
        above = {at: (rows, text) for at, (rows, text) in below.items() if rows > 0}
        row[:] = []
        row.text = "\t".join(cells)


def _span(cell: Any, name: str, most: int) -> int:
    number = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    return max(1, min(most, int(number[1]))) if number else 1


def _cell(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split())


def docx(path: Path, data: bytes) -> list[Line]:
    """A Word file's lines: one a paragraph (and one a line break in it), one a table row. Pages are those that the
    program which saved it noted."""
    import docx as word

    try:
        lines = list(_word_lines(word.Document(io.BytesIO(data))))
    except MemoryError:
        raise
    except Exception as error:  # the library raises KeyError, BadZipFile, ValueError … on damaged files
        raise CorpusError(f"{path}: this is no Word file, or a damaged one ({error}); save it as .docx again") from None
    return lines if lines and lines[-1].page != 1 else [line._replace(page=None) for line in lines]


def _word_lines(document: Any) -> Iterator[Line]:
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    page, numbers = 1, count(1)
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                yield Line(next(numbers), "\t".join(_word_cells(row)), page)
        elif isinstance(block, Paragraph):
            breaks = _page_breaks(block)
            page += breaks
            level = _HEADING.match(block.style.name or "") if block.style else None
            for piece in block.text.split("\n"):
                heading = int(level[1]) if level else 0
                yield Line(next(numbers), piece.strip(), page, breaks > 0, heading)
                breaks = 0


def _word_cells(row: Any) -> Iterator[str]:
    """A row's cells; one that spans columns comes once for each of them and is said in the first."""
    seen: set[int] = set()
    for cell in row.cells:
        yield "" if id(cell._tc) in seen else " ".join(cell.text.split())
        seen.add(id(cell._tc))


def _page_breaks(paragraph: Any) -> int:
    return len(paragraph._p.xpath('.//w:lastRenderedPageBreak | .//w:br[@w:type="page"]'))
