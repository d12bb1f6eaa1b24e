import pytest

from rag.places import bare_place, countries_in, countries_of, country_of, english_of


def test_territories_in_both_languages() -> None:
    assert english_of()["芬兰"] == "Finland"
    assert english_of()["塞内加尔"] == "Senegal"


@pytest.mark.parametrize(
    ("word", "country"),
    [
        ("Finnish", "芬兰"),
        ("british", "英国"),
        ("Egyptian", "埃及"),
        ("Indonesian", "印度尼西亚"),
        ("Spanish", "西班牙"),
        ("cabbage", None),
        ("human", None),
        ("", None),
    ],
)
def test_an_adjective_leads_to_its_country(word: str, country: str | None) -> None:
    assert country_of(word) == country


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("会见英国法通集团首席执行官", ("英国",)),
        ("印度尼西亚与印度、再访印度尼西亚", ("印度尼西亚", "印度")),
        ("美国人和日本籍教师", ("美国", "日本")),
        ("爱尔兰欢乐春节", ("爱尔兰",)),
        ("内蒙古自治区、马里兰州、约旦河、印度洋", ()),
        ("2021年中国国际服务贸易交易会、世界休闲大会、联合国、欧盟", ()),
    ],
)
def test_the_foreign_countries_that_a_text_names(text: str, countries: tuple[str, ...]) -> None:
    assert countries_in(text) == countries


def test_a_continent_holds_its_countries_and_is_no_language() -> None:
    assert {"英国", "西班牙", "芬兰"} <= set(countries_of("欧洲"))
    assert "日本" not in countries_of("欧洲")
    assert countries_of("芬兰") == ()
    assert (country_of("European"), country_of("African"), country_of("Americans")) == ("欧洲", "非洲", "美国")


def test_a_place_without_what_it_is() -> None:
    assert [bare_place(name) for name in ("北京市", "延庆区", "沙市", "北京")] == ["北京", "延庆", "沙市", "北京"]
