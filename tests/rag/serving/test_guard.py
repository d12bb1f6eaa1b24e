"""The guard before a small application that tells what reached it."""

import threading
from base64 import b64encode
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from rag.serving import own
from rag.serving.counts import GUESSES, SHELVES
from rag.serving.guard import BODY, ID, USER, Guard
from rag.serving.passwords import Passwords, line
from rag.settings import Settings
from rag.shelf import FILES

HERE = "http://127.0.0.1:7860"


def client(stopping: threading.Event | None = None, **settings: Any) -> TestClient:
    async def told(request: Request) -> Response:
        body = await request.body()
        said = {"user": request.headers.get(USER), "id": request.headers[ID], "bytes": len(body)}
        return JSONResponse({**said, "headers": dict(request.headers)})

    config = Settings(**settings)
    passwords = Passwords(config.auth_file) if config.auth_file else None
    guard = Middleware(Guard, config=config, stopping=stopping or threading.Event(), passwords=passwords)
    app = Starlette(routes=[Route("/{path:path}", told, methods=["GET", "POST"])], middleware=[guard])
    return TestClient(app, base_url=HERE)


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


@pytest.fixture
def users(tmp_path: Path) -> Path:
    file = tmp_path / "users"
    file.write_text(line("李娜", "密:码") + "\n", encoding="utf-8")
    return file


def test_every_request_has_an_id_of_the_servers_own() -> None:
    asked = client()
    replies = [asked.get("/", headers={ID: "mine", USER: "root"}) for _ in range(2)]
    ids = [reply.json()["id"] for reply in replies]
    assert len({*ids, "mine"}) == 3
    assert [reply.headers[ID] for reply in replies] == ids
    assert replies[0].json()["user"] is None
    assert replies[0].headers["x-content-type-options"] == "nosniff"


def test_who_is_in_the_file_comes_in_with_the_password_and_nobody_else(users: Path) -> None:
    asked = client(auth_file=users)
    for path in ("/", "/config", "/gradio_api/mcp/", "/gradio_api/heartbeat/x", "/metrics"):
        reply = asked.get(path)
        assert reply.status_code == 401
        assert reply.headers["www-authenticate"].startswith("Basic ")
    assert asked.post("/gradio_api/queue/join").status_code == 401
    assert asked.get("/healthz").status_code == 200
    for _ in range(2):
        assert asked.get("/", headers=basic("李娜", "密:码")).json()["user"] == quote("李娜")
    for wrong in (
        basic("李娜", "x"),
        basic("x", "密:码"),
        {"authorization": "Basic ///"},
        {"authorization": "Bearer x"},
    ):
        assert asked.get("/", headers=wrong).status_code == 401


def test_guessing_ends_after_a_few_tries_but_not_for_who_is_in(users: Path) -> None:
    asked = client(auth_file=users)
    assert asked.get("/", headers=basic("李娜", "密:码")).status_code == 200
    codes = [asked.get("/", headers=basic("李娜", str(number))).status_code for number in range(GUESSES + 1)]
    assert codes == [401] * GUESSES + [429]
    assert asked.get("/", headers=basic("李娜", "密:码")).status_code == 200


