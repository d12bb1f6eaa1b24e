"""PDFs set here in three columns, drawn in a shuffled order, and read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_layouts import compare_with
from fpdf import FPDF
from scrambler import clean, draw_book
from typesetter import font, set_pdf

from rag.errors import CorpusError
from rag.reading import read_corpus, read_file
from rag.settings import DEFAULT_CORPUS

needs_font = pytest.mark.skipif(font() is None, reason="no font with Chinese characters here: install fonts-noto-cjk")


@needs_font
@pytest.mark.parametrize(("seed", "width", "height"), [(1, 15, 41), (2, 18, 50)])
def test_three_columns_are_read_in_order(tmp_path: Path, seed: int, width: int, height: int) -> None:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    book = draw_book(clean(source), seed)
    path = tmp_path / "columns.pdf"
    set_pdf(book, path, seed, width, height)
    read = read_file(path)
    counts = compare_with(book, read)
    assert (counts["exact"], counts["section"]) == (counts["entries"], counts["entries"])
    assert counts["unaccounted"] == 0
    assert {unit.pages[0] for unit in read.units if unit.pages} == set(
        range(1, max(u.pages[1] for u in read.units) + 1)
    )
    assert [piece.text for piece in read.furniture if piece.kind == "running head"][:2] == ["1", "2"]


@needs_font
def test_a_table_across_the_page_keeps_its_rows(tmp_path: Path) -> None:
    pdf = FPDF(unit="pt", format="A4")
    pdf.add_font("cjk", fname=str(font()))
    pdf.set_font("cjk", size=9)
    pdf.add_page()
    pdf.text(150, 60, "表3  2021年会见外宾一览表")
    lines = [
        ("时间", "市领导", "国别", "活动内容"),
        ("3月1日", "张三丰", "法国", "会见法国某某集团董事长一行并签署协议"),
    ]
    lines += [
        ("4月2日", "李　娜", "德国", "视频会见德国某某公司总裁"),
        ("5月3日", "王小明", "英国", "会见英国某某银行行长"),
    ]
    for row, cells in enumerate(lines):
        for left, cell in zip((40, 110, 180, 240), cells, strict=True):
            pdf.text(left, 90 + 16 * row, cell)
    path = tmp_path / "table.pdf"
    pdf.output(str(path))
    units = read_file(path).units
    assert [(unit.table, unit.date, unit.people, unit.country) for unit in units] == [
        ("表3", "3月1日", ("张三丰",), "法国"),
        ("表3", "4月2日", ("李娜",), "德国"),
        ("表3", "5月3日", ("王小明",), "英国"),
    ]
    assert units[0].activity == "会见法国某某集团董事长一行并签署协议"


def test_a_scan_is_a_clear_error(tmp_path: Path) -> None:
    pdf = FPDF()
    pdf.add_page()
    pdf.rect(10, 10, 50, 50, style="F")
    path = tmp_path / "scan.pdf"
    pdf.output(str(path))
    with pytest.raises(CorpusError, match=r"scan\.pdf: this PDF has no text.*OCR"):
        read_file(path)
