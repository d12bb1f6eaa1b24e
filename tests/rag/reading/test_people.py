"""Which cells of a table are people, whatever their column is called."""

from __future__ import annotations

import pytest

from rag.reading import read_text
from rag.types import Unit


def rows(*lines: str) -> list[Unit]:
    text = "\n\n".join(("表1  2023年基本情况一览表", *lines)) + "\n"
    return [unit for unit in read_text(text, "table.txt").units if unit.kind == "row"]


def test_a_column_of_names_is_people_and_its_spaced_names_are_closed() -> None:
    first, second, third = rows(
        "学校名称 班级（个） 校长", "城东小学 36 李文博", "城西小学 24 祁  峰", "城北小学 18 王  淼"
    )
    assert [unit.people for unit in (first, second, third)] == [("李文博",), ("祁峰",), ("王淼",)]
    assert (second.fields["校长"], second.text) == ("祁峰", "城西小学 24 祁峰")


def test_a_spaced_name_is_one_cell_in_the_middle_of_a_row_too() -> None:
    first, second = rows("学校名称 校长 班级（个）", "城东小学 李文博 36", "城西小学 祁　峰 24")
    assert first.fields == {"学校名称": "城东小学", "校长": "李文博", "班级（个）": "36"}
    assert second.fields == {"学校名称": "城西小学", "校长": "祁峰", "班级（个）": "24"}
    assert second.people == ("祁峰",)


def test_two_columns_of_one_character_each_stay_two() -> None:
    (unit,) = rows("姓名 性别 民族", "李文博  男  汉")
    assert unit.fields == {"姓名": "李文博", "性别": "男", "民族": "汉"}


@pytest.mark.parametrize(
    "cells", [("云岭县", "白石县"), ("高中", "高中"), ("沙河", "黄河"), ("36", "24"), ("韩国", "古巴")]
)
def test_places_and_kinds_of_things_are_no_people_although_a_surname_begins_them(cells: tuple[str, str]) -> None:
    units = rows("名称 归属 数量", f"第一 {cells[0]} 3", f"第二 {cells[1]} 5")
    assert [unit.people for unit in units] == [(), ()]


def test_a_count_of_people_is_no_person() -> None:
    units = rows("单位名称 人员数（人） 参加人员 床位", "市中心医院 312 15 96", "市儿童医院 208 王  淼 80")
    assert [unit.people for unit in units] == [(), ("王淼",)]
    assert units[0].fields["人员数（人）"] == "312"
