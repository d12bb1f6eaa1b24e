"""Lists by an event's name and by titles, on the chapter."""

import pytest

from rag.question import Question, understand
from rag.retriever import Retriever
from rag.topics import sessions, titled


def ask(text: str, retriever: Retriever) -> Question:
    return understand(text, retriever.lexicon, retriever.keywords)


def test_courses_are_listed_by_their_titles(retriever: Retriever) -> None:
    found = titled(ask("市外办办了哪些培训班？", retriever), retriever)
    courses = [unit.id for unit in retriever.units if unit.kind == "entry" and "培训班" in unit.title]
    assert len(courses) > 2
    assert [piece.unit.id for piece in found if "班" in piece.unit.title] == courses
    assert all("培训" in piece.unit.title for piece in found)
    assert titled(ask("市外办办了哪些论坛？", retriever), retriever) == []


@pytest.mark.parametrize(
    "text", ["中关村论坛框架下有哪些会议和分论坛？", "Which sessions of the Zhongguancun Forum are told of?"]
)
def test_the_sessions_of_an_event_are_all_that_name_it(retriever: Retriever, text: str) -> None:
    found = sessions(ask(text, retriever), retriever)
    assert {piece.unit.id for piece in found} == {
        unit.id for unit in retriever.units if "中关村论坛" in f"{unit.title}{unit.text}"
    }


def test_what_an_event_is_about_is_no_part_of_it(retriever: Retriever) -> None:
    assert sessions(ask("中关村论坛有哪些主题？", retriever), retriever) == []
