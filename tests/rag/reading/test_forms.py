"""Other yearbooks than the chapter: how their headers, sections, tables and names are set."""

from __future__ import annotations

import pytest

from rag.reading import read_text
from rag.types import Unit


def entries(text: str) -> list[Unit]:
    source = read_text(text, "forms.txt")
    assert source.ledger.share == 1.0
    return [unit for unit in source.units if unit.kind == "entry"]


@pytest.mark.parametrize("pair", ["【】", "〔〕", "［］"])
def test_headers_in_other_brackets(pair: str) -> None:
    text = "【市领导调研】3月，市领导调研园区建设。\n（李　娜）\n【概况】年内，完成任务。\n（王　淼）\n"
    text = text.replace("【", pair[0]).replace("】", pair[1])
    assert [(unit.title, unit.authors) for unit in entries(text)] == [("市领导调研", ("李娜",)), ("概况", ("王淼",))]


def test_document_numbers_in_brackets_are_no_headers() -> None:
    text = "【印发文件】5月，市政府印发文件（京政发\n〔2021〕5号），部署工作。\n（李　娜）\n"
    (unit,) = entries(text)
    assert unit.text == "5月，市政府印发文件（京政发〔2021〕5号），部署工作。"


def test_headers_with_blanks_and_line_breaks_inside() -> None:
    text = "【概　　况】年内，完成任务。\n（李　娜）\n【市领导会见\n外资企业高管】3月，举行会见。\n（王　淼）\n"
    assert [unit.title for unit in entries(text)] == ["概况", "市领导会见外资企业高管"]


def test_one_header_in_every_section_gives_units_of_their_own() -> None:
    text = (
        "教　　育\n\n【概况】年内，新建学校十所。\n（李　娜）\n\n"
        "卫　　生\n\n【概况】年内，新建医院五所。\n（王　淼）\n\n"
    )
    units = entries(text)
    assert [(unit.title, unit.section, unit.text) for unit in units] == [
        ("概况", "教育", "年内，新建学校十所。"),
        ("概况", "卫生", "年内，新建医院五所。"),
    ]
    assert units[0].id != units[1].id


def test_the_same_entry_twice_has_two_ids() -> None:
    text = "【概况】年内，完成任务。\n（李　娜）\n" * 2
    first, second = entries(text)
    assert first.text == second.text and first.id != second.id


def test_an_id_outlives_lines_put_before_the_entry() -> None:
    text = "【概况】年内，完成任务。\n（李　娜）\n"
    (before,) = entries(text)
    after = entries("【会议】1月，召开会议。\n（王　淼）\n" + text)[1]
    assert before.id == after.id and before.lines != after.lines


def test_entries_without_bylines() -> None:
    text = "【会议】1月，召开会议。\n会议部署全年工作。\n【概况】年内，完成任务。\n"
    assert [(unit.title, unit.text, unit.authors) for unit in entries(text)] == [
        ("会议", "1月，召开会议。会议部署全年工作。", ()),
        ("概况", "年内，完成任务。", ()),
    ]


def test_bylines_in_the_last_line_of_an_entry() -> None:
    text = "【会议】1月，召开会议（第三次）。（李娜　王淼）\n【概况】年内，完成任务。（张　言）\n"
    assert [(unit.text, unit.authors) for unit in entries(text)] == [
        ("1月，召开会议（第三次）。", ("李娜", "王淼")),
        ("年内，完成任务。", ("张言",)),
    ]


@pytest.mark.parametrize("after", ["【概况】年内，完成任务。", "年度管理\n【概况】年内，完成任务。"])
def test_a_byline_behind_a_sentence_without_its_mark(after: str) -> None:
    text = f"【会议】1月，召开会议，投资8600万元（李娜　王淼）\n{after}（张　言）\n"
    assert [(unit.text, unit.authors) for unit in entries(text)] == [
        ("1月，召开会议，投资8600万元", ("李娜", "王淼")),
        ("年内，完成任务。", ("张言",)),
    ]


