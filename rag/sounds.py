"""Latin names matched to Chinese words by sound: Shougang is 首钢 in pinyin, Daimler is 戴姆勒 in transliteration."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from pypinyin import lazy_pinyin
from rapidfuzz import fuzz, process

_CLASSES = (
    ("ph", "f"),
    ("ng", "n"), ("sch|sh|ch|zh|th|x|z|j|q", "s"), ("c(?=[eiy])", "s"), ("ck|[ckg]", "k"), ("[bp]", "p"),
    ("[dt]", "t"), ("[lr]", "l"), ("[mn]", "n"), ("[fv]", "f"),
)  # fmt: skip
"""Sounds that Chinese transliteration doesn't keep apart, in the order they are folded."""
ALIKE, SHORT = 88.0, 3
"""Least similarity, of 100, of the consonants; where there are SHORT or fewer they have to be the same."""
SPELLED_ALIKE = {2: 80.0, 3: 50.0}
"""Least similarity, of 100, of the letters: the fewer consonants vouch for a match, the more is asked."""
SPELLED_ALIKE_LONG = 30.0


def folded(letters: str) -> str:
    """A word with the sounds folded that transliteration doesn't keep apart: crook → kluuk is like keluke."""
    for pattern, sound in _CLASSES:
        letters = re.sub(pattern, sound, letters)
    return letters


def skeleton(letters: str) -> str:
    """The classes of a word's consonants in order: daimler → tnl, daimule → tnl."""
    return re.sub(r"(.)\1+", r"\1", re.sub("[aeiouhwy]", "", folded(letters)))


class Sounds:
    """Chinese words by how they sound. Built at the first look-up, about 20 ms per 1,000 words."""

    def __init__(self, words: Iterable[str], transliterated: Iterable[str]) -> None:
        """`words` are matched by exact pinyin, `transliterated` (those no dictionary knows) by likeness too."""
        self._words, self._foreign = words, transliterated

    @cached_property
    def _by_pinyin(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            found["".join(lazy_pinyin(word))].append(word)
        return found

    @cached_property
    def _skeletons(self) -> dict[str, str]:
        return {word: skeleton("".join(lazy_pinyin(word))) for word in self._foreign}

    def find(self, name: str) -> tuple[str, ...]:
        """Words of the corpus that a Latin name may stand for: by exact pinyin, else the likest by sound; or none."""
        letters = re.sub(r"[^a-z]", "", name.lower())
        exact = self._by_pinyin.get(letters, [])
        if exact or len(letters) < 4:
            return tuple(exact)
        bones = skeleton(letters)
        if len(bones) < 2:
            return ()
        alike = process.extract(
            bones, self._skeletons, scorer=fuzz.ratio, score_cutoff=ALIKE if len(bones) > SHORT else 100.0, limit=None
        )
        least = SPELLED_ALIKE.get(len(bones), SPELLED_ALIKE_LONG)
        spelled = [(fuzz.ratio(folded(letters), folded("".join(lazy_pinyin(word)))), word) for _, _, word in alike]
        # What a name begins with is kept best of all.
        fitting = [(s, word) for s, word in spelled if s >= least and self._skeletons[word][:1] == bones[0]]
        return (max(fitting)[1],) if fitting else ()
