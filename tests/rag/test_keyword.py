from math import isclose, log

import pytest

from rag.keyword import Keywords
from rag.text import fold

TEXTS = ["向塞内加尔捐赠口罩", "线上论坛举行", "论坛闭幕", ""]


@pytest.fixture(scope="module")
def keywords() -> Keywords:
    return Keywords(TEXTS)


@pytest.mark.parametrize(("token", "documents"), [("口罩", 1), ("论坛", 2), ("熊猫", 0)])
def test_idf_counts_the_documents_of_a_token(keywords: Keywords, token: str, documents: int) -> None:
    assert isclose(keywords.idf(token), log(1 + (4 - documents + 0.5) / (documents + 0.5)), rel_tol=1e-6)


def test_scores_come_back_in_the_order_of_the_texts(keywords: Keywords) -> None:
    scores = keywords.score("捐赠了什么口罩")
    assert scores.shape == (4,)
    assert scores[0] > 0
    assert list(scores[1:]) == [0, 0, 0]


def test_a_shorter_text_with_the_same_word_scores_higher(keywords: Keywords) -> None:
    scores = keywords.token_scores("论坛")
    assert scores[2] > scores[1] > 0


def test_english_words_find_chinese_texts(keywords: Keywords) -> None:
    assert keywords.score("Which masks were donated?").argmax() == 0
    assert keywords.score("the online forum").argmax() == 1


def test_a_token_the_corpus_lacks_scores_nothing(keywords: Keywords) -> None:
    assert not keywords.token_scores("熊猫").any()
    assert not keywords.score("panda 熊猫").any()


def test_traditional_characters_and_width_are_one_in_the_texts() -> None:
    keywords = Keywords(["會見ＶＩＳＡ總裁", "植树"])
    assert keywords.score(fold("Visa總裁")).argmax() == 0


def test_the_place_that_the_texts_are_about() -> None:
    texts = ["北京市举办论坛", "北京与芬兰结好", "北京植树", "上海来访", "展览开幕"]
    assert Keywords(texts).own_place == "北京"
    assert Keywords(["植树活动"]).own_place == ""
