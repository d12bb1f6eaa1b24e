"""The dates that entries and rows open with: within a section they ascend, and 年内 (within the year) comes last."""

from __future__ import annotations

import re

Date = tuple[int, int]

_OPENING = re.compile(
    r"^(?:\d{4}年)?(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日|(?P<third>[上中下]旬|初|底|末))?"
    r"|(?P<quarter>第?[一二三四]季度)|(?P<half>[上下]半年)|(?P<year>年内|年內|全年|年度|\d{4}年[，,]|是年|截至))"
)
_THIRDS = {"初": 5, "上旬": 10, "中旬": 20, "下旬": 31, "底": 31, "末": 31}
WHOLE_YEAR: Date = (13, 0)


def opening_date(text: str) -> Date | None:
    """(month, day) of the date that a text opens with, day 32 for a whole month and (13, 0) for 年内; else None."""
    match = _OPENING.match(text)
    if match is None:
        return (13, 0) if re.match(r"^\d{4}年(?!\d)", text) else None
    if match["year"]:
        return WHOLE_YEAR
    if match["quarter"]:
        return (3 * ("一二三四".index(match["quarter"].strip("第")[0]) + 1), 33)
    if match["half"]:
        return (6 if match["half"][0] == "上" else 12, 33)
    month = int(match["month"])
    day = int(match["day"]) if match["day"] else _THIRDS.get(match["third"] or "", 32)
    return (month, day) if 1 <= month <= 12 else None


def setback(before: Date | None, after: Date | None) -> float:
    """How badly an entry's date breaks the order after another's: 0 in order, up to 3 from 年内 back to January."""
    if before is None or after is None or after >= before:
        return 0.0
    if before == WHOLE_YEAR:
        return 2.0
    months = before[0] - after[0]
    return min(3.0, 0.5 + months)
