"""An office that a question names in place of its holder, or beside his family name: 市长, Mayor Chen, 殷副市长."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pypinyin import lazy_pinyin

from rag.lexicon import ROLES, Lexicon
from rag.text import HAN

_WHICH = re.compile(r"(?:哪一?[位个名]|\b(?:which|what|a|an|any))\s*$", re.I)
_WHO_IS_IT = re.compile(
    r"(?:谁是|哪位是)[^，。？?]{0,6}\0|\0\s*(?:是谁|是哪位|是何人|叫什么)|"
    r"\bwho(?:'s| is| was)? (?:the )?(?:(?!(?:did|do|does|has|have|had)\b)\w+ ){0,2}?\0|\bname of (?:the )?(?:\w+ )?\0",
    re.I,
)
"""A question for the holder of an office; \\0 stands for the office."""
_SPOKEN = {"书记": "市委书记", "secretary": "市委书记"}
"""Short for an office where a family name stands beside it: 蔡书记, Secretary Cai."""
_OFFICES = {chinese: chinese for chinese, _ in ROLES} | _SPOKEN
_IN_ENGLISH = {name: chinese for chinese, english in ROLES for name in english} | _SPOKEN


def titles() -> list[str]:
    """What the offices are called that may stand in place of their holders, in both languages."""
    return [*_OFFICES, *_IN_ENGLISH]


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(names, key=len, reverse=True)).replace(" ", "[ -]")


_FAMILY_FIRST = re.compile(rf"(?<![{HAN}])([{HAN}])({_any_of(_OFFICES)})")
_OFFICE_FIRST = re.compile(rf"\b((?i:{_any_of(_IN_ENGLISH)})) ([A-Z][a-z]+)\b(?! [A-Z])(?:['’]s\b)?")
"""Mayor Chen; of Mayor Chen Wei, whoever the lexicon lacks, the family name alone says nothing."""


def by_office(text: str, lexicon: Lexicon, people: list[str]) -> str:
    """陈市长, Vice Mayor Yin: whoever has that family name and, as the corpus says, that office, is taken out of the
    text and added to `people`."""

    def taken(match: re.Match[str], office: str, family: str) -> str:
        held = (name for name in lexicon.holders(office) if family in (name[0], *lazy_pinyin(name[0])))
        holder = next(held, None)
        if holder is None:
            return match.group()
        people.append(holder)
        return " "

    text = _FAMILY_FIRST.sub(lambda m: taken(m, _OFFICES[m[2]], m[1]), text)
    return _OFFICE_FIRST.sub(lambda m: taken(m, _IN_ENGLISH[m[1].lower().replace("-", " ")], m[2].lower()), text)


def role_in(text: str, people: Sequence[str], lexicon: Lexicon) -> tuple[str, str | None]:
    """An office named in place of its holder, or beside him: "Mayor Chen", 市长向哪些城市致信."""
    for chinese, english in ROLES:
        in_chinese = (
            rf"(?:(?<![{HAN}“《])|(?<=除了)|(?<=除去)|(?<=除开))(?:北京市?的?)?{chinese}(?![{HAN}]*(?:论坛|们|联席))"
        )
        offices = "|".join(english).replace(" ", "[ -]")
        in_english = rf"\b(?:beijing'?s? )?(?:{offices})\b(?! of (?!beijing))(?!s)"
        match = re.search(f"{in_chinese}|{in_english}", text, re.I)
        if match:
            if not people and _WHO_IS_IT.search(text[: match.start()] + "\0" + text[match.end() :]):
                return text, None  # 谁是市长 asks for the holder, who then stands for nothing
            rest = text.replace(match.group(), " ", 1)
            asked = _WHICH.search(text[: match.start()])  # which vice-mayor asks for a name
            another = re.match(r" [A-Z][a-z]", text[match.end() :])  # Mayor Oh is whoever has that name
            return rest, None if people or asked or another else lexicon.holder(chinese)
    return text, None
