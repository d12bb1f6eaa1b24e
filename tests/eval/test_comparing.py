"""Every number here is worked out by hand from the definition."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval.comparing import compare, holm, read_run, screen
from eval.judge import Outcome
from rag.errors import ProjectError


def run(rights: str, first: int = 0, **more: Any) -> dict[str, Any]:
    """A run whose n-th question was right where the n-th character is 1."""
    outcomes = [
        asdict(Outcome(f"q{n}", "fact_zh", "zh", f"问{n}", answerable=True, right=c == "1", complete=c == "1"))
        for n, c in enumerate(rights, first)
    ]
    return {"outcomes": outcomes, "corpus": 1, "model": 1, "settings": 1, "versions": 1, **more}


def test_questions_are_paired_by_id() -> None:
    found = compare(run("1100"), run("0111", first=1))
    assert found.only_a == ("q0",) and found.only_b == ("q4",)
    assert (found.gained, found.lost) == (("q2", "q3"), ("q1",))


def test_a_difference_of_many_questions_is_real_and_of_few_is_not() -> None:
    # 12 gained, none lost: the signs fall so one-sidedly in 2 of 2¹² cases
    clear = {d.name: d for d in compare(run("0" * 12 + "1" * 20), run("1" * 32)).differences}
    assert clear["right"].real and clear["right"].verdict == "better"
    assert (clear["right"].a, clear["right"].b) == (20 / 32, 1)
    few = {d.name: d for d in compare(run("001111"), run("110011")).differences}
    assert few["right"].p == 1 and few["right"].verdict == "chance"


def test_less_of_what_is_bad_is_better() -> None:
    worse = run("1" * 30)
    for outcome in worse["outcomes"]:
        outcome["wrong"] = True
    found = {d.name: d for d in compare(worse, run("1" * 30)).differences}
    assert (found["wrong"].verdict, found["right"].verdict) == ("better", "chance")


def test_holm() -> None:
    # sorted .01 .02 .04 times 3, 2, 1
    assert holm([0.04, 0.01, 0.02]) == [pytest.approx(0.04), pytest.approx(0.03), pytest.approx(0.04)]
    assert holm([0.9, 0.8]) == [1.0, 1.0]


def test_what_the_runs_were_made_with_is_told() -> None:
    told = screen(compare(run("10"), run("11", corpus=2)))
    assert "made with other: corpus" in told and "right in B alone: q1" in told


def test_runs_without_a_common_question_are_refused() -> None:
    with pytest.raises(ProjectError, match="no question in common"):
        compare(run("1"), run("1", first=5))


@pytest.mark.parametrize(("text", "says"), [("{", "no JSON"), ("{}", "no questions"), (None, "No such file")])
def test_what_is_no_run_is_named(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match=says):
        read_run(path)


def test_an_outcome_without_its_names_is_refused() -> None:
    with pytest.raises(ProjectError, match="lacks its names"):
        compare({"outcomes": [{"id": "q"}]}, run("1"))


def test_the_command_prints_what_is_no_chance(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, rights in zip(files, ("0" * 20, "1" * 20), strict=True):
        path.write_text(json.dumps(run(rights)), "utf-8")
    assert command.main(["--compare", *map(str, files)]) == 0
    out = capsys.readouterr().out
    right = next(line for line in out.splitlines() if line.startswith("right "))
    assert right.split()[1:4] == ["20", "0.000", "1.000"] and right.endswith("better")
