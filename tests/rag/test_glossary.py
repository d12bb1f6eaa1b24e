import pytest

from rag.bridge import STOP, Bridge, stems
from rag.glossary import MEASURES, TERMS, opposed, opposites
from rag.text import has_han


@pytest.mark.parametrize(("english", "chinese"), TERMS, ids=[english for english, _ in TERMS])
def test_every_term_leads_to_its_chinese_words(english: str, chinese: tuple[str, ...]) -> None:
    found = Bridge(chinese).translate(f"the {english}")
    assert set(chinese) <= set().union(*(group for _, group in found))


def test_terms_are_lower_case_english_and_simplified_chinese() -> None:
    for english, chinese in TERMS:
        assert english == english.lower()
        assert stems(english), f"{english} consists of stop words {STOP}"
        assert chinese
        assert all(has_han(word) for word in chinese)
    assert len({english for english, _ in TERMS}) == len(TERMS)


def test_measures_are_single_characters() -> None:
    assert all(len(measure) == 1 and has_han(measure) for measure in MEASURES)


def test_opposites_differ_in_one_opposite_character() -> None:
    assert opposites("闭幕") == ("开幕",)
    assert opposed("入境", "出境")
    assert not opposed("大赛", "比赛")
    assert not opposed("开幕", "开幕式")
    assert opposites("开") == ()
