"""Names of people: found in a text however many are known, and spelled as English text spells them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import product

from pypinyin import Style, pinyin

_LETTERS = re.compile(r"[^a-z]")
_TWO_WORDS = re.compile(r"\b(?=(\w+ \w+)\b)")


class Names(Collection[str]):
    """A fixed set of names. Looking for all of them in a text takes as long as the text is, not as they are many."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = frozenset(filter(None, names))
        lengths: dict[str, set[int]] = defaultdict(set)
        for name in self._names:
            lengths[name[0]].add(len(name))
        self._lengths = {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        """The same where they are `Names` already."""
        return names if isinstance(names, Names) else cls(names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def within(self, text: str) -> list[str]:
        """Those that stand in a text, each once, by their first place; of two that begin there the longer first."""
        found = dict.fromkeys(
            name
            for place, first in enumerate(text)
            for length in self._lengths.get(first, ())
            if (name := text[place : place + length]) in self._names
        )
        return list(found)

    def apart(self, text: str) -> Iterator[tuple[int, str]]:
        """Every place where one begins, and which: the longest there is, and none inside another."""
        end = 0
        for place, first in enumerate(text):
            if place >= end and first in self._lengths:
                lengths = self._lengths[first]
                name = next((n for size in lengths if (n := text[place : place + size]) in self._names), "")
                if name:
                    end = place + len(name)
                    yield place, name

    def spelled_in(self, text: str) -> set[str]:
        """The English spellings of names that stand in a text: Chen Jining, Jining Chen."""
        return {form for form in _TWO_WORDS.findall(text) if form in self._spellings}

    @cached_property
    def _spellings(self) -> frozenset[str]:
        return frozenset(form for name in self._names for form in spellings(name))


def romanise(name: str) -> set[str]:
    """The name in pinyin letters, family name first and last, in every reading: {"yinyong", "yongyin"}."""
    plain = name.replace("·", "")
    readings = [
        sorted({_LETTERS.sub("", r.replace("ü", "v")) for r in found})
        for found in pinyin(plain, style=Style.NORMAL, heteronym=len(plain) <= 4)
    ]
    spelled = set()
    for reading in product(*(r[:3] for r in readings)):
        spelled.add("".join(reading))
        if len(plain) <= 3:
            spelled.add("".join(reading[1:]) + reading[0])
    return spelled


def english_name(name: str) -> str:
    """A Chinese name as English text writes it: 陈吉宁 → Chen Jining; "" for a foreign name in characters."""
    if "·" in name or not 2 <= len(name) <= 4:
        return ""
    parts = [p[0] for p in pinyin(name, style=Style.NORMAL)]
    return f"{parts[0].capitalize()} {''.join(parts[1:]).capitalize()}"


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """How English text spells a Chinese name: Chen Jining, Jining Chen."""
    written = english_name(name)
    return (written, " ".join(reversed(written.split()))) if written else ()
