"""A server on loopback that speaks the wire as it is told to, well or badly; and settings that point to it."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rag.settings import Settings

Say = Callable[["Wire"], None]


def chunk(text: str = "", finish: str | None = None, **more: Any) -> bytes:
    """One event of a streamed chat completion."""
    choice = {"index": 0, "delta": {"content": text} if text else {}, "finish_reason": finish}
    data = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice], **more}
    return f"data: {json.dumps(data)}\n\n".encode()


def usage(prompt: int, completion: int) -> bytes:
    """The event that counts the tokens."""
    counts = {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}
    return chunk(choices=[], usage=counts)


class Wire(BaseHTTPRequestHandler):
    """Notes every request and lets the test say the reply."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.requests.append(
            (self.path, {name.lower(): text for name, text in self.headers.items()}, json.loads(body))
        )  # type: ignore[attr-defined]
        say = self.server.replies[min(len(self.server.requests), len(self.server.replies)) - 1]  # type: ignore[attr-defined]
        try:
            say(self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

    def event_stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()

    def send(self, *events: bytes) -> None:
        for event in events:
            self.wfile.write(event)
            self.wfile.flush()


def words(*texts: str, pause: float = 0.0) -> Say:
    """A whole, well-formed reply, piece by piece."""

    def say(wire: Wire) -> None:
        wire.event_stream()
        for text in texts:
            wire.send(chunk(text))
            time.sleep(pause)
        wire.send(chunk(finish="stop"), usage(12, 3), b"data: [DONE]\n\n")

    return say


def status(code: int, *header: str) -> Say:
    """An error of HTTP, with one header more where one is given."""

    def say(wire: Wire) -> None:
        body = b'{"error": {"message": "no, sk-secret"}}'
        wire.send_response(code)
        wire.send_header("Content-Length", str(len(body)))
        if header:
            wire.send_header(*header)
        wire.end_headers()
        wire.wfile.write(body)

    return say


class Server(ThreadingHTTPServer):
    """`replies` are said in order, the last one again and again; `requests` holds (path, headers, JSON)."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Wire)
        self.replies: list[Say] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self.hung_up = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture
def quick(server: Server) -> Settings:
    """Settings for the server, with limits that a busy machine keeps."""
    return Settings(
        llm_url=server.url,
        llm_model="m",
        llm_connect_seconds=1,
        llm_first_token_seconds=15,
        llm_between_tokens_seconds=15,
        llm_total_seconds=30,
    )
