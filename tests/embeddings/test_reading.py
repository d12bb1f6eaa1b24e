from types import SimpleNamespace

import numpy as np

from embeddings.model import Embedder
from embeddings.reading import own_tokens, unit


def test_a_reading_has_the_query_vector_and_its_tokens(embedder: Embedder) -> None:
    question = "哪些老外 got a prize?"
    reading = embedder.read(question)
    assert np.allclose(reading.vector, embedder.embed_queries([question])[0], atol=1e-5)
    assert reading.tokens.shape == (len(reading.places), embedder.dimension)
    assert np.allclose(np.linalg.norm(reading.tokens, axis=1), 1, atol=1e-5)
    written = [question[first:last].strip() for first, last in reading.places]
    assert "".join(written) == question.replace(" ", "")


def test_words_alone_are_vectors_of_their_tokens(embedder: Embedder) -> None:
    together = embedder.embed_words(["疫苗", "外籍人士", "大赛"])
    assert together.shape == (3, embedder.dimension)
    assert np.allclose(together[1], embedder.embed_words(["外籍人士"])[0], atol=1e-4)
    assert embedder.embed_words([]).shape == (0, embedder.dimension)


def test_a_long_text_is_cut_as_the_model_cuts_it(embedder: Embedder) -> None:
    reading = embedder.read("外事" * 5000)
    assert 0 < len(reading.places) < embedder.max_tokens


def test_a_model_without_token_vectors_gives_none() -> None:
    tokens, places = own_tokens(SimpleNamespace(is_fast=True), "", "外事", {"sentence_embedding": np.ones(8)})
    assert (tokens.shape, places) == ((0, 8), ())


def test_unit_vectors_by_hand() -> None:
    assert np.allclose(unit(np.array([[3.0, 4.0], [0.0, 0.0]])), [[0.6, 0.8], [0.0, 0.0]])
