"""Every number here is worked out by hand from the definition."""

from typing import Any

import numpy as np
import pytest

from eval.comparing import compare, holm, paired_p
from eval.judge import Outcome


def run(rights: str, first: int = 0, **more: Any) -> list[Outcome]:
    """Outcomes of which the n-th was right where the n-th character is 1."""
    return [
        Outcome(f"q{n}", "fact_zh", "zh", f"问{n}", answerable=True, right=c == "1", complete=c == "1", **more)
        for n, c in enumerate(rights, first)
    ]


def test_questions_are_paired_by_id() -> None:
    found = compare(run("1100"), run("0111", first=1))
    assert found.only_a == ("q0",) and found.only_b == ("q4",)
    assert (found.gained, found.lost) == (("q2", "q3"), ("q1",))


def test_a_question_in_other_words_is_another_one() -> None:
    other = Outcome("q1", "fact_zh", "zh", "别的", answerable=True)
    found = compare(run("11"), [*run("1"), other])
    assert found.only_a == found.only_b == ("q1",) and not found.lost


def test_a_difference_of_many_questions_is_real_and_of_few_is_not() -> None:
    clear = compare(run("0" * 12 + "1" * 20), run("1" * 32)).of("right")
    assert clear and clear.real and (clear.a, clear.b, clear.verdict) == (20 / 32, 1, "better")
    few = compare(run("001111"), run("110011")).of("right")
    assert few and (few.p, few.verdict) == (1, "may be chance")


def test_less_of_what_is_bad_is_better() -> None:
    found = compare(run("1" * 30, wrong=True), run("1" * 30))
    wrong, right = found.of("wrong"), found.of("right")
    assert wrong and wrong.verdict == "better"
    assert right and right.verdict == "the same"


def test_questions_that_bear_on_a_score_in_one_run_alone_count() -> None:
    # A refuses two questions without an answer and two with one, B the first two alone: precision 2 / 4 and 2 / 2
    def refusing(refused: int) -> list[Outcome]:
        return [Outcome(f"q{n}", "row", "zh", "?", answerable=n > 1, abstained=n < refused) for n in range(6)]

    precision = compare(refusing(4), refusing(2)).of("abstention_precision")
    assert precision and (precision.n, precision.a, precision.b) == (4, 0.5, 1.0)


NAN = np.nan


@pytest.mark.parametrize(
    ("old", "new", "p"),
    [
        # three changes, all one way: 1 of 8 ways to swap them goes as far up, and as many down
        ([0, 0, 0, 1], [1, 1, 1, 1], 2 / 8),
        # two up and one down: half the ways go as far up or further
        ([0, 0, 1, 1], [1, 1, 0, 1], 1),
        ([0] * 12, [1] * 12, 2 / 4096),
        # one change may be either way
        ([0, 1], [1, 1], 1),
        # 1/3 against 1/1; swapping one of the last two leaves 1/2 on both sides: 1 of 4 goes as far
        ([1, 0, 0], [1, NAN, NAN], 2 / 4),
    ],
)
def test_how_often_chance_goes_as_far(old: list[float], new: list[float], p: float) -> None:
    assert paired_p(np.array(old, dtype=float), np.array(new, dtype=float)) == pytest.approx(p)


def test_holm() -> None:
    # sorted .01 .02 .04 times 3, 2, 1
    assert holm([0.04, 0.01, 0.02]) == [pytest.approx(0.04), pytest.approx(0.03), pytest.approx(0.04)]
    assert holm([0.9, 0.8]) == [1.0, 1.0]
