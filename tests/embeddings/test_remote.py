"""A model behind an endpoint, played by a server on loopback that has the bundled model."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from embeddings import remote
from embeddings.errors import ModelError
from embeddings.model import Embedder, LocalEmbedder, load
from embeddings.stores import store_at
from rag.assistant import Assistant
from rag.library import open_library
from rag.settings import Settings

TEXTS = ["市领导会见外宾", "会见纪要", "表5 殷勇 芬兰", "Helsinki is a sister city", "  \ud800 "]
Reply = Callable[[list[str]], tuple[int, Any]]


class Endpoint(ThreadingHTTPServer):
    """Answers /v1/embeddings with what `reply` makes of the texts, last one first, and keeps what it was asked."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.reply = reply
        self.asked: list[dict[str, Any]] = []
        self.keys: list[str | None] = []

    @property
    def name(self) -> str:
        return f"openai+http://127.0.0.1:{self.server_port}/v1#multilingual-e5-small"


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append({"path": self.path, **body})
        self.server.keys.append(self.headers["Authorization"])
        status, content = self.server.reply(body["input"])
        data = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *args: object) -> None:
        pass


def listed(vectors: Any) -> dict[str, Any]:
    data = [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(vectors)]
    return {"object": "list", "model": "m", "data": data[::-1], "usage": {"prompt_tokens": 1, "total_tokens": 1}}


@pytest.fixture
def endpoint(embedder: LocalEmbedder) -> Iterator[Endpoint]:
    def reply(texts: list[str]) -> tuple[int, Any]:
        with embedder._running:
            return 200, listed(embedder._model.encode(texts, show_progress_bar=False).tolist())

    server = Endpoint(reply)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def test_vectors_are_those_of_the_model_behind_it(
    endpoint: Endpoint, embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "BATCH", 2)
    monkeypatch.setenv(remote.KEY_VARIABLE, "secret")
    there, calls = load(endpoint.name, workers=3), []
    vectors = there.embed_passages(TEXTS, lambda done, total: calls.append((done, total)))
    assert (vectors * embedder.embed_passages(TEXTS)).sum(1).min() > 0.9998  # batched otherwise, so rounded otherwise
    assert (there.embed_queries(TEXTS) * embedder.embed_queries(TEXTS)).sum(1).min() > 0.9998
    assert calls == [(0, 5), (2, 5), (4, 5), (5, 5)]
    assert there.dimension == embedder.dimension
    assert {(asked["path"], asked["model"]) for asked in endpoint.asked} == {
        ("/v1/embeddings", "multilingual-e5-small")
    }
    assert set(endpoint.keys) == {"Bearer secret"}
    assert there.embed_passages([]).shape == (0, embedder.dimension)


def test_another_server_with_the_same_model_makes_the_same_index() -> None:
    one, two, other = (load(f"openai+http://{place}") for place in ("a/v1#e5-x", "b:8000/v1#e5-x", "a/v1#bge"))
    assert one.fingerprint == two.fingerprint != other.fingerprint


def test_an_assistant_answers_with_it(endpoint: Endpoint, tmp_path: Path, small_corpus: Path) -> None:
    settings = Settings(corpus=(small_corpus,), index=tmp_path / "index", model=endpoint.name)
    assistant = Assistant.open(settings)
    assert "220" in assistant.ask("短视频大赛收到多少部投稿作品？").text
    before = len(endpoint.asked)
    open_library(settings, load(endpoint.name))
    assert len(endpoint.asked) == before
    assert store_at(settings.place).manifest().model == endpoint.name


@pytest.mark.parametrize(
    ("status", "content", "told"),
    [
        (401, {"error": {"message": "no key"}}, "YEARBOOK_EMBEDDING_KEY"),
        (404, {"error": {"message": "no such model"}}, "has that model"),
        (200, listed([[1.0, 0.0]]), r"sent \(1, 2\) for 2 texts"),
        (200, listed([[1.0, 0.0], [1.0]]), "no vectors"),
        (200, listed([[1.0, float("nan")], [1.0, 0.0]]), "sent"),
        (200, {"hello": 1}, "no vectors"),
    ],
)
def test_what_is_wrong_with_an_endpoint_is_told(endpoint: Endpoint, status: int, content: Any, told: str) -> None:
    endpoint.reply = lambda texts: (status, content)
    with pytest.raises(ModelError, match=told):
        load(endpoint.name).embed_queries(["a", "b"])


def test_an_endpoint_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "RETRIES", 0)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9/v1.*look whether the server runs"):
        load("openai+http://127.0.0.1:9/v1#m").embed_queries(["a"])


@pytest.mark.parametrize("name", ["openai+http://h/v1", "openai+ftp://h#m", "openai+http://u:p@h/v1#m", "openai+#m"])
def test_a_name_that_is_no_endpoint_is_refused(name: str) -> None:
    with pytest.raises(ModelError, match=r"put that into|give one like"):
        load(name)


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus.txt"
    text = "【短视频大赛举办】10月，市外办举办短视频大赛，收到投稿作品220部。\n\n（杨焕昌）\n"
    corpus.write_text(text, encoding="utf-8")
    return corpus
