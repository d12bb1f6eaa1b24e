"""Files of several chapters: each opening is named for its chapter and carries its own editors."""

from __future__ import annotations

import pytest

from rag.reading import read_text
from rag.types import Unit

ENTRY = "【会议】1月，召开会议。\n（李　娜）\n\n"


def chapter(title: str, opening: str = "综　　述", foot: str = "", head: str = "") -> str:
    overview = f"{opening}\n\n年内，{title}工作取得新进展。\n（王　淼）\n\n" if opening else ""
    return f"{title}\n\n{head}{overview}管理工作\n\n{ENTRY}{foot}"


def openings(text: str) -> list[Unit]:
    return [unit for unit in read_text(text, "chapters.txt").units if unit.kind == "overview"]


@pytest.mark.parametrize(
    ("titles", "opening", "expected"),
    [
        (("气　　象", "地　　震"), "综　　述", ["气象综述", "地震综述"]),
        (("第一章　气象", "第二章　地震"), "第一节　概况", ["气象概况", "地震概况"]),
        (("气　　象",), "综　　述", ["综述"]),
    ],
)
def test_openings_are_named_for_their_chapters_where_there_are_several(
    titles: tuple[str, ...], opening: str, expected: list[str]
) -> None:
    units = openings("".join(chapter(title, opening) for title in titles))
    assert [unit.title for unit in units] == expected
    assert [unit.section for unit in units] == expected


def test_a_note_on_the_editors_stays_in_its_chapter() -> None:
    text = (
        chapter("气　　象", foot="（本类目编辑：李　娜）\n\n")
        + chapter("地　　震", foot="（本类目编辑：王　淼）\n（责任编辑：张　言）\n\n")
        + chapter("测　　绘", opening="", foot="（本类目编辑：何　山）\n\n")
    )
    assert [unit.notes for unit in openings(text)] == [
        ("（本类目编辑：李 娜）",),
        ("（本类目编辑：王 淼）", "（责任编辑：张 言）"),
    ]


def test_a_note_under_a_chapters_title_is_of_the_opening_below_it() -> None:
    text = chapter("气　　象", head="（本类目编辑：李　娜）\n\n") + chapter(
        "地　　震", head="（本类目编辑：王　淼）\n\n"
    )
    assert [unit.notes for unit in openings(text)] == [("（本类目编辑：李 娜）",), ("（本类目编辑：王 淼）",)]
