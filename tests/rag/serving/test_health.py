import threading
from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from rag.chat.loader import Loader
from rag.serving.health import routes


def opened(open_assistant: Any, stopping: threading.Event | None = None, metrics: bool = False) -> TestClient:
    loader = Loader(open_assistant)
    loader.start()
    loader.wait()
    return TestClient(Starlette(routes=routes(loader, metrics, stopping or threading.Event())))


def an_assistant(_: Any) -> Any:
    return SimpleNamespace(index=SimpleNamespace(generation="generation-1", documents=("a", "b")))


def a_failure(_: Any) -> Any:
    raise RuntimeError("a secret detail")


def test_a_server_that_answers_tells_its_index() -> None:
    reply = opened(an_assistant).get("/healthz")
    assert (reply.status_code, reply.json()) == (200, {"status": "ok", "index": "generation-1", "units": 2})


def test_a_server_that_prepares_failed_or_stops_is_not_well() -> None:
    slow = Loader(an_assistant)
    preparing = TestClient(Starlette(routes=routes(slow, False, threading.Event()))).get("/healthz")
    stopping = threading.Event()
    stopping.set()
    replies = [preparing, opened(a_failure).get("/healthz"), opened(an_assistant, stopping).get("/healthz")]
    assert [reply.status_code for reply in replies] == [503, 503, 503]
    assert [reply.json()["status"] for reply in replies] == ["preparing", "failed", "stopping"]
    assert "secret" not in replies[1].text


@pytest.mark.parametrize(("metrics", "status"), [(True, 200), (False, 404)])
def test_counters_are_there_when_asked_for(metrics: bool, status: int) -> None:
    assert opened(an_assistant, metrics=metrics).get("/metrics").status_code == status
