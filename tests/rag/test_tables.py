"""The cells of plain tables that a question names."""

from dataclasses import replace

from rag.tables import Tables
from rag.terms import Term
from rag.types import Unit


def row(plain_row: Unit, number: int, **fields: str) -> Unit:
    return replace(plain_row, id=str(number), fields=fields, text=" ".join(fields.values()))


def test_a_longer_cell_hides_the_shorter_one_within_it(plain_row: Unit) -> None:
    units = [row(plain_row, 1, 名称="第一中学", 县="栗山县"), row(plain_row, 2, 名称="栗山县第一中学", 县="河阳区")]
    named = Tables(units).named("栗山县第一中学在哪里", ())
    assert [(one.cell, one.column, one.rows) for one in named] == [("栗山县第一中学", "名称", (1,))]


def test_a_kind_is_held_by_several_rows_and_a_figure_or_a_date_names_none(plain_row: Unit) -> None:
    units = [row(plain_row, n, 名称=f"甲{n}馆", 等级="三级", 面积="500", 日期="3月2日") for n in (1, 2)]
    named = Tables(units).named("3月2日的三级馆面积有500吗", ())
    assert [(one.cell, one.rows) for one in named] == [("三级", (0, 1))]


def test_a_word_that_surely_means_a_cell_names_it(plain_row: Unit) -> None:
    units = [row(plain_row, 1, 产品="猪肉", 产量="3"), row(plain_row, 2, 产品="茶叶", 产量="4")]
    pork = Term("pork", ("猪肉", "茶叶"), 3.0, strengths=(1.0, 0.3))
    assert [one.cell for one in Tables(units).named("how much pork", (pork,))] == ["猪肉"]


def test_a_row_alone_and_a_row_of_activities_are_no_table(plain_row: Unit) -> None:
    alone = row(plain_row, 1, 名称="甲馆", 县="河阳区")
    acts = [replace(row(plain_row, n, 时间=f"{n}月", 活动="会见"), activity="会见", title="活动表") for n in (2, 3)]
    assert Tables([alone, *acts]).all == ()
