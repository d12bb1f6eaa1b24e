import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval.judge import Outcome
from eval.two_runs import read_run, screen
from rag.errors import ProjectError


def run(rights: str, first: int = 0, **more: Any) -> dict[str, Any]:
    """A run whose n-th question was right where the n-th character is 1."""
    outcomes = [
        asdict(Outcome(f"q{n}", "fact_zh", "zh", f"问{n}", answerable=True, right=c == "1"))
        for n, c in enumerate(rights, first)
    ]
    made = {"corpus": {"sha256": "c"}, "gold_sha256": "g", "settings": {"without": [], "index": "one"}}
    return {"outcomes": outcomes, **made, **more}


def test_what_the_runs_were_made_with_is_told() -> None:
    other = run("11", corpus={"sha256": "d"}, gold_sha256="h", settings={"without": ["dense"], "index": "two"})
    told = screen(run("10"), other)
    assert 'settings.without: [] | ["dense"]' in told and "settings.index" not in told
    assert "note: the runs read other texts" in told and "note: the gold files are not the same" in told
    assert "right in B alone (1): q1" in told and "right in A alone (0): none" in told


def test_runs_alike_have_no_note() -> None:
    told = screen(run("10"), run("10"))
    assert told.startswith("score") and told.endswith("made with the same")
    assert max(map(len, told.splitlines())) <= 120


def test_runs_without_a_common_question_are_refused() -> None:
    with pytest.raises(ProjectError, match="no question in common"):
        screen(run("1"), run("1", first=5))


@pytest.mark.parametrize(("text", "says"), [("{", "no JSON"), ("{}", "no questions"), (None, "No such file")])
def test_what_is_no_run_is_named(tmp_path: Path, text: str | None, says: str) -> None:
    path = tmp_path / "run.json"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(ProjectError, match=says):
        read_run(path)


@pytest.mark.parametrize("outcome", [{"id": "q"}, "q"])
def test_an_outcome_without_its_names_is_refused(outcome: Any) -> None:
    with pytest.raises(ProjectError, match="lacks its names"):
        screen({"outcomes": [outcome]}, run("1"))


def test_the_command_prints_what_is_no_chance(tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    files = [tmp_path / "a.json", tmp_path / "b.json"]
    for path, rights in zip(files, ("0" * 20, "1" * 20), strict=True):
        path.write_text(json.dumps(run(rights)), "utf-8")
    assert command.main(["--compare", *map(str, files)]) == 0
    out = capsys.readouterr().out
    right = next(line for line in out.splitlines() if line.startswith("right "))
    assert right.split()[1:4] == ["20", "0.000", "1.000"] and right.endswith("better")
