"""Several indexes as one, in memory: for questions across folders that are kept apart on the disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from embeddings.index import FLAT, Index
from embeddings.memory import FlatIndex
from embeddings.reading import Vectors


def joined(indexes: Sequence[Index], wanted: Callable[[dict[str, Any]], bool]) -> FlatIndex:
    """The wanted documents of indexes that one model made, in their order."""
    first = indexes[0]
    documents: list[dict[str, Any]] = []
    passages: list[str] = []
    owners: list[int] = []
    vectors: list[Vectors] = []
    words = {word: vector for index in indexes for word, vector in zip(index.words, index.word_vectors, strict=True)}
    for index in indexes:
        numbers: dict[int, int] = {}
        for number, payload in enumerate(index.documents):
            if wanted(payload):
                numbers[number] = len(documents)
                documents.append(payload)
        rows = [row for row, owner in enumerate(index.owners.tolist()) if owner in numbers]
        passages += [index.passages[row] for row in rows]
        owners += [numbers[int(index.owners[row])] for row in rows]
        vectors.append(index.vectors[rows])
    return FlatIndex(
        generation="+".join(index.generation for index in indexes),
        manifest=replace(first.manifest, documents=len(documents), passages=len(passages), kind=FLAT, recall=1.0),
        documents=tuple(documents),
        passages=tuple(passages),
        owners=np.array(owners, np.int64),
        _vectors=np.concatenate(vectors),
        words=tuple(words),
        word_vectors=np.array(list(words.values()), np.float32).reshape(len(words), first.manifest.dimension),
    )
