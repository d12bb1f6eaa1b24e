from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from eval.speed import __main__ as command
from eval.speed import plot

ROOT = Path(__file__).parents[3]


def test_one_part_in_a_process_of_its_own(tmp_path: Path, chapter_index: Path) -> None:
    """`python -m eval.speed` as the README shows it runs all parts; the start is the one that takes seconds."""
    index = shutil.copytree(chapter_index, tmp_path / "index")
    given = ["--part", "start", "--index", str(index), "--json", str(tmp_path / "speed.json")]
    done = subprocess.run(
        [sys.executable, "-m", "eval.speed", *given], cwd=ROOT, capture_output=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "speed.json").read_text("utf-8"))
    assert set(found) == {"machine", "start"}
    steps = found["start"]["seconds"]
    assert list(steps) == ["imports", "model", "index read", "dictionary", "names and words", "first answer"]
    assert sum(steps.values()) == pytest.approx(found["start"]["first_answer_s"], abs=0.1)
    assert found["start"]["ready_beyond_imports_s"] == pytest.approx(
        sum(steps.values()) - steps["imports"] - steps["first answer"], abs=0.1
    )
    assert "ready_beyond_imports_s" in done.stdout


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--part", "nothing"], "invalid choice"),
        (["--part", "start", "--growth", "10"], "give one"),
        (["--plot", "x.svg"], "--growth"),
        (["--growth", "0"], "from 1"),
    ],
)
def test_wrong_usage_is_one_line(flags: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(flags)
    assert caught.value.code == 2
    said = capsys.readouterr().err
    assert says in said and said.count("\n") == 1


def test_figures_become_lines_a_line_for_each_that_holds_no_others() -> None:
    found = {"machine": {"cores": 2}, "growth": [{"units": 10, "shares": {"proof": 0.5}}, {"units": 20, "shares": {}}]}
    assert command.lines(found) == [
        "machine: cores 2",
        "growth",
        "  units: 10",
        "  shares: proof 0.5",
        "growth",
        "  units: 20",
        "  shares: ",
    ]
    assert command.lines({"question": {"over": {"p50": 1.2}, "n": 3}}) == ["question", "  over: p50 1.2", "  n: 3"]


SIZE = {
    "answer": {"mean_ms": 50.0},
    "shares": {"embedding": 0.8, "proof": 0.2},
    "seconds": {"model": 2.0, "index read": 0.1},
    "resident_mb": {"model": 900, "index read": 950},
}


def test_growth_is_drawn_with_a_line_for_each_stage(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / "growth.svg"
    plot.check(path)
    plot.draw([{"units": 100, **SIZE}, {"units": 1000, **SIZE}], path)
    drawn = path.read_text("utf-8")
    assert drawn.count('<g id="line2d_') > 3 * 2
    assert "<!-- embedding -->" in drawn and "<!-- index read -->" in drawn


def test_a_picture_that_cannot_be_drawn_is_refused_before_measuring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert command.main(["--growth", "10", "--plot", str(tmp_path / "growth.svg")]) == 1
    assert "pip install -e '.[report]'" in capsys.readouterr().err


def test_another_kind_of_picture_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    with pytest.raises(plot.PlotError, match=r"growth\.txt"):
        plot.check(tmp_path / "growth.txt")
