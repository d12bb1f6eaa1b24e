"""A plain table's row that is named by one cell and asked for another."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.columns import asked_columns, rows_named
from rag.question import understand
from rag.types import Unit

TEXT = """【教育综述】全市在校学生48.36万人，教职工3.72万人，茶叶出口增长5.7%。

（王　淼）

【市第一中学百年校庆】10月6日，市第一中学举办建校百年庆祝大会，校长温如玉致辞。

（李　娜）

表1  2023年部分普通高中基本情况一览表

学校名称 等级 创办年份 在校生数（人） 教职工数（人） 所在地 负责教师

市第一中学 一级 1906年 4812 436 河阳区 祁峰

市第二中学 二级 1942年 3604 318 栗山县 骆一鸣

表2  2023年农产品产量一览表

产品 产量（万吨） 比上年增长（%）

茶叶 1.86 7.5

猪肉 15.47 -21.6
"""


@pytest.fixture
def tables(assistant_of: Callable[[str], Assistant]) -> Assistant:
    return assistant_of(TEXT)


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("市第一中学有多少在校生、多少教职工？", ["4812", "436"]),
        ("市第二中学是哪年创办的？", ["1942年"]),
        ("市第二中学在哪里？", ["栗山县"]),
        ("市第二中学是几级学校？", ["二级"]),
        ("祁峰是哪所学校的负责教师？", ["市第一中学"]),
        ("茶叶产量是多少万吨？", ["1.86"]),
        ("茶叶产量增长了多少？", ["7.5"]),
        ("By what percentage did pork output change?", ["-21.6"]),
    ],
)
def test_the_cell_asked_for_is_bold(tables: Assistant, text: str, bold: list[str]) -> None:
    answer = tables.ask(text)
    assert [citation.unit.kind for citation in answer.citations] == ["row"]
    assert answer.text.split("**")[1::2] == bold


def test_each_of_several_rows_named_is_an_answer(tables: Assistant) -> None:
    answer = tables.ask("市第一中学和市第二中学各有多少教职工？")
    assert answer.text.split("**")[1::2] == ["436", "318"]


@pytest.mark.parametrize(
    "text",
    [
        "市第一中学的校庆是什么时候举办的？",  # an entry's matter
        "茶叶出口增长多少？",
        "茶叶产量为什么增长？",
        "市第三中学有多少在校生？",
        "普通高中里在校生超过市第二中学的有多少人？",
    ],
)
def test_a_row_is_none_of_the_answer_where_something_else_is_asked(tables: Assistant, text: str) -> None:
    retriever = tables.retriever
    assert rows_named(understand(text, retriever.lexicon, retriever.keywords), retriever) == []


def test_only_a_plain_tables_row_has_columns_asked_for(tables: Assistant, plain_row: Unit) -> None:
    retriever = tables.retriever
    question = understand("某公司投资额多少亿元？", retriever.lexicon, retriever.keywords)
    assert asked_columns(question, plain_row) == ["投资额（亿元）"]
    assert asked_columns(question, tables.units[0]) == []
