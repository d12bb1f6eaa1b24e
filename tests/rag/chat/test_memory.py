import json
from typing import Any

import pytest

from rag.assistant import Assistant
from rag.chat import memory
from rag.types import Answer


def through_json(store: Any) -> Any:
    return json.loads(json.dumps(store))


def test_a_conversation_comes_back_as_it_was(assistant: Assistant) -> None:
    turns = {1: assistant.ask("which foreign firms did 殷勇 meet?"), 2: assistant.ask("北京地铁2021年新开了几条线？")}
    back = memory.recalled(through_json(memory.kept([], "a", turns)), "a")
    assert [(a.text, a.citations, a.nearest) for a in back.values()] == [
        (a.text, a.citations, a.nearest) for a in turns.values()
    ]


def test_the_newest_conversation_stands_first_and_once() -> None:
    store = memory.kept([], "a", {1: Answer("first", "", "en", True)})
    store = memory.kept(store, "b", {1: Answer("second", "", "en", True)})
    store = memory.kept(through_json(store), "a", {1: Answer("first again", "", "en", True)})
    assert memory.titles(store) == [("first again", "a"), ("second", "b")]
    assert (
        memory.titles(memory.kept(store, "a", {})) == memory.titles(memory.forgotten(store, "a")) == [("second", "b")]
    )


def test_answers_after_a_gap_are_numbered_anew() -> None:
    store = memory.kept([], "a", {2: Answer("x", "", "en", True), 11: Answer("y", "", "en", True)})
    assert [(n, a.question) for n, a in memory.recalled(store, "a").items()] == [(1, "x"), (2, "y")]


@pytest.mark.parametrize(
    "conversation", [{}, {"turns": 3}, {"turns": {"1": {"question": "no answer"}}}, {"turns": {"x": 1}}]
)
def test_what_another_version_wrote_is_left_alone(conversation: dict[str, Any]) -> None:
    store = [{"id": "old", **conversation}]
    assert memory.recalled(store, "old") == {}
    assert memory.titles(store) == []


def test_old_conversations_make_room_for_new_ones() -> None:
    store: list[Any] = []
    for number in range(memory.KEPT + 3):
        store = memory.kept(store, str(number), {1: Answer("q", "", "en", True)})
    assert [name for _, name in memory.titles(store)][:1] == [str(memory.KEPT + 2)]
    assert len(store) == memory.KEPT
    big = memory.kept(store, "big", {1: Answer("q", "字" * (memory.CHARACTERS - 1000), "zh", True)})
    assert len(big) < memory.KEPT


def test_a_conversation_too_large_to_keep_takes_no_other_with_it() -> None:
    store = memory.kept([], "a", {1: Answer("first", "", "en", True)})
    store = memory.kept(store, "big", {1: Answer("q", "字" * memory.CHARACTERS, "zh", True)})
    assert memory.titles(store) == [("first", "a")]
