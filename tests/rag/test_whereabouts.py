"""Which tables and sections a question speaks of."""

import pytest

from rag.assistant import Assistant
from rag.question import understand
from rag.retriever import Retriever
from rag.understood import parts, without
from rag.whereabouts import tables_in


@pytest.mark.parametrize(
    ("text", "tables"),
    [
        ("表4和表6里", ["表4", "表6"]),
        ("表4、5和6中", ["表4", "表5", "表6"]),
        ("表七列出了什么", ["表7"]),
        ("表4和6月的会见", ["表4"]),
        ("表4和3家企业", ["表4"]),
        ("Tables 4, 5 and 6", ["表4", "表5", "表6"]),
        ("Table 4 and Table 6", ["表4", "表6"]),
        ("in Table 4 and 6 meetings", ["表4"]),
    ],
)
def test_every_table_named_is_found(text: str, tables: list[str]) -> None:
    assert tables_in(text)[0] == tables


def test_the_rows_of_both_tables_count(assistant: Assistant) -> None:
    for question in (
        "表4和表6中张家明一共参加了几次会见？",
        "Taking Tables 4 and 6 together, how many meetings did Zhang Jiaming take part in?",
    ):
        cited = assistant.ask(question).citations
        assert {c.unit.table for c in cited} == {"表4", "表6"} and len(cited) == 5


def test_each_of_two_tables_can_be_left_out(retriever: Retriever) -> None:
    question = understand("表4和表6里张家明会见了谁？", retriever.lexicon, retriever.keywords)
    keys = [part.key for part in parts(question.to_json())]
    assert {"table:表4", "table:表6"} <= set(keys)
    assert without(question, ["table:表4"]).tables == ("表6",)
    assert without(question, ["table:表4", "table:表6"]).tables == ()


def test_a_table_that_the_sources_lack_is_said_beside_one_they_have(assistant: Assistant) -> None:
    answer = assistant.ask("表4和表9里张家明会见了谁？")
    assert answer.abstained and "表9" in answer.text and "表4" not in answer.text.split("。")[1]


@pytest.mark.parametrize("question", ["Table 7 lists what?", "表7列出了几封信？", "表7列了什么？"])
def test_what_a_table_lists_are_its_rows(assistant: Assistant, question: str) -> None:
    assert [c.unit.table for c in assistant.ask(question).citations] == ["表7"]


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("How many entries are in the Hong Kong and Macao section?", "港澳事务"),
        ("What stands in the section on foreign exchanges?", "对外交往"),
        ("Which section of the Great Wall was repaired?", None),
        ("How many people from Hong Kong and Macao came?", None),
    ],
)
def test_a_section_is_called_by_words_for_most_of_its_name(
    retriever: Retriever, text: str, section: str | None
) -> None:
    assert understand(text, retriever.lexicon, retriever.keywords).section == section


def test_a_section_called_in_english_holds_what_it_holds_in_chinese(assistant: Assistant) -> None:
    chinese = [c.unit.id for c in assistant.ask("港澳事务部分有几个条目？").citations]
    for question in (
        "How many entries are in the Hong Kong and Macao section?",
        "Which topics does the section on Hong Kong and Macao affairs cover?",
    ):
        assert [c.unit.id for c in assistant.ask(question).citations] == chinese
