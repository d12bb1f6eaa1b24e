"""Every number here is worked out by hand from the definition."""

from typing import Any

import pytest

from eval.judge import Outcome
from eval.scores import interval, intervals, points, summarise


def outcome(answerable: bool = True, **changes: Any) -> Outcome:
    return Outcome("q", "fact_zh", "zh", "问", answerable=answerable, **changes)


def test_abstention_is_scored_over_the_questions_it_bears_on() -> None:
    # 3 refused, of which 2 have no answer; 4 have no answer, 2 of them refused; 1 of 2 answerable was refused
    refused = [outcome(False, abstained=True), outcome(False, abstained=True), outcome(abstained=True)]
    scores = summarise([*refused, outcome(False), outcome(False), outcome()])
    assert scores["abstention_precision"] == pytest.approx(2 / 3)
    assert (scores["abstention_recall"], scores["false_abstentions"]) == (0.5, 0.5)


def test_a_group_of_answerable_questions_has_no_score_for_abstaining() -> None:
    scores = summarise([outcome(abstained=True), outcome()])
    assert scores["abstention_precision"] is None and scores["abstention_recall"] is None
    assert scores["false_abstentions"] == 0.5


def test_shares_of_the_answerable_leave_the_others_out() -> None:
    scores = summarise([outcome(False, right=True), outcome(right=True, complete=True, length=10), outcome(length=20)])
    assert scores["right"] == pytest.approx(2 / 3)
    assert (scores["right_answerable"], scores["complete"], scores["length"]) == (0.5, 0.5, 15)


def test_nothing_scores_nothing() -> None:
    scores = summarise([])
    assert (scores["n"], scores["right"], scores["ms"]) == (0, None, None)


def test_an_interval_covers_the_mean_and_narrows_with_more_questions() -> None:
    few, many = [1.0, 0.0] * 10, [1.0, 0.0] * 250
    low, high = interval(many)
    # half of 500: the normal approximation gives 0.5 ± 1.96 · √(0.25 / 500) = 0.456 to 0.544
    assert low == pytest.approx(0.456, abs=0.01) and high == pytest.approx(0.544, abs=0.01)
    assert interval(few)[1] - interval(few)[0] > 2 * (high - low)
    assert interval(few) == interval(few)


def test_an_interval_of_equal_values_has_no_width() -> None:
    assert interval([1.0, 1.0, 1.0]) == (1.0, 1.0)


def test_a_score_that_one_question_bears_on_has_no_interval() -> None:
    found = intervals([outcome(right=True), outcome(False)])
    assert "right" in found and "right_answerable" not in found
    assert points(outcome(False))["right_answerable"] is None
