"""Opens and refreshes an index in Milvus."""

from __future__ import annotations

import hashlib
import json
import re
import time
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import numpy as np

from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.index import LIBRARIES, Document, Index, Manifest, check_model
from embeddings.milvus.connection import Connection
from embeddings.milvus.index import MilvusIndex, vectors_of
from embeddings.milvus.lease import Lease
from embeddings.milvus.records import Generation, Order, Records, ids_of, keys_of, owners_of
from embeddings.milvus.rows import LABELS, LISTS, Rows, passage_rows, word_rows
from embeddings.model import Progress
from embeddings.place import MilvusPlace
from embeddings.refresh import PATIENCE, PassageEmbedder, Report
from embeddings.sampled import SAMPLE

KIND = "Milvus flat inner product"


class MilvusStore:
    """The index in one place; several may be open on it, on as many machines. Raises StoreUnreachable."""

    def __init__(self, place: MilvusPlace) -> None:
        self._connection = Connection(place)
        self._records = Records(self._connection)

    def generation(self) -> str | None:
        try:
            return self._records.current().name
        except IndexMissing:
            return None

    def manifest(self) -> Manifest:
        return self._records.manifest(self._records.current())

    def open(self, fingerprint: str | None = None) -> Index:
        generation = self._records.current()
        try:
            return self._open(generation, fingerprint)
        except IndexDamaged:
            if self.generation() in (generation.name, None):
                raise
        return self.open(fingerprint)  # refreshed while it was being read

    def _open(self, generation: Generation, fingerprint: str | None) -> Index:
        manifest = self._records.manifest(generation)
        check_model(self._connection.place, manifest, fingerprint)
        order = self._records.order(generation)
        documents = self._records.documents(order)
        # Keys are hashes, so the first by the alphabet are a fair sample.
        sample = sorted(order)[:SAMPLE]
        passages, words = self._collections(manifest.fingerprint)
        rows = self._connection.where(words, f"born <= {generation.number}", ["text", "vector"])
        told = dict(sorted((json.loads(row["text"]), row["vector"]) for row in rows))
        return MilvusIndex(
            generation=generation.name,
            manifest=manifest,
            documents=tuple(document.payload for document in documents),
            passages=tuple(text for document in documents for text in document.passages),
            owners=owners_of(order),
            words=tuple(told),
            word_vectors=np.array(list(told.values()), np.float32).reshape(len(told), manifest.dimension),
            connection=self._connection,
            collection=passages,
            ids=tuple(ids_of(order)),
            born=generation.number,
            sample=vectors_of(self._connection, passages, ids_of(sample), manifest.dimension),
            sample_owners=owners_of(sample),
        )

    def _collections(self, fingerprint: str) -> tuple[str, str]:
        """The collections of a model's passages and words."""
        name, model = self._connection.place.name, hashlib.sha256(fingerprint.encode()).hexdigest()[:8]
        return f"{name}_{model}_passages", f"{name}_{model}_words"

    def refresh(
        self,
        documents: Iterable[Document],
        embedder: PassageEmbedder,
        *,
        settings: dict[str, Any],
        corpus: dict[str, Any],
        words: Iterable[str] = (),
        progress: Progress | None = None,
        patience: float = PATIENCE,
    ) -> Report:
        begun = time.perf_counter()
        wanted, told = list(documents), sorted(set(words))
        self._records.create()
        lease = Lease(self._connection, self._records.name)
        with lease.held(patience):
            generation, old, rebuilt = self._old(embedder.fingerprint)
            manifest = _manifest(wanted, embedder, settings, corpus, old.dimension if old else embedder.dimension)
            number = generation.number + 1 if generation else 1
            passages, terms = self._rows(manifest, wanted, told, number)
            changed = not (
                generation and old and passages.exact and terms.exact and self._same(generation, old, manifest, wanted)
            )
            if changed or generation is None:
                if progress and passages.new:
                    progress(0, passages.new)
                passages.add(embedder.embed_passages, lease.check, progress)
                terms.add(embedder.embed_words, lease.check, None)
                order = self._records.write_documents(keys_of(wanted), wanted)
                lease.check()
                generation = self._records.publish(number, manifest, order)
                passages.remove()
                terms.remove()
                self._sweep(generation, order, manifest.fingerprint, old)
        return Report(
            embedded=passages.new,
            kept=passages.kept,
            dropped=passages.dropped,
            passages=manifest.passages,
            documents=manifest.documents,
            seconds=time.perf_counter() - begun,
            changed=changed,
            generation=generation.name,
            rebuilt=rebuilt,
        )

    def _old(self, fingerprint: str) -> tuple[Generation | None, Manifest | None, str | None]:
        """The newest generation, its manifest if its vectors can be used again, else why not."""
        try:
            generation = self._records.current()
        except IndexMissing:
            return None, None, None
        try:
            manifest = self._records.manifest(generation)
            check_model(self._connection.place, manifest, fingerprint)
        except (IndexDamaged, IndexMismatch) as error:
            return generation, None, str(error)
        return generation, manifest, None

    def _rows(self, manifest: Manifest, documents: list[Document], words: list[str], number: int) -> tuple[Rows, Rows]:
        passages, terms = self._collections(manifest.fingerprint)
        self._connection.create(passages, manifest.dimension, labels=LABELS, lists=LISTS)
        self._connection.create(terms, manifest.dimension)
        return (
            Rows(self._connection, passages, passage_rows(documents), number),
            Rows(self._connection, terms, word_rows(words), number),
        )

    def _same(self, generation: Generation, old: Manifest, new: Manifest, documents: list[Document]) -> bool:
        """Whether a new generation would say what the old one says, their rows apart."""
        dated = replace(new, created=old.created, libraries=old.libraries)
        order = [key for key, _, _ in self._records.order(generation)]
        return json.loads(json.dumps(asdict(dated))) == asdict(old) and order == keys_of(documents)

    def _sweep(self, generation: Generation, order: Order, fingerprint: str, old: Manifest | None) -> None:
        """Removes what is left of earlier generations, and the vectors of other models unless a reader may still use
        them: those of the generation before this one."""
        self._records.sweep(generation, order)
        if old is None:
            return
        kept = self._collections(fingerprint)
        ours = re.compile(re.escape(self._connection.place.name) + "_[0-9a-f]{8}_(passages|words)")
        for name in self._connection.names():
            if ours.fullmatch(name) and name not in kept:
                self._connection.drop(name)


def _manifest(
    documents: list[Document],
    embedder: PassageEmbedder,
    settings: dict[str, Any],
    corpus: dict[str, Any],
    dimension: int,
) -> Manifest:
    return Manifest(
        model=embedder.name,
        fingerprint=embedder.fingerprint,
        dimension=dimension,
        normalised=True,
        settings=settings,
        corpus=corpus,
        documents=len(documents),
        passages=sum(len(document.passages) for document in documents),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        kind=KIND,
        libraries={name: version(name) for name in (*LIBRARIES, "pymilvus")},
    )
