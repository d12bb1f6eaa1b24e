"""Who holds which office, as running text says it: 英国太古集团 | 总裁 | 施铭伦."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import rjieba

from rag.bridge import is_common, surnames
from rag.names import Names
from rag.text import HAN

OFFICE = (
    r"(?:副|总|代)?(?:[市区县镇乡州省部局处科司院馆所站台厂队校社会行庭议组团班]长|秘书长|理事长|董事长|检察长)|书记|主任|主席|"
    r"总裁|总统|总理|首相|大使|公使|参赞|总?领事(?!司)|知事|省督|总督|行政长官|首席\w{0,2}官|董事总经理|总?经理|CEO|负责人|"
    r"创始人|教授|研究员|院士|教练|演奏家|艺术家|科学家|作家|画家|演员|专家"
)
"""How the names of offices and callings end."""
_LATER = rf"(?:兼任?|、|暨)[{HAN}A-Za-z]{{0,14}}?(?:{OFFICE})"
_CHAIN = re.compile(rf"(?P<first>{OFFICE})(?P<later>(?:{_LATER})*)")
"""One office or several of one person: 行政总裁、行长; 市委书记、市委外事工作委员会主任."""
_CALLED = re.compile(rf"(?P<said>[{HAN}]{{1,12}}[者员家师手人])(?:、\d+岁(?:高龄)?)?的?$")
_BEFORE = re.compile(
    r"[，。；：！？\s]|会见|会晤|接见|拜会|慰问|致信|贺信|出席|参加|主持|陪同|聘请?|邀请|授予|向|与|会同|分别|其中|担任|(?<![自经])由"
)
"""What ends what stands before an office: 视频会见|英国太古集团总裁."""
_DOTTED = re.compile(
    rf"[{HAN}]{{1,7}}(?:·[{HAN}]{{1,6}}?)+(?=[^{HAN}·]|[和向等致出会在与并分主为的获共担]|发[表言]|一行|$)"
)
_NAME = re.compile(
    rf"[{HAN}]{{2,6}}?(?=[^{HAN}·]|[和向等致出会在与并分主作以线由为带率到当任就对及获评担启执]|[发参介表]|讲[授话]|"
    r"一行|视频|女士|先生|教授|院士|博士|领衔|团队|$)"
)
_BY = re.compile("由(?P<who>[^，。；、]{2,30}?)(?:担任|兼任|出任)")
_AFTER = re.compile(
    rf"(?:，\d+岁)?(?:，|是|为|任|担任|当选为?)+(?P<said>[{HAN}]{{0,14}}?(?:{OFFICE}))|(?P<by>教授|院士|研究员)"
)


@dataclass(frozen=True)
class Post:
    """`said` is the office with what stands before it, verbatim; `body` that part of it; `offices` each by itself."""

    name: str
    said: str
    body: str
    offices: tuple[str, ...]


def posts(text: str, known: Iterable[str] = ()) -> list[Post]:
    """Every office of a text with a name right behind it, in order."""
    return list(_posts(text, Names.of(known)))


def _posts(text: str, known: Names) -> Iterator[Post]:
    end = 0
    for match in _CHAIN.finditer(text):
        taken = _BY.match(text, match.end())
        name = _taken_by(taken["who"], known) if taken else _name(text[match.end() :], known)
        if name:
            yield _post(name, text[end : match.start()], match.group())
            end = text.find(name, match.end()) + len(name)


def _taken_by(who: str, known: Names) -> str:
    """Of 主任由澜江大学教授温以宁担任: whoever is named last, or alone."""
    last = [post.name for post in _posts(who, known)][-1:]
    return last[0] if last else who if _is_name(who) and len(who) < 5 else ""


def _post(name: str, before: str, chain: str) -> Post:
    body = _BEFORE.split(re.sub("^[与和及、]+|^等[^，。；、]*[、和]", "", before))[-1]
    offices = tuple(part for part in re.split("兼任?|、|暨", chain) if part)
    return Post(name, body + chain, body, offices)


def _name(text: str, known: Names) -> str:
    """The name that a text opens with; "" where it opens with none: 市长办公会, 主任委员."""
    for size in range(min(len(text), 16), 1, -1):
        if text[:size] in known:
            return text[:size]
    match = _DOTTED.match(text) or _NAME.match(text)
    return match.group() if match and _is_name(match.group()) else ""


@lru_cache(maxsize=4096)
def _is_name(word: str) -> bool:
    if "·" in word:
        return True
    tagged = rjieba.tag(word)
    first, tag = tagged[0]
    if (
        word[0] in "和与及等或的由为员组"
        or is_common(word)
        or is_common(first)
        or tag.startswith(("p", "u", "v", "m", "r"))
    ):
        return False
    return word[0] in surnames() or tag.startswith(("nr", "x")) or len(word) > 3


def posts_of(name: str, text: str) -> list[Post]:
    """What a text calls somebody, right before his name or after it: 小提琴演奏家吕思清; 温如玉任院长."""
    known = Names((name,))
    found = [post for post in posts(text, known) if post.name == name]
    if found:
        return found
    for match in re.finditer(re.escape(name), text):
        called, after = _CALLED.search(text[: match.start()]), _AFTER.match(text, match.end())
        if called:
            found.append(_post(name, "", _BEFORE.split(called["said"])[-1]))
        elif after:
            found.append(_post(name, "", after["said"] or after["by"]))
    return [post for post in found if post.said]