@pytest.mark.parametrize(
    ("signed", "authors"),
    [
        ("（撰稿：李娜　王　淼）", ("李娜", "王淼")),
        ("（撰稿：李娜　审稿：王　淼）", ("李娜",)),
        ("（审核：李娜\n供稿：王　淼）", ("王淼",)),
        ("撰稿：李娜　王　淼", ("李娜", "王淼")),
        ("（县农业农村局　李　娜）", ("李娜",)),
    ],
)
def test_bylines_that_say_who_did_what(signed: str, authors: tuple[str, ...]) -> None:
    text = f"【会议】1月，召开会议。\n{signed}\n【概况】年内，完成任务。\n{signed}\n"
    assert [(unit.text, unit.authors) for unit in entries(text)] == [
        ("1月，召开会议。", authors),
        ("年内，完成任务。", authors),
    ]


def test_a_line_that_names_things_behind_a_colon_is_no_byline() -> None:
    text = "【会议】1月，召开会议，参加会议的有以下各方，\n单位：市教育局。\n作者：李娜等人。\n（王　淼）\n"
    (unit,) = entries(text)
    assert unit.text.endswith("各方，单位：市教育局。作者：李娜等人。") and unit.authors == ("王淼",)


def test_a_person_with_a_post_in_brackets_is_no_author() -> None:
    (unit,) = entries("【会议】1月，召开会议。（负责人：李娜）\n")
    assert unit.text == "1月，召开会议。（负责人：李娜）" and unit.authors == ()


def test_a_person_named_in_brackets_at_a_lines_end_is_no_byline() -> None:
    text = "【会议】1月，召开会议，出席的有市长（李娜）\n和其他市领导。\n【概况】年内，完成任务。\n"
    first = entries(text)[0]
    assert (first.text, first.authors) == ("1月，召开会议，出席的有市长（李娜）和其他市领导。", ())


def test_numbered_sections_and_levels() -> None:
    text = (
        "第三章　外事\n\n第一节　对外交往\n\n【会见】3月，会见外宾。\n（李　娜）\n\n"
        "二、外事管理\n\n【培训】5月，举办培训班。\n（王　淼）\n"
    )
    assert [(unit.title, unit.section) for unit in entries(text)] == [
        ("会见", "第一节 对外交往"),
        ("培训", "二、外事管理"),
    ]


def test_traditional_text_keeps_its_characters() -> None:
    text = "綜　　述\n\n年內，外事工作取得新成效。\n（劉　嘉）\n\n【會見外賓】3月，市長會見來訪代表團。\n（張　言）\n"
    source = read_text(text, "traditional.txt")
    overview, entry = source.units
    assert (overview.kind, overview.title, overview.authors) == ("overview", "綜述", ("劉嘉",))
    assert (entry.title, entry.text) == ("會見外賓", "3月，市長會見來訪代表團。")


def test_a_table_with_other_columns_keeps_their_names() -> None:
    text = (
        "表2-1  2021年度捐赠情况统计表\n\n姓名 单位 金额（元） 日期\n\n李　娜 市外办 1000 3月1日\n\n"
        "张三丰 某某有限公司 2500 4月6日\n\n注：金额以人民币计。\n"
    )
    source = read_text(text, "table.txt")
    assert [unit.fields for unit in source.units] == [
        {"姓名": "李娜", "单位": "市外办", "金额（元）": "1000", "日期": "3月1日"},
        {"姓名": "张三丰", "单位": "某某有限公司", "金额（元）": "2500", "日期": "4月6日"},
    ]
    first = source.units[0]
    assert (first.table, first.title, first.date, first.people) == (
        "表2-1",
        "2021年度捐赠情况统计表",
        "3月1日",
        ("李娜",),
    )
    assert first.notes == ("注：金额以人民币计。",)


def test_cells_that_tabs_part_stay_in_their_columns() -> None:
    text = "表1  业务统计表\n县\t企业\t件数\t说明\n市区\t31\t\t新建\n\t12\t4310\n海口镇\t\t\t\n2022年，业务增长。\n"
    source = read_text(text, "table.txt")
    assert [tuple(unit.fields.values()) for unit in source.units if unit.kind == "row"] == [
        ("市区", "31", "", "新建"),
        ("", "12", "4310", ""),
        ("海口镇", "", "", ""),
    ]
    assert [unit.text for unit in source.units if unit.kind != "row"] == ["2022年，业务增长。"]
    assert source.ledger.share == 1.0


