"""What the tests of an index in Milvus share: vectors that cost nothing, and documents with labels."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import numpy as np

from embeddings.index import Document
from embeddings.model import Progress
from embeddings.reading import Vectors
from embeddings.refresh import Report
from embeddings.stores import Store

DIMENSION = 16


class Hashed:
    """A text's vector from its hash: the same in every process, near to no other's."""

    name, fingerprint, dimension = "hashed", "hashed-1", DIMENSION

    def __init__(self) -> None:
        self.seen: list[str] = []

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        self.seen += texts
        seeds = [int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]) for text in texts]
        vectors = np.array([np.random.default_rng(seed).normal(size=DIMENSION) for seed in seeds], np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def embed_words(self, words: Sequence[str]) -> Vectors:
        return self.embed_passages(words) / 2

    def question(self, text: str) -> Vectors:
        return self.embed_passages([text])[0]


def library(count: int, start: int = 0) -> list[Document]:
    """Documents with one to three passages, their labels in turns, some longer than one record may be."""
    return [
        Document(
            {
                "id": str(number),
                "source": f"{number % 3}.txt",
                "section": ["外事", 'a "quoted" section', None][number % 3],
                "date": f"{number % 4 + 1}月",
                "people": ["殷勇", "李娜"][: number % 3],
                "text": "文" * (20_000 if number % 50 == 7 else 5) + "\ud800",
            },
            tuple(f"第{number}篇第{part}段" for part in range(1 + number % 3)),
        )
        for number in range(start, start + count)
    ]


def bring(store: Store, documents: Sequence[Document], embedder: Hashed, **more: Any) -> Report:
    told: dict[str, Any] = {"settings": {"s": 1}, "corpus": {"files": {}}, "words": ["会见", "友城"]}
    return store.refresh(documents, embedder, **told | more)
