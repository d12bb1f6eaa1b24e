"""Which lines may be headings: how they are set, and what stands below them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.reading.layout import Line, close_up
from rag.reading.titles import NUMBER, is_overview

_LONGEST = 20
_UNPUNCTUATED = re.compile(r"^[^，。；：！？,;:!?、……]+$")


def is_title(raw: str) -> bool:
    """Whether a line could be a heading: short, without punctuation, no number alone."""
    text = close_up(raw)
    name = NUMBER.sub("", text)
    if not name or len(name) > _LONGEST or not _UNPUNCTUATED.match(name):
        return False
    return name[0] not in "（(《“" and not text.isdigit()


def letter_spaced(raw: str) -> bool:
    """Whether a line is a heading set with gaps between all its characters (对  外  交  往)."""
    tokens = raw.split()
    if not 2 <= len(tokens) <= _LONGEST or any(len(token) != 1 for token in tokens):
        return False
    wide = len(raw.strip()) >= 3 * len(tokens) - 2
    return wide and all("\u3400" <= token <= "\u9fff" for token in tokens)


def stands_over_opening(lines: Sequence[Line], at: int) -> bool:
    """Whether a chapter's opening (综述) begins right below a line."""
    return at + 1 < len(lines) and is_overview(close_up(lines[at + 1].raw))


def stands_over_heading(lines: Sequence[Line], at: int, brackets: str) -> bool:
    """Whether a line stands over another heading: over a title with a header below it."""
    return at + 2 < len(lines) and is_title(lines[at + 1].raw) and lines[at + 2].raw.strip()[0] in brackets
