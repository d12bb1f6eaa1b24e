import pytest

from rag.sounds import Sounds, skeleton

WORDS = ["首钢", "会见", "延庆"]
FOREIGN = ["戴姆勒", "特斯拉", "拜耳", "康卡斯特", "赫尔辛基", "人大常委会"]


@pytest.fixture(scope="module")
def sounds() -> Sounds:
    return Sounds([*WORDS, *FOREIGN], FOREIGN)


@pytest.mark.parametrize(("one", "other"), [("daimler", "daimule"), ("tesla", "tesila"), ("phil", "fil")])
def test_skeletons_keep_only_what_transliteration_keeps(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other) != ""


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Shougang", "首钢"),
        ("SHOUGANG", "首钢"),
        ("Yan Qing", "延庆"),
        ("Daimler", "戴姆勒"),
        ("Tesla", "特斯拉"),
        ("Bayer", "拜耳"),
        ("Comcast", "康卡斯特"),
    ],
)
def test_a_latin_name_finds_its_word(sounds: Sounds, name: str, word: str) -> None:
    assert sounds.find(name) == (word,)


@pytest.mark.parametrize("name", ["Washington", "Beethoven", "Xyz", "telemedicine", "a", "", "123", "Oo"])
def test_what_sounds_like_nothing_finds_nothing(sounds: Sounds, name: str) -> None:
    assert sounds.find(name) == ()
