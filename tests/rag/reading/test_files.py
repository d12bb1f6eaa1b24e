"""Every file kind and encoding, each on a real small file made here."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from rag.errors import CorpusError
from rag.reading import Source, read_file
from rag.reading.files import gather

TEXT = """外事

对外交往

【市领导会见外宾】3月1日，市长会见来访的友好城市代表团，双方就深化合作交换意见。
（李　娜　夏晓露）

【概况】年内，市外办接待外宾一百二十批，组织友好交流活动三十场。
（王　淼）
"""
TRADITIONAL = "【概況】年內，市外辦接待來訪外賓，舉辦國際交流活動，簽署友好合作協議。\n（李　娜）\n"


def check(source: Source) -> None:
    entries = [unit for unit in source.units if unit.kind == "entry"]
    assert [(unit.title, unit.section, unit.authors) for unit in entries] == [
        ("市领导会见外宾", "对外交往", ("李娜", "夏晓露")),
        ("概况", "对外交往", ("王淼",)),
    ]
    assert entries[0].text == "3月1日，市长会见来访的友好城市代表团，双方就深化合作交换意见。"
    assert source.ledger.share == 1.0
    for unit in entries:
        assert unit.title in "\n".join(source.lines[unit.lines[0] - 1 : unit.lines[1]])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "year.txt"
    path.write_bytes(TEXT.encode(encoding))
    source = read_file(path)
    check(source)
    assert source.encoding == encoding


@pytest.mark.parametrize("encoding", ["big5", "gb18030", "utf-8"])
def test_traditional_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "year.txt"
    path.write_bytes(TRADITIONAL.replace("\u3000", " ").encode(encoding))
    source = read_file(path)
    (entry,) = source.units
    assert (entry.title, entry.authors) == ("概況", ("李娜",))
    assert entry.text.startswith("年內，市外辦")
    assert source.encoding.startswith(encoding)


MARKDOWN = """# 外事

## 对外交往

**【市领导会见外宾】** 3月1日，市长会见来访的*友好城市*代表团，
双方就深化合作交换意见。

（李　娜　夏晓露）

### 【概况】

年内，市外办接待外宾一百二十批，组织友好交流活动三十场。

（王　淼）

表1  受表彰人员一览表

