import json
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval import bench
from eval.dataset import GoldError


@pytest.fixture
def folder(tmp_path: Path, yearbook_text: str) -> Path:
    (tmp_path / "xquad_corpus.txt").write_text(yearbook_text, encoding="utf-8")
    asked = [("外交官植树的公园", "植树活动"), ("投稿作品", "短视频大赛"), ("外交官植树的公园在哪", "春节活动")]
    lines = [
        json.dumps({"id": str(number), "question": question, "answers": ["x"], "gold_title": title})
        for number, (question, title) in enumerate(asked)
    ]
    (tmp_path / "xquad_zh.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_recall_and_mrr(folder: Path, fake: Any) -> None:
    questions = bench.load("xquad", folder, "zh").questions["zh"]
    ranks = [[hit.unit.title for hit in fake.search(one.question)].index(one.gold_title) + 1 for one in questions]
    assert ranks[:2] == [1, 1] and ranks[2] > 1
    scores = bench.measure(fake, questions)
    assert scores["n"] == 3 and scores["errors"] == 0
    assert scores["recall@1"] == pytest.approx(2 / 3)
    assert scores["recall@10"] == 1
    assert scores["mrr@10"] == pytest.approx((1 + 1 + 1 / ranks[2]) / 3)


def test_a_failing_search_counts_as_nothing_found(folder: Path, fake: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def bang(*_: object) -> None:
        raise RuntimeError("bang")

    monkeypatch.setattr(fake, "search", bang)
    scores = bench.measure(fake, bench.load("xquad", folder, "zh").questions["zh"])
    assert (scores["mrr@10"], scores["errors"]) == (0, 3)


@pytest.mark.parametrize(
    ("name", "language", "says"),
    [("xquad", "en", "xquad_en.jsonl"), ("cmrc", None, "cmrc_corpus.txt"), ("cmrc", "en", "asked in zh")],
)
def test_what_is_not_there_is_named(folder: Path, name: str, language: str | None, says: str) -> None:
    with pytest.raises(GoldError, match=says):
        bench.load(name, folder, language)


@pytest.mark.parametrize("line", ["{", "{}", "[]"])
def test_a_malformed_line_is_named(folder: Path, line: str) -> None:
    path = folder / "xquad_zh.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + line, encoding="utf-8")
    with pytest.raises(GoldError, match=r"xquad_zh\.jsonl:4: "):
        bench.load("xquad", folder, "zh")


def test_the_command_prints_a_row_for_each_language(folder: Path, fake: Any, capsys: pytest.CaptureFixture) -> None:
    flags = ["--bench", "xquad", "--path", str(folder), "--lang", "zh", "--index", str(folder / "index")]
    assert command.main([*flags, "--json", str(folder / "run.json")]) == 0
    out = capsys.readouterr().out
    # 1, 1, 0 drawn anew: all alike in a ninth of the draws that are 1 and in a 27th of those that are 0
    assert "xquad zh         3      0        0.667" in out and "0.000–1.000" in out
    assert json.loads((folder / "run.json").read_text(encoding="utf-8"))["scores"]["xquad zh"]["n"] == 3
