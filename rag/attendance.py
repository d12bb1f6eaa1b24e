"""How many leaders a record has to name: 只有一位领导出席, 七位市领导共同出席, five or more leaders."""

from __future__ import annotations

import re

from rag.numerals import count_of

_LEADERS = r"(?:北京)?市?(?:主要)?领导(?!人|小组)"
_ASKED = re.compile(
    rf"(?:{_LEADERS}[^，。？]{{0,3}}|(?<!哪)(?<!这)(?<!那))(?P<n>\d+|[一二两三四五六七八九十]+)[位名个]"
    rf"(?P<up>及?以上|或以上|或更多)?的?(?:{_LEADERS}|(?<=上)的?)|"
    rf"{_LEADERS}(?:到了?|有)(?P<n2>\d+|[一二两三四五六七八九十]+)[位名个](?P<up2>及?以上|或以上|或更多)?|"
    r"(?<!which )(?<!the )\b(?P<n3>one|two|three|four|five|six|seven|eight|nine|ten|\d+)(?P<up3> or more)?"
    r" (?:\w+ )?(?:leaders?|officials?)\b",
    re.I,
)
"""The number beside 领导, and what makes it the least of them."""
ANY_NUMBER = 1_000_000


def attendance(text: str) -> tuple[int, int] | None:
    """The least and the most leaders that a record has to name; None where a question gives no number of them."""
    match = _ASKED.search(text)
    if not match:
        return None
    said = (match["n"] or match["n2"] or match["n3"]).lower()
    n = 1 if said == "one" else count_of(said)
    return (n, ANY_NUMBER if match["up"] or match["up2"] or match["up3"] else n)


def without_number(text: str) -> str:
    """The text with that number taken out, which is no word to look for."""
    return _ASKED.sub(" 领导 ", text)
