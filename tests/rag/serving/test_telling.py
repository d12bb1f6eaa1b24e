"""What the log and the counters hold, and what they don't."""

import json
import logging
from collections.abc import Iterator

import pytest
from prometheus_client import generate_latest

from rag.serving import telling
from rag.types import Answer

ANSWER = Answer("谁来了？", "甲来了。", "zh", False)


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    root, level = logging.getLogger().handlers, telling.log.level
    yield
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


def test_answers_are_counted() -> None:
    before = telling.ANSWERS.labels(result="answered")._value.get()
    telling.answered(ANSWER, 0.25)
    assert telling.ANSWERS.labels(result="answered")._value.get() == before + 1
    assert b'yearbook_answers_total{result="answered"}' in generate_latest(telling.REGISTRY)