def test_a_table_of_years_with_its_unit_and_its_source() -> None:
    text = (
        "【会议】1月，召开会议，会议部署全年的重点工作和主要任务。\n（李　娜）\n\n"
        "表1  经济指标一览表\n单位：亿元\n指标 2023年 增长（%）\n总值 612.7 6.1\n投资 38.4 4.0\n数据来源：区统计局\n"
        "市场监督\n\n【检查】2月，开展检查，检查涉及全区的各类主要市场主体。\n（王　淼）\n"
    )
    source = read_text(text, "table.txt")
    assert [(unit.fields, unit.notes) for unit in source.units if unit.kind == "row"] == [
        ({"指标": "总值", "2023年": "612.7", "增长（%）": "6.1"}, ("单位：亿元", "数据来源：区统计局")),
        ({"指标": "投资", "2023年": "38.4", "增长（%）": "4.0"}, ("单位：亿元", "数据来源：区统计局")),
    ]
    assert [unit.section for unit in source.units if unit.kind == "entry"] == [None, "市场监督"]


def test_a_caption_whose_title_is_on_the_next_line() -> None:
    source = read_text("表12-1\n2022年主要农产品产量\n品种　产量（万吨）\n水稻　12.6\n玉米　4.1\n", "table.txt")
    assert [(unit.table, unit.title, unit.fields) for unit in source.units] == [
        ("表12-1", "2022年主要农产品产量", {"品种": "水稻", "产量（万吨）": "12.6"}),
        ("表12-1", "2022年主要农产品产量", {"品种": "玉米", "产量（万吨）": "4.1"}),
    ]


@pytest.mark.parametrize("caption", ["表2  2017年岚阳县各乡镇基本情况统计表", "2017年岚阳县各乡镇基本情况统计表"])
@pytest.mark.parametrize("long", ["农村居民人均可支配收入（元）", "规模以上工业企业主营业务收入利润率（%）"])
def test_a_header_is_one_however_long_a_columns_name_is(caption: str, long: str) -> None:
    text = (
        f"【会议】1月，召开会议。\n（李　娜）\n\n{caption}\n\n乡镇 行政村（个） {long} 增长（%）\n\n"
        "城关镇 18 15860 9.1\n\n双溪乡 17 10890 11.1\n\n"
    )
    source = read_text(text, "table.txt")
    assert [unit.fields for unit in source.units if unit.kind == "row"] == [
        {"乡镇": "城关镇", "行政村（个）": "18", long: "15860", "增长（%）": "9.1"},
        {"乡镇": "双溪乡", "行政村（个）": "17", long: "10890", "增长（%）": "11.1"},
    ]
    assert source.ledger.share == 1.0


def test_a_caption_without_a_number() -> None:
    text = "2021年友好城市一览表\n时间 国别 活动内容\n3月1日 法国 签署协议\n4月2日 德国 互致贺信\n"
    source = read_text(text, "table.txt")
    assert [(unit.table, unit.title, unit.country) for unit in source.units] == [
        (None, "2021年友好城市一览表", "法国"),
        (None, "2021年友好城市一览表", "德国"),
    ]


def test_page_numbers_are_running_heads_and_pages_are_kept() -> None:
    text = "【会议】1月，召开会议，部署全年\n· 12 ·\n\f工作任务。\n（李　娜）\n"
    source = read_text(text, "pages.txt")
    (unit,) = source.units
    assert (unit.text, unit.pages) == ("1月，召开会议，部署全年工作任务。", (1, 2))
    assert [piece.kind for piece in source.furniture] == ["running head"]


def test_a_text_whose_header_is_elsewhere_stays_a_fragment_with_a_doubt() -> None:
    text = (
        "【会议】1月，召开会议。\n（李　娜）\n\n续谈合作事宜并达成共识。\n（王　淼）\n\n"
        "【概况】年内，完成任务。\n（张　言）\n"
    )
    source = read_text(text, "torn.txt")
    fragment = next(unit for unit in source.units if unit.kind == "fragment")
    assert (fragment.text, fragment.authors) == ("续谈合作事宜并达成共识。", ("王淼",))
    assert any("line 4" in doubt for doubt in source.doubts)


def test_a_row_that_ends_in_delegates_is_no_caption() -> None:
    text = (
        "表3 2019年市领导出席重要活动一览表\n\n"
        "时间  市领导  活动内容\n\n"
        "10月18日  许珂  出席双年展开幕式\n\n"
        "10月25日  许珂  会见版画家及参展艺术家代表\n\n"
        "11月3日  陆明远  为马拉松鸣枪\n\n"
    )
    rows = [unit for unit in read_text(text, "forms.txt").units if unit.kind == "row"]
    assert [unit.date for unit in rows] == ["10月18日", "10月25日", "11月3日"]
