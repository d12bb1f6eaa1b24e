"""Ordinals, phases and anniversaries of a question, in both languages, as the terms that evidence has to carry."""

from __future__ import annotations

import re
from collections.abc import Callable

from rag import dates
from rag.terms import NAMED_WEIGHT, Term

_PHASE = re.compile(r"(?<![第\d十二三四五])([一二三四五])期(?=工程|项目|建设|规划|[，。的])")
EDITION = re.compile(r"第[\d〇一二三四五六七八九十]+[届次期批]")
"""What tells one holding of an event from the next; 第二名 within one does not."""
ORDINAL = re.compile(r"第([\d〇一二三四五六七八九十]+)([届次期批名位轮])")
_YEARS_SINCE = re.compile(r"([\d一二三四五六七八九十]+)\s*周年")
_TEENS = {
    word: number
    for number, word in enumerate(
        "eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(), 11
    )
} | {
    "twentieth": 20,
    "thirtieth": 30,
    "fortieth": 40,
    "fiftieth": 50,
    "sixtieth": 60,
    "seventieth": 70,
    "eightieth": 80,
}
_EN_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b(\s+anniversar\w*)?", re.I)
_EN_WORDS = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_EN_WRITTEN = re.compile(rf"\b({'|'.join(_EN_WORDS)})\b(?! (?:half|quarter|time))", re.I)
_CARDINALS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen twenty".split(),
        2,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_FIVE_YEARS = re.compile(
    r"第(?P<long>\d{1,2}|[一二三四五六七八九十]+)个五年(?=规划|计划)|"
    r"(?<![一二三四五六七八九十])"
    r"(?:(?P<teen>十[一二三四五六七八九])五(?![十百千万几多余个位名家种件项部年岁天人日月条场次届期]|周年)|"
    r"(?P<one>[一二三四五六七八九十])五(?=规划|计划|时期|期间))|"
    rf"\b(?P<en>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join([*_EN_WORDS, *_TEENS])})"
    r"(?:[ -]five[ -]?year(?=[ -](?:plan|program|period|development))| FYP\b)",
    re.I,
)
"""A plan for five years, by its number: 第十四个五年规划, 十四五, the 14th Five-Year Plan."""
_EN_SPELLED = re.compile(
    rf"\b(?:({'|'.join(_TEENS)})(\s+anniversar\w*)?|({'|'.join(_EN_WORDS)})\s+anniversar\w*)\b", re.I
)
_EN_YEARS = re.compile(rf"\b({'|'.join(_CARDINALS)}|\d+) years(?! old\b| ago\b)", re.I)
_DIGITS = "〇一二三四五六七八九"
MEASURES = "届次期批名位轮"
_FIRSTS = "次届部批个任位家例条座列趟班艘台架辆场项支所套期站笔单张"
FIRST = tuple(f"首{measure}" for measure in _FIRSTS)
_THE_FIRST = re.compile(rf"第[1一]([{_FIRSTS}])")
_LINE = re.compile(
    r"(?<![月\d])(\d{1,2}|[一二三四五六七八九十]{1,3})号(线|楼|馆|机组|泊位|航站楼|公路|桥|井)|\bline (\d{1,2})\b", re.I
)
"""What is told from others of its kind by a number alone: 地铁2号线, Metro Line 2."""
_EN_PHASE = re.compile(
    r"\b(?P<nth>first|second|third|fourth|\d(?:st|nd|rd|th)) phase\b|\bphase (?P<n>i{1,3}|iv|one|two|three|four|\d)\b",
    re.I,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "one": 1}


