"""The chapter's answers through inverted lists are those of a look at every vector."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from embeddings import lists, sampled
from embeddings.index import Index
from embeddings.lists import ListIndex
from embeddings.model import Embedder
from rag import retriever
from rag.assistant import Assistant

GOLD = Path(__file__).parents[2] / "eval" / "gold" / "tune.jsonl"


@pytest.fixture(scope="module")
def through_lists(assistant: Assistant, embedder: Embedder) -> Assistant:
    found, kind, recall = lists.chosen(assistant.index.vectors, flat_up_to=0)
    parts = {field.name: getattr(assistant.index, field.name) for field in fields(Index)}
    parts["manifest"] = replace(assistant.index.manifest, kind=kind, recall=recall)
    return Assistant(assistant.settings, embedder, ListIndex.of(found, parts))


def test_nearly_every_answer_is_the_same_when_few_passages_are_looked_at(
    assistant: Assistant, through_lists: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A third of the chapter is looked at for each question, as 500 passages are of a large library."""
    monkeypatch.setattr(sampled, "CANDIDATES", 20)
    monkeypatch.setattr(retriever, "WANTED", 20)
    asked = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    told = [
        [some.ask(one["question"], one.get("history", ())).text for one in asked] for some in (assistant, through_lists)
    ]
    same = sum(one == other for one, other in zip(*told, strict=True))
    assert same >= 0.97 * len(asked), same
