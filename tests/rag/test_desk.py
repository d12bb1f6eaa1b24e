"""One reader's choice of sources: asked together, left out, followed as they come and go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.desk import Desk
from rag.settings import Settings
from rag.shelf import Shelf, Shelves

OWN = "【灯谜会举办】3月8日，区文化馆举办灯谜会，收到谜语913条。\n\n（赵　甲）\n"
QUESTION = "灯谜会收到多少条谜语？"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelves(Settings(index=tmp_path / "index")).of("")


@pytest.fixture
def put(tmp_path: Path, shelf: Shelf, embedder: Embedder) -> Callable[..., None]:
    def run(name: str, text: str) -> None:
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        shelf.add(file, embedder, (), lambda *_: None, lambda *_: None)

    return run


def test_own_files_and_the_servers_sources_are_asked_together(
    assistant: Assistant, shelf: Shelf, put: Callable[..., None]
) -> None:
    put("own.txt", OWN)
    desk = Desk(assistant, shelf)
    assert desk.settings.corpus_paths[-1].name == "own.txt"  # where the page finds the document
    answer = desk.ask(QUESTION)
    assert "913" in answer.text
    assert answer.citations[0].unit.source == "own.txt"
    assert len(desk.units) == len(assistant.units) + 1
    assert (
        desk.ask("which foreign firms did 殷勇 meet?").text == assistant.ask("which foreign firms did 殷勇 meet?").text
    )
    assert "913" not in assistant.ask(QUESTION).text


def test_vectors_are_those_of_the_indexes_that_were_joined(
    assistant: Assistant, shelf: Shelf, put: Callable[..., None], embedder: Embedder
) -> None:
    put("own.txt", OWN)
    desk = Desk(assistant, shelf, frozenset({assistant.units[0].source}))
    assert desk.index.passages == tuple(p for p in desk.index.passages if "灯谜会" in p)
    assert desk.index.owners.tolist() == [0] * len(desk.index.passages)
    near = desk.index.similarities(embedder.embed_passages(desk.index.passages)[0])
    assert near.values[0] == pytest.approx(1, abs=1e-5)


def test_a_source_that_is_left_out_answers_nothing(
    assistant: Assistant, shelf: Shelf, put: Callable[..., None]
) -> None:
    put("own.txt", OWN)
    assert {hit.unit.source for hit in Desk(assistant, shelf, frozenset({"own.txt"})).search(QUESTION)} == {
        unit.source for unit in assistant.units
    }
    alone = Desk(assistant, shelf, frozenset(unit.source for unit in assistant.units))
    assert {hit.unit.source for hit in alone.search("殷勇会见了谁？")} == {"own.txt"}


def test_files_that_come_and_go_are_followed(assistant: Assistant, shelf: Shelf, put: Callable[..., None]) -> None:
    desk = Desk(assistant, shelf, frozenset(unit.source for unit in assistant.units))
    assert len(desk.units) == len(assistant.units)  # nothing else is there yet
    put("own.txt", OWN)
    assert "913" in desk.ask(QUESTION).text
    assert [unit.source for unit in desk.units] == ["own.txt"]
    assert desk.settings.corpus_paths[-1].name == "own.txt"
    shelf.remove("own.txt")
    assert "913" not in desk.ask(QUESTION).text
    assert desk.reload_if_changed() is False
