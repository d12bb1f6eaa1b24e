"""`python app.py` as an operator runs it: log-in, log, health, end; and the page while too many ask."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from limits import RateLimitItemPerHour

import app
from rag.chat.layout import build
from rag.chat.loader import Loader
from rag.chat.looks import launch_options
from rag.serving import counts, passwords
from rag.settings import Settings
from rag.shelf import Shelves

FIRST_START = 600
"""Seconds a first start may take on a slow machine: it builds the model."""
QUESTION = "灯谜会收到多少条谜语？"
ENTRY = "【灯谜会举办】3月8日，区文化馆举办灯谜会，收到谜语913条。\n"
ROOT = Path(app.__file__).parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one entry and room for its index."""
    made = tmp_path_factory.mktemp("serving")
    (made / "corpus").mkdir()
    (made / "corpus" / "灯谜.txt").write_text(ENTRY, encoding="utf-8")
    return made


@pytest.fixture
def start(
    folder: Path, free_port: Callable[[], int], wait: Callable[..., Any], tmp_path: Path
) -> Iterator[Callable[..., tuple[subprocess.Popen[bytes], str, Path]]]:
    """Starts the chat and gives (process, address, log) as soon as it is ready."""
    servers = []

    def run(*flags: str, **environment: str) -> tuple[subprocess.Popen[bytes], str, Path]:
        port, log = free_port(), tmp_path / "log"
        paths = ["--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
        with log.open("wb") as out:
            command = [sys.executable, "app.py", "--port", str(port), *paths, *flags]
            server = subprocess.Popen(
                command, cwd=ROOT, stdout=out, stderr=out, env={**app.os.environ, **environment}, start_new_session=True
            )
        servers.append(server)
        url = f"http://127.0.0.1:{port}"
        wait(lambda: server.poll() is not None or healthy(url), FIRST_START)
        assert server.poll() is None, log.read_text("utf-8")
        return server, url, log

    yield run
    for server in servers:
        server.kill()
        server.wait()


def healthy(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=60).status_code == 200
    except httpx.HTTPError:
        return False


def ask(client: httpx.Client, question: str = QUESTION) -> str:
    """The stream of one question's answer."""
    sent = client.post("/gradio_api/call/chat", json={"data": [question, []]}).raise_for_status()
    return client.get(f"/gradio_api/call/chat/{sent.json()['event_id']}").text


def test_who_has_no_password_gets_nothing_and_the_log_holds_no_secret(
    start: Callable[..., Any], tmp_path: Path, browse: Callable[..., Any]
) -> None:
    users = tmp_path / "users"
    made = subprocess.run(
        [sys.executable, "app.py", "--hash-password", "eve"],
        cwd=ROOT, input="apple 苹果\n", capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    users.write_text(f"{made.stdout}{passwords.line('adam', 'rib')}\n", encoding="utf-8")
    key = tmp_path / "key"
    key.write_text("sk-secret\n", encoding="utf-8")
    llm = {"YEARBOOK_LLM_KEY_FILE": str(key), "YEARBOOK_LLM_URL": "http://127.0.0.1:9/v1", "YEARBOOK_LLM_MODEL": "m"}
    proxy = {"HTTP_PROXY": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}  # which is none
    _, url, log = start("--auth-file", str(users), "--log-json", "--metrics", **llm, **proxy)

    health = httpx.get(f"{url}/healthz", timeout=60).json()
    assert (health["status"], health["units"]) == ("ok", 1)
    assert health["index"]
    for path in ("/", "/config", "/metrics", "/gradio_api/info", "/gradio_api/mcp/", "/gradio_api/queue/data"):
        assert httpx.get(url + path, timeout=60).status_code == 401, path
    with httpx.Client(base_url=url, auth=("eve", "apple 苹果"), timeout=60) as client:
        assert "913" in ask(client)
        counters = client.get("/metrics").text
        assert 'yearbook_answers_total{result="answered"} 1.0' in counters
        shown = client.get("/").text + client.get("/config").text
    assert "sk-secret" not in shown and str(tmp_path) not in shown
    assert anyio.run(tools, url, ("eve", "apple 苹果")) == (["chat", "search", "entries"], True)
    check_windows(url)

    page = browse(f"{url}/", first=url.replace("://", "://eve:apple%20%E8%8B%B9%E6%9E%9C@") + "/config")
    assert "913" in page.ask(QUESTION)

    lines = log.read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    answers = [line for line in told if line["message"] == "answer"]
    assert len(answers) == 4
    assert {line["user"] for line in answers} == {"eve"}
    others = [line for line in lines if not line.startswith("{")]
    assert url in others
    assert not [line for line in others if "forged" in line or "Traceback" in line or "{" in line]
    asked = {line["request"] for line in told if line["message"] == "request" and line["method"] == "POST"}
    assert {line["request"] for line in answers} <= asked
    whole = "\n".join(lines)
    for secret in ("苹果", "sk-secret", "灯谜会", "谜语913", str(users)):
        assert secret not in whole, secret


async def tools(url: str, user: tuple[str, str]) -> tuple[list[str], bool]:
    """The tools that a reader has over MCP, and whether the first of them answers."""
    mcp = pytest.importorskip("mcp")
    from mcp.client.streamable_http import streamable_http_client

    async with (
        httpx.AsyncClient(auth=user, timeout=60) as client,
        streamable_http_client(f"{url}/gradio_api/mcp/", http_client=client) as (read, write, _),
        mcp.ClientSession(read, write) as session,
    ):
        await session.initialize()
        names = [tool.name for tool in (await session.list_tools()).tools]
        said = await session.call_tool(names[0], {"question": QUESTION})
        return names, "913" in str(said.content)


def check_windows(url: str) -> None:
    """A reader asks in a window; another who knows its name gets nothing of it."""
    eve, adam = (httpx.Client(base_url=url, auth=auth, timeout=60) for auth in (("eve", "apple 苹果"), ("adam", "rib")))
    with eve, adam:
        events = {event["api_name"]: event["id"] for event in eve.get("/config").json()["dependencies"]}
        said = [{"role": "user", "content": [{"type": "text", "text": QUESTION}]}]
        body = {"fn_index": events["sent"], "data": [said, None, None], "session_hash": "eves"}
        assert eve.post("/gradio_api/queue/join", json=body).status_code == 200
        export = {"fn_index": events["_export"], "data": [None], "session_hash": "eves"}
        assert adam.get("/gradio_api/queue/data", params={"session_hash": "eves"}).status_code == 403
        assert adam.post("/gradio_api/run/predict", json=export).status_code == 403
        assert "913" in eve.get("/gradio_api/queue/data", params={"session_hash": "eves"}).text
        # What a request makes Gradio raise is no line that the request has written.
        file = {"path": '/x\n{"level": "INFO", "message": "forged"}', "meta": {"_type": "gradio.FileData"}}
        assert eve.post("/gradio_api/run/predict", json={**export, "data": [file]}).status_code == 200
        forged = {"fn_index": events["_start"], "data": [file], "session_hash": "eves"}
        assert eve.post("/gradio_api/run/predict", json=forged).status_code == 500


def covered(page: Any) -> list[Any]:
    """The parts of the page over which Gradio has laid an error; there are some, hidden."""
    laid = page.all("[data-testid=status-tracker] > .error")
    assert laid
    return [error for error in laid if error.is_displayed()]


@pytest.mark.parametrize(
    ("language", "said"), [("zh-CN", "请求过于频繁，请稍候再试。"), ("en-US", "Too many requests;")]
)
def test_who_asks_too_often_is_told_in_their_language(
    language: str, said: str, assistant: Any, free_port: Callable[[], int], browse: Callable[..., Any],
    wait: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    # Of an hour: until a slow browser asks once more, a minute may be over.
    monkeypatch.setattr(counts, "RateLimitItemPerMinute", RateLimitItemPerHour)
    config, port = Settings(index=tmp_path / "index", requests_per_minute=40), free_port()
    loader = Loader(lambda _: assistant)
    page = build(loader, [], tmp_path / "feedback.jsonl", Shelves(config))
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options(config))
    loader.start()
    try:
        seen = browse(f"http://127.0.0.1:{port}/", language=language)
        seen.ask("first")
        with httpx.Client(base_url=seen.url, timeout=60) as client:
            while client.post("/gradio_api/queue/join", json={}).status_code != 429:
                pass
        seen.send("one more")
        wait(
            lambda: any(text.startswith(said) and "。 " not in text for text in seen.texts("[data-testid=toast-text]"))
        )
        wait(lambda: seen.idle() and seen.value() == "one more" and seen.asked() == ["first"])
        seen.settle()
        assert covered(seen) == []
    finally:
        page.close(verbose=False)


class SlowWriter(BaseHTTPRequestHandler):
    """A language model's server that holds its reply back until it may go on."""

    asked, go_on = threading.Event(), threading.Event()

    def do_POST(self) -> None:
        self.asked.set()
        self.go_on.wait(FIRST_START)
        self.send_error(400)

    def log_message(self, format: str, *arguments: Any) -> None:
        pass


def test_a_server_for_everyone_says_so_and_sigterm_lets_an_answer_come_to_its_end(
    start: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    SlowWriter.asked.clear()
    SlowWriter.go_on.clear()
    llm = ThreadingHTTPServer(("127.0.0.1", 0), SlowWriter)
    threading.Thread(target=llm.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{llm.server_port}/v1"
    server, url, log = start("--llm-url", address, "--llm-model", "m", "--host", "0.0.0.0", YEARBOOK_STOP_SECONDS="600")
    try:
        assert "--auth-file" in log.read_text("utf-8")
        with httpx.Client(base_url=url, timeout=120) as client:
            replies: list[str] = []
            asking = threading.Thread(target=lambda: replies.append(ask(client)))
            asking.start()
            assert SlowWriter.asked.wait(FIRST_START)
            server.terminate()
            wait(lambda: httpx.get(f"{url}/healthz", timeout=60).json()["status"] == "stopping")
            late = httpx.post(f"{url}/gradio_api/call/chat", json={"data": ["?", []]}, timeout=60)
            assert late.status_code == 503
            SlowWriter.go_on.set()
            asking.join(FIRST_START)
        assert "event: complete" in replies[0] and "913" in replies[0]
        assert server.wait(FIRST_START) == 0
        assert "Traceback" not in log.read_text("utf-8")
    finally:
        SlowWriter.go_on.set()
        llm.shutdown()
        llm.server_close()


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_full_queue_is_said_and_the_question_can_be_asked_again(
    language: str, assistant: Any, free_port: Callable[[], int], browse: Callable[..., Any],
    wait: Callable[..., Any], tmp_path: Path,
) -> None:  # fmt: skip
    loader = Loader(lambda _: assistant)
    page = build(loader, [], tmp_path / "feedback.jsonl", Shelves(Settings(index=tmp_path / "index")))
    page.queue(max_size=2)
    port = free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
    loader.start()
    try:
        seen = browse(f"http://127.0.0.1:{port}/", language=language)
        with httpx.Client(base_url=seen.url, timeout=60) as client:
            (sent,) = (e["id"] for e in client.get("/config").json()["dependencies"] if e["api_name"] == "sent")
            said = [{"role": "user", "content": [{"type": "text", "text": "slow"}]}]
            codes = []
            for number in range(12):
                body = {"fn_index": sent, "data": [said, None, None], "session_hash": f"s{number}"}
                codes.append(client.post("/gradio_api/queue/join", json=body).status_code)
                wait(lambda: len(assistant.asked) >= min(len(codes), 8))
            assert codes == [200] * 10 + [503] * 2  # eight are answered at once, two wait
        seen.send("one more")
        busy = "currently busy" if language == "en-US" else "服务器正忙"
        wait(lambda: any(busy in text for text in seen.texts(".toast-body")))
        wait(lambda: seen.idle() and seen.value() == "one more" and seen.texts("#talk .user.message") == [])
        seen.settle()
        assert covered(seen) == []
        assistant.go_on.set()
        wait(lambda: page._queue.__len__() == 0)
        assert "window.hacked" in seen.ask("one more")
    finally:
        assistant.go_on.set()
        page.close(verbose=False)
