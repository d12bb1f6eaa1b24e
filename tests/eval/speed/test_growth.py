from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.generations import open_index
from embeddings.index import Document
from embeddings.model import Embedder
from embeddings.refresh import refresh
from eval.speed.corpus import grow
from eval.speed.growth import searched
from eval.speed.noisy import NOISE, NoisyEmbedder
from rag.reading import read_corpus


def test_a_corpus_has_the_size_asked_for_and_is_the_same_again(tmp_path: Path) -> None:
    files = grow(tmp_path, 2000)
    texts = [file.read_text("utf-8") for file in files]
    corpus = read_corpus(files)
    assert len(corpus.units) == 2000
    assert not corpus.problems
    assert [file.read_text("utf-8") for file in grow(tmp_path, 2000)] == texts
    made = [unit for unit in corpus.units if unit.source.startswith("generated")]
    assert 100 < len(made) < 2000
    assert all(unit.kind == "entry" for unit in made)
    assert sum(len(unit.authors) == 1 for unit in made) > 0.8 * len(made)  # the reader doubts some rare family names
    assert len({unit.title for unit in made}) == len(made)


def test_a_small_corpus_holds_what_fits(tmp_path: Path) -> None:
    assert len(read_corpus(grow(tmp_path, 30)).units) == 30


def test_some_vectors_are_real_and_the_others_near_them(embedder: Embedder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NoisyEmbedder, "real", 2)
    noisy = NoisyEmbedder(embedder.name, embedder.folder)
    vectors = noisy.embed_passages(["外宾", "会见", "植树", "投稿"])
    assert np.allclose(vectors[:2], embedder.embed_passages(["外宾", "会见"]), atol=1e-4)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.diag(vectors[2:] @ vectors[:2].T) == pytest.approx(1 / (1 + NOISE**2) ** 0.5, abs=0.03)
    assert noisy.embed_words(["甲乙", "丙丁", "戊己"]).shape == (3, embedder.dimension)
    assert np.array_equal(noisy.embed_passages(["外宾", "会见", "植树", "投稿"]), vectors)


def test_exact_search_and_a_lists_are_held_against_each_other(tmp_path: Path) -> None:
    class Random:
        name = fingerprint = "random"
        dimension = 16

        def embed_passages(self, texts: list[str], progress: object = None) -> np.ndarray:
            vectors = np.random.default_rng(0).normal(size=(len(texts), 16)).astype(np.float32)
            return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    refresh(tmp_path, [Document({}, (str(n),)) for n in range(300)], Random(), settings={}, corpus={})
    found = searched(open_index(tmp_path))
    assert set(found) == {"exact_ms", "lists_ms", "lists_built_s", "lists_kind", "lists_recall@10"}
    assert found["lists_recall@10"] > 0.95
