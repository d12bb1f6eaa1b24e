"""Words of the corpus that mean what a question's words mean, in either language, by the model's own token vectors.

A dictionary has no 疫苗 under "jabs" and no 大赛 under 比赛; the model has both, and the question's tokens are at hand
once it has been embedded. Token vectors share most of their direction, so each side is first freed of its own mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from embeddings.index import Numbers
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
HEAD, ROUNDING = 128, 1e-4
"""Of the turned vectors, the numbers that all words are ruled out by: they have four fifths of the length. And what
adding up in another order may change of a cosine."""
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
        fewer._turned  # noqa: B018  # now, not when the first question comes
        return fewer

    @cached_property
    def _turned(self) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        """The words' unit vectors in two parts, (words, HEAD) and the rest, turned so that the first has what tells
        most of them apart (their principal axes); the second part's lengths; and the turn (dimension, dimension)."""
        given = self._given[1]
        if given is None or not self.words:
            none = np.zeros((0, 0), np.float32)
            return none, none, none, none
        own = given[self._rows]
        own -= own.mean(0)
        own = unit(own)
        turn = np.ascontiguousarray(np.linalg.eigh(own.T @ own)[1][:, ::-1])
        head, tail = own @ turn[:, :HEAD], own @ turn[:, HEAD:]
        return head, tail, np.linalg.norm(tail, axis=1), turn

    def alike(self, vectors: Vectors) -> list[Alike]:
        """For each of the token vectors (n, dimension) of n words of a question what it is like.

        A cosine is no more than what the first parts give and the product of the second parts' lengths, so most words
        are ruled out by a third of the numbers.
        """
        head, _, lengths, turn = self._turned
        asked = unit(vectors - self._question_mean) @ turn
        most = asked[:, :HEAD] @ head.T
        most += np.linalg.norm(asked[:, HEAD:], axis=1)[:, None] * lengths
        able = [np.flatnonzero(row > LIKE - ROUNDING) for row in most]
        return [Alike(self, vector, numbers) for vector, numbers in zip(asked, able, strict=True)]

    def cosines(self, turned: Vectors, numbers: Sequence[int] | Numbers) -> Vectors:
        """(numbers,) of a turned vector with these words."""
        head, tail, _, _ = self._turned
        return head[numbers] @ turned[:HEAD] + tail[numbers] @ turned[HEAD:]

    def numbers(self, words: Iterable[str]) -> dict[str, int]:
        """Those of the words that the corpus has, with their places."""
        return {word: self._numbers[word] for word in words if word in self._numbers}


@dataclass(frozen=True, eq=False)
class Alike:
    """What one word of a question is like: its `turned` vector, and the `able` words, beyond which no cosine is over
    LIKE."""

    meanings: Meanings
    turned: Vectors
    able: Numbers

    def near(self) -> dict[str, float]:
        """Corpus words after how surely (0 to 1) each means the same; the surest first."""
        row = self.meanings.cosines(self.turned, self.able)
        best = np.argsort(-row, kind="stable")[:NEAREST]
        return {
            self.meanings.words[self.able[n]]: min((float(row[n]) - LIKE) / (ALIKE - LIKE), 1.0) * SUREST
            for n in best
            if row[n] > LIKE
        }

    def senses(self, forms: Sequence[str]) -> dict[str, float]:
        """Of a dictionary's translations, how likely each is meant here (OTHER_SENSE to 1), by the likeliest one."""
        places = self.meanings.numbers(forms)
        known = dict(zip(places, self.meanings.cosines(self.turned, list(places.values())).tolist(), strict=True))
        best = max(known.values(), default=0.0)
        return {form: max(OTHER_SENSE, 1 - (best - cosine) / SENSE) for form, cosine in known.items()}


def enriched(question: Question, reading: Reading, meanings: Meanings, keywords: Keywords) -> Question:
    """The question with its plain terms able to stand in the corpus' own words. `reading` is its standalone text's."""
    text = fold(question.standalone).lower()
    plain = [term for term in question.terms if not term.named and not term.ordinal]
    vectors = {term: vector for term in plain if (vector := _vector(term, text, reading)) is not None}
    if not vectors or not meanings.words:
        return question
    found = meanings.alike(np.array(list(vectors.values()), np.float32))
    known = {term: _with(term, alike, keywords) for term, alike in zip(vectors, found, strict=True)}
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


def _with(term: Term, alike: Alike, keywords: Keywords) -> Term:
    strengths = dict(zip(term.forms, term.strengths or (1.0,) * len(term.forms), strict=True))
    weight = term.weight
    if len(strengths) > 1 and not has_han(term.surface):
        senses = alike.senses(term.forms)
        strengths = {form: strength * senses.get(form, 1.0) for form, strength in strengths.items()}
    near = alike.near().items()
    more = {
        word: strength
        for word, strength in near
        if strength > strengths.get(word, 0.0) and not opposed(word, term.surface)
    }
    if more and not term.forms:
        weight = max(weight, *(strength * keywords.idf(word) for word, strength in more.items()))
    strengths.update(more)
    return replace(term, forms=tuple(strengths), strengths=tuple(strengths.values()), weight=weight)
