import socket
import time
from collections.abc import Callable
from typing import Any

import pytest

from rag.settings import KEY_VARIABLE, Settings
from rag.writing.client import Endpoint
from rag.writing.model import Piece, Prompt, WriterError

PROMPT = Prompt("be brief", "how are you?", 40, {"type": "object"})


def reply(settings: Settings, seconds: float = 20.0) -> list[Piece]:
    return list(Endpoint(settings).stream(PROMPT, time.monotonic() + seconds))


def failure(settings: Settings, seconds: float = 20.0) -> str:
    with pytest.raises(WriterError) as caught:
        reply(settings, seconds)
    assert "sk-secret" not in str(caught.value)
    return caught.value.reason


@pytest.fixture
def wire() -> Any:
    """The conftest's helpers, which pytest's import mode keeps out of reach."""
    import importlib.util
    from pathlib import Path

    spec = importlib.util.spec_from_file_location("wire", Path(__file__).with_name("conftest.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_reply_comes_in_pieces_with_its_tokens(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.words("fine", ", thanks")]
    pieces = [piece for piece in reply(quick) if piece.text or piece.prompt_tokens]
    assert [piece.text for piece in pieces] == ["fine", ", thanks", ""]
    assert (pieces[-1].prompt_tokens, pieces[-1].completion_tokens) == (12, 3)
    path, headers, asked = server.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == "Bearer none"
    assert (asked["model"], asked["temperature"], asked["max_tokens"], asked["stream"]) == ("m", 0.0, 40, True)
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]


@pytest.mark.parametrize(
    ("mode", "expected"), [("none", None), ("json_object", "json_object"), ("json_schema", "json_schema")]
)
def test_each_json_mode_asks_for_its_own(
    mode: str, expected: str | None, server: Any, quick: Settings, wire: Any
) -> None:
    server.replies = [wire.words("{}")]
    reply(quick.model_copy(update={"llm_json": mode}))
    asked = server.requests[0][2].get("response_format")
    assert (asked and asked["type"]) == expected


def test_the_key_goes_to_the_server_and_nowhere_else(
    server: Any, quick: Settings, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "sk-secret")
    server.replies = [wire.words("fine")]
    reply(quick)
    assert server.requests[0][1]["authorization"] == "Bearer sk-secret"
    assert "sk-secret" not in repr(quick) + quick.model_dump_json()


@pytest.mark.parametrize(
    ("code", "reason", "requests"),
    [(400, "refused", 1), (401, "refused", 1), (404, "refused", 1), (429, "busy", 3), (503, "failing", 3)],
)
def test_what_may_pass_is_tried_again_twice(
    code: int, reason: str, requests: int, server: Any, quick: Settings, wire: Any
) -> None:
    server.replies = [wire.status(code)]
    assert failure(quick) == reason
    assert len(server.requests) == requests


@pytest.mark.parametrize("code", [400, 401])
def test_a_refusal_is_one_even_where_the_server_says_try_again(
    code: int, server: Any, quick: Settings, wire: Any
) -> None:
    server.replies = [wire.status(code, "x-should-retry", "true")]
    assert failure(quick) == "refused"
    assert len(server.requests) == 1


def test_a_server_that_sends_elsewhere_is_not_followed(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.status(307, "Location", f"{server.url}/elsewhere"), wire.words("fine")]
    assert failure(quick) == "refused"
    assert len(server.requests) == 1


def test_no_proxy_comes_before_a_server_on_this_machine(
    server: Any, quick: Settings, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server.replies = [wire.words("fine")]
    assert "".join(piece.text for piece in reply(quick)) == "fine"


def test_what_the_environment_holds_for_another_service_stays_here(
    server: Any, quick: Settings, wire: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "sk-secret")
    server.replies = [wire.words("fine")]
    reply(quick)
    assert "sk-secret" not in str(server.requests[0][1])


def test_a_server_that_recovers_is_heard(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.status(503), wire.words("fine")]
    pieces = reply(quick)
    assert "".join(piece.text for piece in pieces) == "fine"


def test_nobody_there_is_unreachable(quick: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/v1"
    assert failure(quick.model_copy(update={"llm_url": url})) == "unreachable"


def silent(wire: Any) -> Callable[[Any], None]:
    return lambda handler: time.sleep(4)


def headers_only(wire: Any) -> Callable[[Any], None]:
    def say(handler: Any) -> None:
        handler.event_stream()
        time.sleep(4)

    return say


def comments_only(wire: Any) -> Callable[[Any], None]:
    """Keep-alive comments, which are no tokens."""

    def say(handler: Any) -> None:
        handler.event_stream()
        for _ in range(20):
            handler.send(b": ping\n\n")
            time.sleep(0.2)

    return say


def stuck(wire: Any) -> Callable[[Any], None]:
    def say(handler: Any) -> None:
        handler.event_stream()
        handler.send(wire.chunk("fine"))
        time.sleep(4)

    return say


@pytest.mark.parametrize("slow", [silent, headers_only, comments_only, stuck])
def test_a_slow_server_is_left(slow: Any, server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [slow(wire)]
    limits = {"llm_first_token_seconds": 1, "llm_between_tokens_seconds": 1}
    assert failure(quick.model_copy(update=limits)) == "slow"
    assert len(server.requests) == 1


def test_what_the_reader_does_in_between_is_not_the_servers_time(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.words("fine", ", thanks")]
    stream = Endpoint(quick.model_copy(update={"llm_between_tokens_seconds": 2.0})).stream(
        PROMPT, time.monotonic() + 60
    )
    said = ""
    for piece in stream:
        said += piece.text
        time.sleep(2.5)
    assert said == "fine, thanks"


def test_a_reply_longer_than_was_asked_for_is_left(
    server: Any, quick: Settings, wire: Any, caplog: pytest.LogCaptureFixture
) -> None:
    server.replies = [wire.words(*["on and on " * 400] * 1000)]  # 40 tokens of at most 16 characters were asked for
    assert failure(quick) == "garbage"
    assert not caplog.records


def test_a_reply_that_the_token_limit_ends_is_said_to_be_unfinished(server: Any, quick: Settings, wire: Any) -> None:
    def say(handler: Any) -> None:
        handler.event_stream()
        handler.send(wire.chunk("half a sen"), wire.chunk(finish="length"), b"data: [DONE]\n\n")

    server.replies = [say]
    *said, last = [piece.unfinished for piece in reply(quick)]
    assert last and said and not any(said)


def test_thinking_keeps_the_wait_alive_and_is_not_said(server: Any, quick: Settings, wire: Any) -> None:
    def say(handler: Any) -> None:
        handler.event_stream()
        for _ in range(4):
            thought = {"index": 0, "delta": {"reasoning_content": "hm"}, "finish_reason": None}
            handler.send(wire.chunk(choices=[thought]))
            time.sleep(1)
        handler.send(wire.chunk("<think>hm</think>"), wire.chunk("fine"), wire.chunk(finish="stop"))

    server.replies = [say]
    pieces = reply(quick.model_copy(update={"llm_first_token_seconds": 3.0, "llm_between_tokens_seconds": 3.0}))
    assert "".join(piece.text for piece in pieces) == "fine"


def test_a_reply_without_end_is_left_at_the_deadline(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.words(*["on and on "] * 60, pause=0.1)]
    assert failure(quick, seconds=1.0) == "slow"


@pytest.mark.parametrize(
    "body",
    [b"<html>sign in</html>", b"<html>\n\n", b"data: <html>\n\n", b'data: {"choices": 7}\n\n', b"\xff\xfe", b""],
)
def test_garbage_is_no_reply(body: bytes, server: Any, quick: Settings, wire: Any) -> None:
    def say(handler: Any) -> None:
        handler.event_stream()
        handler.send(body)

    server.replies = [say]
    assert failure(quick) == "garbage"


def test_a_stream_that_breaks_off_is_cut_and_not_asked_for_again(server: Any, quick: Settings, wire: Any) -> None:
    def say(handler: Any) -> None:
        handler.event_stream()
        handler.send(wire.chunk("half a sen"))

    server.replies = [say]
    assert failure(quick) == "cut"
    assert len(server.requests) == 1


def test_closing_the_iterator_hangs_up(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [wire.words(*["on and on "] * 100, pause=0.1)]
    stream = Endpoint(quick).stream(PROMPT, time.monotonic() + 20)
    assert next(piece for piece in stream if piece.text).text == "on and on "
    stream.close()
    assert server.hung_up.wait(60)


def test_whoever_reads_gets_a_turn_while_nothing_comes(server: Any, quick: Settings, wire: Any) -> None:
    server.replies = [stuck(wire)]
    stream = Endpoint(quick).stream(PROMPT, time.monotonic() + 20)
    assert next(piece.text for piece in stream if piece.text) == "fine"
    assert next(stream).text == ""
    stream.close()
