"""How well one line goes on in another: words cut in two, phrases used elsewhere, brackets, topic."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

import rjieba

from rag.reading.layout import closes, is_cjk

_OPENERS, _CLOSERS = "《“（〈「『", "》”）〉」』"
_CANNOT_OPEN = frozenset("，。、；：！？》”）〉」』】…%")
_COUNTED = frozenset("年月日时名人个家项次场届条件万亿余多位只套类周岁国种篇期级号元%至—")
_PHRASE, _WORD, _TOPIC, _BRACKET = 1.1, 0.9, 0.12, 4.0
_REACH = 5
_NUMBERED = re.compile(r"\d{1,2}[.．、]\s?\D")
_BEFORE, _AFTER = 6, 6


class Junctions:
    """Judges junctions in one stretch of a source, whose own phrases and topics it knows."""

    def __init__(self, strands: Iterable[str]) -> None:
        texts = list(strands)
        self.text = "\n".join(texts)
        counts = Counter(gram for text in texts for gram in grams(text))
        self.rarity = {gram: math.log(len(texts) / count) for gram, count in counts.items()}

    def fluency(self, left: str, right: str, native: bool = False) -> float:
        """Log-odds-like score that `right` goes on where `left` stops; `native` where they stand so in the source."""
        if not left or not right:
            return 0.0
        score = _PHRASE * self._phrase(left, right, native) + _WORD * crossing(left[-_BEFORE:], right[:_AFTER])
        return score + _edges(left, right)

    def _phrase(self, left: str, right: str, native: bool) -> float:
        """How long a phrase over the junction is that the source has elsewhere too (its native place not counted)."""
        best = 0.0
        for size in range(2, _REACH + 1):
            found = False
            for before in range(1, size):
                gram = left[-before:] + right[: size - before]
                if len(gram) == size and self._elsewhere(gram, native):
                    found = True
                    break
            if not found:
                break
            best = size - 1.0
        return best

    def _elsewhere(self, gram: str, native: bool) -> bool:
        place = self.text.find(gram)
        return place >= 0 and (not native or self.text.find(gram, place + 1) >= 0)

    def topic(self, head: str, tail: str) -> float:
        """What a tail shares with the text and title before it: the rarity of the character pairs in both."""
        return _TOPIC * sum(self.rarity.get(gram, 0.0) for gram in grams(head) & grams(tail))


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters in a text."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1) if is_cjk(text[at]) and is_cjk(text[at + 1]))


@lru_cache(maxsize=65536)
def crossing(left: str, right: str) -> float:
    """2 or more where a dictionary word spans the junction, below 0 where a line is left with half a word."""
    at = 0
    for word in rjieba.cut(left + right, False):
        if at < len(left) < at + len(word):
            return float(min(len(word), 4))
        at += len(word)
    return 0.0


def _edges(left: str, right: str) -> float:
    if right[0] in _CANNOT_OPEN:
        return -_BRACKET
    if _NUMBERED.match(right) and not closes(left):
        return -2 * _BRACKET
    if left[-1].isdigit():
        if right[0].isdigit():
            return -_BRACKET
        return 1.5 if right[0] in _COUNTED else -1.5
    return 0.0


def balance(head: str, tail: str) -> float:
    """Brackets over a junction: good where the tail closes what the head opened, bad where one is left over."""
    opened = _depths(head)
    score = 0.0
    for place, (opener, closer) in enumerate(zip(_OPENERS, _CLOSERS, strict=True)):
        needed = _missing(tail, opener, closer)
        score -= _BRACKET * abs(opened[place] - needed)
    return score


def _depths(text: str) -> Sequence[int]:
    return [max(0, text.count(o) - text.count(c)) for o, c in zip(_OPENERS, _CLOSERS, strict=True)]


def _missing(text: str, opener: str, closer: str) -> int:
    """How many closers of a text have no opener before them."""
    if closer not in text:
        return 0
    depth = missing = 0
    for char in text:
        if char == opener:
            depth += 1
        elif char == closer:
            depth -= 1
            if depth < 0:
                missing += 1
                depth = 0
    return missing
