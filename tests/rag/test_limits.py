"""What a question demands of a figure, read out of its text."""

import pytest

from rag.limits import extreme, figure, limits


@pytest.mark.parametrize(
    ("text", "how", "number"),
    [
        ("投资额超过20亿元的有几个", "more", 20),
        ("面积在50公顷以上的有几处", "at least", 50),
        ("床位不足1,000张的有哪些", "less", 1000),
        ("投资不超过3.5亿元的", "at most", 3.5),
        ("增幅不低于10%的产品", "at least", 10),
        ("which parks cover more than 50 hectares", "more", 50),
        ("schools with no more than 300 teachers", "at most", 300),
        ("hospitals with 900 beds or more", "at least", 900),
        ("fewer than 900 beds", "less", 900),
    ],
)
def test_a_comparison_with_a_number(text: str, how: str, number: float) -> None:
    assert [(limit.how, limit.number) for limit in limits(text)] == [(how, number)]


@pytest.mark.parametrize("text", ["第18届亚运会有几个冠军", "2019年签约的项目", "最多的是哪个", "at least who won"])
def test_a_number_alone_is_no_comparison(text: str) -> None:
    assert limits(text) == []


@pytest.mark.parametrize(
    ("text", "measure", "limit"),
    [
        ("超过20亿元", "亿元", 20),
        ("超过1亿立方米", "万立方米", 10000),
        ("超过2万人", "人", 20000),
        ("超过5000元", "万元", 0.5),
        ("超过20的", "亿元", 20),
        ("more than 2 million yuan", "万元", 200),
        ("超过10%", "%", 10),
        ("more than 10 percent", "%", 10),
        ("超过10%", "万吨", None),
        ("超过20公顷", "万元", None),
        ("超过20亿元", "%", None),
    ],
)
def test_a_limit_in_a_columns_measure(text: str, measure: str, limit: float | None) -> None:
    (found,) = limits(text)
    assert found.measured(measure) == limit


def test_two_comparisons_have_a_clause_each() -> None:
    first, second = limits("面积在20公顷以上、投资超过1亿元的公园有哪些")
    assert (first.lead, second.lead) == ("面积在", "投资")


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("面积最大的公园", "largest"),
        ("床位最少的医院", "smallest"),
        ("最早建成的水库", "earliest"),
        ("which park is the largest", "largest"),
        ("which has the fewest beds", "smallest"),
        ("at least 5", None),
        ("at most 5", None),
        ("有几家医院", None),
    ],
)
def test_an_end_of_a_column(text: str, end: str | None) -> None:
    found = extreme(text)
    assert (found[0] if found else None) == end


@pytest.mark.parametrize(
    ("cell", "value"), [("-21.6", -21.6), ("－3", -3), ("1,024", 1024), ("6%", 6), ("1974年", None)]
)
def test_a_cell_that_is_a_figure(cell: str, value: float | None) -> None:
    assert figure(cell) == value
