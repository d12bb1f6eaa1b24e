"""Numbers as Chinese and English write them, by value: 88亿, 8.8 billion and 8,800,000,000 are one."""

from __future__ import annotations

import re
from decimal import Decimal

from babel.numbers import get_currency_name

_SCALED = re.compile(
    r"((?<![签条合契公预缔邀])约|(?<![附最邻])近|超过|超|逾|至少)?(\d+(?:\.\d+)?)([百千]?)([余多]?)([万亿])([余多]?)"
    r"(美元|欧元|日元|港元|英镑|元(?![素旦]))?"
)
_CURRENCIES = {"美元": "USD", "欧元": "EUR", "日元": "JPY", "港元": "HKD", "英镑": "GBP", "元": "CNY"}
_QUALIFIERS = {"约": "about ", "近": "nearly ", "超过": "over ", "超": "over ", "逾": "over ", "至少": "at least "} | {
    "余": "over ",
    "多": "over ",
}
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_ENGLISH_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_FIGURE = re.compile(
    r"(\d+(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[余多]?([百千]?)([万亿])|[余多]?([百千])|[\s-]*({'|'.join(_ENGLISH_SCALES)})s?\b)?",
    re.I,
)
_NUMERAL = "〇零一二两三四五六七八九十百千万亿"
_DIGIT = {c: n for n, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PLACE = {"十": 10, "百": 100, "千": 1000}
_COUNTED = re.compile(
    rf"(第?)([{_NUMERAL}]+)(?=[余多]?(?:个|家|位|名|次|场|项|人|届|期|批|条|份|种|类|件|所|座|支|国|年|周年|天|城|市|省|地|组|篇|部|套|幅|款|只|枚|倍|万|亿|元))"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
).split()
_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
    " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
).split()
_TENS = {word: 10 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)}
_TENTHS = {word: 10 * n for n, word in enumerate("twentieth thirtieth fortieth fiftieth".split(), 2)} | {
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90, "hundredth": 100, "hundred": 100, "dozen": 12,
}  # fmt: skip
_WORDS = {w: n for words in (_ONES, _ORDINALS) for n, w in enumerate(words) if n > 1} | _TENS | _TENTHS
_WORD = re.compile(
    rf"\b(?:({'|'.join(_TENS)})-)?({'|'.join(sorted(_WORDS | {'one': 1, 'first': 1}, key=len))})\b", re.I
)


def amounts(text: str) -> list[str]:
    """Every number scaled by 万 or 亿, in digits with commas and in order, with what qualifies it: 约4万名 →
    about 40,000; with the currency's English name: 88.14亿美元 → 8,814,000,000 US dollars."""
    found = []
    for before, n, hundred, more, scale, most, currency in _SCALED.findall(text):
        value = round(Decimal(n) * _SCALES[hundred] * _SCALES[scale])
        name = f" {get_currency_name(_CURRENCIES[currency], value, 'en')}" if currency else ""
        found.append(f"{_QUALIFIERS.get(before or more or most, '')}{value:,}{name}")
    return found


def figures(text: str) -> list[tuple[str, Decimal]]:
    """Every number in digits as it stands, with its value: 88.14亿, 8.814 billion, 40,000."""
    found = []
    for match in _FIGURE.finditer(text):
        digits, hundred, scale, alone, english = match.groups()
        value = Decimal(digits.replace(",", "")) * _SCALES[hundred or ""] * _SCALES[scale or ""] * _SCALES[alone or ""]
        found.append((match.group(), value * _ENGLISH_SCALES[english.lower()] if english else value))
    return found


def spelled(text: str) -> list[tuple[str, Decimal]]:
    """Every number in words as it stands, with its value: 十五周年, 两家, fifteen, thirtieth. One and first count only
    as parts of others (twenty-first): both are everyday words."""
    found = [
        (match[2], Decimal(value)) for match in _COUNTED.finditer(text) if (value := _numeral(match[2])) is not None
    ]
    for match in _WORD.finditer(text):
        tens, word = (match[1] or "").lower(), match[2].lower()
        ones = {"one": 1, "first": 1}.get(word, _WORDS.get(word, 0))
        if tens or ones > 1:
            found.append((match.group(), Decimal(_TENS.get(tens, 0) + ones)))
    return found


def _numeral(text: str) -> int | None:
    """The value of a Chinese numeral; None for a scale that nothing stands before: 万家."""
    total = section = digit = 0
    for c in text:
        if c in _DIGIT:
            digit = digit * 10 + _DIGIT[c] if digit else _DIGIT[c]
        elif c in _PLACE:
            section, digit = section + (digit or 1) * _PLACE[c], 0
        else:
            if not section + digit:
                return None
            total, section, digit = (total + section + digit) * _SCALES[c], 0, 0
    return total + section + digit
