from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rag import cli
from rag.errors import CorpusError

ROOT = Path(__file__).parents[2]
MANY_LINES = """
import sys
from rag import cli
def command():
    for number in range(100_000):
        print(number)
sys.exit(cli.run("program", command))
"""


def raiser(error: BaseException) -> Callable[[], None]:
    def command() -> None:
        raise error

    return command


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (CorpusError("corpus x: not there;\n give another"), "program: corpus x: not there; give another\n"),
        (KeyboardInterrupt(), "program: interrupted"),
        (ValueError("two\nlines"), "program: unexpected ValueError in test_cli.py line"),
    ],
)
def test_an_error_is_one_line_and_exit_1(error: BaseException, line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run("program", raiser(error)) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(line)
    assert captured.err.count("\n") == 1


def test_work_done_is_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run("program", lambda: cli.print_json({"题": "half \ud800", "path": Path("x")})) == 0
    assert capsys.readouterr().out == '{"题": "half \\ud800", "path": "x"}\n'


def test_wrong_usage_is_one_line_and_exit_2(capsys: pytest.CaptureFixture[str]) -> None:
    parser = cli.Parser(prog="program")
    cli.add_corpus(parser)
    cli.add_index(parser)
    cli.add_json(parser)
    with pytest.raises(SystemExit) as caught:
        parser.parse_args(["--corpsu", "x"])
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
    flags = parser.parse_args(["--corpus", "a", "b", "--json"])
    assert (flags.corpus, flags.index, flags.json) == ([Path("a"), Path("b")], None, True)


def test_a_reader_that_has_had_enough_is_no_error() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", MANY_LINES], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout and process.stderr
        assert process.stdout.readline() == b"0\n"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_output_that_cannot_be_written_is_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", MANY_LINES], cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, timeout=600
        )
    assert done.returncode == 1
    assert done.stderr.startswith("program: standard output: No space left on device")
    assert done.stderr.count("\n") == 1


def test_output_is_utf8_whatever_the_locale() -> None:
    script = "import sys; from rag import cli; sys.exit(cli.run('program', lambda: print('\\u9898')))"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=600
    )
    assert done.stdout == "题\n".encode()


def test_the_bar_shows_counts_and_nothing_without_work(capsys: pytest.CaptureFixture[str]) -> None:
    with cli.progress_bar("embedding", " passages"):
        pass
    assert capsys.readouterr().err == ""
    with cli.progress_bar("embedding", " passages") as progress:
        progress(0, 40)
        progress(40, 40)
    shown = capsys.readouterr().err
    assert "embedding" in shown
    assert "40/40" in shown
