from __future__ import annotations

from typing import Any

import pytest

from eval.speed.askers import at_once, compared


@pytest.mark.parametrize("askers", [1, 3])
def test_every_question_is_asked_once_and_a_failing_one_counts(
    fake: Any, askers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    answer = fake.ask

    def ask(question: str) -> Any:
        asked.append(question)
        return answer(question)

    monkeypatch.setattr(fake, "ask", ask)
    questions = ["植树", "大赛", "炸", "春节", "市长"]
    waited, failed = at_once(fake, questions, askers)
    assert sorted(asked) == sorted(questions)
    assert (len(waited), failed) == (5, 1)


def test_waits_are_held_against_one_askers() -> None:
    found = compared({1: ([0.01, 0.02], 0), 8: ([0.05, 0.06], 3)})
    assert found["1"]["p95_over_one"] == 1.0
    assert found["8"] == {"p95_over_one": 3.0, "errors": 3, "p50_ms": 50.0, "p95_ms": 60.0, "mean_ms": 55.0}
