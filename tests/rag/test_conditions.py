"""Which rows of a plain table are counted, listed or singled out by what a question demands of their cells."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.types import Answer

TEXT = """【卫生概况】年内，有医院58家，其中三级医院4家，职工共8800人。

（王　淼）

表1  2023年三级医院基本情况一览表

医院名称 等级 编制床位（张） 经费（万元） 增长（%） 建院年份 院长

市人民医院 三级甲等 2200 21450 8.1 1951年 卓鸿飞

市中心医院 三级甲等 1600 15820 12.4 1962年 骆一鸣

市肿瘤医院 三级乙等 800 3890 -2.5 1986年 乔木森

市传染病医院 三级乙等 500 1930 11.3 1949年 祁　峰

【植树活动举行】5月27日，外交官在金盏森林公园植树。

（李　娜）
"""


@pytest.fixture
def ask(assistant_of: Callable[[str], Assistant]) -> Callable[[str], Answer]:
    return assistant_of(TEXT).ask


def heads(answer: Answer) -> list[str]:
    return [citation.quote.split()[0] for citation in answer.citations]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("三级甲等医院有几家？", ["市人民医院", "市中心医院"]),
        ("三级医院里经费超过1亿元的有哪些？", ["市人民医院", "市中心医院"]),
        ("三级医院里编制床位不足1000张的有几家？", ["市肿瘤医院", "市传染病医院"]),
        ("三级医院里编制床位在800张以上的有几家？", ["市人民医院", "市中心医院", "市肿瘤医院"]),
        ("三级医院中增幅超过10%的有几家？", ["市中心医院", "市传染病医院"]),
        ("三级甲等医院里编制床位少于2000张的有哪些？", ["市中心医院"]),
        ("三级医院里哪家编制床位最多？", ["市人民医院"]),
        ("三级乙等医院里哪家编制床位最多？", ["市肿瘤医院"]),
        ("最早建院的三级医院是哪家？", ["市传染病医院"]),
        ("表1里经费最少的是哪家医院？", ["市传染病医院"]),
    ],
)
def test_the_rows_that_meet_a_condition(ask: Callable[[str], Answer], text: str, rows: list[str]) -> None:
    assert sorted(heads(ask(text))) == sorted(rows)


def test_rows_are_counted(ask: Callable[[str], Answer]) -> None:
    assert ask("三级甲等医院有几家？").text.startswith("共**2**项")


@pytest.mark.parametrize(
    "text",
    [
        "医院里经费最少的食堂是哪家？",  # no column tells of canteens
        "三级甲等医院一共有多少张编制床位？",  # a sum that no row gives
        "三级医院里编制床位超过5000张的有几家？",
        "不是三级甲等的三级医院有几家？",
        "为什么三级甲等医院床位最多？",
    ],
)
def test_no_rows_are_counted_where_no_condition_is_met_or_meant(ask: Callable[[str], Answer], text: str) -> None:
    assert "项：" not in ask(text).text


def test_a_figure_of_the_text_is_no_number_of_rows(ask: Callable[[str], Answer]) -> None:
    assert "**58家**" in ask("年内有医院多少家？").text
