"""Conversations as the browser keeps them over a reload: plain JSON, newest first, and never more than it can hold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rag.chat.shared import Turns
from rag.types import Answer, Citation, Unit

KEPT = 30
"""Conversations that are kept."""
CHARACTERS = 1_500_000
"""Characters of JSON that are kept: browsers give a page 5 MB, and Gradio's encryption swells what it stores."""

Kept = dict[str, Any]
"""One conversation: its `id` and its `turns`, answers as JSON by the number of their question."""


def kept(store: Sequence[Kept], name: str, turns: Turns) -> list[Kept]:
    """The store with a conversation as it is now, in front; without it where nothing is left of it."""
    mine = [{"id": name, "turns": {str(turn): asdict(answer) for turn, answer in turns.items()}}] if turns else []
    return _fitting([*mine, *forgotten(store, name)])


def forgotten(store: Sequence[Kept], name: str) -> list[Kept]:
    """The store without a conversation."""
    return [conversation for conversation in store or () if conversation.get("id") != name]


def recalled(store: Sequence[Kept], name: str) -> Turns:
    """A conversation's answers; none where it isn't kept, or not as this version writes it."""
    for conversation in store or ():
        if conversation.get("id") == name:
            try:
                answers = [_answer(data) for _, data in sorted(conversation["turns"].items(), key=lambda t: int(t[0]))]
                return dict(enumerate(answers, 1))
            except (KeyError, TypeError, ValueError, AttributeError):
                return {}
    return {}


def titles(store: Sequence[Kept]) -> list[tuple[str, str]]:
    """(first question, id) of each conversation, newest first."""
    return [
        (str(next(iter(conversation["turns"].values()))["question"])[:60], conversation["id"])
        for conversation in store or ()
        if recalled([conversation], conversation.get("id", ""))
    ]


def _fitting(store: list[Kept]) -> list[Kept]:
    room, fitting = CHARACTERS, []
    for conversation in store[:KEPT]:
        size = len(json.dumps(conversation, ensure_ascii=False))
        if size <= room:  # one that is too large by itself takes no other with it
            room -= size
            fitting.append(conversation)
    return fitting


def _answer(data: dict[str, Any]) -> Answer:
    citations = tuple(Citation(c["number"], c["quote"], Unit.from_json(c["unit"])) for c in data["citations"])
    nearest = tuple(Unit.from_json(unit) for unit in data["nearest"])
    return Answer(**{**data, "citations": citations, "nearest": nearest})
