"""Headings that are set like any other line: no gaps in them, no numbers, no markup."""

from __future__ import annotations

import pytest

from rag.reading import read_text

LONG = "市邮政管理局新建村级寄递物流综合服务站八百一十二个，覆盖率百分之九十六点五。"
CHAPTER = """{title}

概况

2022年，{title}业务总量比上年增长9.3%。{long}
（郑　好）

{first}

【首发】1月5日，首发式举行。{long}
（郑　好）

【试点】6月9日，试点启动。{long}
（郑　好）

{second}

【建设】2月，建设基站。{long}
（柳　青）

"""


def text(wide: bool, table: bool = False) -> str:
    """Two chapters, a paragraph a line or wrapped; the first may end with a table that has no byline."""
    titles = (("邮政", "函件业务", "报刊业务"), ("通信", "基站管理", "应急保障"))
    chapters = [CHAPTER.format(title=a, first=b, second=c, long=LONG) for a, b, c in titles]
    whole = chapters[0] + ("表1  2022年业务一览表\n名称\t数量\n函件\t12\n报刊\t9\n\n" if table else "") + chapters[1]
    if wide:
        return whole
    return "\n".join(line[at : at + 22] for line in whole.split("\n") for at in range(0, max(1, len(line)), 22))


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize("table", [True, False])
def test_plain_lines_over_an_opening_and_over_headers_are_headings(wide: bool, table: bool) -> None:
    source = read_text(text(wide, table), "plain.txt")
    assert [(unit.kind, unit.title, unit.section) for unit in source.units if unit.kind != "row"] == [
        ("overview", "邮政概况", "邮政概况"),
        ("entry", "首发", "函件业务"),
        ("entry", "试点", "函件业务"),
        ("entry", "建设", "报刊业务"),
        ("overview", "通信概况", "通信概况"),
        ("entry", "首发", "基站管理"),
        ("entry", "试点", "基站管理"),
        ("entry", "建设", "应急保障"),
    ]
    assert source.ledger.share == 1.0


def test_a_title_over_a_title_over_headers_is_a_heading() -> None:
    whole = text(wide=True)
    chapter = (
        whole[whole.index("通信\n\n概况") :]
        .replace("概况\n\n", "", 1)
        .replace("2022年，通信业务总量比上年增长9.3%。" + LONG + "\n（郑　好）\n\n", "")
    )
    source = read_text(whole.replace("通信\n\n概况", "电信\n\n概况") + chapter, "plain.txt")
    assert [unit.section for unit in source.units if unit.kind == "entry"][-3:] == ["基站管理", "基站管理", "应急保障"]
    assert "通信" in [piece.text for piece in source.furniture if piece.kind == "heading"]


def test_a_full_line_of_text_over_a_torn_pages_heading_is_none() -> None:
    lines = [
        "【培训】5月，举办培训班，八十人参加。",
        "培训班旨在更好服务首都对外工作和国",
        "港澳事务",
        "【交流】3月，港澳青年来京开展交流活动，",
        "参加交流的青年共有一百二十名。",
        "（李　娜）",
    ]
    source = read_text("\n".join(lines), "torn.txt")
    assert [piece.text for piece in source.furniture if piece.kind == "heading"] == ["港澳事务"]


def test_headings_with_numbers_in_brackets() -> None:
    whole = text(wide=True)
    for number, name in enumerate(("函件业务", "报刊业务", "基站管理", "应急保障")):
        whole = whole.replace(f"\n{name}\n", f"\n（{'二三二三'[number]}）{name}\n")
    source = read_text(whole.replace("\n概况\n", "\n（一）概况\n"), "numbered.txt")
    assert list(dict.fromkeys(unit.section for unit in source.units)) == [
        "邮政概况",
        "（二）函件业务",
        "（三）报刊业务",
        "通信概况",
        "（二）基站管理",
        "（三）应急保障",
    ]


def test_what_stands_beside_page_numbers_again_and_again_is_a_running_head() -> None:
    text = "综合经济\n\n"
    for page in (12, 13, 14):
        text += f"【会议】{page}月，召开会议，部署全年工作，\n\n{page}\n\n综合经济\n\n提出要求。\n（李　娜）\n\n"
    source = read_text(text, "pages.txt")
    assert [piece.text for piece in source.furniture if piece.kind == "running head"].count("综合经济") == 3
    assert [unit.text[-9:] for unit in source.units] == ["全年工作，提出要求。"[-9:]] * 3
    assert {unit.section for unit in source.units} == {"综合经济"}


def test_a_sentence_that_ends_with_a_number_and_no_mark_is_no_heading() -> None:
    source = read_text("【建设】2月，建设基站，总投资比上年\n下降60.9%\n【首发】3月，首发式举行。\n", "plain.txt")
    assert [unit.text for unit in source.units] == ["2月，建设基站，总投资比上年下降60.9%", "3月，首发式举行。"]
