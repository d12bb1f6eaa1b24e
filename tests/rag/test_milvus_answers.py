"""The chapter's answers are the same from an index in Milvus as from the one in a folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from embeddings import sampled
from embeddings.index import Document, Index
from embeddings.model import Embedder, Progress
from embeddings.place import place_of
from embeddings.reading import Vectors
from embeddings.stores import store_at
from rag import retriever
from rag.assistant import Assistant

pytestmark = pytest.mark.skipif(find_spec("milvus_lite") is None, reason="pip install -e '.[milvus]' first")
GOLD = Path(__file__).parents[2] / "eval" / "gold" / "tune.jsonl"


class Known:
    """The vectors that an index has already."""

    def __init__(self, index: Index) -> None:
        self.name, self.fingerprint = index.manifest.model, index.manifest.fingerprint
        self.dimension = index.manifest.dimension
        self._passages = dict(zip(index.passages, index.vectors, strict=True))
        self._words = dict(zip(index.words, index.word_vectors, strict=True))

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return np.array([self._passages[text] for text in texts])

    def embed_words(self, words: Sequence[str]) -> Vectors:
        return np.array([self._words[word] for word in words])


@pytest.fixture(scope="module")
def through_milvus(assistant: Assistant, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    index = assistant.index
    place = place_of(f"milvus+file:{tmp_path_factory.mktemp('milvus') / 'chapter.db'}")
    documents = [
        Document(payload, tuple(np.array(index.passages, object)[index.owners == number]))
        for number, payload in enumerate(index.documents)
    ]
    made = index.manifest
    store_at(place).refresh(documents, Known(index), settings=made.settings, corpus=made.corpus, words=index.words)
    settings = assistant.settings.model_copy(update={"index": place})
    return Assistant(settings, embedder, store_at(place).open(embedder.fingerprint))


def questions() -> list[tuple[str, tuple[str, ...]]]:
    lines = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    return [(line["question"], tuple(line.get("history", ()))) for line in lines]


def test_every_answer_is_the_same(assistant: Assistant, through_milvus: Assistant) -> None:
    for question, history in questions():
        one, two = (some.ask(question, history) for some in (assistant, through_milvus))
        assert (one.text, one.citations) == (two.text, two.citations), question
        hits = [[hit.unit.id for hit in some.search(question, history)] for some in (assistant, through_milvus)]
        assert hits[0] == hits[1], question


def test_nearly_every_answer_is_the_same_when_few_passages_are_looked_at(
    assistant: Assistant, through_milvus: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third of the chapter is looked at for each question, as 500 passages are of a large library."""
    monkeypatch.setattr(sampled, "CANDIDATES", 20)
    monkeypatch.setattr(retriever, "WANTED", 20)
    asked = questions()
    same = sum(
        assistant.ask(question, history).text == through_milvus.ask(question, history).text
        for question, history in asked
    )
    print(f"the same: {same} of {len(asked)}")
    assert same >= 0.97 * len(asked)
