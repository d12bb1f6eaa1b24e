import pytest

from rag.places import country_of, english_of


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
