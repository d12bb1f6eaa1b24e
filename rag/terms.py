"""The words of a question that evidence has to carry, each with the forms it may take in the corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.bridge import dictionary
from rag.text import HAN

NAMED_WEIGHT = 6.0
"""The idf given to quoted titles and ordinals, about that of a word that stands in one unit of 600."""
LITERAL = 0.8
"""The strength from which a form is the term itself, or its translation."""
SURELY = 0.3
"""The strength from which a form is taken for the term itself."""
COMMON = 2.0
"""A name with less idf than this stands in every eighth unit or more: the yearbook's own subject, no constraint."""


@dataclass(frozen=True)
class Term:
    """`forms`: any one of them in a lower-cased text carries the term; `weight`: how rare it is (idf);
    `named`: it is a name, an ordinal or a quoted title, which no answer may leave aside; `ordinal`: the very
    sentence has to carry it, since 第四届 of one thing says nothing of another; `strengths`: how surely each form
    means the term, 0 to 1 (1 each where none are given); `others`: longer names that end in a form and mean something
    else (都柏林 is no 柏林)."""

    surface: str
    forms: tuple[str, ...]
    weight: float
    named: bool = False
    ordinal: bool = False
    strengths: tuple[float, ...] = ()
    others: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether a folded, lower-cased text carries a form that surely means the term."""
        return self.strength_in(text) >= SURELY

    @property
    def surest(self) -> float:
        """How surely the corpus can say the term at all, by the best of its forms; 0 where it has none."""
        return max(self.strengths, default=1.0) if self.forms else 0.0

    def strength_in(self, text: str) -> float:
        """0 to 1: how surely a text carries the term, by the best of its forms there."""
        for other in self.others:
            text = text.replace(other, " ")
        strengths = self.strengths or (1.0,) * len(self.forms)
        best = max((s for form, s in zip(self.forms, strengths, strict=True) if form in text), default=0.0)
        if best:
            return best
        short = is_short_for(self.surface, text) if self.named else not self.forms and abbreviates(self.surface, text)
        return LITERAL if short else 0.0


def is_short_for(name: str, text: str) -> bool:
    """Whether a text writes out what a Chinese name of three to five characters is short for: 经开区 is
    经济技术开发区, 人大常委会 is 人民代表大会常务委员会."""
    long = _long_form(name)
    return long is not None and long.search(text) is not None


def abbreviates(word: str, text: str) -> bool:
    """Whether a text has the two words that a Chinese word of two characters is made of: 全会 is 全体会议, 国交
    is 国际交往; 京办 is nothing in 北京举办国际会议."""
    if not re.fullmatch(f"[{HAN}]{{2}}", word):
        return False
    pairs = re.findall(rf"({word[0]}[{HAN}])({word[1]}[{HAN}])", text)
    return any(first in dictionary() and second in dictionary() for first, second in pairs)


@lru_cache(maxsize=4096)
def _long_form(name: str) -> re.Pattern[str] | None:
    if not re.fullmatch(f"[{HAN}]{{3,5}}", name):
        return None
    return re.compile(f"{name[0]}[{HAN}]{{1,3}}" + f"[{HAN}]{{0,3}}".join(name[1:]))


def coverage(terms: Sequence[Term], text: str) -> float:
    """The share of the terms' weight that a text carries, 0 to 1; 0 where there are no terms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.strength_in(text) for term in terms) / total if total else 0.0


def literally(terms: Sequence[Term], text: str) -> float:
    """As `coverage`, but only forms that mean the very term count: what is likely said is no yes."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.strength_in(text) >= LITERAL) / total if total else 0.0


def lacks_name(terms: Sequence[Term], text: str) -> bool:
    """Whether a text leaves aside a name, an ordinal or a quoted title that the terms give."""
    return any(term.named and not term.stands_in(text) for term in terms)
