import re

import pytest

from rag.names import Names, english_name, romanise

NAMES = ("陈吉", "陈吉宁", "殷勇", "吉宁", "沃纳·保曼", "林")
TEXT = "陈吉宁、殷勇和沃纳·保曼出席，陈吉在林区，殷勇致辞。"


def test_names_that_stand_in_a_text_by_their_places() -> None:
    names = Names(NAMES)
    assert names.within(TEXT) == ["陈吉宁", "陈吉", "吉宁", "殷勇", "沃纳·保曼", "林"]
    assert set(names.within(TEXT)) == {name for name in NAMES if name in TEXT}
    assert names.within("无人") == names.within("") == Names().within(TEXT) == []


def test_names_apart_are_what_one_pattern_of_them_finds() -> None:
    pattern = re.compile("|".join(sorted(map(re.escape, NAMES), key=len, reverse=True)))
    told = [(match.start(), match.group()) for match in pattern.finditer(TEXT)]
    assert list(Names(NAMES).apart(TEXT)) == told
    assert told[0] == (0, "陈吉宁")
    assert len(told) == 6


def test_names_as_english_text_spells_them() -> None:
    names = Names(NAMES)
    assert names.spelled_in("Chen Jining met Yong Yin, no Chen Jin") == {"Chen Jining", "Yong Yin"}
    assert names.spelled_in("xChen Jining, Chen Jiningx, Chen  Jining") == set()
    assert names.spelled_in("Jining Chen Jining") == {"Jining Chen", "Chen Jining"}


def test_names_of_names_are_the_same_ones() -> None:
    names = Names(["殷勇", ""])
    assert Names.of(names) is names
    assert set(Names.of(["殷勇"])) == set(names) == {"殷勇"}
    assert "殷勇" in names and "殷" not in names and len(names) == 1


def test_romanise_gives_both_orders() -> None:
    assert {"chenjining", "jiningchen"} <= romanise("陈吉宁")
    assert "naijierweierxun" in romanise("奈吉尔·威尔逊")


@pytest.mark.parametrize(
    ("name", "english"), [("陈吉宁", "Chen Jining"), ("殷勇", "Yin Yong"), ("奈吉尔·威尔逊", ""), ("甲", "")]
)
def test_english_name(name: str, english: str) -> None:
    assert english_name(name) == english
