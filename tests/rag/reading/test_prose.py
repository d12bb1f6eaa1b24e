"""An opening's paragraphs, found again in wrapped lines."""

from __future__ import annotations

from rag.reading import read_text

LEAD = "综　　述\n\n"
WRAPPED = """年内，全市各项气象工作取得新进展。
全年发布预警信息共三百一十二条。
提升监测预报能力。新建自动气象站
四十一个，雷达覆盖率为百分之九十。
推进气象科技创新。立项课题三十二
项，获省级以上科技奖励四个奖项。
加强人工影响天气。开展增雨作业六
十次，保护面积五百平方公里。
优化气象惠民服务。服务农户两万户
次。
"""


def titles(text: str) -> list[str]:
    return [unit.title for unit in read_text(LEAD + text, "opening.txt").units if unit.kind == "overview"]


def test_a_paragraph_whose_last_line_is_full_ends_before_the_next_opening_phrase() -> None:
    assert titles(WRAPPED) == ["综述", "提升监测预报能力", "推进气象科技创新", "加强人工影响天气", "优化气象惠民服务"]


def test_a_short_sentence_that_begins_a_line_is_no_opening_where_paragraphs_have_none() -> None:
    text = (
        "年内，全市各项气象工作取得新进展，\n全年发布预警信息三百一十二条。\n\n"
        "市气象局新建自动气象站四十一个。\n雷达覆盖率达到新高。全市共有雷达\n六部。\n"
    )
    assert titles(text) == ["综述", "市气象局新建自动气象站四十一个"]
