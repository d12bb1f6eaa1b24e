"""Lines, the spaces in them and how wrapped lines join again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

TERMINALS = "。！？!?…"
PAIRS = {"【": "】", "〔": "〕", "［": "］"}
"""The brackets that headers stand in."""
CLOSERS = "”’」』》〉）)】〕］\"'"
_FULLWIDTH = "，。、；：？！“”‘’（）《》〈〉【】〔〕［］「」『』"
_SPACES = re.compile(r"\s+")
_SPACED_RUN = re.compile(r"(?:(?<=\s)|^)\S(?:\s+\S){3,}(?=\s|$)")
_BESIDE_FULLWIDTH = re.compile(rf"(?<=[{_FULLWIDTH}])\s+|\s+(?=[{_FULLWIDTH}])")


class Line(NamedTuple):
    """A line of a source: its 1-based number, its text (a tab between a table's cells), its page, whether a page
    starts with it, and the level of heading that its file gives it (0 for none)."""

    number: int
    raw: str
    page: int | None = None
    opens_page: bool = False
    heading: int = 0


class Span(NamedTuple):
    """A piece of one line: characters start to end (not included) of `Line.raw`."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Item:
    """A stretch of lines that plays one part: "header", "text", "byline", "heading", "caption", "columns", "row"…"""

    kind: str
    spans: tuple[Span, ...]
    text: str


def is_cjk(char: str) -> bool:
    """Whether a character is a Chinese character (ideographic zero included)."""
    return "\u3400" <= char <= "\u9fff" or char == "〇" or "\U00020000" <= char <= "\U0003ffff"


def cells(text: str) -> int:
    """Width of a text on the page in half-width cells: one for an ASCII character, two for any other."""
    text = text.strip()
    return 2 * len(text) - len(text.encode("ascii", "ignore"))


def blackness(text: str) -> int:
    """How many characters of a text are not blank: what a ledger counts."""
    return len("".join(text.split()))


def _close_run(match: re.Match[str]) -> str:
    run = match.group()
    return _SPACES.sub("", run) if any(is_cjk(char) for char in run) else run


def squeeze(text: str) -> str:
    """A line as its editors set it: letter-spacing closed up, other blanks one space, none beside full-width marks."""
    text = text.strip()
    if not _SPACES.search(text):
        return text
    text = _SPACED_RUN.sub(_close_run, text)
    return _BESIDE_FULLWIDTH.sub("", _SPACES.sub(" ", text))


def close_up(text: str) -> str:
    """A heading, title or column name without its letter-spacing: 综　述 → 综述, 对 外 交 往 → 对外交往."""
    tokens = text.split()
    if all(len(token) == 1 for token in tokens):
        return "".join(tokens)
    # A lone ASCII space between Chinese characters is the extractor's; a wide gap is the editors'.
    text = re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", text.strip())
    return squeeze(text)


def glue(left: str, right: str) -> str:
    """The blank that two wrapped lines need between them: one between Latin words, none in Chinese."""
    if not left or not right:
        return ""
    if left[-1].isascii() and right[0].isascii() and right[0].isalpha() and (left[-1].isalpha() or left[-1] in ",.;:)"):
        return " "
    return ""


def join(texts: Iterable[str]) -> str:
    """Wrapped lines as one text."""
    parts: list[str] = []
    last = ""
    for text in texts:
        if text:
            parts += (glue(last, text), text)
            last = text
    return "".join(parts)


def closes(text: str) -> bool:
    """Whether a text ends as a sentence does, closing quotes and brackets left aside."""
    bare = text.rstrip().rstrip(CLOSERS).rstrip()
    return bool(bare) and bare[-1] in TERMINALS


def ranges(numbers: Sequence[int], blank: frozenset[int] | set[int]) -> tuple[tuple[int, int], ...]:
    """Line numbers in reading order as (first, last) pieces; blank lines between two numbers don't part them."""
    pieces: list[tuple[int, int]] = []
    for number in numbers:
        if pieces and number >= pieces[-1][1] and all(n in blank for n in range(pieces[-1][1] + 1, number)):
            pieces[-1] = (pieces[-1][0], number)
        else:
            pieces.append((number, number))
    return tuple(pieces)
