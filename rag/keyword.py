"""The lexical leg: BM25 (bm25s) over Chinese words and Latin tokens, with an English question's words bridged in."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cached_property

import bm25s
import numpy as np
import rjieba
from numpy.typing import NDArray

from rag.bridge import Bridge, dictionary
from rag.glossary import TERMS
from rag.places import bare_place, country_of, english_of
from rag.sounds import Sounds
from rag.text import fold, has_han, tokens

Scores = NDArray[np.float32]
logging.getLogger("bm25s").setLevel(logging.WARNING)  # it turns its own DEBUG lines on when imported


COMMON_WORDS = 300
"""How many of the commonest words are looked through for the place that a yearbook is about."""
LEAST_IDF = 0.5
"""What the commonest word still weighs: in a corpus of a few entries every word would else weigh nothing."""


class Keywords:
    """BM25 over a fixed list of texts. Built in memory: about 0.1 s per 1,000 entries."""

    def __init__(self, texts: Sequence[str], names: Sequence[str] = ()) -> None:
        """`texts`: one per document, in the order of the scores; `names`: foreign ones that a segmenter cuts up."""
        split = [tokens(fold(text)) or [""] for text in texts]
        self.vocabulary: dict[str, int] = {}
        ids = [[self.vocabulary.setdefault(token, len(self.vocabulary)) for token in document] for document in split]
        self._size = len(texts)
        self._bm25 = bm25s.BM25()
        self._bm25.index((ids, self.vocabulary), show_progress=False, leave_progress=False)
        counts = np.zeros(len(self.vocabulary), dtype=np.int64)
        for document in ids:
            counts[list(set(document))] += 1
        self._idf = np.maximum(np.log(1 + (self._size - counts + 0.5) / (counts + 0.5)), LEAST_IDF)
        everything = "\n".join(texts)
        terms = {word for _, words in TERMS for word in words if word in everything}
        self.bridge = Bridge({*self.vocabulary, *terms})
        chinese = [word for word in self.vocabulary if len(word) > 1 and has_han(word)]
        self.sounds = Sounds(
            chinese, [*names, *(word for word in chinese if word not in dictionary() and _name_like(word))]
        )

    @cached_property
    def own_place(self) -> str:
        """The place that the texts are about, without 市 or the like: of the places among the commonest words, the
        first that is no country. "" where there is none."""
        common = sorted(self.vocabulary, key=lambda word: self.idf(word))[:COMMON_WORDS]
        places = (word for word in common if len(word) > 1 and rjieba.tag(word)[0] == (word, "ns"))
        return next((bare_place(word) for word in places if country_of(word) is None and word not in english_of()), "")

    def idf(self, token: str) -> float:
        """ln(1 + (N - n + .5) / (n + .5)), as BM25 has it; a token the corpus lacks gets that of n = 0."""
        number = self.vocabulary.get(token)
        return float(np.log(1 + (self._size + 0.5) / 0.5)) if number is None else float(self._idf[number])

    def token_scores(self, token: str) -> Scores:
        """(documents,) BM25 of one token; zeros where the corpus lacks it."""
        scores = np.zeros(self._size, dtype=np.float32)
        documents, weights = self._column(token)
        scores[documents] = weights
        return scores

    def _column(self, token: str) -> tuple[NDArray[np.int32], Scores]:
        """The documents that have a token, and its BM25 in each: a column of bm25s' matrix."""
        number = self.vocabulary.get(token)
        if number is None:
            return np.zeros(0, np.int32), np.zeros(0, np.float32)
        matrix = self._bm25.scores
        place = slice(matrix["indptr"][number], matrix["indptr"][number + 1])
        return matrix["indices"][place], matrix["data"][place]

    def score(self, question: str) -> Scores:
        """(documents,) scores of a folded question: its own tokens, and for English words their best translation."""
        total = np.zeros(self._size, dtype=np.float32)
        for token in tokens(question):
            documents, scores = self._column(token)
            total[documents] += scores
        for phrase, group in self.bridge.translate(question):
            best = np.zeros(self._size, dtype=np.float32)
            for word, weight in group.items():
                documents, scores = self._column(word)
                best[documents] = np.maximum(best[documents], weight * scores)
            total += (phrase.count(" ") + 1) * best
        return total


def _name_like(word: str) -> bool:
    return rjieba.tag(word)[0][1].startswith(("nr", "ns", "nt", "nz"))
