"""The chat in the browser: `python app.py`, then http://127.0.0.1:7860."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import json
import sys
import time
from collections.abc import Callable, Sequence
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
from rag.shelf import Shelves

if TYPE_CHECKING:
    from rag.assistant import Assistant

PAUSE = 2.0
"""Seconds between two looks into a corpus that was empty."""


def _examples(paths: Sequence[Path]) -> list[str]:
    """The questions that a corpus folder suggests in its examples.json."""
    files = [path / "examples.json" for path in paths]
    return [question for file in files if file.is_file() for question in json.loads(file.read_text("utf-8"))]


def _parse(arguments: Sequence[str] | None) -> settings.Settings:
    parser = cli.Parser(prog="app.py", description="The yearbook chat in the browser.")
    cli.add_corpus(parser)
    cli.add_index(parser)
    cli.add_model(parser)
    cli.add_writer(parser)
    parser.add_argument("--host", metavar="H", help="the address to listen on; default: 127.0.0.1")
    parser.add_argument("--port", metavar="N", type=int, help="the port to listen on; default: 7860")
    parser.add_argument("--feedback", metavar="FILE", type=Path, help="where thumbs and remarks go")
    parser.add_argument(
        "--share-uploads", action="store_true", default=None, help="show the files that readers upload to everyone"
    )
    return settings.load(**vars(parser.parse_args(arguments)))


def _open_assistant(config: settings.Settings) -> Callable[[Progress], Assistant]:
    def open_assistant(progress: Progress) -> Assistant:
        from rag.assistant import Assistant  # brings torch and the model: seconds that the page must not wait for

        with cli.progress_bar("preparing the yearbook", "passages") as draw:

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


def serve(arguments: Sequence[str] | None = None) -> None:
    """Serve the page until it is interrupted. Raises ProjectError when a flag is wrong or the assistant can't open."""
    config = _parse(arguments)
    loader = Loader(_open_assistant(config))
    shelves = Shelves(config)
    demo = build(loader, _examples(config.corpus_paths), config.feedback, shelves, config.llm_model)
    try:
        demo.launch(
            server_name=config.host,
            server_port=config.port,
            share=False,
            ssr_mode=False,
            prevent_thread_lock=True,
            mcp_server=find_spec("mcp") is not None,
            **launch_options(),
        )
    except OSError:
        raise SettingsError(f"port {config.port} on {config.host} is taken or not ours; give another --port") from None
    print(f"http://{config.host}:{config.port}", flush=True)
    loader.start()
    shelves.keep_clear()
    loader.join()
    warm_up()  # the chat answers already; the first English question need not wait for its tables
    demo.block_thread()


if __name__ == "__main__":
    sys.exit(cli.run("app.py", serve))
