"""Several things asked at once."""

import pytest

from rag.parts import parts
from rag.question import understand
from rag.retriever import Retriever


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("大赛收到多少部作品，哪天颁奖？", ["how many", "when"]),
        ("How many people came, and when was it held?", ["how many", "when"]),
        ("In which district was it held, and how many people attended?", ["where", "how many"]),
        ("植树活动是什么时候在哪里举行的？", ["when", "where"]),
        ("For the “图文”大赛, who was the sponsor and when was it?", ["who", "when"]),
        ("殷勇会见了谁？", ["who"]),
        ("Which firms and banks did Yin Yong meet?", ["which all"]),
    ],
)
def test_each_thing_asked_is_a_part(retriever: Retriever, text: str, kinds: list[str]) -> None:
    question = understand(text, retriever.lexicon, retriever.keywords)
    assert [part.asks for part in parts(question)] == kinds


def test_a_part_has_its_own_clause_and_terms(retriever: Retriever) -> None:
    question = understand("植树活动在哪里举行，短视频大赛收到多少作品？", retriever.lexicon, retriever.keywords)
    first, second = parts(question)
    assert "大赛" not in first.text and "植树" not in second.text
    assert {"植树", "作品"} <= {term.surface for term in question.terms}
    assert "作品" not in {term.surface for term in first.terms}
