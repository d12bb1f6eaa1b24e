from dataclasses import replace

import pytest

from rag.citations import faults
from rag.types import Answer, Citation, Unit

ENTRY = Unit(
    id="e",
    kind="entry",
    title="洽谈会举办",
    section="港澳事务",
    text="12月6日至12月7日，洽谈会举办。市长陈吉宁出席。现场共签约11个项目，签约金额折合88.14亿美元。",
    authors=("李韬",),
    source="c.txt",
    lines=(1, 5),
)
ROW = Unit(
    id="r",
    kind="row",
    title="会见一览表",
    section=None,
    text="4月6日 殷勇 会见英国法通集团首席执行官奈吉尔·威尔逊",
    authors=(),
    source="c.txt",
    lines=(9, 9),
    table="表6",
    fields={"时间": "4月6日", "市领导": "殷勇"},
    date="4月6日",
    people=("殷勇",),
)
QUOTE = "现场共签约11个项目，签约金额折合88.14亿美元。"
NAMES = ("陈吉宁", "殷勇", "蔡奇")


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("问", text, "zh", abstained=False, citations=citations)


ONE = Citation(1, QUOTE, ENTRY)
TWO = Citation(2, ROW.text, ROW)


@pytest.mark.parametrize(
    "proven",
    [
        answer(f"“{QUOTE}”[1]", ONE),
        answer("签约金额折合**88.14亿美元**。[1]", ONE),
        answer("December 6–7: **11**[1]", ONE),
        answer("共**2**项：\n\n- 12月6日至12月7日 陈吉宁出席[1]\n- April 6 殷勇 (Yin Yong)[2]", ONE, TWO),
        answer("据【洽谈会举办】（李韬），洽谈会举办。[1][2]", ONE, TWO),
        answer("見表6[2]", TWO),
        answer("4月有会见[2]", TWO),
        Answer("问", "资料中没有说明。资料写的是2021年。", "zh", abstained=True),
    ],
)
def test_a_proven_answer_has_no_faults(proven: Answer) -> None:
    assert faults(proven, NAMES) == []


@pytest.mark.parametrize(
    ("broken", "complaint"),
    [
        (answer(f"“{QUOTE}”[1][7]", ONE), "[7]"),
        (answer(f"“{QUOTE}”[1]", ONE, TWO), "[2]"),
        (answer("签约。[1]", replace(ONE, quote="签约 11 个项目")), "verbatim"),
        (answer("签约。[1]", replace(ONE, quote=ROW.text)), "verbatim"),
        (answer("签约。[1]", replace(ONE, quote="")), "verbatim"),
        (answer("签约12个项目。[1]", ONE), "12"),
        (answer("签约1个项目。[1]", ONE), "1"),
        (answer("签约14亿美元。[1]", ONE), "14"),
        (answer("签约88.15亿美元。[1]", ONE), "88.15"),
        (answer("12月8日签约。[1]", ONE), "12月8日"),
        (answer("On December 8 it was signed.[1]", ONE), "December 8"),
        (answer("蔡奇出席。[1]", ONE), "蔡奇"),
        (answer("殷勇出席。[1]\n会见。[2]", ONE, TWO), "殷勇"),
        (answer("签约11个项目。[1]\n签约11个项目。[2]", ONE, TWO), "11"),
    ],
)
def test_a_fault_is_named(broken: Answer, complaint: str) -> None:
    found = faults(broken, NAMES)
    assert len(found) == 1
    assert complaint in found[0]


def test_an_abstention_cites_nothing() -> None:
    empty = Answer("问", "资料中没有说明。", "zh", abstained=True)
    assert faults(empty) == []
    assert len(faults(replace(empty, citations=(ONE,)))) == 1
    assert len(faults(replace(empty, text="资料中没有说明。[1]"))) == 1


def test_every_fault_of_an_answer_is_told() -> None:
    assert len(faults(answer("蔡奇5月5日签约99个项目。[1][3]", ONE, TWO), NAMES)) == 5


def test_an_answer_rests_on_something() -> None:
    assert faults(answer("洽谈会举办了。")) == ["an answer has no citations"]


def test_names_are_only_checked_where_they_are_known() -> None:
    assert faults(answer("蔡奇出席。[1]", ONE)) == []
