"""The frame around the evidence, in both languages."""

import re

import pytest

from rag.absence import Nothing
from rag.assistant import Assistant
from rag.citations import faults
from rag.compose import ABSTAIN, abstain, compose
from rag.evidence import Found
from rag.question import Question, understand
from rag.retriever import Retriever
from rag.types import Evidence, Unit


def asked(text: str, retriever: Retriever) -> Question:
    return understand(text, retriever.lexicon, retriever.keywords)


@pytest.fixture(scope="module")
def rows(retriever: Retriever) -> list[Unit]:
    """Three meetings of one table, latest first."""
    found = [unit for unit in retriever.units if unit.table == "表6" and unit.people == ("殷勇",)]
    return found[::-1][:3]


@pytest.mark.parametrize(
    ("question", "head", "date"),
    [
        ("殷勇会见了哪些人？", r"共\*\*3\*\*", r"^- \d+月\d+日"),
        ("Who all did Yin Yong meet?", r"\*\*3\*\*", r"^- [A-Z]\w+ \d+\b"),
    ],
)
def test_a_list_counts_first_and_goes_by_date(
    retriever: Retriever, rows: list[Unit], question: str, head: str, date: str
) -> None:
    found = Found(tuple(Evidence(unit, unit.text, 1.0) for unit in rows), exhaustive=True)
    answer = compose(asked(question, retriever), found, retriever)
    lines = answer.text.splitlines()
    assert re.match(head, lines[0])
    items = [line for line in lines if line.startswith("- ")]
    assert len(items) == 3
    assert all(re.match(date, line) for line in items)
    assert [citation.unit for citation in answer.citations] == rows[::-1]
    assert [re.findall(r"\[(\d+)\]", line) for line in items] == [["1"], ["2"], ["3"]]
    assert faults(answer, retriever.lexicon.people) == []


def test_english_adds_pinyin_to_chinese_names(retriever: Retriever, rows: list[Unit]) -> None:
    found = Found((Evidence(rows[0], rows[0].text, 1.0),), exhaustive=True)
    text = compose(asked("Which people did 殷勇 meet?", retriever), found, retriever).text
    assert "Yin Yong" in text and "殷勇" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_abstention_says_so_in_the_questions_language(retriever: Retriever, language: str) -> None:
    question = asked({"zh": "动物园有几只熊猫？", "en": "How many pandas does the zoo have?"}[language], retriever)
    entry = next(unit for unit in retriever.units if unit.kind == "entry")
    answer = abstain(question, Nothing("weak"), [entry], [2021])
    assert answer.abstained and not answer.citations
    assert (answer.language, answer.text.startswith(ABSTAIN[language])) == (language, True)
    assert entry.title in answer.text
    assert faults(answer) == []


def test_an_abstention_says_what_is_unknown(retriever: Retriever) -> None:
    question = asked("谁会见了某某？", retriever)
    assert "火星人" in abstain(question, Nothing("unknown", ("火星人",)), [], [2021]).text
    assert "2021" in abstain(question, Nothing("year", ("1999",)), [], [2021]).text


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("殷勇会见了哪些外资企业？", r"共\*\*\d+\*\*家，见于\d处记载"),
        ("殷勇会见了哪些企业家？", r"共\*\*\d+\*\*位，见于\d处记载"),
        ("蔡奇会见英国企业家几次？", r"共\*\*2\*\*次"),
        ("会见日本企业家的有哪些领导？", r"见于\*\*2\*\*处记载"),
        ("Which British companies' executives did Cai Qi meet?", r"\*\*2\*\* guests, in 2 records"),
    ],
)
def test_the_measure_is_that_of_what_is_counted(assistant: Assistant, text: str, head: str) -> None:
    assert re.match(head, assistant.ask(text).text)


def test_two_numbers_asked_for_are_read_and_not_counted(assistant: Assistant) -> None:
    answer = assistant.ask("国际会议一共举办多少场？国务院审批几场？").text
    assert "**31场**" in answer and "共**2**" not in answer


def test_several_names_are_not_mentioned_in_the_plural(retriever: Retriever) -> None:
    question = asked("Who met Tim at Apple?", retriever)
    assert "aren't mentioned" in abstain(question, Nothing("unknown", ("tim", "apple")), [], [2021]).text
    assert "isn't mentioned" in abstain(question, Nothing("unknown", ("tim",)), [], [2021]).text


@pytest.mark.parametrize(("written", "told"), [("Chen Jinning", True), ("Chen Jining", False)])
def test_a_name_taken_for_another_is_told(retriever: Retriever, rows: list[Unit], written: str, told: bool) -> None:
    found = Found((Evidence(rows[0], rows[0].text, 1.0),), exhaustive=False)
    answer = compose(asked(f"Whom did {written} meet?", retriever), found, retriever)
    assert ("(taking Chen Jinning for 陈吉宁)" in answer.text) is told
