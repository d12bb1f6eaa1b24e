"""A unit cut into passages that the embedding model can read whole, and into pieces that may be quoted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.terms import Term, coverage
from rag.text import matchable, sentences
from rag.types import Unit

_MEASURE = re.compile(r"[（(]([^（()）]{1,8})[）)]$")
_MATTER = re.compile(r"(?:^|(?<=[。；]))(\d{1,2})[.．、]\s*(?!\d)[^，。；]+")
MAX_CHARACTERS = 400
"""Below 512 tokens for Chinese (at most one token a character) and far below for Latin text."""
SETTINGS = {"max_characters": MAX_CHARACTERS, "form": "title, newline, text; long texts at sentence ends"}
"""What the index records of this module: a change means other passages, and so a refresh."""


def cut(unit: Unit) -> tuple[str, ...]:
    """At least one passage: the title, then as many whole sentences as fit."""
    head = unit.title if unit.kind != "row" else f"{unit.title} {unit.country or ''}".strip()
    return tuple(f"{head}\n{piece}" for piece in _pieces(unit.text))


def is_plain(unit: Unit) -> bool:
    """Whether a unit is a row whose columns' names say what its cells are, as no activity does."""
    return unit.kind == "row" and not unit.activity and bool(unit.fields)


def spelled(unit: Unit, piece: str) -> str:
    """A piece as its values are looked for: a plain table's row with its columns' names and measures, so that 6.7
    under 投资额（亿元） is 6.7亿元."""
    if not is_plain(unit):
        return piece
    return "，".join(f"{bare(name)}{cell}{_measured(name, cell)}" for name, cell in unit.fields.items() if cell)


def bare(column: str) -> str:
    """A column's name without the measure behind it: 投资额 of 投资额（亿元）."""
    return _MEASURE.sub("", column)


def measure(column: str) -> str:
    """The measure that a column's name gives: 亿元 of 投资额（亿元）; "" where it gives none."""
    match = _MEASURE.search(column)
    return match[1] if match else ""


def _measured(column: str, cell: str) -> str:
    return measure(column) if re.fullmatch(r"[-－]?[\d.,%]+", cell) else ""


def quotable(unit: Unit) -> list[str]:
    """What of a unit can be quoted on its own: a row whole, of anything else its sentences."""
    return [unit.text] if unit.kind == "row" else sentences(unit.text)


def heading(unit: Unit, quote: str) -> str:
    """What a quote stands under: in a text without a header that goes through numbered matters (1. … 2. …), the one
    before it; else the unit's title."""
    marks = list(_MATTER.finditer(unit.text)) if unit.kind == "fragment" else []
    in_order = [int(mark[1]) for mark in marks] == list(range(1, len(marks) + 1))
    before = [mark for mark in marks[1:] if mark.start() <= unit.text.find(quote)]
    return before[-1].group() if in_order and before else unit.title


def _pieces(text: str) -> list[str]:
    if len(text) <= MAX_CHARACTERS:
        return [text]
    pieces = [""]
    for sentence in sentences(text):
        for start in range(0, len(sentence), MAX_CHARACTERS):
            part = sentence[start : start + MAX_CHARACTERS]
            if pieces[-1] and len(pieces[-1]) + len(part) > MAX_CHARACTERS:
                pieces.append("")
            pieces[-1] += part
    return [piece for piece in pieces if piece]


def fullest(pieces: Sequence[str], unit: Unit, terms: Sequence[Term], counts: float) -> str:
    """The piece that carries most of the terms, an enumeration counting `counts` more; among equals the first."""

    def rank(piece: str) -> tuple[float, int]:
        share = coverage(terms, matchable(f"{unit.title} {piece}"))
        return share + counts * min(len(re.findall("、|；|和|及", piece)), 4) / 4, -pieces.index(piece)

    return max(pieces, key=rank)
