"""A model's JSON quotes held against the records: what stands there word for word becomes evidence, all else falls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag import compose
from rag.citations import CITED
from rag.evidence import Found
from rag.question import Question
from rag.retriever import Retriever
from rag.text import fold
from rag.types import Answer, Citation, Evidence
from rag.writing import prompts
from rag.writing.packing import Record

_OBJECT = re.compile(r"\{[^{}]*\}")
_MARKS = str.maketrans(dict.fromkeys("‘’“”「」『』\"'", ""))
"""Quotation marks, which a model changes on their way through JSON: they are left aside."""
_EDGES = " 「」“”\"'《》。；;，,…."


class QuoteDraft:
    """Sentences that a model picked, said by the same code as the extractive answer, which sets every [n]."""

    schema = prompts.QUOTES_SCHEMA

    def __init__(self, question: Question, found: Found, floor: Answer, retriever: Retriever) -> None:
        self._question, self._found, self._retriever = question, found, retriever
        self._kept: list[Evidence] = []
        self.withheld: list[tuple[str, str]] = []
        self.declined = False
        self.system = prompts.QUOTES[question.language]
        self.begin(())

    def begin(self, records: Sequence[Record]) -> None:
        """A new reply, about these records."""
        self._records = {record.number: record for record in records}
        self._text, self._read = "", 0

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the model picks from."""
        return self._found.items

    def ask(self, records: Sequence[Record]) -> str:
        """The request's text."""
        told = "\n".join(record.text for record in records)
        spoken = self._question.language
        return prompts.ASK[spoken].format(records=told, question=self._question.standalone, more="")

    def add(self, text: str, judge: object) -> Iterator[None]:
        """The next words of the reply; yields nothing, since what is verbatim needs no judge."""
        self._text += text
        for match in _OBJECT.finditer(self._text, self._read):
            self._read = match.end()
            item = _item(match.group())
            if item is None:
                continue
            pieces = self._pieces(*item)
            self._kept += [piece for piece in pieces if piece not in self._kept]
            if not pieces:
                self.withheld.append(("not verbatim", item[1]))
        return iter(())

    def finish(self, judge: object, *, whole: bool) -> Iterator[None]:
        """The reply's end: a quote that is cut off is none."""
        self.declined = self.declined or (whole and _empty(self._text))
        return iter(())

    @property
    def shown(self) -> int:
        """How many sentences the quotes stand in."""
        return len(self._kept)

    @property
    def text(self) -> str:
        """What the quotes make of the answer so far; a list is counted when it has all its items."""
        if not self._kept:
            return ""
        text = self._answer.text
        counted = not self._found.exhaustive or not self.missing()
        return text if counted else "\n".join(filter(CITED.search, text.splitlines()))

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What `text` cites."""
        return self._answer.citations if self._kept else ()

    def missing(self) -> list[str]:
        """The extractive answer's pieces that the model did not pick."""
        return [piece.quote for piece in self._found.items if piece not in self._ordered]

    @property
    def _ordered(self) -> list[Evidence]:
        """Part 3's own pieces in their order and as scored, then what the model added."""
        picked = {(piece.unit.id, piece.quote) for piece in self._kept}
        own = [piece for piece in self._found.items if (piece.unit.id, piece.quote) in picked]
        known = {(piece.unit.id, piece.quote) for piece in self._found.items}
        return own + [piece for piece in self._kept if (piece.unit.id, piece.quote) not in known]

    @property
    def _answer(self) -> Answer:
        found = replace(self._found, items=tuple(self._ordered))
        listed = found.exhaustive and len(self._found.items) > 1
        return (compose.listing if listed else compose.compose)(self._question, found, self._retriever)

    def _pieces(self, number: int, quote: str) -> list[Evidence]:
        """What a quote picks of the record it names; where it stands in another one alone, of that one: the number is
        set by code in any case."""
        if len(_plain(quote)) < 2:
            return []
        named = self._records.get(number)
        if named and (held := _held(named, quote)):
            return held
        elsewhere = [held for record in self._records.values() if (held := _held(record, quote))]
        return elsewhere[0] if len(elsewhere) == 1 else []


def _held(record: Record, quote: str) -> list[Evidence]:
    """The whole sentences that hold a quote; a cell of a row stands for the row, a title for the evidence."""
    wanted = _plain(quote)
    held = [piece for piece in record.pieces if wanted in _plain(piece)]
    if not held and _stands(quote, record):
        held = [piece for piece in record.pieces if _plain(piece) in wanted] or list(record.needed)
    return [_evidence(record, piece) for piece in held]


def _plain(text: str) -> str:
    return fold(text).translate(_MARKS).strip(_EDGES)


def _stands(quote: str, record: Record) -> bool:
    """Whether a quote runs over what a record shows: over its title or some sentences, or over cells of a row, with or
    without their columns' names and with any of them left out."""
    wanted = _plain(quote)
    if wanted in _plain(record.text) or wanted in _plain("".join(record.pieces)):
        return True
    rest, cells = _bare(quote), [(_bare(name), _bare(cell)) for name, cell in record.unit.fields.items()]
    for name, cell in cells:
        rest = rest.removeprefix(name).removeprefix(cell)
    return bool(cells) and (not rest or any(rest in cell for _, cell in cells))


def _bare(text: str) -> str:
    return re.sub(r"\W", "", _plain(text))


def _evidence(record: Record, piece: str) -> Evidence:
    """The piece; where part 3 quoted it with its neighbours, as part 3 did."""
    quote = next((quote for quote in record.needed if piece in quote), piece)
    return Evidence(record.unit, quote, 1.0)


def _empty(text: str) -> bool:
    """Whether a reply is JSON that picks nothing."""
    try:
        return json.loads(text) == {"quotes": []}
    except ValueError:
        return False


def _item(text: str) -> tuple[int, str] | None:
    try:
        data = json.loads(text)
        return int(data["unit"]), str(data["quote"])
    except (ValueError, KeyError, TypeError):
        return None
