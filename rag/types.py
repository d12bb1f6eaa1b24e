"""The shapes that flow through the house. Each holds the one before it; none copies its fields."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Kind = Literal["entry", "overview", "row", "fragment"]
Language = Literal["zh", "en"]
Range = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """One thing a yearbook says: an entry, an overview paragraph, a table row or a headerless leftover.

    `lines` is (first, last), 1-based; `ranges` holds every piece's own (first, last) in reading order, so
    that a unit put together from several places shows all of them. `certainty` is 1.0 where the source is
    in order and lower where the reader had to judge a continuation. `notes` are the notes that stand under
    a row's table, or that close the category (on the overview's lead).
    """

    id: str
    kind: Kind
    title: str
    section: str | None
    text: str
    authors: tuple[str, ...]
    source: str
    lines: Range
    ranges: tuple[Range, ...] = ()
    pages: Range | None = None
    repaired: bool = False
    certainty: float = 1.0
    notes: tuple[str, ...] = ()
    table: str | None = None
    fields: dict[str, str] = field(default_factory=dict, hash=False)
    date: str | None = None
    people: tuple[str, ...] = ()
    country: str | None = None
    activity: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The contract's names; tuples become lists when dumped."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Unit:
        """The inverse of `to_json` after a trip through JSON. Raises TypeError on an unknown name."""
        values = dict(data)
        for name in ("authors", "notes", "people", "lines", "pages"):
            if values.get(name) is not None:
                values[name] = tuple(values[name])
        values["ranges"] = tuple((first, last) for first, last in values.get("ranges", ()))
        return cls(**values)


@dataclass(frozen=True)
class Hit:
    """A unit that retrieval found, with its score: higher is better, comparable within one question only."""

    unit: Unit
    score: float


@dataclass(frozen=True)
class Evidence:
    """One verbatim piece of one unit, and how well it answers: about 1 for a piece that does, more is better."""

    unit: Unit
    quote: str
    score: float


@dataclass(frozen=True)
class Citation:
    """What a claim rests on: `quote` is a verbatim piece of `unit.text`; `number` is the n of [n], from 1."""

    number: int
    quote: str
    unit: Unit


@dataclass(frozen=True)
class WriterReport:
    """What the optional language model did for an answer.

    `shown` counts its sentences or quotes in the answer; `withheld` holds (why, what it wrote) for each that was not
    proven; `fallback` says why the extractive answer stands in its place, None where the model's own stands;
    `rewritten` is the follow-up as the model made it stand on its own. Tokens are 0 where the server counts none.
    """

    model: str
    mode: Literal["quotes", "prose"]
    shown: int = 0
    withheld: tuple[tuple[str, str], ...] = ()
    fallback: str | None = None
    rewritten: str | None = None
    prompt_tokens: int = 0
    completion_tokens: int = 0
    ms: float = 0.0

    def to_json(self) -> dict[str, Any]:
        """For `ask --json` and the scores: each withheld text with its reason."""
        withheld = [{"reason": reason, "text": text} for reason, text in self.withheld]
        return {**asdict(self), "withheld": withheld}


@dataclass(frozen=True)
class Answer:
    """`text` is Markdown in `language` with [n] after every claim; an abstention has no citations.

    `nearest` are the units that an abstention names as standing nearest.
    """

    question: str
    text: str
    language: Language
    abstained: bool
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Unit, ...] = ()
    understood: dict[str, Any] = field(default_factory=dict, hash=False)
    ms: float = 0.0
    writer: WriterReport | None = None
