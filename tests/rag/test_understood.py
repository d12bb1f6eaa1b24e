from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.question import understand
from rag.retriever import Retriever
from rag.understood import parts, without

QUESTION = "which foreign firms did 殷勇 meet?"


@pytest.fixture
def keys(retriever: Retriever) -> Callable[..., list[str]]:
    """The keys of what is left of a question."""

    def left(text: str, *gone: str) -> list[str]:
        question = understand(text, retriever.lexicon, retriever.keywords)
        return [part.key for part in parts(without(question, gone).to_json())]

    return left


def test_each_thing_is_one_part_and_its_words_are_no_terms_besides(keys: Callable[..., list[str]]) -> None:
    assert keys(QUESTION) == ["people:殷勇", "relation:met", "objects:firm"]
    assert keys("What happened on 27 March 2021?")[:2] == ["dates:3-27/3-27", "years:2021"]
    assert keys("表6有哪些内容") == ["table:表6"]


@pytest.mark.parametrize(
    ("question", "key"),
    [
        (QUESTION, "people:殷勇"),
        (QUESTION, "relation:met"),
        (QUESTION, "objects:firm"),
        ("李娜写了哪些条目？", "authors:李娜"),
        ("2021年3月27日谁会见了德勤的董事长？", "dates:3-27/3-27"),
        ("2021年3月27日谁会见了德勤的董事长？", "years:2021"),
        ("2021年3月27日谁会见了德勤的董事长？", "terms:德勤"),
        ("表6有哪些内容", "table:表6"),
        ("对外交往部分有哪些条目？", "section:对外交往"),
    ],
)
def test_a_part_left_out_is_gone_and_the_others_stay(keys: Callable[..., list[str]], question: str, key: str) -> None:
    before = keys(question)
    assert keys(question, key) == [part for part in before if part != key]


def test_a_name_that_was_misread_goes_as_it_was_written(retriever: Retriever) -> None:
    question = understand("Which firms did Yin Yong meet?", retriever.lexicon, retriever.keywords)
    assert question.people == ("殷勇",)
    assert "yin yong" not in without(question, ["people:殷勇"]).standalone.lower()


def test_a_key_that_the_question_lacks_changes_nothing(keys: Callable[..., list[str]]) -> None:
    assert keys(QUESTION, "people:某人", "section:某节", "nonsense") == keys(QUESTION)


def test_an_unknown_name_left_out_no_longer_stands_in_the_way(assistant: Assistant) -> None:
    question = "殷勇会见了哪些“火星”企业？"
    named = [part.key for part in parts(assistant.ask(question).understood) if "火星" in part.value]
    assert assistant.ask(question).abstained
    assert not assistant.ask(question, (), named).abstained


def test_an_answer_without_the_person_tells_of_everybody(assistant: Assistant) -> None:
    of_one, of_all = assistant.ask(QUESTION), assistant.ask(QUESTION, (), ["people:殷勇"])
    assert {c.unit.id for c in of_one.citations} < {c.unit.id for c in of_all.citations}
