"""A vector index as a folder of plain files: FAISS vectors, documents and passages as JSON lines, a manifest."""

from __future__ import annotations

import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings import store
from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.reading import Vectors

FORMAT = 2
KIND = "flat inner product"
VECTORS, DOCUMENTS, PASSAGES = "index.faiss", "documents.jsonl", "passages.jsonl"
WORDS, WORD_VECTORS = "words.json", "words.npy"
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
    """What an index was made of. `settings` and `corpus` are the caller's JSON; `created` is UTC in ISO 8601."""

    model: str
    fingerprint: str
    dimension: int
    normalised: bool
    settings: dict[str, Any]
    corpus: dict[str, Any]
    documents: int
    passages: int
    created: str
    kind: str = KIND
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

    def holds(self, payload: dict[str, Any]) -> bool:
        """Whether a document is among those meant."""
        plain = (("source", self.source), ("section", self.section), ("date", self.date))
        named = not self.people or not {*self.people}.isdisjoint(payload.get("people") or ())
        return named and all(not values or payload.get(name) in values for name, values in plain)


EVERYWHERE = Where()


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


@dataclass(frozen=True, eq=False)
class FaissIndex(Index):
    """An index that is whole in memory: every cosine it gives is exact."""

    _vectors: Vectors

    def search(self, query: Vectors, k: int, where: Where = EVERYWHERE) -> tuple[Vectors, Numbers]:
        if where != EVERYWHERE:
            return self._search_some(query, k, where)
        k = min(k, len(self.passages))
        if k < 1:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        import faiss

        asked = np.ascontiguousarray(query[None], np.float32)
        scores, numbers = faiss.knn(asked, self._vectors, k, metric=faiss.METRIC_INNER_PRODUCT)
        return scores[0], numbers[0]

    def _search_some(self, query: Vectors, k: int, where: Where) -> tuple[Vectors, Numbers]:
        holds = np.array([where.holds(document) for document in self.documents], bool)
        numbers = np.flatnonzero(holds[self.owners])
        scores = self.vectors[numbers] @ query
        best = np.argsort(-scores, kind="stable")[:k]
        return scores[best], numbers[best]

    def similarities(self, query: Vectors, wanted: Sequence[int] = (), where: Where = EVERYWHERE) -> Cosines:
        return Cosines.of(nearest_passages(self.vectors @ query, self.owners, len(self.documents)))

    @property
    def vectors(self) -> Vectors:
        return self._vectors


def current_generation(folder: Path) -> str | None:
    """The name of the current generation, or None; reads one small file, so a running chat may poll it."""
    try:
        return store.pointer(folder)[0]
    except (IndexMissing, IndexDamaged):
        return None


def read_manifest(folder: Path) -> Manifest:
    """What the current index was made of. Raises IndexMissing, IndexDamaged, or IndexMismatch for another format."""
    return _manifest(folder, store.read_manifest(folder)[1])


def open_index(folder: Path, *, model_fingerprint: str | None = None) -> FaissIndex:
    """The current generation, every file checked against its checksum.

    Raises IndexMissing, IndexDamaged (naming the file), or IndexMismatch when it was made with another model than
    `model_fingerprint` or in another format.
    """
    generation, content = store.read_manifest(folder)
    try:
        return _open(folder, generation, _manifest(folder, content), model_fingerprint)
    except IndexDamaged:
        if current_generation(folder) in (generation, None):
            raise
    return open_index(folder, model_fingerprint=model_fingerprint)  # refreshed twice while it was being read


def check_model(place: object, manifest: Manifest, fingerprint: str | None) -> None:
    """Raises IndexMismatch when the index was made with another model than the one with this fingerprint."""
    if fingerprint is not None and manifest.fingerprint != fingerprint:
        raise IndexMismatch(
            f"index {place}: was made with model {manifest.model!r} ({manifest.fingerprint}), not with the present "
            f"one ({fingerprint}); {store.REBUILD}"
        )


def _manifest(folder: Path, content: dict[str, Any]) -> Manifest:
    if content.get("format") != FORMAT:
        raise IndexMismatch(f"index {folder}: has format {content.get('format')}, not {FORMAT}; {store.REBUILD}")
    known = {field.name for field in fields(Manifest)}
    return Manifest(**{name: value for name, value in content.items() if name in known})


def _open(folder: Path, generation: str, manifest: Manifest, fingerprint: str | None) -> FaissIndex:
    import faiss

    check_model(folder, manifest, fingerprint)
    checksums = manifest.checksums or {}
    data = {name: store.checked_bytes(folder / generation / name, checksums[name]) for name in sorted(checksums)}
    passages = [json.loads(line) for line in data[PASSAGES].splitlines()]
    return FaissIndex(
        generation=generation,
        manifest=manifest,
        documents=tuple(json.loads(line) for line in data[DOCUMENTS].splitlines()),
        passages=tuple(passage["text"] for passage in passages),
        owners=np.array([passage["document"] for passage in passages], np.int64),
        _vectors=faiss.deserialize_index(np.frombuffer(data[VECTORS], np.uint8)).reconstruct_n(0, len(passages)),
        words=tuple(json.loads(data[WORDS])),
        word_vectors=np.load(io.BytesIO(data[WORD_VECTORS]), allow_pickle=False).astype(np.float32),
    )


def write_index(
    folder: Path,
    documents: Sequence[Document],
    vectors: Vectors,
    words: Sequence[str] = (),
    word_vectors: Vectors | None = None,
    *,
    model: str,
    fingerprint: str,
    settings: dict[str, Any],
    corpus: dict[str, Any],
) -> str:
    """Writes a generation and makes it the current one; returns its name. Call it while the store is locked.

    `vectors` (passages, dimension) are unit vectors in the order of the documents' passages; `word_vectors` (words,
    dimension), which are kept in half precision, in the order of `words`. Raises OSError.
    """

    def write(unfinished: Path) -> None:
        _write_lines(unfinished / DOCUMENTS, (document.payload for document in documents))
        owned = ((number, text) for number, document in enumerate(documents) for text in document.passages)
        _write_lines(unfinished / PASSAGES, ({"document": number, "text": text} for number, text in owned))
        _write_vectors(unfinished / VECTORS, vectors)
        (unfinished / WORDS).write_text(json.dumps(list(words), ensure_ascii=False), "utf-8", "backslashreplace")
        found = np.zeros((0, vectors.shape[1])) if word_vectors is None else word_vectors
        np.save(unfinished / WORD_VECTORS, found.astype(np.float16), allow_pickle=False)

    def manifest(checksums: dict[str, str]) -> dict[str, Any]:
        return asdict(
            Manifest(
                model=model,
                fingerprint=fingerprint,
                dimension=vectors.shape[1],
                normalised=True,
                settings=settings,
                corpus=corpus,
                documents=len(documents),
                passages=len(vectors),
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                libraries={name: version(name) for name in LIBRARIES},
                checksums=checksums,
            )
        )

    return store.publish(folder, write, manifest)


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line; a lone surrogate, which UTF-8 has no bytes for, stays an escape."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_vectors(path: Path, vectors: Vectors) -> None:
    import faiss

    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(np.ascontiguousarray(vectors, np.float32))
    with path.open("wb") as file:
        file.write(faiss.serialize_index(index).data)