def test_many_readers_of_one_address_may_log_in(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("\n".join(line(f"reader{n}", "p") for n in range(GUESSES + 2)), encoding="utf-8")
    asked = client(auth_file=file)
    assert {asked.get("/", headers=basic(f"reader{n}", "p")).status_code for n in range(GUESSES + 2)} == {200}


def test_of_two_headers_that_name_a_user_neither_is_believed() -> None:
    asked = client(auth_header="X-User")
    assert asked.get("/", headers=[("x-user", "root"), ("x-user", "eve")]).status_code == 401


def test_a_client_cannot_name_the_pages_address() -> None:
    """Gradio writes what these name into the page as its own address."""
    said = client().get("/", headers={"x-forwarded-host": "elsewhere.example", "x-gradio-server": "http://elsewhere"})
    assert "elsewhere" not in str(said.json()["headers"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/gradio_api/queue/data?session_hash=window", None),
        ("/gradio_api/queue/data?session_hash=own&session_hash=window", None),
        ("/gradio_api/heartbeat/window", None),
        ("/gradio_api/queue/join", b'{"data": [], "session_hash": "window"}'),
        ("/gradio_api/run/predict", b'{"session_hash": "own", "session_hash": "window"}'),
        ("/gradio_api/cancel", '{"session_hash": "window"}'.encode("utf-16")),
    ],
)
def test_nobody_takes_part_in_another_users_window(path: str, body: bytes | None) -> None:
    asked = client(auth_header="X-User")

    def status(user: str) -> int:
        return asked.request("POST" if body else "GET", path, headers={"x-user": user}, content=body).status_code

    assert [status("eve"), status("adam"), status("eve")] == [200, 403, 200]


def test_a_body_that_was_looked_into_still_arrives() -> None:
    asked = client(auth_header="X-User")
    for body in (b'{"session_hash": "a"}', b"no json", b"[" * 100_000, b""):
        assert asked.post("/gradio_api/mcp/", headers={"x-user": "eve"}, content=body).json()["bytes"] == len(body)


def test_uploads_of_an_hour_are_bounded_whatever_they_say_of_their_length() -> None:
    asked = client(auth_header="X-User", upload_mb=1)
    most = SHELVES * FILES * 1_000_000

    def upload(user: str, said: dict[str, str]) -> int:
        return asked.post("/gradio_api/upload", headers={"x-user": user, **said}, content=iter([b"x"])).status_code

    codes = [upload("eve", {"content-length": str(most // 4)}) for _ in range(5)]
    assert codes == [200] * 4 + [429]
    assert [upload("adam", {}) for _ in range(3)] == [200, 200, 429]  # 36 MB of 80 each: files and what brings them
    assert asked.post("/gradio_api/queue/join", headers={"x-user": "eve"}).status_code == 200


def test_the_servers_request_to_itself_is_its_readers_and_nobody_elses_is_its_own(users: Path) -> None:
    asked = client(auth_file=users, hosts=("yearbook.example",), requests_per_minute=1)
    window = {"content": b'{"session_hash": "shared"}'}
    for reader in ("eve", "adam"):
        told = asked.post("/", headers={own.HEADER: own._SECRET, USER: reader}, **window).json()
        assert told["user"] == reader
        assert own.HEADER not in told["headers"]
    asked = client(auth_file=users)
    assert asked.post("/", headers={own.HEADER: "guess", USER: "eve"}, **window).status_code == 401


def test_a_browser_is_refused_by_a_page_of_which_the_request_writes_nothing() -> None:
    reply = client().get("/", headers={"host": "<b>x", "accept": "text/html,*/*"})
    assert (reply.status_code, reply.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert "<b>" not in reply.text and "这里不接受此请求" in reply.text
    assert client().get("/", headers={"host": "x", "accept": "*/*"}).headers["content-type"] == "application/json"


def test_a_websocket_is_refused() -> None:
    with pytest.raises(WebSocketDisconnect), client().websocket_connect("/gradio_api/queue/join"):
        pass


def test_a_proxys_header_names_the_user() -> None:
    asked = client(auth_header="X-Forwarded-User")
    assert asked.get("/").status_code == 401
    assert asked.get("/", headers={"x-forwarded-user": "eve"}).json()["user"] == "eve"


def test_each_user_has_a_rate_of_their_own() -> None:
    asked = client(auth_header="X-User", requests_per_minute=3)
    codes = [asked.post("/", headers={"x-user": "eve"}).status_code for _ in range(5)]
    assert codes == [200, 200, 200, 429, 429]
    assert asked.post("/", headers={"x-user": "adam"}).status_code == 200
    assert asked.get("/", headers={"x-user": "eve"}).status_code == 200
    refused = asked.post("/", headers={"x-user": "eve"})
    assert refused.headers["retry-after"] == "60"
    assert "稍候" in refused.json()["detail"] and "wait" in refused.json()["detail"]


def test_a_body_is_no_larger_than_it_may_be_whatever_it_says() -> None:
    asked = client(upload_mb=1)
    assert asked.post("/gradio_api/queue/join", content=b"x" * BODY).json()["bytes"] == BODY
    assert asked.post("/gradio_api/queue/join", content=b"x" * (BODY + 1)).status_code == 413
    assert asked.post("/gradio_api/queue/join", content=iter([b"x" * BODY, b"x"])).status_code == 413
    assert asked.post("/gradio_api/upload", content=iter([b"x" * BODY, b"x"])).status_code == 200


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:7861", "https://127.0.0.1"])
def test_another_pages_request_is_refused(origin: str) -> None:
    assert client().get("/", headers={"origin": origin}).status_code == 403
    assert client(host="0.0.0.0").post("/", headers={"origin": origin}).status_code == 403


def test_the_pages_own_request_is_taken() -> None:
    assert client().post("/", headers={"origin": HERE}).status_code == 200


def test_a_private_server_goes_by_the_names_of_this_machine_only() -> None:
    asked = client()
    for name in ("localhost:7860", "127.0.0.1", "[::1]:7860", "LOCALHOST"):
        assert asked.get("/", headers={"host": name}).status_code == 200
    for name in ("elsewhere.example", "127.0.0.1.elsewhere.example", "", "[x"):
        assert asked.get("/", headers={"host": name}).status_code == 403
    assert "--hosts elsewhere.example" in asked.get("/", headers={"host": "elsewhere.example"}).json()["detail"]


def test_another_server_goes_by_any_name_or_by_those_it_is_given() -> None:
    assert client(host="0.0.0.0").get("/", headers={"host": "yearbook.example"}).status_code == 200
    named = client(hosts=("yearbook.example",))
    assert named.get("/", headers={"host": "yearbook.example:8080"}).status_code == 200
    assert named.get("/", headers={"host": "127.0.0.1"}).status_code == 403
    assert named.get("/healthz", headers={"host": "127.0.0.1"}).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/monitoring",
        "/Monitoring/summary",
        "/gradio_api/deep_link",
        "/gradio_api/file=http://x",
        "/gradio_api/FILE=HTTP://x",
        "/gradio_api/file=/tmp/upload.txt",
    ],
)
def test_what_the_page_does_not_need_is_closed(path: str) -> None:
    assert client().get(path).status_code == 404


def test_a_server_that_stops_takes_nothing_new() -> None:
    stopping = threading.Event()
    asked = client(stopping)
    assert asked.post("/").status_code == 200
    stopping.set()
    refused = asked.post("/")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "30")
    assert asked.get("/").status_code == 200
