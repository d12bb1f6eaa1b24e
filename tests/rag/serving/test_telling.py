"""What the log and the counters hold, and what they don't."""

import json
import logging
import traceback
from collections.abc import Iterator
from logging.config import dictConfig

import pytest
from prometheus_client import generate_latest
from uvicorn.config import LOGGING_CONFIG

from rag.serving import telling
from rag.types import Answer

ANSWER = Answer("谁来了？", "甲来了。", "zh", False)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root, level, print_exc = logging.getLogger().handlers, telling.log.level, traceback.print_exc
    yield
    traceback.print_exc = print_exc
    logging.getLogger().handlers = root
    telling.log.setLevel(level)
    telling._questions = False


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_an_answer_is_a_line_of_json_without_its_texts(capsys: pytest.CaptureFixture[str]) -> None:
    telling.set_up(as_json=True, questions=False)
    telling.answered(ANSWER, 0.25)
    (line,) = told(capsys)
    assert (line["level"], line["message"], line["ms"], line["abstained"], line["citations"]) == (
        "INFO",
        "answer",
        250,
        False,
        0,
    )
    assert {"timestamp", "request", "user"} <= line.keys()
    assert "谁" not in str(line) and "甲" not in str(line)


def test_a_failure_tells_where_but_not_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    telling.set_up(as_json=True, questions=False)
    try:
        raise ValueError("谁来了 is no question")
    except ValueError:
        telling.failed("谁来了？")
    (line,) = told(capsys)
    assert str(line["exc_info"]).startswith("ValueError at ") and "test_telling.py" in str(line["exc_info"])
    assert "谁" not in str(line)


def test_questions_are_told_where_they_are_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    telling.set_up(as_json=True, questions=True)
    telling.answered(ANSWER, 0.25)
    assert told(capsys)[0]["question"] == "谁来了？"


def test_a_plain_log_says_what_went_wrong_only(capsys: pytest.CaptureFixture[str]) -> None:
    telling.set_up(as_json=False, questions=False)
    telling.answered(ANSWER, 0.25)
    try:
        raise ValueError("谁来了")
    except ValueError:
        telling.failed("谁来了？")
    said = capsys.readouterr().err
    assert "no answer" in said and "ValueError at " in said
    assert "谁" not in said


FORGED = """nowhere
{"level": "INFO", "logger": "app", "message": "forged"}\r\x1b[31m\u2028"""


@pytest.mark.parametrize("as_json", [True, False])
@pytest.mark.parametrize("questions", [True, False])
def test_nothing_that_is_said_begins_a_line_of_its_own(
    as_json: bool, questions: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    telling.set_up(as_json, questions)
    try:
        raise ValueError(FORGED)
    except ValueError:
        telling.failed(FORGED)
        traceback.print_exc()  # as Gradio does
    telling.log.error("%s can't be read", FORGED)
    lines = capsys.readouterr().err.split("\n")
    own = ("no answer", "a request came to nothing", "ValueError at", r"ValueError: nowhere\n", r"nowhere\n")
    starts = ('{"level": "ERROR"',) if as_json else own
    assert all(line.startswith(starts) for line in lines[:-1]), lines
    assert "\x1b" not in "".join(lines)


def test_the_servers_own_errors_are_lines_of_the_log(capsys: pytest.CaptureFixture[str]) -> None:
    telling.set_up(as_json=True, questions=False)
    dictConfig(LOGGING_CONFIG)
    telling.take_over_uvicorn()
    try:
        raise ValueError("谁来了")
    except ValueError as error:
        logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=error)
    (line,) = told(capsys)
    assert line["logger"] == "uvicorn.error"
    assert "谁" not in str(line)


def test_answers_are_counted() -> None:
    before = telling.ANSWERS.labels(result="answered")._value.get()
    telling.answered(ANSWER, 0.25)
    assert telling.ANSWERS.labels(result="answered")._value.get() == before + 1
    assert b'yearbook_answers_total{result="answered"}' in generate_latest(telling.REGISTRY)
