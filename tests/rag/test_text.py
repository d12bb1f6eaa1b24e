import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text import fold, has_han, language, sentences, tokens


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ｖｉｓａ　１２", "Visa 12"),
        ("會見了哪些外國企業", "会见了哪些外国企业"),
        ("殷\u200b勇\ufeff", "殷勇"),
        ("  两\t个\n\n空格  ", "两 个 空格"),
        ("a\ud800b", "ab"),
        ("", ""),
    ],
)
def test_fold(written: str, folded: str) -> None:
    assert fold(written) == folded


@given(st.text())
def test_folded_text_has_no_odd_spaces_and_nothing_invisible(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert "  " not in folded
    assert folded.replace(" ", "").isprintable() or not re.search(r"[\x00-\x1f\u200b\ufeff\ud800-\udfff]", folded)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("which foreign firms did 殷勇 meet?", "en"),
        ("《北京市国际交往语言环境建设条例》是哪天起实施的？", "zh"),
        ("殷勇见过Visa和SMC的哪些人？", "zh"),
        ("Tesla", "en"),
        ("特斯拉", "zh"),
        ("2021", "zh"),
        ("When did the 友谊林 event take place?", "en"),
    ],
)
def test_language_is_that_of_the_sentence_not_of_the_names_in_it(text: str, expected: str) -> None:
    assert language(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("殷", True), ("Yin Yong 2021！", False), ("", False), ("㐀", True)])
def test_has_han(text: str, expected: bool) -> None:
    assert has_han(text) is expected


def test_tokens_are_words_numbers_and_the_words_inside_words() -> None:
    found = tokens("国家大剧院举办VISA音乐会，don't 88.14亿")
    assert {"国家", "剧院", "举办", "visa", "音乐会", "don't", "88.14"} <= set(found)
    assert "VISA" not in found
    assert tokens("，。！ ") == []


def test_sentences_end_at_stops_and_semicolons_and_keep_closing_quotes() -> None:
    assert sentences("甲。乙！“丙。”丁；戊\n己") == ["甲。", "乙！", "“丙。”", "丁；", "戊", "己"]


@given(st.text(alphabet="甲乙丙。；！？”\n a1", max_size=60))
def test_sentences_lose_no_character_and_keep_the_order(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
    place = 0
    for sentence in sentences(text):
        place = text.index(sentence, place) + len(sentence)
