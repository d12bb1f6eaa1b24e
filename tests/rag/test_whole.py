import random

import pytest

from rag.whole import PART, Whole

TEXTS = ["殷勇会见外宾", "", "外宾\ud800参观", "会见殷勇、殷勇", "abc"]


@pytest.mark.parametrize(
    ("word", "numbers"),
    [
        ("殷勇", [0, 3]),
        ("外宾", [0, 2]),
        ("宾外", []),
        ("勇会见外", [0]),
        ("见", [0, 3]),
        ("c", [4]),
        ("ac", []),
        ("a.c", []),
    ],
)
def test_the_texts_that_hold_a_word(word: str, numbers: list[int]) -> None:
    whole = Whole(TEXTS)
    assert whole.holding(word) == numbers
    assert (word in whole) is bool(numbers)


def test_a_word_of_pairs_that_all_stand_somewhere_is_still_looked_for() -> None:
    assert "会见外宾参" not in Whole(["会见外宾", "宾参"])
    assert "外宾参" in Whole(["外宾参"])


def test_a_pair_across_two_parts_of_the_table_is_known() -> None:
    text = "甲" * (PART - 1) + "乙丙" + "丁" * 3
    assert "乙丙" in Whole([text])
    assert "甲丙" not in Whole([text])


def test_it_agrees_with_a_look_into_each_text() -> None:
    chance = random.Random(0)
    texts = ["".join(chance.choices("年鉴外事会见", k=chance.randint(0, 6))) for _ in range(200)]
    whole = Whole(texts)
    for _ in range(300):
        word = "".join(chance.choices("年鉴外事会见", k=chance.randint(1, 4)))
        assert whole.holding(word) == [number for number, text in enumerate(texts) if word in text]


def test_of_no_texts_nothing_is_found() -> None:
    assert Whole([]).holding("外宾") == []
