"""A text whose sentences are whole is left in the order in which it stands, whatever its dates are."""

from __future__ import annotations

import random

import pytest
from scrambler import Setting, byline, clean, draw_book, scramble, wrap

from rag.reading import read_corpus, read_text
from rag.settings import DEFAULT_CORPUS
from rag.types import Unit


def page(*lines: str) -> str:
    return "\n\n".join(lines) + "\n\n"


def entry(title: str, text: str) -> tuple[str, str]:
    return f"【{title}】{text}", "（李　娜）"


def sections(units: tuple[Unit, ...]) -> list[tuple[str, str | None]]:
    return [(unit.title, unit.section) for unit in units if unit.kind == "entry"]


def test_a_heading_heads_the_entry_below_it_although_dates_go_back_later() -> None:
    text = page(
        "园　　林",
        *entry("公园开放", "5月9日，城南公园开放。"),
        *entry("绿道建设", "至11月底，绿道全线建成。"),
        "市　　容",
        *entry("路灯更换", "9月15日，路灯全部更换。"),
        *entry("垃圾分类", "年内，垃圾分类全面推行。"),
        *entry("公厕改造", "7月1日起，公厕改造动工。"),
    )
    assert sections(read_text(text, "order.txt").units) == [
        ("公园开放", "园林"),
        ("绿道建设", "园林"),
        ("路灯更换", "市容"),
        ("垃圾分类", "市容"),
        ("公厕改造", "市容"),
    ]


def chapter(title: str, *months: int) -> str:
    """A chapter of two sections; its title stands behind one blank, as page starts do."""
    first, second = months[: len(months) // 2], months[len(months) // 2 :]
    return page(
        " " + "        ".join(title),
        "综　　述",
        f"年内，{title}工作取得新进展。",
        "（王　淼）",
        f"{title}管理工作",
        *(line for month in first for line in entry(f"{title}{month}月", f"{month}月5日，{title}会议召开。")),
        f"{title}服务工作",
        *(line for month in second for line in entry(f"{title}{month}月", f"{month}月6日，{title}活动举行。")),
    )


def test_the_chapters_of_a_file_in_order_are_not_mixed_by_their_dates() -> None:
    text = chapter("气象", 3, 5, 2, 4) + chapter("地震", 1, 6, 10, 11, 4, 7, 5, 12) + chapter("测绘", 2, 9, 1, 8)
    source = read_text(text, "chapters.txt")
    starts = [unit.lines[0] for unit in source.units]
    assert starts == sorted(starts)
    for name, half in (("气象", 2), ("地震", 4), ("测绘", 2)):
        found = [section for title, section in sections(source.units) if title.startswith(name)]
        assert found == [f"{name}管理工作"] * half + [f"{name}服务工作"] * half
    assert not source.doubts


def test_blocks_that_dates_alone_move_are_told_as_doubts() -> None:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    book = draw_book(clean(source), 8)
    torn = read_text(scramble(book, Setting.any(8)), "torn.txt")
    starts = [unit.lines[0] for unit in torn.units if unit.kind == "entry"]
    assert starts != sorted(starts)
    assert any("dates alone" in doubt for doubt in torn.doubts)


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("marked", [0.0, 0.4, 1.0])
def test_entries_in_no_order_of_date_stay_where_they_stand(seed: int, signed: bool, marked: float) -> None:
    """Headings stand at page starts; some or all entries end without their mark."""
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    draw = random.Random(seed)
    entries = [each for _, each in clean(source).entries]
    draw.shuffle(entries)
    lines: list[str] = []
    for number, each in enumerate(entries):
        if number % 7 == 0:
            lines.append(" " + "  ".join("甲乙丙丁戊己庚辛壬癸"[number // 7] + "类工作"))
        text = each.text if draw.random() < marked else each.text.rstrip("。")
        lines += wrap(f"【{each.title}】{text}", 18 + 2 * seed)
        lines += [byline(each.authors)] * signed
    found = [unit for unit in read_text(page(*lines), "order.txt").units if unit.kind == "entry"]
    assert [unit.title for unit in found] == [each.title for each in entries]
    assert not any(unit.repaired for unit in found)
