"""An index as a folder of plain files: FAISS vectors, documents and passages as JSON lines, a manifest."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings import lists, store
from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.index import FORMAT, LIBRARIES, Document, Index, Manifest, check_model
from embeddings.memory import FlatIndex
from embeddings.reading import Vectors

if TYPE_CHECKING:
    import faiss

VECTORS, DOCUMENTS, PASSAGES = "index.faiss", "documents.jsonl", "passages.jsonl"
WORDS, WORD_VECTORS = "words.json", "words.npy"


def current_generation(folder: Path) -> str | None:
    """The name of the current generation, or None; reads one small file, so a running chat may poll it."""
    try:
        return store.pointer(folder)[0]
    except (IndexMissing, IndexDamaged):
        return None


def read_manifest(folder: Path) -> Manifest:
    """What the current index was made of. Raises IndexMissing, IndexDamaged, or IndexMismatch for another format."""
    return _manifest(folder, store.read_manifest(folder)[1])


def open_index(folder: Path, *, model_fingerprint: str | None = None) -> Index:
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


def _manifest(folder: Path, content: dict[str, Any]) -> Manifest:
    if content.get("format") != FORMAT:
        raise IndexMismatch(f"index {folder}: has format {content.get('format')}, not {FORMAT}; {store.REBUILD}")
    known = {field.name for field in fields(Manifest)}
    return Manifest(**{name: value for name, value in content.items() if name in known})


def _open(folder: Path, generation: str, manifest: Manifest, fingerprint: str | None) -> Index:
    import faiss

    check_model(folder, manifest, fingerprint)
    checksums = manifest.checksums or {}
    data = {name: store.checked_bytes(folder / generation / name, checksums[name]) for name in sorted(checksums)}
    passages = [json.loads(line) for line in data[PASSAGES].splitlines()]
    vectors = faiss.deserialize_index(np.frombuffer(data[VECTORS], np.uint8))
    documents = tuple(json.loads(line) for line in data[DOCUMENTS].splitlines())
    parts = {
        "generation": generation,
        "manifest": manifest,
        "documents": documents,
        "passages": tuple(passage["text"] for passage in passages),
        "owners": np.array([passage["document"] for passage in passages], np.int64),
        "words": tuple(json.loads(data[WORDS])),
        "word_vectors": np.load(io.BytesIO(data[WORD_VECTORS]), allow_pickle=False).astype(np.float32),
    }
    if manifest.kind == lists.KIND:
        return lists.ListIndex.of(vectors, parts)
    return FlatIndex(**parts, _vectors=vectors.reconstruct_n(0, len(passages)))


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
    found, kind, recall = lists.chosen(vectors)

    def write(unfinished: Path) -> None:
        _write_lines(unfinished / DOCUMENTS, (document.payload for document in documents))
        owned = ((number, text) for number, document in enumerate(documents) for text in document.passages)
        _write_lines(unfinished / PASSAGES, ({"document": number, "text": text} for number, text in owned))
        _write_vectors(unfinished / VECTORS, found)
        (unfinished / WORDS).write_text(json.dumps(list(words), ensure_ascii=False), "utf-8", "backslashreplace")
        by_word = np.zeros((0, vectors.shape[1])) if word_vectors is None else word_vectors
        np.save(unfinished / WORD_VECTORS, by_word.astype(np.float16), allow_pickle=False)

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
                kind=kind,
                recall=recall,
                libraries={name: version(name) for name in LIBRARIES},
                checksums=checksums,
            )
        )

    return store.publish(folder, write, manifest)


def _write_lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """One JSON object a line; a lone surrogate, which UTF-8 has no bytes for, stays an escape."""
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _write_vectors(path: Path, vectors: faiss.Index) -> None:
    import faiss

    with path.open("wb") as file:
        file.write(faiss.serialize_index(vectors).data)