def chinese_numeral(value: int) -> str:
    """1 to 99 as Chinese numerals: 15 → 十五."""
    tens, ones = divmod(value, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def count_of(text: str) -> int:
    """A small number as a question writes it: 两, 3, five."""
    return _CARDINALS.get(text.lower()) or dates.number("二" if text == "两" else text)


def _counted(surface: str, forms: tuple[str, ...]) -> Term:
    return Term(surface, forms, NAMED_WEIGHT, named=True, ordinal=True)


def _ordinal_forms(value: int, measures: str) -> tuple[str, ...]:
    numbers = [str(value)] + ([chinese_numeral(value)] if 0 < value < 100 else [])
    return tuple(f"第{number}{measure}" for number in numbers for measure in measures)


def _ordinal(match: re.Match[str]) -> Term:
    value = dates.number(match[1])
    if value == 1:
        return Term(match.group(), (*_ordinal_forms(1, match[2]), *FIRST), NAMED_WEIGHT / 2)
    return _counted(match.group(), _ordinal_forms(value, match[2]))


def _phase(match: re.Match[str]) -> Term:
    return _counted(match.group(), (match.group(), f"第{match.group()}"))


def _english_phase(match: re.Match[str]) -> Term:
    said = (match["nth"] or match["n"]).lower()
    known = _EN_WORDS | _CARDINALS | _ROMAN
    written = f"{chinese_numeral(known.get(said) or int(said[0]))}期"
    return _counted(match.group().lower(), (written, f"第{written}"))


def _line(match: re.Match[str]) -> Term:
    value, kind = dates.number(match[1] or match[3]), match[2] or "线"
    forms = (f"{value}号{kind}", f"{chinese_numeral(value)}号{kind}")
    return Term(match.group().lower(), forms, NAMED_WEIGHT, named=True)


def _the_first(match: re.Match[str]) -> Term:
    """第一张罚单 is 首张罚单; it binds nothing, as 第一次 doesn't."""
    return Term(match.group(), (match.group(), f"第1{match[1]}", f"首{match[1]}", "首次"), NAMED_WEIGHT / 2)


def _years_since(match: re.Match[str]) -> Term:
    value = dates.number(match[1]) if not match[1].isdigit() else int(match[1])
    return _counted(match.group(), _anniversaries(value))


def _anniversaries(value: int) -> tuple[str, ...]:
    return (f"{value}周年", *((f"{chinese_numeral(value)}周年",) if 0 < value < 100 else ()))


def _english_ordinal(match: re.Match[str]) -> Term:
    return _nth(match.group(), int(match[1]), anniversary=match[2] is not None)


def _spelled_ordinal(match: re.Match[str]) -> Term:
    """The fifteenth anniversary, and any fifteenth; of smaller ones only anniversaries."""
    value = (_TEENS | _EN_WORDS)[(match[1] or match[3]).lower()]
    return _nth(match.group().lower(), value, anniversary=bool(match[2] or match[3]))


def _nth(surface: str, value: int, *, anniversary: bool) -> Term:
    since = _anniversaries(value)
    return _counted(surface, since if anniversary else (*_ordinal_forms(value, MEASURES), *since))


def _five_years(match: re.Match[str]) -> Term:
    said = next(group for group in match.groups() if group).lower()
    value = (_EN_WORDS | _TEENS).get(said) or dates.number(re.sub("[a-z]+$", "", said))
    written = chinese_numeral(value)
    return Term(
        match.group().lower(), (f"{written}五", f"第{written}个五年", f"第{value}个五年"), NAMED_WEIGHT, named=True
    )


def plan_in_marks(inner: str) -> Term | None:
    """The plan for five years that somebody writes in quotation marks: “十四五”."""
    match = _FIVE_YEARS.fullmatch(inner)
    return _five_years(match) if match else None


def _years(match: re.Match[str]) -> Term:
    """ "Fifteen years" may be 15年 or 15周年, and binds nothing."""
    value = _CARDINALS.get(match[1].lower()) or int(match[1])
    return Term(match.group().lower(), (*_anniversaries(value), f"{value}年"), NAMED_WEIGHT / 2)


def _softened(match: re.Match[str]) -> Term:
    """ "Fourth plenary" is an ordinal; "first" may as well be 首次 or 首届, and so binds nothing."""
    value = _EN_WORDS[match[1].lower()]
    forms = (*_ordinal_forms(value, MEASURES), *(FIRST if value == 1 else ()))
    return Term(match[1], forms, NAMED_WEIGHT / 2, named=value > 1, ordinal=value > 1)


_NUMERALS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Term]], ...] = (
    (_FIVE_YEARS, _five_years),
    (_LINE, _line),
    (_EN_PHASE, _english_phase),
    (ORDINAL, _ordinal),
    (_THE_FIRST, _the_first),
    (_PHASE, _phase),
    (_YEARS_SINCE, _years_since),
    (_EN_ORDINAL, _english_ordinal),
    (_EN_SPELLED, _spelled_ordinal),
    (_EN_WRITTEN, _softened),
    (_EN_YEARS, _years),
)


def moved(term: Term, step: int) -> Term:
    """An ordinal so many on: 上一届 after 第二十四届 is 第二十三届. Any other term, or one moved by 0, as it is."""
    match = ORDINAL.match(term.surface) if step else None
    value = dates.number(match[1]) + step if match else 0
    return _counted(f"第{value}{match[2]}", _ordinal_forms(value, match[2])) if match and value > 0 else term


def numerals(question: str) -> tuple[list[Term], str]:
    """The terms of what a question numbers, and the question without them."""
    found: list[Term] = []
    for pattern, make in _NUMERALS:
        found.extend(map(make, pattern.finditer(question)))
        question = pattern.sub(" ", question)
    return found, question
