"""Brings an index folder up to date with its documents: embeds what is new, keeps what is not, drops what is gone."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.generations import open_index, write_index
from embeddings.index import Document, Index
from embeddings.model import Progress
from embeddings.reading import Vectors
from embeddings.store import locked

PATIENCE = 30.0
"""Seconds that a refresh waits for another one on the same folder."""


class PassageEmbedder(Protocol):
    """The part of `Embedder` that a refresh needs; `dimension` and `embed_passages` load the model."""

    @property
    def name(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    @property
    def dimension(self) -> int: ...
    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors: ...
    def embed_words(self, words: Sequence[str]) -> Vectors: ...


@dataclass(frozen=True)
class Report:
    """What a refresh did, in distinct passage texts; `rebuilt` says why the old index was of no use, if there was one.

    `passages` and `documents` count what the index holds now; `changed` is False when nothing was written.
    """

    embedded: int
    kept: int
    dropped: int
    passages: int
    documents: int
    seconds: float
    changed: bool
    generation: str
    rebuilt: str | None = None


def refresh(
    folder: Path,
    documents: Iterable[Document],
    embedder: PassageEmbedder,
    *,
    settings: dict[str, Any],
    corpus: dict[str, Any],
    words: Iterable[str] = (),
    progress: Progress | None = None,
    patience: float = PATIENCE,
) -> Report:
    """Makes the index hold exactly `documents`, and a vector for each of `words`; `progress(done, total)` counts the
    texts that need embedding.

    `settings` and `corpus` are JSON for the manifest; a change in them alone is written but embeds nothing.
    Raises IndexBusy after `patience` seconds, IndexUnwritable, or ModelError; the old index then stays as it was.
    """
    begun = time.perf_counter()
    wanted, told = list(documents), sorted(set(words))
    texts = [text for document in wanted for text in document.passages]
    with locked(folder, patience):
        old, rebuilt = _reusable(folder, embedder.fingerprint)
        known = {text: number for number, text in enumerate(old.passages)} if old else {}
        new = [text for text in dict.fromkeys(texts) if text not in known]
        kept = len(known.keys() & set(texts))
        changed = old is None or not _same(old, wanted, told, embedder.name, settings, corpus)
        if old is None or changed:
            vectors = _vectors(old, known, texts, new, embedder, progress)
            generation = write_index(
                folder,
                wanted,
                vectors,
                told,
                _word_vectors(old, told, embedder),
                model=embedder.name,
                fingerprint=embedder.fingerprint,
                settings=settings,
                corpus=corpus,
            )
        else:
            generation = old.generation
    return Report(
        embedded=len(new),
        kept=kept,
        dropped=len(known) - kept,
        passages=len(texts),
        documents=len(wanted),
        seconds=time.perf_counter() - begun,
        changed=changed,
        generation=generation,
        rebuilt=rebuilt,
    )


def _reusable(folder: Path, fingerprint: str) -> tuple[Index | None, str | None]:
    """The old index if its vectors can be used again, else why not (None where there was none)."""
    try:
        return open_index(folder, model_fingerprint=fingerprint), None
    except IndexMissing:
        return None, None
    except (IndexDamaged, IndexMismatch) as error:
        return None, str(error)


def _same(
    old: Index, wanted: list[Document], words: list[str], model: str, settings: dict[str, Any], corpus: dict[str, Any]
) -> bool:
    """Whether a new generation would hold what the old one holds; what is compared has been JSON on one side."""
    manifest = old.manifest
    made = [manifest.model, manifest.settings, manifest.corpus, list(old.words)]
    if made != _through_json([model, settings, corpus, words]):
        return False
    owned = [(number, text) for number, document in enumerate(wanted) for text in document.passages]
    return owned == list(zip(old.owners.tolist(), old.passages, strict=True)) and list(old.documents) == _through_json(
        [document.payload for document in wanted]
    )


def _through_json(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _vectors(
    old: Index | None,
    known: dict[str, int],
    texts: list[str],
    new: list[str],
    embedder: PassageEmbedder,
    progress: Progress | None,
) -> Vectors:
    """(passages, dimension) in the order of `texts`: the old index's vectors and the new texts' own."""
    fresh = embedder.embed_passages(new, progress) if new else None
    dimension = old.manifest.dimension if old else embedder.dimension
    vectors = np.empty((len(texts), dimension), np.float32)
    kept = old.vectors if old else vectors  # once: an index may have to put them together, or to fetch them
    row_of_new = {text: row for row, text in enumerate(new)}
    for row, text in enumerate(texts):
        if text in known:
            vectors[row] = kept[known[text]]
        elif fresh is not None:
            vectors[row] = fresh[row_of_new[text]]
    return vectors


def _word_vectors(old: Index | None, words: list[str], embedder: PassageEmbedder) -> Vectors:
    """(words, dimension) in their order: the old index's vectors and the new words' own."""
    known = dict(zip(old.words, old.word_vectors, strict=True)) if old else {}
    new = [word for word in words if word not in known]
    if new:
        known.update(zip(new, embedder.embed_words(new), strict=True))
    dimension = old.manifest.dimension if old else embedder.dimension
    return np.array([known[word] for word in words], np.float32).reshape(len(words), dimension)
