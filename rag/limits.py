"""What a question demands of a figure, in either language: 超过20亿元, at least 50 hectares, 最大, fewest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

_NUMBER = r"(?P<n>\d[\d,]*(?:\.\d+)?)\s*"
_MORE, _LEAST, _LESS, _MOST = "more", "at least", "less", "at most"
_WORDS: tuple[tuple[str, str], ...] = (
    (
        _MOST,
        r"(?:不|未|没有?)(?:超过|高于|大于|多于|达到?)|至多|最多(?=\d)|\b(?:at most|no more than|not more than|up to)",
    ),
    (_LEAST, r"不(?:少于|低于|小于)|至少|达到?了?|\b(?:at least|no (?:less|fewer) than|not (?:less|fewer) than)"),
    (
        _MORE,
        r"超过|高于|大于|多于|超出|超|逾|高过|"
        r"\b(?:more than|over|above|exceed(?:s|ed|ing)?|greater than|larger than|higher than)",
    ),
    (_LESS, r"少于|低于|小于|不足|不到|不满|\b(?:less than|fewer than|below|under|smaller than|lower than)"),
)
_BEFORE = tuple((how, re.compile(rf"(?:{words})(?:了|约)?\s*{_NUMBER}", re.I)) for how, words in _WORDS)
_UNIT = r"(?P<unit>[^\d，。？?,]{0,6}?)"
_BEHIND = (
    (_LEAST, re.compile(rf"{_NUMBER}{_UNIT}(?:及|或|\(含\))?以上", re.I)),
    (_MOST, re.compile(rf"{_NUMBER}{_UNIT}(?:(?:及|或)?以[下内])", re.I)),
    (_LEAST, re.compile(rf"{_NUMBER}(?P<unit>(?:[\w%]+ ){{0,3}}?)or (?:more|above|over)\b", re.I)),
    (_MOST, re.compile(rf"{_NUMBER}(?P<unit>(?:[\w%]+ ){{0,3}}?)or (?:less|fewer|below|under)\b", re.I)),
)
_HOLDS: dict[str, Callable[[float, float], bool]] = {
    _MORE: lambda value, limit: value > limit,
    _LEAST: lambda value, limit: value >= limit,
    _LESS: lambda value, limit: value < limit,
    _MOST: lambda value, limit: value <= limit,
}
_SCALES = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}
_ENGLISH_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_SCALED = re.compile("[百千万亿]+")
_UNITS = re.compile(r"[%％㎡]|元|平方|立方|公顷|亩|人|吨|米|公里|千米|张|个|所|家|座|倍|年|岁|克|瓦|户|辆|次|件")
_PERCENT = re.compile(r"[%％]|percent|per cent")
_CELL = re.compile(r"[-－−]?\d[\d,]*(?:\.\d+)?(?=%?$)")
Extreme = Literal["largest", "smallest", "latest", "earliest"]
_EXTREMES: tuple[tuple[Extreme, str], ...] = (
    ("latest", r"最[晚新]|\b(?:latest|newest|most recent(?:ly)?)\b"),
    ("earliest", r"最[早老]|\b(?:earliest|oldest)\b"),
    ("largest", r"最[大多高长快重]|\b(?:largest|biggest|highest|(?<!at )most|greatest|longest|fastest)\b"),
    ("smallest", r"最[小少低短慢轻]|\b(?:smallest|fewest|lowest|(?<!at )least|shortest|slowest)\b"),
)


@dataclass(frozen=True)
class Limit:
    """`said`: the words from the comparison to its number; `lead`: what of the clause stands before; `rest`: what
    follows the number, its measure first."""

    how: str
    number: float
    said: str
    lead: str
    rest: str

    def measured(self, measure: str) -> float | None:
        """The limit in a column's measure: 2万人 is 20000 in 人, 1亿元 is 10000 in 万元; None in another's."""
        scale, base = _scale(measure)
        if _PERCENT.match(self.rest) or "%" in measure:
            other = _UNITS.match(_scale(self.rest)[1]) is not None and not _PERCENT.match(self.rest)
            return None if other or "%" not in measure else self.number
        english = next((value for word, value in _ENGLISH_SCALES.items() if self.rest.startswith(word)), 0.0)
        own, unit = (english, "") if english else _scale(self.rest)
        if _UNITS.match(unit) and not (base and unit.startswith(base)):
            return None
        scaled = english or own > 1 or _UNITS.match(unit)
        return self.number * own / scale if scaled else self.number

    def holds(self, value: float, limit: float) -> bool:
        """Whether a value is as the question demands."""
        return _HOLDS[self.how](value, limit)


def limits(text: str) -> list[Limit]:
    """Every comparison of a folded, lower-cased text with a number, in order."""
    found: dict[int, Limit] = {}
    for how, match in _matches(text):
        lead = re.split("[，,。；;、？?]|且|\\band\\b", text[: match.start()])[-1]
        number = float(match["n"].replace(",", ""))
        if match.start("n") not in found:
            found[match.start("n")] = Limit(how, number, match.group(), lead, text[match.end("n") :].lstrip())
    return [found[place] for place in sorted(found)]


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    for how, pattern in (*_BEFORE, *_BEHIND):
        yield from ((how, match) for match in pattern.finditer(text))


def extreme(text: str) -> tuple[Extreme, str] | None:
    """Which end of a column a text asks for, and the words for it; None where it asks for none."""
    for kind, words in _EXTREMES:
        match = re.search(words, text, re.I)
        if match:
            return kind, match.group()
    return None


def figure(cell: str) -> float | None:
    """The value of a cell that is a figure; None of any other."""
    match = _CELL.match(cell)
    return float(match.group().replace(",", "").replace("－", "-").replace("−", "-")) if match else None


def _scale(measure: str) -> tuple[float, str]:
    """How many of its unit a measure is, and the unit: 1e8 and 元 of 亿元."""
    match = _SCALED.match(measure)
    size = 1.0
    for character in match.group() if match else "":
        size *= _SCALES[character]
    return size, measure[match.end() :] if match else measure
