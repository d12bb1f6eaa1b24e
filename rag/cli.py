"""What every command line shares: usage in one line, errors in one line, progress on standard error, UTF-8 out."""

from __future__ import annotations

import argparse
import json
import logging
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from rag.errors import ProjectError

Progress = Callable[[int, int], None]
DONE, FAILED, WRONG_USAGE = 0, 1, 2


class Parser(argparse.ArgumentParser):
    """Says what is wrong with a command line in one line, and exits with 2."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see '{self.prog} --help'", file=sys.stderr)
        raise SystemExit(WRONG_USAGE)


def add_corpus(parser: argparse.ArgumentParser) -> None:
    """The flag for what is read."""
    parser.add_argument("--corpus", metavar="PATH", nargs="+", type=Path, help="files and folders; default: data/")


def add_index(parser: argparse.ArgumentParser) -> None:
    """The flag for where the index is kept."""
    parser.add_argument(
        "--index", metavar="DIR", help="the index folder, or milvus+http://…; default: a folder under .index/"
    )


def add_model(parser: argparse.ArgumentParser) -> None:
    """The flag for the embedding model."""
    parser.add_argument("--model", metavar="NAME", help="'bundled' (default), a hub name, a folder or openai+http://…")


def add_writer(parser: argparse.ArgumentParser) -> None:
    """The flags for an optional language model that writes; its other settings are in file and environment."""
    parser.add_argument("--llm-url", metavar="URL", help="an OpenAI-compatible endpoint that writes the answers")
    parser.add_argument("--llm-model", metavar="NAME", help="the model it is asked for")


def add_json(parser: argparse.ArgumentParser) -> None:
    """The flag for output that programs read."""
    parser.add_argument("--json", action="store_true", help="print JSON alone on standard output")


def run(program: str, command: Callable[[], None]) -> int:
    """Runs the command and gives its exit code; whatever it raises becomes one line on standard error."""
    _prepare()
    try:
        command()
        sys.stdout.flush()
    except ProjectError as error:
        return _fail(program, str(error))
    except OSError as error:
        _close_output()
        if isinstance(error, BrokenPipeError):  # the reader, `head` say, had enough
            return DONE
        return _fail(program, f"{error.filename or 'standard output'}: {error.strerror or error}; make room or access")
    except KeyboardInterrupt:
        return _fail(program, "interrupted; nothing half-done is left, start it again when you like")
    except Exception as error:  # a command never ends in a traceback
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(place.filename).name} line {place.lineno}"
        return _fail(program, f"unexpected {type(error).__name__} in {where}: {error}; please report it")
    return DONE


def _fail(program: str, message: str) -> int:
    print(f"{program}: {' '.join(message.split())}", file=sys.stderr)
    return FAILED


def _close_output() -> None:
    """Lets go of what can't be written any more, else the interpreter would stumble over it on its way out."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare() -> None:
    """UTF-8 whatever the locale, a lone surrogate as its JSON escape; our own log lines but no library's warnings."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    logging.basicConfig(level=logging.ERROR, format="%(message)s")
    for name in ("embeddings", "rag", "eval"):
        logging.getLogger(name).setLevel(logging.INFO)


def print_json(value: Any) -> None:
    """One JSON value on one line."""
    print(json.dumps(value, ensure_ascii=False, default=str))


@contextmanager
def progress_bar(what: str, unit: str, after: float = 0.0) -> Iterator[Progress]:
    """A callback for (done, total) that draws a bar with counts and time left on standard error, `after` seconds."""
    from tqdm import tqdm

    begun = time.monotonic()
    with ExitStack() as stack:
        bars: list[tqdm[NoReturn]] = []  # drawn when there is something to count, not before

        def show(done: int, total: int) -> None:
            if not bars and time.monotonic() - begun < after:
                return
            if not bars:
                bars.append(stack.enter_context(tqdm(desc=what, unit=unit, total=total, dynamic_ncols=True)))
            bars[0].update(done - bars[0].n)

        yield show