| 姓名 | 单位 | 金额（元） |
| --- | --- | --- |
| 李　娜 | 市外办 | 1000 |
| 张三丰 | 市 公司 | 2000 |
"""


def test_markdown(tmp_path: Path) -> None:
    path = tmp_path / "year.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    source = read_file(path)
    check(source)
    assert list(source.lines) == MARKDOWN.removesuffix("\n").split("\n")
    assert source.ledger.furniture["markup"] > 0
    check_rows(source)


def check_rows(source: Source) -> None:
    rows = [unit for unit in source.units if unit.kind == "row"]
    assert [row.fields for row in rows] == [
        {"姓名": "李娜", "单位": "市外办", "金额（元）": "1000"},
        {"姓名": "张三丰", "单位": "市 公司", "金额（元）": "2000"},
    ]
    assert {(row.table, row.title) for row in rows} == {("表1", "受表彰人员一览表")}


HTML = """<html><head><meta charset="{charset}"><title>年鉴</title><style>p {{color: red}}</style></head><body>
<h1>外事</h1><h2>对外交往</h2>
<p><b>【市领导会见外宾】</b>3月1日，市长会见来访的友好城市
代表团，双方就深化合作交换意见。<br>（李　娜　夏晓露）</p>
<h3>【概况】</h3><p>年内，市外办接待外宾一百二十批，组织友好交流活动三十场。</p><p>（王　淼）</p>
<table><caption>表1  受表彰人员一览表</caption><tr><th>姓名</th><th>单位</th><th>金额（元）</th></tr>
<tr><td>李　娜</td><td>市外办</td><td>1000</td></tr><tr><td>张三丰</td><td>市 公司</td><td>2000</td></tr></table>
</body></html>"""


@pytest.mark.parametrize(("charset", "encoding"), [("utf-8", "utf-8"), ("gbk", "gb18030")])
def test_html(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "year.html"
    path.write_bytes(HTML.format(charset=charset).encode(charset))
    source = read_file(path)
    check(source)
    check_rows(source)
    assert source.encoding == encoding


def cells(path: Path) -> list[tuple[str, ...]]:
    source = read_file(path)
    assert source.ledger.share == 1.0
    return [tuple(unit.fields.values()) for unit in source.units if unit.kind == "row"]


def test_cells_that_span_rows_and_columns_in_html(tmp_path: Path) -> None:
    path = tmp_path / "year.html"
    path.write_text(
        "<html><body><p>表1  道路一览表</p><table><tbody>\n<tr><th>名称</th><th>性质</th><th>投资</th></tr>\n"
        '<tr><td>城东路</td><td rowspan="2">新建</td><td>12</td></tr>\n<tr><td>城西路</td><td></td></tr>\n'
        '<tr><td colspan="2">合计</td><td>12</td></tr>\n'
        '<tr><td rowspan="9"></td><td>改建</td><td colspan="0x">3</td></tr>\n'
        "</tbody></table></body></html>",
        encoding="utf-8",
    )
    expected = [("城东路", "新建", "12"), ("城西路", "新建", ""), ("合计", "", "12"), ("", "改建", "3")]
    assert cells(path) == expected


def test_cells_that_span_rows_and_columns_in_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("表1  道路一览表")
    table = document.add_table(rows=4, cols=3)
    for at, text in enumerate(("名称", "性质", "投资", "城东路", "新建", "12", "城西路", "", "", "合计", "", "12")):
        table.cell(at // 3, at % 3).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 0).merge(table.cell(3, 1))
    path = tmp_path / "year.docx"
    document.save(str(path))
    assert cells(path) == [("城东路", "新建", "12"), ("城西路", "新建", ""), ("合计", "", "12")]


def test_markdown_with_empty_cells_and_bold_right_before_chinese(tmp_path: Path) -> None:
    path = tmp_path / "year.md"
    path.write_text(
        "**【会见】**3月，会见外宾。\n\n（李　娜）\n\n表1  道路一览表\n\n| 名称 | 性质 | 投资 |\n|---|---|---|\n"
        "| | 新建 | 12 |\n| 城西路 | | |\n",
        encoding="utf-8",
    )
    assert cells(path) == [("", "新建", "12"), ("城西路", "", "")]
    entry = read_file(path).units[0]
    assert (entry.title, entry.text) == ("会见", "3月，会见外宾。")


def test_word(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("外事", 1)
    document.add_heading("对外交往", 2)
    for line in TEXT.split("\n\n")[2:]:
        document.add_paragraph(line.strip())
    document.add_paragraph("表1  受表彰人员一览表")
    table = document.add_table(rows=0, cols=3)
    for row in (("姓名", "单位", "金额（元）"), ("李　娜", "市外办", "1000"), ("张三丰", "市 公司", "2000")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    path = tmp_path / "year.docx"
    document.save(str(path))
    source = read_file(path)
    check(source)
    check_rows(source)


@pytest.mark.parametrize("name", ["a.docx", "b.pdf"])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"this is nothing of the kind " * 10)
    with pytest.raises(CorpusError, match=name):
        read_file(path)


def test_a_link_that_leads_out_of_its_folder_is_left_out(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "corpus"
    folder.mkdir()
    outside.write_text(TEXT, encoding="utf-8")
    own = folder / "own.txt"
    own.write_text(TEXT, encoding="utf-8")
    (folder / "out.txt").symlink_to(outside)
    (folder / "within.txt").symlink_to(own)
    (folder / "deep").symlink_to(tmp_path)
    assert gather([folder]) == [own, folder / "within.txt"]
    assert gather([folder / "out.txt"]) == [folder / "out.txt"]  # asked for by name
