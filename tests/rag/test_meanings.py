"""Words that no dictionary brings together, by the real model; the arithmetic by hand."""

import numpy as np
import pytest

from embeddings.model import Embedder
from rag.keyword import Keywords
from rag.meanings import ALIKE, LIKE, SUREST, Meanings, enriched, vocabulary
from rag.question import understand
from rag.retriever import Retriever
from rag.types import Unit

TEXTS = ("全市接种疫苗。", "举办话剧大赛。", "安排外宾住宿。", "种植树木。", "影片开幕。")
UNITS = tuple(
    Unit(id=str(n), kind="entry", title="记事", section=None, text=text, authors=(), source="s", lines=(n, n))
    for n, text in enumerate(TEXTS, 1)
)


@pytest.fixture(scope="module")
def retriever(embedder: Embedder) -> Retriever:
    words = vocabulary(UNITS)
    meanings = Meanings(words, embedder.embed_words(words), embedder.question_mean)
    return Retriever(UNITS, meanings)


def told(question: str, surface: str, retriever: Retriever, embedder: Embedder) -> dict[str, float]:
    asked = understand(question, retriever.lexicon, retriever.keywords)
    asked = enriched(asked, embedder.read(asked.standalone), retriever.meanings, retriever.keywords)
    (term,) = (term for term in asked.terms if term.surface == surface)
    return dict(zip(term.forms, term.strengths, strict=True))


@pytest.mark.parametrize(
    ("question", "surface", "word"),
    [
        ("How many expats got their jabs?", "jabs", "疫苗"),
        ("哪里举办了比赛？", "比赛", "大赛"),
        ("Which hotel did they stay in?", "hotel", "住宿"),
    ],
)
def test_a_word_may_stand_in_another(
    question: str, surface: str, word: str, retriever: Retriever, embedder: Embedder
) -> None:
    forms = told(question, surface, retriever, embedder)
    assert forms[word] == max(forms.values())
    assert 0 < forms[word] <= SUREST


def test_an_opposite_means_something_else(retriever: Retriever, embedder: Embedder) -> None:
    assert "开幕" not in told("影片哪天闭幕？", "闭幕", retriever, embedder)


def test_names_mean_nobody_else(retriever: Retriever) -> None:
    assert "疫苗" in retriever.meanings.words
    assert "疫苗" not in retriever.meanings.without({"疫苗"}).words


def test_how_surely_by_hand() -> None:
    meanings = Meanings(("甲", "乙", "丙"), np.eye(3, dtype=np.float32), np.zeros(3, np.float32))
    middle = (LIKE + ALIKE) / 2
    assert meanings.near(np.array([1.0, middle, LIKE], np.float32)) == {
        "甲": SUREST,
        "乙": pytest.approx(SUREST / 2, abs=1e-4),
    }
    # 0.1 less than the likeliest, of 0.2 that make another sense: half as likely; 0.5 less: no less than the least.
    assert meanings.senses(np.array([0.6, 0.5, 0.1], np.float32), ("甲", "乙", "丙", "丁")) == {
        "甲": 1.0,
        "乙": pytest.approx(0.5, abs=1e-5),
        "丙": pytest.approx(0.3),
    }


def test_a_corpus_without_words_changes_nothing(embedder: Embedder) -> None:
    bare = Retriever(UNITS)
    asked = understand("哪里举办了比赛？", bare.lexicon, bare.keywords)
    assert enriched(asked, embedder.read(asked.standalone), bare.meanings, bare.keywords) == asked


def test_the_vocabulary_is_the_corpus_own() -> None:
    assert {"疫苗", "大赛", "住宿"} <= set(vocabulary(UNITS))
    assert all(len(word) > 1 for word in vocabulary(UNITS))
    assert isinstance(Keywords(TEXTS).idf("疫苗"), float)
