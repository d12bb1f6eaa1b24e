import pytest

from rag.assistant import Assistant
from rag.numerals import EDITION, ORDINAL
from rag.pieces import of_ordinals
from rag.question import Question
from rag.terms import Term
from rag.types import Unit

UNIT = Unit(
    id="u",
    kind="entry",
    title="参加省运动会",
    section=None,
    text="第十五届运动会举行。派出1126人，获金牌132枚，总数列第二位。第十六届筹备启动。",
    authors=(),
    source="s",
    lines=(1, 1),
)


def asking(*ordinals: str) -> Question:
    terms = tuple(Term(o, (o,), 6.0, named=True, ordinal=True) for o in ordinals)
    return Question(text="问", standalone="问", language="zh", asks="how many", terms=terms)


def test_a_place_in_a_ranking_is_no_other_edition() -> None:
    assert of_ordinals(asking("第十五届"), UNIT) == ["第十五届运动会举行。", "派出1126人，获金牌132枚，总数列第二位。"]
    assert of_ordinals(asking("第十六届"), UNIT) == ["第十六届筹备启动。"]
    assert len(of_ordinals(asking(), UNIT)) == 3
    assert ORDINAL.search("列第二位")
    assert not EDITION.search("列第二位")


def test_a_short_title_is_the_full_one_asked_about(assistant: Assistant) -> None:
    history = ["《北京市国际交往语言环境建设条例》是哪天通过的？"]
    assert "6章" in assistant.ask("它有几章几条？", history).text


def test_others_beside_a_leader_stand_in_the_piece(assistant: Assistant) -> None:
    answer = assistant.ask("第15届长城友谊奖颁奖时，除了陈吉宁还有哪位市领导在场？")
    assert all("崔述强" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    "text",
    [
        "蔡奇向釜山市市长致信是什么时候？",
        "蔡奇致信万象市市长是什么时候？",
        "李伟致信横滨市市长是什么时候？",
        "When did Cai Qi write to the mayor of Busan?",
        "When did Chen Jining meet the South Korean ambassador in 2021?",
    ],
)
def test_a_letter_to_another_is_not_the_one_asked_about(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("蔡奇致信万象市委书记是什么时候？", "4月"),
        ("陈吉宁什么时候向首尔市市长致信？", "4月至5月"),
        ("李伟什么时候致信东京都议会议长？", "8月"),
        ("When did Yin Yong meet the Finnish ambassador?", "August 24"),
    ],
)
def test_when_somebody_had_to_do_with_whom_a_question_names(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text
