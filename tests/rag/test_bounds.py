"""Before and after a date: which days of the year a question then means."""

import pytest

from rag.assistant import Assistant
from rag.naming import dates_in

Days = tuple[tuple[int, int], tuple[int, int]]


def bounds(text: str) -> list[Days]:
    return [(span.first, span.last) for span in dates_in(text)[0]]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("8月2日之后出席了", ((8, 3), (12, 31))),
        ("10月31日后", ((11, 1), (12, 31))),
        ("9月30日以后", ((10, 1), (12, 31))),
        ("在9月以后会见了谁", ((9, 1), (12, 31))),
        ("9月之后", ((10, 1), (12, 31))),
        ("自9月16日以来", ((9, 16), (12, 31))),
        ("从9月起", ((9, 1), (12, 31))),
        ("6月以前", ((1, 1), (5, 31))),
        ("9月20日前崔述强", ((1, 1), (9, 19))),
        ("截至9月20日", ((1, 1), (9, 20))),
        ("9月底前", ((1, 1), (9, 31))),
        ("6月以后9月以前", ((6, 1), (8, 31))),
        ("attended after October 20?", ((10, 21), (12, 31))),
        ("held after June", ((7, 1), (12, 31))),
        ("since June 9", ((6, 9), (12, 31))),
        ("from June on", ((6, 1), (12, 31))),
        ("before March", ((1, 1), (2, 31))),
        ("no later than June 9", ((1, 1), (6, 9))),
        ("by the end of June", ((1, 1), (6, 31))),
        ("after June and before September", ((7, 1), (8, 31))),
    ],
)
def test_a_side_of_a_date_is_all_days_on_it(text: str, days: Days) -> None:
    assert bounds(text) == [days]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("9月20日前一天", ((9, 20), (9, 20))),
        ("9月20日以后三天", ((9, 20), (9, 20))),
        ("9月20日前往延庆", ((9, 20), (9, 20))),
        ("3月前后", ((3, 1), (3, 31))),
        ("9月16日会后", ((9, 16), (9, 16))),
        ("自1月1日起实施", ((1, 1), (1, 1))),
        ("从9月到11月", ((9, 1), (11, 31))),
        ("the day after June 9", ((6, 9), (6, 9))),
        ("after the meeting on June 9", ((6, 9), (6, 9))),
        ("events from June", ((6, 1), (6, 31))),
    ],
)
def test_other_words_beside_a_date_leave_it_as_it_is(text: str, days: Days) -> None:
    assert bounds(text) == [days]


@pytest.mark.parametrize("text", ["三个月前", "五天前", "会前谁致辞？", "After the ceremony, who spoke?"])
def test_a_side_of_no_date_is_no_date(text: str) -> None:
    assert bounds(text) == []


def test_a_side_that_holds_all_that_was_asked_is_listed(assistant: Assistant) -> None:
    later = assistant.ask("8月2日之后殷勇出席了哪些活动？").text
    assert "全球数字经济大会" not in later and "世界5G大会" in later and "金融街论坛年会" in later
    assert "布莱恩" in (met := assistant.ask("蔡奇在9月以后会见了谁？").text) and "班哲明" in met
    assert "美世" not in assistant.ask("Which meetings did Yin Yong hold after June?").text


def test_what_comes_into_force_is_no_event_of_that_day(assistant: Assistant) -> None:
    assert "11月26日" not in assistant.ask("Which events took place before March?").text
    assert "条例" in assistant.ask("2022年1月1日起实施的是哪部条例？").text
