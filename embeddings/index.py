"""What an index is, wherever its vectors are kept: documents, the passages they are found by, and how a question is
held against them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.errors import IndexMismatch
from embeddings.reading import Vectors
from embeddings.store import REBUILD

FORMAT = 2
FLAT = "flat inner product"
LIBRARIES = ("faiss-cpu", "sentence-transformers", "torch", "numpy")
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Document:
    """What is found (`payload`, JSON of which this package looks at what `Where` names alone) and the passages it is
    found by."""

    payload: dict[str, Any]
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Manifest:
    """What an index was made of. `settings` and `corpus` are the caller's JSON; `created` is UTC in ISO 8601; `recall`
    is that of its `kind` at 10 against exact search, as measured when it was made, 1 where it is exact."""

    model: str
    fingerprint: str
    dimension: int
    normalised: bool
    settings: dict[str, Any]
    corpus: dict[str, Any]
    documents: int
    passages: int
    created: str
    kind: str = FLAT
    recall: float = 1.0
    format: int = FORMAT
    libraries: dict[str, str] | None = None
    checksums: dict[str, str] | None = None


@dataclass(frozen=True)
class Where:
    """Narrows a search to documents that have, under each name given here, one of the values; `people` is a list in
    the payload, the others are strings."""

    source: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    date: tuple[str, ...] = ()
    people: tuple[str, ...] = ()

    def given(self) -> list[tuple[str, tuple[str, ...]]]:
        """The names that have values, with these."""
        return [(field.name, values) for field in fields(self) if (values := getattr(self, field.name))]


EVERYWHERE = Where()
LABELS = tuple(field.name for field in fields(Where))


@dataclass(frozen=True, eq=False)
class Cosines:
    """A question's cosine with every document (documents,), that of its nearest passage, -1 where it has none; and what
    their mean and standard deviation are taken to be.

    An index that doesn't look at every document puts the mean for those that it didn't look at.
    """

    values: Vectors
    mean: float
    spread: float

    @classmethod
    def of(cls, values: Vectors) -> Cosines:
        """Where every document was looked at."""
        return cls(values, *((float(values.mean()), float(values.std())) if len(values) else (0.0, 0.0)))


def nearest_passages(cosines: Vectors, owners: Numbers, documents: int) -> Vectors:
    """(documents,) from the passages' cosines and the numbers of the documents that they belong to."""
    values = np.full(documents, -1.0, np.float32)
    np.maximum.at(values, owners, cosines)
    return values


@dataclass(frozen=True, eq=False)
class Index(ABC):
    """One generation of an index; it never changes and may be shared between threads. Its documents and words are in
    memory; where its vectors are is the subclass's matter.

    `owners[p]` is the number of the document that passage p belongs to; `word_vectors` (words, dimension) are those of
    the caller's words, each by itself.
    """

    generation: str
    manifest: Manifest
    documents: tuple[dict[str, Any], ...]
    passages: tuple[str, ...]
    owners: Numbers
    words: tuple[str, ...]
    word_vectors: Vectors

    @abstractmethod
    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        """Cosines (k',) and passage numbers (k',), best first, for a unit vector (dimension,); k' ≤ k."""

    @abstractmethod
    def similarities(self, query: Vectors, wanted: Sequence[int] = (), where: Where = EVERYWHERE) -> Cosines:
        """The cosines with one unit vector (dimension,): exact at least for the nearest documents of all, the nearest
        of those that `where` narrows it to, and those `wanted`."""

    @property
    @abstractmethod
    def vectors(self) -> Vectors:
        """All vectors (passages, dimension) in the passages' order."""


def check_model(place: object, manifest: Manifest, fingerprint: str | None) -> None:
    """Raises IndexMismatch when the index was made with another model than the one with this fingerprint."""
    if fingerprint is not None and manifest.fingerprint != fingerprint:
        raise IndexMismatch(
            f"index {place}: was made with model {manifest.model!r} ({manifest.fingerprint}), not with the present "
            f"one ({fingerprint}); {REBUILD}"
        )
