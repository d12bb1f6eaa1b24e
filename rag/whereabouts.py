"""The tables and sections that a question speaks of, by their numbers, names, captions or words for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag import dates
from rag.lexicon import Lexicon
from rag.terms import Term, coverage
from rag.text import HAN, matchable

_IN_SECTION = (
    r"[“《【\"]?{name}[”》】\"]?\s*(?:(?:[这那该]一?个?)?\s*(?:部分|分目|栏目|章节|类目|小节|section)|(?:[这那该]一?|一)[节栏章])|"
    r"section (?:on |about |called |titled )?[“\"]?{name}"
)
_NUMBER = r"(?:\d+|十[一二三四五六七八九]?|[一二三四五六七八九])"
_ABOUT_TABLE = re.compile(
    rf"表\s*(?P<zh>{_NUMBER}(?:\s*(?:[、和与及跟,]|以及)\s*表?\s*{_NUMBER}(?![\d月日号年个家次场位项%]))*)[中里上内]?"
    r"(?:[一总]?共|都)?(?:(?:列出?|列举|收录|记录|登记)(?!在)[了过着]?)?|"
    r"\b(?:(?:listed|shown|recorded|given) )?(?:in )?"
    r"(?P<en>tables\s+\d+(?:(?:\s*,)?\s*(?:and |or |&\s*)?\s*\d+)*|table\s+\d+(?:,? (?:and|or) table \d+)*)"
    r"(?: (?:lists?|contains?|shows?|records?)\b)?",
    re.I,
)
"""Tables by their numbers, with the word that says that they hold what is asked for."""
_SOME_TABLE = re.compile(
    rf"(?<![代发外图])(?:一览|统计|明细|情况)?表(?:格|(?:[中里上内]|(?=[，。？?\s]|$)))|一览表|"
    rf"(?:名单|清单)(?:[中里上内]|(?=[，。]))|(?<=[{HAN}])表(?=(?:总共|共|一共|列|记))|\btables?\b|\bin the lists?\b",
    re.I,
)
_MANY_TABLES = re.compile(r"(?:几|各|每|所有|全部)张?[^，。？]{0,4}表|条目|\b(?:all|every|both|each|entries)\b", re.I)
_COLUMN = re.compile(r"[“\"]?(?P<name>[^“”\"\s]{2,6})[”\"]?(?:这|那)?一?(?:栏|列)(?!出|举)|(?P<en>\w+) column\b", re.I)
_ENTRIES = re.compile(r"\bentr(?:y|ies)\b|条目", re.I)
_SECTION_EN = re.compile(
    r"(?P<before>(?:\b(?!the\b|this\b|that\b|in\b)[\w&-]+ ){1,6})section\b|"
    r"\bsection (?:on|about|for|of|called|titled) (?:the )?(?P<behind>[^?.,;]+)",
    re.I,
)
_HELD = re.compile("section|topics?|subjects?|titles?|items?|matters?|cover(?:ed|s)?|contain(?:ed|s)?|includ(?:ed?|es)")
"""What is said of any section and what it holds."""
UNSAID = 0.5
"""The share of a section's name that may go unsaid where the question calls it a section: 港澳 of 港澳事务."""
LEAST_CAPTION = 0.15
"""The least share of a question's words that the caption of the table it means carries."""


def tables_in(text: str) -> tuple[list[str], str]:
    """The numbers of the tables a question names, as in 表6 or "tables 4 and 6", and the text without them."""
    found = [match["zh"] or match["en"] for match in _ABOUT_TABLE.finditer(text)]
    numbers = (dates.number(number) for said in found for number in re.findall(_NUMBER, said))
    return list(dict.fromkeys(f"表{number}" for number in numbers)), _ABOUT_TABLE.sub(" ", text)


def meant_table(text: str, terms: Sequence[Term], lexicon: Lexicon) -> str | None:
    """The table that a question speaks of without its number, by its caption's words: the table of meetings with …"""
    if not _SOME_TABLE.search(text) or _MANY_TABLES.search(text) or not lexicon.captions:
        return None
    shares = {table: coverage(terms, matchable(caption)) for caption, table in lexicon.captions.items()}
    best = max(shares, key=lambda table: shares[table])
    alone = sum(share == shares[best] for share in shares.values()) == 1
    return best if alone and shares[best] >= LEAST_CAPTION else None


def without_columns(text: str, lexicon: Lexicon) -> str:
    """The text without the table and its columns where they are spoken of as such: 表4“国别”一栏写英国的."""
    named = _COLUMN.sub(lambda m: " " if m["en"] or m["name"] in lexicon.columns else m.group(), text)
    return _SOME_TABLE.sub(" ", named)


def section_in(text: str, lexicon: Lexicon) -> tuple[str | None, str]:
    """A section that the question names as one; its name alone may be part of a longer phrase."""
    for name in lexicon.sections:
        match = re.search(_IN_SECTION.format(name=re.escape(name)), text, re.I)
        if match:
            return name, text.replace(match.group(), " ")
    return None, text


def meant_section(text: str, terms: tuple[Term, ...], lexicon: Lexicon) -> tuple[str | None, tuple[Term, ...]]:
    """The section whose name the question's terms say in other words, where it asks for entries or calls it a section,
    and the terms that say nothing of it: "entries about Hong Kong and Macao affairs" means 港澳事务, and so does "the
    Hong Kong and Macao section"."""
    called = _SECTION_EN.search(text)
    if not called and not _ENTRIES.search(text):
        return None, terms
    words = (called["before"] or called["behind"]).lower() if called else ""
    saying = [term for term in terms if not called or term.surface.lower() in re.sub(r" (?:and|&) ", " ", words)]
    said = sorted({form for term in saying for form in term.forms if len(form) > 1}, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, said)) or "(?!)")
    left = {name: len(pattern.sub("", name)) / len(name) for name in lexicon.sections}
    least = min(left.values(), default=1.0)
    meant = [name for name, share in left.items() if share == least <= (UNSAID if called else 0)]
    if not meant or (called and len(meant) > 1):
        return None, terms
    return meant[0], tuple(term for term in terms if term not in saying and not _HELD.fullmatch(term.surface))
