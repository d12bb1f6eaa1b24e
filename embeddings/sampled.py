"""Indexes that hold a question against a part of their passages, where all of them would take too long."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.index import EVERYWHERE, Cosines, Index, Numbers, Where, nearest_passages
from embeddings.reading import Vectors

CANDIDATES = 500
"""Passages that a question's nearest documents are taken from."""
SAMPLE = 8_192
"""Documents whose cosines tell the mean and the spread of all: to about one hundredth of the spread."""


@dataclass(frozen=True, eq=False)
class SampledIndex(Index):
    """`sample` (n, dimension) are the vectors of some documents' passages, or of all documents' where there are few,
    and `sample_owners` (n,) tells from 0 which belong together."""

    sample: Vectors
    sample_owners: Numbers

    @abstractmethod
    def found(self, query: Vectors, k: int, where: Where) -> dict[int, float]:
        """The cosines of the k nearest passages of the documents that are meant, by passage number."""

    @abstractmethod
    def exactly(self, query: Vectors, passages: Sequence[int]) -> dict[int, float]:
        """The cosines of these passages."""

    def similarities(self, query: Vectors, wanted: Sequence[int] = (), where: Where = EVERYWHERE) -> Cosines:
        known = self.found(query, min(CANDIDATES, len(self.passages)), EVERYWHERE)
        if where != EVERYWHERE and len(known) < len(self.passages):
            known.update(self.found(query, CANDIDATES, where))
        # Of a document that is near by one passage the others are farther, and so need no look.
        near = set(self.owners[list(known)].tolist())
        known.update(self.exactly(query, self._passages_of(document for document in wanted if document not in near)))
        count = int(self.sample_owners[-1]) + 1 if len(self.sample_owners) else 0
        sampled = Cosines.of(nearest_passages(self.sample @ query, self.sample_owners, count))
        numbers = list(known)
        cosines = np.array([known[number] for number in numbers], np.float32)
        values = nearest_passages(cosines, self.owners[numbers], len(self.documents))
        unseen = np.ones(len(self.documents), bool)
        unseen[self.owners[numbers]] = False
        unseen[np.bincount(self.owners, minlength=len(self.documents)) == 0] = False
        values[unseen] = sampled.mean
        return Cosines(values, sampled.mean, sampled.spread)

    def _passages_of(self, documents: Iterable[int]) -> list[int]:
        wanted = np.zeros(len(self.documents), bool)
        wanted[list(documents)] = True
        return np.flatnonzero(wanted[self.owners]).tolist() if len(self.owners) else []
