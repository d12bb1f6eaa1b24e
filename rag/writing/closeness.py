"""Whether what a claim brings together stands together in its source: a unit that tells of several meetings has all the
names and dates of a claim about one of them, and may still not say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import product

import rjieba

from rag import dates
from rag.amounts import figures, spelled
from rag.citations import source_of, unproven
from rag.text import HAN, sentences
from rag.types import Unit

CLOSE = 2
"""How many units a claim may cite for its values to be looked for sentence by sentence."""
_CLAUSE = re.compile(r"[,;:。](?!\d{3})")
_HAN = re.compile(f"[{HAN}]")


def together(said: str, cited: Sequence[Unit], people: Iterable[str], share: float) -> bool:
    """Whether a folded claim's names, dates and numbers stand in two neighbouring sentences of each unit it cites, and
    those of each of its clauses in one, which has that share of the clause's words."""
    if len(cited) > CLOSE:
        return True

    def proven(text: str, size: int, share: float) -> bool:
        return any(
            not unproven(text, units, people)
            and not numbers_in_words(text, source := source_of(units))
            and kept(text, source) >= share
            for units in product(*(_passages(unit, size) for unit in cited))
        )

    return proven(said, 2, 0.0) and all(proven(clause, 1, share) for clause in _clauses(said))


def kept(said: str, source: str) -> float:
    """The share of a text's Chinese words of two characters and more that a source has as they are."""
    words = [word for word in _words(said) if _HAN.search(word)]
    return sum(word in source for word in words) / len(words) if words else 1.0


def numbers_in_words(said: str, source: str) -> list[str]:
    """The numbers in words of a text that the source doesn't have, each in plain words."""
    undated = dates.without(source)
    values = {value for _, value in (*figures(undated), *spelled(undated))}
    values |= {Decimal(2)} if re.search("双|两", source) else set()
    return [
        f"number {word} is not in what it cites" for word, value in spelled(dates.without(said)) if value not in values
    ]


def _passages(unit: Unit, size: int) -> list[Unit]:
    """A unit as often as it has sentences, each time with only that one, as many as `size` says that end in it, and
    the date that these go by."""
    if unit.kind == "row":
        return [unit]
    told = sentences(unit.text)
    days, day = [], ""
    for sentence in told:
        days.append(day)
        if mentions := dates.find(sentence):
            day = sentence[mentions[-1].start : mentions[-1].end]
    passages = []
    for end in range(1, len(told) + 1):
        start = max(0, end - size)
        day = "" if dates.find(told[start]) else days[start]
        passages.append(replace(unit, text=" ".join([day, *told[start:end]])))
    return passages


def _clauses(said: str) -> list[str]:
    """A claim's clauses; a date or another short beginning goes with what follows it, a short end with what it ends."""
    clauses: list[str] = []
    held = ""
    for clause in _CLAUSE.split(said):
        held = f"{held},{clause}" if held else clause
        if len(_words(dates.without(held))) > 1:
            clauses.append(held)
            held = ""
    return [*clauses[:-1], ",".join([*clauses[-1:], held])]


def _words(text: str) -> list[str]:
    return [word for word in rjieba.cut(text) if len(word) > 1 and re.search(rf"[{HAN}A-Za-z]", word)]
