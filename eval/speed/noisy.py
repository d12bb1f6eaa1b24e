"""A model that embeds some texts for real and makes up the rest, lest growth take hours to measure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from embeddings.errors import ModelError
from embeddings.model import LocalEmbedder, Progress, load
from embeddings.reading import Vectors, unit

NOISE = 0.35
"""The length of the noise added to a unit vector: a copy's cosine with its original is about .94, as that of two
sentences on one matter."""


def local(name: str) -> LocalEmbedder:
    """The model of that name. Raises ModelError where it isn't on this machine, whose pace is what is measured."""
    embedder = load(name)
    if not isinstance(embedder, LocalEmbedder):
        raise ModelError(f"model {name!r}: is on another machine; measure with one on this")
    return embedder


class NoisyEmbedder(LocalEmbedder):
    """Embeds the first `real` passages and words; the others get one of those vectors with noise. Queries are real."""

    real = 500

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return unit(_with_noise(super().embed_passages(texts[: self.real], progress), len(texts)))

    def embed_words(self, words: Sequence[str]) -> Vectors:
        """Every so many-th word, so that they come from all of the vocabulary, which is sorted."""
        step = max(1, len(words) // self.real)
        return _with_noise(super().embed_words(words[::step][: self.real]), len(words))


def _with_noise(vectors: Vectors, count: int) -> Vectors:
    """(count, dimension): the vectors, then copies of them in turn with noise of length NOISE, the same every time."""
    if count <= len(vectors):
        return vectors
    chance = np.random.default_rng(0)
    copies = vectors[np.arange(len(vectors), count) % len(vectors)]
    noise = chance.standard_normal(copies.shape, np.float32) * (NOISE / copies.shape[1] ** 0.5)
    return np.concatenate([vectors, copies + noise])
