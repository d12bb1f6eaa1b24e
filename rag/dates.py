"""Dates and ranges as yearbooks and questions write them, in Chinese and English, as spans of days within a year."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from babel.dates import get_month_names

_MONTHS = {"sept": 9} | {
    name.lower().rstrip("."): month
    for width in ("wide", "abbreviated")
    for month, name in get_month_names(width, locale="en").items()
}
_ENGLISH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NUMERALS = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_CN = "[〇零一二两三四五六七八九十]{1,3}"
_NUM = rf"(?:\d{{1,2}}|{_CN})"
_MONTH = "(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = "[日号]"

YEAR = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?!\d)(?!家|人|名|个|条|份|件|项|万|元|张(?!家)|公顷|亩|吨|所|户|平方|[A-Za-z])"
)
_TO = r"\s*(?:至|到|—|–|-|~)+\s*"
_ZH = re.compile(
    rf"(?:(?<![月日号表第\d〇零一二两三四五六七八九十])(?P<m0>{_MONTH})(?:(?:至|到|—|–|-|~)+|(?P<listed>、))(?={_MONTH}月(?!{_NUM}{_DAY})))?"
    rf"(?P<m1>{_NUM})月(?:(?P<d1>{_NUM})(?:{_DAY}|(?=(?:{_TO}|[、和及,])(?:{_NUM}月)?{_NUM}{_DAY})))?"
    rf"(?:起?{_TO}(?:(?P<m2>{_NUM})月(?:(?P<d2>{_NUM}){_DAY})?|(?P<d3>{_NUM}){_DAY})|"
    rf"[和与](?:(?P<m3>{_NUM})月)?(?P<d4>{_NUM}){_DAY}(?=之?间))?"
    rf"(?P<more>(?:[、和及,]\s*{_NUM}{_DAY})*)"
)
"""m0: a month before the one that 月 stands behind, as in 1至6月; m3, d4: a range written as 14日和21日之间."""
_TO_YEAR_END = re.compile(rf"({_NUM})月(?:({_NUM}){_DAY})?\s*(?:至|到)\s*(?:年底|年末)")
_THIRD = re.compile(rf"({_NUM})月([上中下])旬")
_THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 31)}
_NTH = r"(?:st|nd|rd|th)?"
_EN_MONTH = re.compile(
    rf"\b(?P<mon>{_ENGLISH})\b\.?(?:\s+(?P<d1>\d{{1,2}}){_NTH}\b(?!\d))?"
    rf"(?:\s*(?:-|–|—|to|through|until)\s*(?:the\s+(?=\d))?(?:(?P<mon2>{_ENGLISH})\b\.?\s*)?(?P<d2>\d{{1,2}})?{_NTH}\b)?"
    rf"(?P<more>(?:\s*(?:,|and|&)\s*\d{{1,2}}{_NTH}\b(?!\d))*)",
    re.I,
)
_FIRST_DAY = rf"(?P<d1>\d{{1,2}}){_NTH}(?:\s+(?:of\s+)?(?P<mon1>{_ENGLISH})\b\.?)?"
_LAST_DAY = rf"(?:the\s+)?(?P<d2>\d{{1,2}}){_NTH}\s+(?:of\s+)?(?P<mon>{_ENGLISH})\b"
_DAY_FIRST = (
    re.compile(rf"\bbetween\s+(?:the\s+)?{_FIRST_DAY}\s+and\s+{_LAST_DAY}", re.I),
    re.compile(rf"\b{_FIRST_DAY}\s*(?:-|–|—|to|through|until)\s*{_LAST_DAY}", re.I),
    re.compile(
        rf"\b(?P<more>(?:\d{{1,2}}{_NTH},\s*)*\d{{1,2}}{_NTH}\s*(?:and|&)\s*(?:the\s+)?)?(?P<d1>\d{{1,2}}){_NTH}"
        rf"\s+(?:of\s+)?(?P<mon>{_ENGLISH})\b",
        re.I,
    ),
)
"""The day before its month: between 14 and 21 October, 30 September to 8 October, 14 and 21 October."""
_BETWEEN = re.compile(
    rf"\b(?:between|from)\s+(?P<mon>{_ENGLISH})\b\.?(?:\s+(?P<d1>\d{{1,2}}){_NTH})?\s+(?:and|to|through|until)\s+(?:the\s+(?=\d))?"
    rf"(?:(?P<mon2>{_ENGLISH})\b\.?(?:\s+(?P<d2>\d{{1,2}}){_NTH}\b(?!\d))?|(?(d1)(?P<d3>\d{{1,2}}){_NTH}\b|(?!)))",
    re.I,
)
_PARTS: tuple[tuple[str, tuple[int, int]], ...] = (
    (r"上半年|first half|H1\b", (1, 6)),
    (r"下半年|second half|H2\b", (7, 12)),
    (r"第?[一1]季度|Q1\b|first quarter|1st quarter", (1, 3)),
    (r"第?[二2]季度|Q2\b|second quarter|2nd quarter", (4, 6)),
    (r"第?[三3]季度|Q3\b|third quarter|3rd quarter", (7, 9)),
    (r"第?[四4]季度|Q4\b|fourth quarter|4th quarter|last quarter", (10, 12)),
    (r"年初", (1, 2)),
    (r"年底|年末|end of the year", (12, 12)),
)


@dataclass(frozen=True, order=True)
class Span:
    """From `first` to `last`, both (month, day) and inclusive; a whole month runs from day 1 to day 31."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def is_day(self) -> bool:
        """Whether this is one single day."""
        return self.first == self.last

    @property
    def is_months(self) -> bool:
        """Whether this is one or more whole months."""
        return self.first[1] == 1 and self.last[1] == 31

    def within(self, other: Span) -> bool:
        """Whether every day of this one lies in the other."""
        return other.first <= self.first and self.last <= other.last


