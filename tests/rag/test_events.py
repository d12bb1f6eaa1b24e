"""One event in two places: the entry's sentence and the table's row."""

import pytest

from rag.assistant import Assistant
from rag.events import differ, on_other_days, same_events
from rag.retriever import Retriever
from rag.types import Evidence, Unit


def unit_of(retriever: Retriever, kind: str, words: str) -> Unit:
    return next(unit for unit in retriever.units if unit.kind == kind and words in unit.title + unit.text)


def test_an_entry_and_a_row_of_one_day_are_one_event(retriever: Retriever) -> None:
    entry, row = unit_of(retriever, "entry", "首都市长论坛"), unit_of(retriever, "row", "首都市长论坛")
    told = same_events([Evidence(entry, entry.text, 1.0), Evidence(row, row.text, 1.0)], retriever)
    assert [[piece.unit.kind for piece in event] for event in told] == [["row", "entry"]]
    assert not differ(row, entry)


def test_two_days_for_one_event_are_found_from_either_side(retriever: Retriever) -> None:
    entry, row = unit_of(retriever, "entry", "欢乐春节"), unit_of(retriever, "row", "欢乐春节")
    assert on_other_days(Evidence(entry, entry.text, 1.0), retriever) == [row]
    assert on_other_days(Evidence(row, row.text, 1.0), retriever) == [entry]


def test_like_words_of_another_event_are_another_event(retriever: Retriever) -> None:
    entry, row = unit_of(retriever, "entry", "首都市长论坛"), unit_of(retriever, "row", "创新合作大会")
    assert len(same_events([Evidence(entry, entry.text, 1.0), Evidence(row, row.text, 1.0)], retriever)) == 2


@pytest.mark.parametrize(
    ("question", "both"),
    [
        ("北京与都柏林结好10周年的欢乐春节活动是哪天举行的？", ("2月9日", "1月17日")),
        ("When was the Dublin 10th anniversary celebrated?", ("February 9", "January 17")),
    ],
)
def test_where_sources_give_two_days_the_answer_says_both(
    assistant: Assistant, question: str, both: tuple[str, str]
) -> None:
    answer = assistant.ask(question)
    assert all(day in answer.text for day in both)
    assert {citation.unit.kind for citation in answer.citations} == {"entry", "row"}
