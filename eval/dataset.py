"""Gold question–answer pairs: their file format, the keys that name units, and the proof that both are right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from eval.matching import any_in, contains, normalise
from rag.errors import ProjectError
from rag.types import Unit

GOLD_FOLDER = Path(__file__).parent / "gold"

Text = Annotated[str, Field(min_length=1, pattern=r"\S")]
Alternatives = Annotated[tuple[Text, ...], Field(min_length=1)]
GoldKind = Literal[
    "fact_zh",
    "fact_en",
    "mixed",
    "row",
    "list",
    "count",
    "repaired",
    "followup",
    "unanswerable",
    "adversarial",
]


class GoldError(ProjectError):
    """A gold file isn't there, isn't in the format, or says what its units don't."""


class Gold(BaseModel):
    """One question with what a right answer says and rests on.

    Each inner tuple of `expect` is one required item, given as alternatives; each of `units` is one supporting
    unit, given as alternative keys. `needed` is how many groups of units an answer has to cite. `forbid` holds
    strings that make an answer wrong.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Text
    kind: GoldKind
    language: Literal["zh", "en", "mixed"]
    question: Text
    history: tuple[Text, ...] = ()
    answerable: bool
    expect: tuple[Alternatives, ...] = ()
    forbid: tuple[Text, ...] = ()
    units: tuple[Alternatives, ...] = ()
    needed: int = Field(default=0, ge=0)
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Gold:
        if self.answerable and not (self.expect and self.units and 1 <= self.needed <= len(self.units)):
            raise ValueError("an answerable question needs expect, units, and needed between 1 and the units' number")
        if not self.answerable and (self.expect or self.units or self.forbid or self.needed):
            raise ValueError("an unanswerable question has no expect, forbid, units or needed")
        return self


def gold_files(named: Sequence[Path] = ()) -> tuple[Path, ...]:
    """The files named, or all of eval/gold."""
    return tuple(named) or tuple(sorted(GOLD_FOLDER.glob("*.jsonl")))


def load(files: Sequence[Path]) -> tuple[Gold, ...]:
    """The pairs of the files, in order. Raises GoldError naming file and line."""
    golds: list[Gold] = []
    seen: dict[str, str] = {}
    for path in files:
        for number, line in enumerate(_lines(path), 1):
            if not line.strip():
                continue
            gold = _parse(line, f"{path}:{number}")
            if gold.id in seen:
                raise GoldError(f"{path}:{number}: id {gold.id!r} is already taken at {seen[gold.id]}; give it another")
            seen[gold.id] = f"{path}:{number}"
            golds.append(gold)
    if not golds:
        raise GoldError(f"no questions in {', '.join(map(str, files)) or GOLD_FOLDER}; give --gold a file with some")
    return tuple(golds)


def resolve(key: str, units: Iterable[Unit]) -> list[Unit]:
    """The units that a key names: a title, or `表6/4月6日/殷勇` and `fragment/…`, whose every part has to fit.

    Behind a table come a date, a person, a whole cell, or a snippet of the activity; behind a kind a snippet of its
    title or text.
    """
    wanted = normalise(key)
    by_title = [unit for unit in units if normalise(unit.title) == wanted and unit.kind != "row"]
    if by_title or "/" not in key:
        return by_title
    head, *parts = key.split("/")
    pool = [unit for unit in units if head in (unit.kind, unit.table)]
    return [unit for unit in pool if all(_fits(unit, part) for part in parts)]


def groups(gold: Gold, units: Sequence[Unit]) -> tuple[frozenset[str], ...]:
    """The ids of the units in each of the gold's groups; a key that names nothing adds nothing."""
    return tuple(frozenset(unit.id for key in keys for unit in resolve(key, units)) for keys in gold.units)


def check(golds: Iterable[Gold], units: Sequence[Unit]) -> list[str]:
    """What is wrong with the gold against the units, one line each; empty when every pair is proven."""
    problems: list[str] = []
    asked: dict[str, str] = {}
    for gold in golds:
        problems += [f"{gold.id}: {problem}" for problem in _problems(gold, units)]
        question = normalise("\n".join((*gold.history, gold.question)))
        if question in asked:
            problems.append(f"{gold.id}: asks word for word what {asked[question]} asks")
        asked.setdefault(question, gold.id)
    return problems


def haystack(unit: Unit) -> str:
    """All that a unit says, normalised: title, section, text, byline, table and cells."""
    cells = [text for pair in unit.fields.items() for text in pair]
    parts = [unit.title, unit.section or "", unit.text, *unit.authors, unit.table or "", *cells, *unit.people]
    return normalise("\n".join(parts))


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except OSError as error:
        raise GoldError(f"gold file {path}: {error.strerror or error}; give --gold a file that is there") from None
    except UnicodeDecodeError as error:
        raise GoldError(f"gold file {path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None


def _parse(line: str, place: str) -> Gold:
    try:
        return Gold.model_validate(json.loads(line))
    except json.JSONDecodeError as error:
        raise GoldError(f"{place}: not JSON ({error.msg}, column {error.colno}); write one object a line") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"]) or "pair"
        raise GoldError(f"{place}: {name}: {first['msg']}; mend that line") from None


def _fits(unit: Unit, part: str) -> bool:
    if unit.kind != "row":
        return contains(normalise(unit.title + "\n" + unit.text), normalise(part))
    wanted = normalise(part)
    whole = [unit.date or "", *unit.people, *unit.fields.values()]
    return wanted in map(normalise, whole) or wanted in normalise(unit.activity or "")


def _problems(gold: Gold, units: Sequence[Unit]) -> list[str]:
    named = {key: resolve(key, units) for keys in gold.units for key in keys}
    problems = [f"key {key!r} names {len(found)} units, not one" for key, found in named.items() if len(found) != 1]
    members = [unit_id for group in groups(gold, units) for unit_id in group]
    if len(members) != len(set(members)):
        problems.append("one unit stands in two groups")
    text = "\n".join(haystack(unit) for found in named.values() for unit in found)
    problems += [f"{item!r} doesn't stand in its units" for item in gold.expect if not _proven(item, text, gold)]
    return problems + [f"forbidden {word!r} stands in its units" for word in gold.forbid if any_in(text, [word])]


def _proven(item: Sequence[str], text: str, gold: Gold) -> bool:
    """An expected item stands in the text; a count may also be the number of the units that the pair lists."""
    return any_in(text, item) or (gold.kind == "count" and str(len(gold.units)) in item)
