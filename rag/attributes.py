"""What a question asks of an event or a letter by a plain word, its theme, outcome, reply or cost, or whom it counts,
the dead or the people of one place, and whether what was found speaks of that."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.numerals import count_of
from rag.question import Question
from rag.text import HAN
from rag.types import Evidence

_THEME_ASKED = re.compile(
    r"(?:主题|口号)(?:是|为|叫)?(?:什么|啥|何)|什么(?:样的)?(?:主题|口号)|"
    r"\bwhat(?:'s| is| was| were)? (?:the |its )?(?:\w+ )?(?:themes?|mottos?|slogans?)\b",
    re.I,
)
_THEME_TOLD = re.compile("主题|为题|题为|围绕|口号|聚焦|[“《]")
_OUTCOME_ASKED = re.compile(
    r"(?:成果|收获|成效)(?:是|有|包括)?(?:什么|哪些|啥)|(?:什么|哪些)(?:\w{2}的?)?(?:成果|收获|成效)|"
    r"\bwhat (?:\w+ ){0,4}(?:outcomes?|results?|achievements?)\b",
    re.I,
)
_REPLY_ASKED = re.compile(
    r"回信|(?<!只)回复|答复|复信|回函|\b(?:repl(?:y|ies|ied)\b(?! (?:only|with|in)\b)|wr[oi]te back\b)|"
    r"\brespond(?:ed)? to (?:\w+ ){0,3}(?:letter|message|congratulations)\b",
    re.I,
)
_REPLY_TOLD = re.compile("[回复答](?:了?信|函|电|复)|复[信函电]|回应")
_COST_ASKED = re.compile(
    r"花(?:了|费)?多|费用|耗资|成本|经费|开[支销]|\b(?:costs?|spen[dt]|spending|budget|pa(?:y|id)|expenses?)\b", re.I
)
_COST_TOLD = re.compile("[费花]|经费|投[资入]|预算|成本|资金|价|支[出付]|耗|造价|拨|款|付|购|缴|出资|每")
_GAIN_TOLD = re.compile("签约|成交|产值|收入|营收|销售|利润|增加值|交易额")
_DEATHS_ASKED = re.compile(
    r"死|遇难(?:者|人)|\bd(?:ied|ying)\b|\b(?:deaths?|killed|fatalit\w+|lost their lives)\b|\bdeath toll\b", re.I
)
_DEATHS_TOLD = re.compile("死|(?<!伤)亡|遇难|丧生|牺牲|去世|逝世|病故|捐躯|殉")
_GROUPS = (
    (
        re.compile(r"台[湾胞商资青籍企]|\bTaiwan"),
        re.compile("台湾|台[胞商资青籍生企属民]|[京沪津闽港对涉赴在陆惠]台|海峡|两岸"),
    ),
    (re.compile(r"香港|港[人商胞资籍]|\bHong ?Kong"), re.compile("(?<!海)(?<!海空)港(?!口|区|务局)")),
    (re.compile(r"澳门|澳胞|\bMaca[ou]"), re.compile("澳(?!大利亚|洲)")),
)
"""Whom a question asks about → how a text tells of them: what is told of 港澳 says nothing of 台湾."""
_SO_MANY_ASKED = re.compile(
    rf"哪(?P<zh>\d+|[两二三四五六七八九十]+)(?:[个家项位名种条部所]|国)(?!月|小?时|区)(?=[{HAN}]|[？?]|$)|"
    r"\bwhich (?P<en>\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve) [a-z]",
    re.I,
)
_ENUMERATES = re.compile("、|；|[”》][和与及]?[“《]|[和与及]")


def tells_attribute(question: Question, items: Sequence[Evidence], texts: Sequence[str]) -> bool:
    """Whether what was found speaks of the theme, outcome, reply or cost that a question asks for and of whom it
    counts, and names things where it asks which so many they are; True where it asks for none of these. `texts`: the
    items' whole units."""
    asked, quotes = question.text, [piece.quote for piece in items]
    if _THEME_ASKED.search(asked) and not any(map(_THEME_TOLD.search, quotes)):
        return False
    if _OUTCOME_ASKED.search(asked) and all(_is_activity(piece) for piece in items):
        return False
    if _REPLY_ASKED.search(asked) and not any(map(_REPLY_TOLD.search, texts)):
        return False
    if question.asks == "how much" and _COST_ASKED.search(asked) and all(map(_is_gain, items)):
        return False
    if question.asks == "how many" and _DEATHS_ASKED.search(asked) and not any(map(_DEATHS_TOLD.search, texts)):
        return False
    if question.asks in ("how many", "how much") and not all(_told_of(asked, *group, texts) for group in _GROUPS):
        return False
    return len(items) != 1 or not asks_so_many(question) or enumerates(quotes[0])


def asks_so_many(question: Question) -> bool:
    """Whether a question asks which so many things something was: 哪两项, which ten experts."""
    match = _SO_MANY_ASKED.search(question.text)
    return match is not None and count_of(match["zh"] or match["en"]) > 1


def enumerates(quote: str) -> bool:
    """Whether a quote names more than one thing."""
    return _ENUMERATES.search(quote) is not None


def _told_of(asked: str, group: re.Pattern[str], told: re.Pattern[str], texts: Sequence[str]) -> bool:
    return not group.search(asked) or any(map(told.search, texts))


def _is_activity(piece: Evidence) -> bool:
    """Whether a piece is a row that says who did what when, and no more."""
    return piece.unit.kind == "row" and bool(piece.unit.people)


def _is_gain(piece: Evidence) -> bool:
    """Whether the sum that a piece tells was earned or agreed on, not spent."""
    told = f"{piece.unit.title}{piece.quote}"
    return _GAIN_TOLD.search(piece.quote) is not None and not _COST_TOLD.search(told)