@dataclass(frozen=True)
class Mention:
    """A date as it stands in a text: characters `start` to `end` of it mean `span`."""

    start: int
    end: int
    span: Span


def number(text: str) -> int:
    """1 to 99 in digits or Chinese numerals; 0 where it is no number."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_NUMERALS.get(tens, 0) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
    return int("".join(str(_NUMERALS.get(c, 0)) for c in text) or 0)


def _valid(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


LONGEST = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
"""The last day of each month that has no 31st."""


def impossible(text: str) -> list[str]:
    """Dates in a text that no calendar has: 13月, 2月30日, February 30."""
    found = []
    for match in re.finditer(rf"({_NUM})月(?:({_NUM}){_DAY})?", text):
        month, day = number(match[1]), number(match[2]) if match[2] else 1
        if not 1 <= month <= 12 or not 1 <= day <= LONGEST.get(month, 31):
            found.append(match.group())
    for match in re.finditer(rf"\b({_ENGLISH})\.? (\d{{1,2}})\b", text, re.I):
        if int(match[2]) > LONGEST.get(_MONTHS[match[1].lower()], 31):
            found.append(match.group())
    return found


def _span(m1: int, d1: int | None, m2: int | None, d2: int | None) -> Span | None:
    first = (m1, d1 or 1)
    last = (m2 or m1, d2 or 31) if m2 or d2 else (m1, d1 or 31)
    return Span(first, last) if _valid(*first) and _valid(*last) and first <= last else None


def _from_match(match: re.Match[str], m1: int, m2: int | None) -> Iterator[Mention]:
    groups = match.groupdict()
    d1 = number(groups["d1"]) if groups.get("d1") else None
    last = groups.get("d2") or groups.get("d3") or groups.get("d4")
    d2 = number(last) if last else None
    span = _span(m1, d1, m2, d2)
    if span:
        yield Mention(match.start(), match.end(), span)
    if d1:
        for day in re.findall(_NUM, groups.get("more") or ""):
            again = _span(m1, number(day), None, None)
            if again:
                yield Mention(match.start(), match.end(), again)


def find(text: str) -> list[Mention]:
    """Every date and range in the text, in order of place; parts of the year count, bare years don't (see YEAR)."""
    found: list[Mention] = []
    for match in _TO_YEAR_END.finditer(text):
        month, day = number(match[1]), number(match[2]) if match[2] else 1
        if _valid(month, day):
            found.append(Mention(match.start(), match.end(), Span((month, day), (12, 31))))
            text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]
    for match in _THIRD.finditer(text):
        month, (first, last) = number(match[1]), _THIRDS[match[2]]
        if _valid(month, 1):
            found.append(Mention(match.start(), match.end(), Span((month, first), (month, last))))
            text = text[: match.start()] + "\0" * len(match.group()) + text[match.end() :]
    for match in _ZH.finditer(text):
        found.extend(_chinese(match))
    if re.search("[a-z]", text, re.I):
        found.extend(_english(text))
    for pattern, (first, last) in _PARTS:
        found.extend(
            Mention(m.start(), m.end(), Span((first, 1), (last, 31))) for m in re.finditer(pattern, text, re.I)
        )
    return sorted(found, key=lambda mention: mention.start)


