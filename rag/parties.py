"""The firms that a clause tells of, by name, so that they can be counted and told apart."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.places import english_of
from rag.relations import RELATIONS
from rag.text import HAN

_HEADS = (
    r"(?:全球|亚太区?|大中华区?|中国区?|亚洲区?|欧洲区?|国际)?(?:管理委员会|董事会|理事会)?(?:执行|行政|联席|首席|高级|常务|名誉)?"
    r"(?:副?总裁|首席执行官|首席\w{1,3}官|执行官|董事总经理|总经理|副?董事长|董事|行长|社长|会长|主席|合伙人|创始人|负责人|代表|CEO)"
)
_ENUMERATED = re.compile(
    rf"^(.+?)等?(?P<count>\d+)?家?(?:外资|跨国|外国|境外|知名|重点)*(?:企业|公司)(?:{_HEADS}|高管|负责人|代表)?"
)
_FORM = re.compile(r"[（(][^）)]*[）)]|股份有限公司|有限责任公司|有限公司|股份公司|株式会社|控股|集团|公司|银行|基金")


def firms(clause: str, relation: str = "met") -> list[str]:
    """The firms named after the relation's verb, without their country and the office of who stands for them."""
    return [name for name, _ in firms_with_country(clause, relation)]


def firms_with_country(clause: str, relation: str = "met") -> list[tuple[str, str]]:
    """Each firm of `firms` with the country it is said to be of, "" where none is; in an enumeration a country holds
    until the next one: 美国甲、乙和日本丙."""
    verb = re.search(RELATIONS[relation][0], clause)
    rest = re.split("[，。；]", clause[verb.end() :])[0] if verb else clause
    listed = _ENUMERATED.match(rest)
    if listed and re.search("、|和", listed[1]):
        named, of = [], ""
        for part in filter(str.strip, re.split(r"、|和|以及|与", listed[1])):
            name, country = _apart(part)
            of = country or of
            named.append((name, of))
        return named
    head = re.search(_HEADS, rest)
    name, country = _apart(rest[: head.start()] if head else "")
    return [(name, country)] if 1 < len(name) <= 20 else []


def _apart(name: str) -> tuple[str, str]:
    """A firm's name without the country before it, and that country."""
    name = name.strip()
    for country in _countries():
        if name.startswith(country) and len(name) > len(country) + 1:
            return name[len(country) :], country
    return name, ""


@lru_cache(maxsize=1)
def _countries() -> list[str]:
    """The longer before those that they begin with."""
    return sorted(english_of(), key=len, reverse=True)


def key(name: str) -> str:
    """What two names of one firm share: without its legal form, lower-case."""
    return _FORM.sub("", name).lower() or name.lower()


def count(names: list[str]) -> int:
    """How many different firms the names stand for: 穆迪 and 穆迪公司 are one."""
    keys: list[str] = []
    for name in map(key, names):
        if not any(name in other or other in name for other in keys):
            keys.append(name)
    return len(keys)


def said_count(clause: str) -> tuple[int, int] | None:
    """(how many firms the text says, how many it names) where it gives both and they differ; else None."""
    listed = re.search(rf"(?:[{HAN}A-Za-z]+、)+[{HAN}A-Za-z]+?等(\d+)家", clause)
    if not listed:
        return None
    named = len(re.split("、|和|以及", listed.group()))
    return (int(listed[1]), named) if int(listed[1]) != named else None
