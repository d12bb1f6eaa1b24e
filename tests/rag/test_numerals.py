import pytest

from rag.numerals import chinese_numeral, count_of, moved, numerals
from rag.terms import Term


@pytest.mark.parametrize(("value", "written"), [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (99, "九十九")])
def test_numerals(value: int, written: str) -> None:
    assert chinese_numeral(value) == written


@pytest.mark.parametrize(
    ("question", "form", "binds"),
    [
        ("第24届洽谈会何时举行？", "第二十四届", True),
        ("Who finished 3rd?", "第三名", True),
        ("fifteen years of friendship", "15周年", False),
        ("the fifteenth anniversary", "15周年", True),
        ("a tenth anniversary", "10周年", True),
        ("the sixteenth session", "第十六次", True),
        ("十周年纪念", "10周年", True),
        ("水厂二期工程何时开工？", "第二期", True),
        ("How many tasks does the 14th Five-Year plan set?", "十四五", True),
        ("the thirteenth five-year programme", "第十三个五年", True),
        ("第14个五年规划有几个方面？", "十四五", True),
        ("十三五时期建成了什么？", "第十三个五年", True),
        ("九五计划", "第九个五年", True),
        ("地铁2号线何时开工？", "二号线", True),
        ("When did Line 2 open?", "2号线", True),
        ("How long is phase II?", "二期", True),
        ("the first phase of the works", "第一期", True),
        ("第一张罚单罚了多少？", "首张", False),
    ],
)
def test_what_is_numbered_is_taken_out_with_its_forms(question: str, form: str, binds: bool) -> None:
    found, rest = numerals(question)
    (term,) = found
    assert form in term.forms
    assert term.named is binds
    assert term.surface not in rest


@pytest.mark.parametrize("text", ["来了十四五个人", "二十五周年", "六十四五岁", "in fourteen five-year terms"])
def test_what_only_looks_like_a_plan_for_five_years_is_none(text: str) -> None:
    found, _ = numerals(text)
    assert not any("个五年" in form for term in found for form in term.forms)


def test_the_edition_before_is_one_less() -> None:
    (term,), _ = numerals("第二十四届")
    assert moved(term, -1).forms[:1] == ("第23届",)
    assert moved(term, 0) == term
    assert moved(Term("洽谈会", ("洽谈会",), 2.0), -1).surface == "洽谈会"
    (first,), _ = numerals("第1届")
    assert moved(first, -1) == first


def test_a_day_is_no_number_of_a_line() -> None:
    assert numerals("3月2号线下举办")[0] == []


@pytest.mark.parametrize(("text", "value"), [("两", 2), ("三", 3), ("3", 3), ("five", 5), ("Six", 6)])
def test_a_small_number_is_read_as_a_question_writes_it(text: str, value: int) -> None:
    assert count_of(text) == value
