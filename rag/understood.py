"""What was understood of a question as parts that a reader can take away, and the question without them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rag.question import Question
from rag.relations import OBJECTS, RELATIONS

SINGLE = ("relation", "rank", "section")
KINDS = ("people", "authors", "relation", "rank", "objects", "dates", "years", "section", "table", "unknown", "terms")
"""The kinds of parts, in the order in which they are shown; each is a name in `Answer.understood`."""


@dataclass(frozen=True)
class Part:
    """One thing that was understood: `value` is a name, a relation of rag.relations, a span such as 4-6/4-6 …"""

    kind: str
    value: str

    @property
    def key(self) -> str:
        """What `Assistant.ask(…, without=…)` takes."""
        return f"{self.kind}:{self.value}"


def parts(understood: Mapping[str, Any]) -> list[Part]:
    """The parts of `Answer.understood`, each thing once: a word that was taken for a relation is no term as well."""
    found = [Part(kind, str(value)) for kind in KINDS for value in _values(understood, kind)]
    said = [part.value for part in found if part.kind == "unknown"]
    spoken = [pattern for part in found for pattern in _patterns(part.kind, part.value)]
    return [part for part in found if part.kind != "terms" or not _is_said(part.value, said, spoken)]


def without(question: Question, keys: Sequence[str]) -> Question:
    """The question with the parts of those keys left out, here and in its text; a key that it lacks changes nothing."""
    for key in keys:
        kind, _, value = key.partition(":")
        question = _less(question, kind, value)
    return question


def _values(understood: Mapping[str, Any], kind: str) -> list[Any]:
    value = understood.get(kind)
    if not value:
        return []
    if kind == "table":
        return [value, *understood.get("more_tables", ())]
    return [value] if kind in SINGLE else list(value)


def _patterns(kind: str, value: str) -> tuple[str, ...]:
    """What says a relation or a kind of thing in either language."""
    return {"relation": RELATIONS, "objects": OBJECTS}.get(kind, {}).get(value, ())


def _is_said(term: str, names: Sequence[str], patterns: Sequence[str]) -> bool:
    return any(term in name.casefold() for name in names) or any(re.search(p, term, re.I) for p in patterns)


def _less(question: Question, kind: str, value: str) -> Question:
    written = [value, *(wrong for wrong, name in question.corrected.items() if name == value)]
    names = [name.casefold() for name in written] if kind in ("unknown", "terms") else []
    patterns = _patterns(kind, value)
    changes: dict[str, Any] = {
        "terms": tuple(t for t in question.terms if not _is_said(t.surface, names, patterns)),
        "own": tuple(t for t in question.own if not _is_said(t.surface, names, patterns)),
        "text": _cut(question.text, written),
        "standalone": _cut(question.standalone, written),
    }
    if kind in SINGLE and getattr(question, kind) == value:
        changes[kind] = None
    elif kind == "table":
        left = [table for table in question.tables if table != value]
        changes |= {"table": left[0] if left else None, "more_tables": tuple(left[1:])}
    elif kind == "dates":
        named = zip(question.spans, question.to_json()["dates"], strict=True)
        changes["spans"] = tuple(span for span, name in named if name != value)
    elif kind in ("people", "authors", "objects", "years", "unknown"):
        changes[kind] = tuple(item for item in getattr(question, kind) if str(item) != value)
    return replace(question, **changes)


def _cut(text: str, words: Sequence[str]) -> str:
    """The text without the words; as it is where nothing else would be left to look for."""
    rest = re.sub("|".join(map(re.escape, words)), " ", text, flags=re.I)
    return rest if re.search(r"\w", rest) else text