def _chinese(match: re.Match[str]) -> Iterator[Mention]:
    month, before = number(match["m1"]), number(match["m0"] or "")
    last = match["m2"] or match["m3"]
    if before and match["listed"]:  # 6、7月
        yield Mention(match.start(), match.end(), Span((before, 1), (before, 31)))
    elif before and before < month and not last:
        yield Mention(match.start(), match.end(), Span((before, 1), (month, 31)))
        return
    yield from _from_match(match, month, number(last) if last else None)


def without(text: str, mentions: Sequence[Mention] | None = None) -> str:
    """The text with a space in place of each date, or of each of these mentions."""
    told = find(text) if mentions is None else mentions
    for start, end in sorted({(mention.start, mention.end) for mention in told}, reverse=True):
        text = f"{text[:start]} {text[end:]}"
    return text


def _english(text: str) -> Iterator[Mention]:
    taken: list[tuple[int, int]] = []
    for match in _BETWEEN.finditer(text):
        taken.append(match.span())
        yield from _from_match(match, _MONTHS[match["mon"].lower()], _month(match["mon2"]))
    for match in (match for pattern in _DAY_FIRST for match in pattern.finditer(text)):
        if _apart(match, taken):
            taken.append(match.span())
            before = _month(match.groupdict().get("mon1"))
            last = _MONTHS[match["mon"].lower()]
            yield from sorted(_from_match(match, before or last, before and last), key=lambda mention: mention.span)
    for match in _EN_MONTH.finditer(text):
        if not _apart(match, taken) or (
            match["mon"].lower() in ("may", "mar")
            and not match["d1"]
            and not re.search(r"\b(?:in|of|during|since|un?till?|by|after|before)\s+$", text[: match.start()], re.I)
            and not re.search(r"\bthe (?:May|Mar) [a-z]", text[max(0, match.start() - 4) : match.end() + 2])
        ):
            continue
        yield from _from_match(match, _MONTHS[match["mon"].lower()], _month(match["mon2"]))


def _apart(match: re.Match[str], taken: Iterable[tuple[int, int]]) -> bool:
    return not any(a < match.end() and match.start() < b for a, b in taken)


def _month(name: str | None) -> int | None:
    return _MONTHS[name.lower()] if name else None


def falls(spans: Iterable[Span], asked: Sequence[Span]) -> bool:
    """Whether one of the spans lies in one asked for, or is a stretch of days that holds it: a month or two that
    a single day lies in (4月至5月) says nothing of that day."""
    return any(
        mine.within(wanted) or (wanted.within(mine) and not (wanted.is_day and mine.is_months))
        for mine in spans
        for wanted in asked
    )


def english(span: Span) -> str:
    """The span in English: "September 16", "April 21–23", "September 30 – October 8", "September"."""
    names = get_month_names("wide", locale="en")
    (m1, d1), (m2, d2) = span.first, span.last
    if span.is_day:
        return f"{names[m1]} {d1}"
    if d1 == 1 and d2 == 31:
        return names[m1] if m1 == m2 else f"{names[m1]} to {names[m2]}"
    return f"{names[m1]} {d1}–{d2}" if m1 == m2 else f"{names[m1]} {d1} – {names[m2]} {d2}"


def chinese(span: Span) -> str:
    """The span in Chinese: "9月16日", "4月21日至23日", "9月30日至10月8日", "9月"."""
    (m1, d1), (m2, d2) = span.first, span.last
    if span.is_day:
        return f"{m1}月{d1}日"
    if d1 == 1 and d2 == 31:
        return f"{m1}月" if m1 == m2 else f"{m1}月至{m2}月"
    return f"{m1}月{d1}日至{d2}日" if m1 == m2 else f"{m1}月{d1}日至{m2}月{d2}日"
