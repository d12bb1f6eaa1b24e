"""What programs get from the endpoints, by Gradio's own client over a real server."""

import json
from collections.abc import Iterator

import gradio as gr
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.chat.loader import Loader
from rag.chat.programs import MOST, Programs, build_programs
from rag.settings import Settings
from rag.shapes import answer_json
from rag.shelf import Shelves

OWN = "【灯谜会举办】3月8日，区文化馆举办灯谜会，收到谜语913条。\n"
QUESTION = "which foreign firms did 殷勇 meet?"


def loaded(assistant: Assistant) -> Loader:
    loader = Loader(lambda _: assistant)
    loader.start()
    return loader


@pytest.fixture(scope="module")
def client(assistant: Assistant) -> Iterator[Client]:
    with gr.Blocks() as demo:
        build_programs(loaded(assistant), Shelves(assistant.settings))
    _, url, _ = demo.launch(server_name="127.0.0.1", prevent_thread_lock=True, quiet=True)
    yield Client(url, verbose=False)
    demo.close(verbose=False)


def test_the_endpoints_are_documented_with_what_they_take(client: Client) -> None:
    named = client.view_api(return_format="dict")["named_endpoints"]
    assert {name: [given["parameter_name"] for given in about["parameters"]] for name, about in named.items()} == {
        "/chat": ["question", "history"],
        "/search": ["question", "count"],
        "/entries": ["source", "first", "count"],
    }
    assert all(about["description"] for about in named.values())


def test_chat_gives_what_the_assistant_answers(client: Client, assistant: Assistant) -> None:
    given = client.predict(QUESTION, api_name="/chat")
    assert {**given, "ms": 0} == {**json.loads(json.dumps(answer_json(None, assistant.ask(QUESTION)))), "ms": 0}
    follow_up = client.predict("那陈吉宁呢？", [QUESTION], api_name="/chat")
    assert follow_up["answer"] == assistant.ask("那陈吉宁呢？", [QUESTION]).text


def test_search_gives_as_many_as_asked_for_within_bounds(client: Client, assistant: Assistant) -> None:
    hits = client.predict("Helsinki", 2, api_name="/search")["hits"]
    assert [hit["id"] for hit in hits] == [hit.unit.id for hit in assistant.search("Helsinki", k=2)]
    assert len(client.predict("Helsinki", 10**9, api_name="/search")["hits"]) == min(MOST, len(assistant.units))
    assert len(client.predict("Helsinki", -1, api_name="/search")["hits"]) == 1


def test_entries_come_in_portions(client: Client, assistant: Assistant) -> None:
    first = client.predict(api_name="/entries", count=2)
    assert first["total"] == len(assistant.units)
    assert first["sources"] == [assistant.units[0].source]
    second = client.predict(api_name="/entries", first=3, count=2)
    ids = [unit["id"] for unit in (*first["entries"], *second["entries"])]
    assert ids == [unit.id for unit in assistant.units[:4]]
    assert client.predict("no such source", api_name="/entries")["entries"] == []


@pytest.mark.parametrize("endpoint", ["/chat", "/search"])
def test_a_question_that_cannot_be_asked_is_an_error_with_a_reason(client: Client, endpoint: str) -> None:
    with pytest.raises(AppError, match="it is empty"):
        client.predict("  ", api_name=endpoint)


def test_programs_know_what_readers_share_and_nothing_else(
    assistant: Assistant, embedder: Embedder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("programs")
    (folder / "own.txt").write_text(OWN, encoding="utf-8")
    for share in (False, True):
        shelves = Shelves(Settings(index=folder / str(share), share_uploads=share))
        shelves.of("").add(folder / "own.txt", embedder, (), lambda *_: None, lambda *_: None)
        sources = Programs(loaded(assistant), shelves).entries()["sources"]
        assert ("own.txt" in sources) is share
