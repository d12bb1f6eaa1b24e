import pytest

from rag.parties import count, firms, firms_with_country, said_count


@pytest.mark.parametrize(
    ("clause", "named"),
    [
        ("会见美国某某公司董事总经理李明", ["某某公司"]),
        ("视频会见日本ABC株式会社社长高田", ["ABC株式会社"]),
        ("会见英国甲某、乙某、Abc和日本丙某等6家外资企业高管，推动复工", ["甲某", "乙某", "Abc", "丙某"]),
        ("会见芬兰驻华大使", []),
        ("", []),
    ],
)
def test_firms_are_named_without_country_and_office(clause: str, named: list[str]) -> None:
    assert firms(clause) == named


def test_a_country_holds_until_the_next_one() -> None:
    clause = "会见美国甲某、乙某和日本丙某等6家外资企业高管"
    assert firms_with_country(clause) == [("甲某", "美国"), ("乙某", "美国"), ("丙某", "日本")]
    assert firms_with_country("会见丁某集团总裁") == [("丁某集团", "")]


def test_one_firm_under_two_names_counts_once() -> None:
    assert count(["穆迪", "穆迪公司", "Visa", "VISA", "美世"]) == 3
    assert count([]) == 0


@pytest.mark.parametrize(
    ("clause", "said"),
    [("会见甲、乙和丙等6家企业", (6, 3)), ("会见甲、乙和丙等3家企业", None), ("会见甲公司总裁", None)],
)
def test_a_count_that_differs_from_the_names_is_told(clause: str, said: tuple[int, int] | None) -> None:
    assert said_count(clause) == said
