"""All of a corpus' text in one string, in which to look for a word without going from unit to unit."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache

import numpy as np

BETWEEN = "\0"
"""Stands between two texts, and in none."""
CELLS = 1 << 24
"""Of the table of pairs of characters: a million different pairs, those of 100,000 entries, fill a sixteenth."""
PART = 1 << 20
"""Characters that are taken into the table at a time."""


class Whole(Container[str]):
    """Texts to look for words in. A word of which two neighbouring characters stand together nowhere is told to be
    missing without a look at the text: a table holds all the pairs there are (two pairs may share a cell of it)."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._text = BETWEEN.join(texts)
        self._starts = np.cumsum([0, *(len(text) + len(BETWEEN) for text in texts[:-1])]) if texts else np.zeros(0)
        self._pairs = np.zeros(CELLS, bool)
        for start in range(0, len(self._text), PART):
            self._pairs[_cells(self._text[start : start + PART + 1])] = True
        self._stands = lru_cache(4096)(self._looked_for)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._stands(word)

    def _looked_for(self, word: str) -> bool:
        return bool(self._pairs[_cells(word)].all()) and word in self._text

    def holding(self, word: str) -> list[int]:
        """The numbers of the texts that hold a word, in order."""
        if word not in self:
            return []
        places = [match.start() for match in re.finditer(re.escape(word), self._text)]  # twice as fast as str.find
        numbers = np.searchsorted(self._starts, places, side="right") - 1
        return list(dict.fromkeys(numbers.tolist()))


def _cells(text: str) -> np.ndarray:
    """Where the pairs of neighbouring characters of a text stand in the table."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return (codes[:-1] * np.uint32(4099) + codes[1:]) % np.uint32(CELLS)
