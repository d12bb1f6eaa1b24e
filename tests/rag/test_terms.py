import pytest

from rag.terms import LITERAL, Term, abbreviates, coverage, is_short_for, lacks_name, literally

VACCINE = Term("jabs", ("疫苗", "核酸"), 2.0, strengths=(0.6, 0.2))
BERLIN = Term("柏林", ("柏林",), 4.0, named=True, others=("都柏林",))


def test_a_form_counts_as_far_as_it_surely_means_the_term() -> None:
    assert (VACCINE.strength_in("接种疫苗"), VACCINE.strength_in("核酸检测"), VACCINE.strength_in("大赛")) == (
        0.6,
        0.2,
        0,
    )
    assert VACCINE.stands_in("接种疫苗")
    assert not VACCINE.stands_in("核酸检测")
    assert VACCINE.surest == 0.6
    assert Term("hotel", (), 3.0).surest == 0.0


def test_a_place_inside_another_places_name_is_not_that_place() -> None:
    assert BERLIN.stands_in("德国柏林市")
    assert not BERLIN.stands_in("爱尔兰都柏林市")
    assert BERLIN.stands_in("都柏林市和柏林市")
    assert lacks_name([BERLIN], "都柏林")


def test_shares_are_of_the_terms_weight() -> None:
    assert coverage([VACCINE, BERLIN], "柏林接种疫苗") == pytest.approx((2 * 0.6 + 4) / 6)
    assert literally([VACCINE, BERLIN], "柏林接种疫苗") == pytest.approx(4 / 6)
    assert coverage([], "柏林") == literally([], "柏林") == 0.0
    assert VACCINE.surest < LITERAL


@pytest.mark.parametrize(
    ("name", "text", "short"),
    [
        ("经开区", "16个区和北京经济技术开发区", True),
        ("亚运会", "第18届亚洲运动会", True),
        ("人大常委会", "第十五届人民代表大会常务委员会", True),
        ("经开区", "经开区", False),
        ("亚运会", "亚洲会议", False),
        ("区运会", "经济区", False),
        ("北京", "北方的京城", False),
    ],
)
def test_a_name_is_short_for_what_has_its_characters_in_order(name: str, text: str, short: bool) -> None:
    assert is_short_for(name, text) is short


def test_only_a_name_is_carried_by_what_it_is_short_for() -> None:
    games = Term("亚运会", ("亚运会",), 4.0, named=True)
    assert games.strength_in("第18届亚洲运动会") == LITERAL
    assert Term("亚运会", ("亚运会",), 4.0).strength_in("第18届亚洲运动会") == 0.0


def test_a_word_of_two_characters_abbreviates_the_two_words_it_is_made_of() -> None:
    assert abbreviates("全会", "第四次全体会议召开")
    assert not abbreviates("全会", "全市文艺会演")
    assert not abbreviates("会", "会议")
    assert not abbreviates("京办", "在北京举办国际会议")
    assert Term("国交", (), 4.0).strength_in("国际交往中心") == LITERAL
