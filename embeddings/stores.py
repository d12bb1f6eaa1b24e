"""One face for the places where an index can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from embeddings import generations
from embeddings.index import Document, Index, Manifest
from embeddings.model import Progress
from embeddings.place import Place
from embeddings.refresh import PATIENCE, PassageEmbedder, Report, refresh


class Store(Protocol):
    """What can be done with an index, wherever it is; each method raises as its namesake for a folder does, and
    StoreUnreachable where a server doesn't answer."""

    def generation(self) -> str | None:
        """The name of the current generation, cheap enough to ask for before every question."""

    def manifest(self) -> Manifest:
        """What the current generation was made of."""

    def open(self, fingerprint: str | None = None) -> Index:
        """The current generation, refused when another model than the one with this fingerprint made it."""

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
        """Makes the index hold exactly the documents and the words."""


@dataclass(frozen=True)
class FolderStore:
    """An index in a folder."""

    folder: Path

    def generation(self) -> str | None:
        return generations.current_generation(self.folder)

    def manifest(self) -> Manifest:
        return generations.read_manifest(self.folder)

    def open(self, fingerprint: str | None = None) -> Index:
        return generations.open_index(self.folder, model_fingerprint=fingerprint)

    def refresh(self, documents: Iterable[Document], embedder: PassageEmbedder, **more: Any) -> Report:
        return refresh(self.folder, documents, embedder, **more)


def store_at(place: Place) -> Store:
    """The store of a place. Raises StoreUnreachable where Milvus' client is not installed."""
    if isinstance(place, Path):
        return FolderStore(place)
    from embeddings.milvus.store import MilvusStore

    return MilvusStore(place)
