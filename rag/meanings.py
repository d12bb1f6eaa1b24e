"""Words of the corpus that mean what a question's words mean, in either language, by the model's own token vectors.

A dictionary has no 疫苗 under "jabs" and no 大赛 under 比赛; the model has both, and the question's tokens are at hand
once it has been embedded. Token vectors share most of their direction, so each side is first freed of its own mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from functools import cached_property

import numpy as np

from embeddings.reading import Reading, Vectors, unit
from rag.glossary import opposed
from rag.keyword import Keywords
from rag.lexicon import searchable
from rag.question import Question
from rag.terms import Term
from rag.text import fold, has_han, tokens
from rag.types import Unit

LIKE, ALIKE = 0.42, 0.60
"""Cosines between which a word of the corpus passes from meaning something else to meaning just that."""
SUREST = 0.85
"""How surely the likest word carries a term: less than the word itself."""
SENSE, OTHER_SENSE = 0.2, 0.3
"""By how much less a translation's cosine than the likeliest one's makes it another sense of the word, and how surely
such a one still carries the term."""
NEAREST = 4
"""Words of the corpus that a question's word may stand for."""
PIECE = 100_000
"""Characters that are cut into words at once; a unit has as many only where a file was made to."""


def vocabulary(units: Iterable[Unit]) -> list[str]:
    """The Chinese words of two characters or more that the units are written in."""
    found = {token for unit in units for piece in _pieces(fold(searchable(unit))) for token in tokens(piece)}
    return sorted(word for word in found if len(word) > 1 and has_han(word))


def _pieces(text: str) -> Iterator[str]:
    """A text in pieces that can be cut into words without gigabytes of memory."""
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))


class Meanings:
    """The corpus' words by meaning. `vectors` (words, dimension) are the words' own, `question_mean` (dimension,)
    what all questions' tokens have in common; `names` are left out."""

    def __init__(
        self,
        words: Sequence[str] = (),
        vectors: Vectors | None = None,
        question_mean: Vectors | None = None,
        names: Set[str] = frozenset(),
    ) -> None:
        self._given = words, vectors
        self._rows = [row for row, word in enumerate(words) if word not in names]
        self.words = tuple(words[row] for row in self._rows)
        self._numbers = {word: number for number, word in enumerate(self.words)}
        self._question_mean = np.zeros(0, np.float32) if question_mean is None else question_mean

    def without(self, names: Set[str]) -> Meanings:
        """The same less some words."""
        fewer = Meanings(*self._given, self._question_mean, names)
        fewer._vectors  # noqa: B018  # now, not when the first question comes
        return fewer

    @cached_property
    def _vectors(self) -> Vectors:
        """The unit vectors (words, dimension); the given ones are not copied to be kept."""
        given = self._given[1]
        if given is None or not self.words:
            return np.zeros((0, 0), np.float32)
        own = given[self._rows]
        own -= own.mean(0)
        return unit(own)

    def cosines(self, vectors: Vectors) -> Vectors:
        """(n, words) of the token vectors (n, dimension) of n words of a question with every word of the corpus."""
        return unit(vectors - self._question_mean) @ self._vectors.T

    def near(self, row: Vectors) -> dict[str, float]:
        """Corpus words after how surely (0 to 1) each means the same, by one row of `cosines`; the surest first."""
        like = np.flatnonzero(row > LIKE)
        best = like[np.argsort(-row[like])][:NEAREST]
        return {self.words[n]: min((float(row[n]) - LIKE) / (ALIKE - LIKE), 1.0) * SUREST for n in best}

    def senses(self, row: Vectors, forms: Sequence[str]) -> dict[str, float]:
        """Of a dictionary's translations, how likely each is meant here (OTHER_SENSE to 1), by the likeliest one."""
        known = {form: float(row[self._numbers[form]]) for form in forms if form in self._numbers}
        best = max(known.values(), default=0.0)
        return {form: max(OTHER_SENSE, 1 - (best - cosine) / SENSE) for form, cosine in known.items()}


def enriched(question: Question, reading: Reading, meanings: Meanings, keywords: Keywords) -> Question:
    """The question with its plain terms able to stand in the corpus' own words. `reading` is its standalone text's."""
    text = fold(question.standalone).lower()
    plain = [term for term in question.terms if not term.named and not term.ordinal]
    vectors = {term: vector for term in plain if (vector := _vector(term, text, reading)) is not None}
    if not vectors or not meanings.words:
        return question
    rows = meanings.cosines(np.array(list(vectors.values()), np.float32))
    known = {term: _with(term, row, meanings, keywords) for term, row in zip(vectors, rows, strict=True)}
    return replace(
        question,
        terms=tuple(known.get(term, term) for term in question.terms),
        own=tuple(known.get(term, term) for term in question.own),
    )


def _vector(term: Term, text: str, reading: Reading) -> Vectors | None:
    """The mean of the tokens that a term's surface is written in; None where it isn't found."""
    match = re.search(r"\W+".join(map(re.escape, term.surface.split())), text)
    if not match:
        return None
    first, last = match.span()
    rows = [row for row, (start, end) in enumerate(reading.places) if start < last and end > first]
    return reading.tokens[rows].mean(0) if rows else None


def _with(term: Term, row: Vectors, meanings: Meanings, keywords: Keywords) -> Term:
    strengths = dict(zip(term.forms, term.strengths or (1.0,) * len(term.forms), strict=True))
    weight = term.weight
    if len(strengths) > 1 and not has_han(term.surface):
        senses = meanings.senses(row, term.forms)
        strengths = {form: strength * senses.get(form, 1.0) for form, strength in strengths.items()}
    near = meanings.near(row).items()
    more = {
        word: strength
        for word, strength in near
        if strength > strengths.get(word, 0.0) and not opposed(word, term.surface)
    }
    if more and not term.forms:
        weight = max(weight, *(strength * keywords.idf(word) for word, strength in more.items()))
    strengths.update(more)
    return replace(term, forms=tuple(strengths), strengths=tuple(strengths.values()), weight=weight)
