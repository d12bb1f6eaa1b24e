"""The chat in the browser: `python app.py`, then http://127.0.0.1:7860."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
# Gradio would sum up all earlier events after each one, for a dashboard that is closed here.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)

import getpass
import json
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rag import cli, settings
from rag.bridge import warm_up
from rag.chat.layout import build
from rag.chat.loader import EMPTY, Loader, Progress
from rag.chat.looks import launch_options
from rag.errors import CorpusError, SettingsError
from rag.reading.files import READERS
from rag.serving import health, own, passwords, telling
from rag.serving.ending import end_on_sigterm, finish
from rag.shelf import Shelves

if TYPE_CHECKING:
    import gradio as gr

    from rag.assistant import Assistant

# Gradio asks its own address as it starts and for every tool over MCP, and would ask a proxy for it.
_direct = [os.environ.get("no_proxy") or os.environ.get("NO_PROXY"), *settings.LOOPBACK]
os.environ["no_proxy"] = os.environ["NO_PROXY"] = ",".join(filter(None, _direct))

ROOM = 2
"""How much larger than `upload_mb` a file may be so that the page itself can say that it is too large."""
SESSIONS = 1000
"""Windows whose conversations the server holds; of a window that was forgotten the browser has them still."""
PAUSE = 2.0
"""Seconds between two looks into a corpus that was empty."""


def _examples(paths: Sequence[Path]) -> list[str]:
    """The questions that a corpus folder suggests in its examples.json."""
    files = [path / "examples.json" for path in paths]
    return [question for file in files if file.is_file() for question in json.loads(file.read_text("utf-8"))]


def _parse(arguments: Sequence[str] | None) -> tuple[settings.Settings, str | None]:
    """The settings, and the user for whom a line of the file of users is wanted instead of a server."""
    parser = cli.Parser(prog="app.py", description="The yearbook chat in the browser.")
    cli.add_corpus(parser)
    cli.add_index(parser)
    cli.add_model(parser)
    cli.add_writer(parser)
    parser.add_argument("--host", metavar="H", help="the address to listen on; default: 127.0.0.1")
    parser.add_argument("--port", metavar="N", type=int, help="the port to listen on; default: 7860")
    parser.add_argument("--feedback", metavar="FILE", type=Path, help="where thumbs and remarks go")
    _add_serving(parser)
    flags = vars(parser.parse_args(arguments))
    wanted = flags.pop("hash_password")
    return settings.load(**flags), wanted


def _add_serving(parser: cli.Parser) -> None:
    """The flags for serving others; each default is None, so that environment and file have their say."""
    for flag, text in (
        ("share-uploads", "show the files that readers upload to everyone"),
        ("trust-proxy", "believe --auth-header on any address: nothing but the proxy reaches this port"),
        ("log-json", "log every request and answer as a line of JSON, without their texts"),
        ("log-questions", "let the log hold the questions' texts"),
        ("metrics", "counters for Prometheus at /metrics"),
    ):
        parser.add_argument(f"--{flag}", action="store_true", default=None, help=text)
    parser.add_argument("--auth-file", metavar="FILE", type=Path, help="who may log in: lines of user:hash")
    parser.add_argument("--hash-password", metavar="USER", help="print a line for --auth-file and end")
    parser.add_argument("--auth-header", metavar="NAME", help="the header in which a reverse proxy names the user")
    parser.add_argument("--hosts", metavar="NAME", nargs="+", help="the names under which the chat is reached")


def _open_assistant(config: settings.Settings) -> Callable[[Progress], Assistant]:
    def open_assistant(progress: Progress) -> Assistant:
        from rag.assistant import Assistant  # brings torch and the model: seconds that the page must not wait for

        # A bar has no line of its own: it would stand before the first one of the log.
        bar = (
            nullcontext(lambda *_: None) if config.log_json else cli.progress_bar("preparing the yearbook", "passages")
        )
        with bar as draw:

            def show(stage: str, done: int, total: int) -> None:
                draw(done, total)
                progress(stage, done, total)

            while True:
                held = _held(config)
                try:
                    return Assistant.open(config, show)
                except CorpusError as error:
                    if not _may_fill(config):
                        raise
                    print(f"app.py: {error}; the page waits for it", file=sys.stderr)
                progress(EMPTY, 0, 0)
                while _held(config) == held:
                    time.sleep(PAUSE)

    return open_assistant


def _may_fill(config: settings.Settings) -> bool:
    """Whether a yearbook may still come: to a folder, or to the place where one is looked for by default."""
    return not config.corpus or any(path.is_dir() for path in config.corpus)


def _held(config: settings.Settings) -> dict[Path, float]:
    """What lies in the folders of the corpus now, and when it was changed."""
    files = (file for path in config.corpus_paths for file in path.rglob("*") if file.suffix.lower() in READERS)
    return {file: file.stat().st_mtime for file in files}


def _launch(page: gr.Blocks, config: settings.Settings, loader: Loader, stopping: threading.Event) -> None:
    """Raises SettingsError when the port can't be had, or the file of users is none."""
    options = launch_options(config, stopping)
    options["app_kwargs"]["routes"] = health.routes(loader, config.metrics, stopping)
    page.queue(max_size=config.queue_size)
    if with_mcp := find_spec("mcp") is not None:
        own.let_in()
    try:
        page.launch(
            server_name=config.host,
            server_port=config.port,
            share=False,
            ssr_mode=False,
            prevent_thread_lock=True,
            mcp_server=with_mcp,
            max_file_size=config.upload_mb * ROOM * 1_000_000,
            state_session_capacity=SESSIONS,
            **options,
        )
    except OSError:
        raise SettingsError(f"port {config.port} on {config.host} is taken or not ours; give another --port") from None
    telling.take_over_uvicorn()
    print(f"http://{config.host}:{config.port}", flush=True)
    if not (config.is_private or config.auth_file or config.auth_header):
        print(f"app.py: anyone who reaches {config.host} can ask; --auth-file asks for a password", file=sys.stderr)


def serve(arguments: Sequence[str] | None = None) -> None:
    """Serve the page until it is ended. Raises ProjectError when a flag is wrong or the assistant can't open."""
    config, user = _parse(arguments)
    if user is not None:
        password = getpass.getpass("password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
        print(passwords.line(user, password))
        return
    telling.set_up(config.log_json, config.log_questions)
    loader, shelves, stopping = Loader(_open_assistant(config)), Shelves(config), threading.Event()
    end_on_sigterm()
    # Where uploads pass through, which Gradio would share with every other server of this machine.
    with tempfile.TemporaryDirectory(prefix="yearbook-", ignore_cleanup_errors=True) as passing:
        os.environ["GRADIO_TEMP_DIR"] = passing
        page = build(loader, _examples(config.corpus_paths), config.feedback, shelves, config.llm_model)
        _launch(page, config, loader, stopping)
        try:
            loader.start()
            shelves.keep_clear()
            loader.join()
            warm_up()  # the chat answers already; the first English question need not wait for its tables
            page.block_thread()
        finally:
            finish(page, config.stop_seconds, stopping)


if __name__ == "__main__":
    sys.exit(cli.run("app.py", serve))
