"""The command over a small corpus with nothing faked: the model, the index and the assistant are the real ones."""

import json
from pathlib import Path

import pytest

from eval import __main__ as command

GOLD = [
    {
        "id": "park",
        "kind": "fact_zh",
        "language": "zh",
        "question": "植树活动在哪个公园举行？",
        "answerable": True,
        "expect": [["金盏森林公园"]],
        "units": [["植树活动"]],
        "needed": 1,
    },
    {
        "id": "works",
        "kind": "fact_zh",
        "language": "zh",
        "question": "短视频大赛收到多少部作品？",
        "answerable": True,
        "expect": [["220部", "220"]],
        "units": [["短视频大赛"]],
        "needed": 1,
    },
    {"id": "none", "kind": "unanswerable", "language": "en", "question": "Who won the chess cup?", "answerable": False},
]


@pytest.fixture
def flags(tmp_path: Path, yearbook_text: str) -> list[str]:
    (tmp_path / "small.txt").write_text(yearbook_text, encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    gold, corpus, index = (str(tmp_path / name) for name in ("gold.jsonl", "small.txt", "index"))
    return ["--gold", gold, "--corpus", corpus, "--index", index]


def test_questions_go_through_the_real_assistant(
    flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture
) -> None:
    assert command.main([*flags, "--json", str(tmp_path / "run.json")]) == 0
    assert "problems in the gold" not in capsys.readouterr().err
    run = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    park, works, none = run["outcomes"]
    assert run["scores"]["all"]["all"]["errors"] == 0
    for outcome in (park, works):
        assert outcome["complete"] and outcome["citation_recall"] == 1 and outcome["retrieval"]["recall@1"] == 1
        assert outcome["ms"] > 0
    assert none["abstained"] and none["right"]
    assert run["model"]["fingerprint"] and run["model"]["dimension"] == 384


def test_each_leg_is_left_out_of_the_real_assistant(flags: list[str], tmp_path: Path) -> None:
    assert command.main([*flags, "--ablate", "--json", str(tmp_path / "run.json")]) == 0
    legs = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["legs"]
    assert [legs[leg]["scores"]["errors"] for leg in ("dense", "lexical", "filters", "repair")] == [0, 0, 0, 0]
    assert all(leg["scores"]["n"] == 3 and not leg["only_a"] and not leg["only_b"] for leg in legs.values())
