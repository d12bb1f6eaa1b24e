"""Split at 【, embed, top-k by FAISS: the shortest thing that answers at all."""

from __future__ import annotations

import re
from typing import Any

from embeddings.model import load
from eval.baselines.base import Baseline


class Split(Baseline):
    """The model cuts what is longer than its 512 tokens, as it would in anybody's first version."""

    packages = ("faiss-cpu", "sentence-transformers")

    def __init__(self) -> None:
        self.embedder = load()
        self.passages: list[str] = []
        self.faiss: Any = None

    def index(self, text: str) -> None:
        import faiss

        self.passages = [part for part in re.split("(?=【)", text) if part.strip()]
        vectors = self.embedder.embed_passages(self.passages)
        self.faiss = faiss.IndexFlatIP(vectors.shape[1])
        self.faiss.add(vectors)

    def search(self, question: str, k: int) -> list[str]:
        _, found = self.faiss.search(self.embedder.embed_queries([question]), k)
        return [self.passages[number] for number in found[0] if number >= 0]
