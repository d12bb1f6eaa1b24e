"""Numbers with their measures, and what stands on either side of them."""

from __future__ import annotations

import re

from rag import dates
from rag.text import HAN

MEASURES = (
    "周年|人次|平方公里|平方千米|平方米|立方米|公顷|毫米|厘米|千米|千瓦时|千瓦|小时|分钟|学时|个百分点|亿美元|亿元|万元|美元|个|家|位|名|人|场|次|项|条|件|份|届|期|批|种|类|组|章|国(?!家)|座|支|幅|部|只|篇|起|所|张|"
    "岁|点位|语种|倍|%|月|天|年|元|架|辆|本|册|棵|公里|吨|台|间|栋|户|例|亩|米|秒|周|节|处|套|株|头|艘|门|口|眼|孔|盏|笔|宗|队|班|岁"
)
NUMBER = re.compile(
    rf"(?:(?<![签条合契公预缔邀])约|(?<![附最邻])近|超过|超|逾|不少于|至少)?"
    rf"(?P<n>\d[\d,]*(?:\.\d+)?|(?<![第{HAN}])[一二三四五六七八九十两百千]+(?=[个家位名场次项条件届批]))"
    rf"(?P<scale>[百千万亿]+(?![瓦米克]))?(?P<more>余|多)?(?P<scale2>[万亿])?(?P<measure>{MEASURES})?"
)
_CLAUSE = re.compile("[，。；：]")
_NEXT = re.compile(r"[、和及与](?=[约近超逾]?\d)")
_COUNTED = re.compile(rf"\d[\d,.余多百千万亿]*+(?:{MEASURES})?+[{HAN}]{{1,10}}?[、和及与]")


def numbers(text: str) -> list[re.Match[str]]:
    """Numbers with their measures, outside dates and years, in order."""
    taken = [(m.start, m.end) for m in dates.find(text)] + [m.span() for m in dates.YEAR.finditer(text)]
    return [m for m in NUMBER.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)]


def after_number(sentence: str, place: int) -> str:
    """What stands behind a number in its clause, up to 10 characters, and before the next number of a list."""
    return _NEXT.split(_CLAUSE.split(sentence[place : place + 10])[0])[0]


def before_number(sentence: str, place: int) -> str:
    """What stands before a number in its clause, up to 14 characters, without what another number counts."""
    return _COUNTED.split(_CLAUSE.split(sentence[max(0, place - 14) : place])[-1])[-1]
