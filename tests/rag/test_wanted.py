"""The detail asked for by name."""

import pytest

from rag.assistant import Assistant
from rag.question import understand
from rag.retriever import Retriever
from rag.wanted import noun_asked


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Which hotel hosted the forum?", ["hotel"]),
        ("What was the budget of the drill?", ["budget"]),
        ("论坛门票的票价是多少？", ["票价"]),
        ("殷勇会见了谁？", []),
    ],
)
def test_the_noun_of_the_question_word(retriever: Retriever, text: str, noun: list[str]) -> None:
    question = understand(text, retriever.lexicon, retriever.keywords)
    assert [term.surface for term in noun_asked(question)] == noun


@pytest.mark.parametrize(
    "text",
    [
        "殷勇会见渣打银行的张晓蕾，安排在哪家酒店？",
        "What was the budget of the annual overseas safety drill?",
        "Which company was awarded the contract to upgrade the 因公出入境管理服务系统?",
        "首届“北京·国际范儿”短视频大赛的一等奖颁给了哪部作品？",
        "What is the name of the Vienna mayor with whom Chen Jining exchanged letters?",
        "陈吉宁视频会见康林松时谈妥了多少投资？",
    ],
)
def test_an_entry_that_lacks_the_detail_answers_nothing(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which Visa executive did 殷勇 meet on May 18?", "柯如龙"),
        ("情景剧大赛的主题是什么？", "守望相助"),
        ("Which city hosted the capital mayors' forum?", "萨拉热窝"),
    ],
)
def test_a_kind_of_thing_need_not_be_called_by_its_noun(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text
