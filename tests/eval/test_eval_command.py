import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval import __main__ as command
from eval.legs import LEGS

QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "fact",
        "kind": "fact_zh",
        "language": "zh",
        "question": "使团的外交官在哪个公园植树？",
        "answerable": True,
        "expect": [["金盏森林公园"]],
        "units": [["植树活动"]],
        "needed": 1,
    },
    {
        "id": "follow",
        "kind": "followup",
        "language": "zh",
        "question": "收到多少部？",
        "history": ["短视频大赛投稿作品怎样？"],
        "answerable": True,
        "expect": [["220部", "220"]],
        "units": [["短视频大赛"]],
        "needed": 1,
    },
    {"id": "none", "kind": "unanswerable", "language": "zh", "question": "火星上有多少人？", "answerable": False},
    {
        "id": "broken",
        "kind": "fact_zh",
        "language": "zh",
        "question": "炸了吗？<b>",
        "answerable": True,
        "expect": [["春节"]],
        "units": [["春节活动"]],
        "needed": 1,
    },
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(question) for question in QUESTIONS), encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path, yearbook_text: str) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(yearbook_text, encoding="utf-8")
    return path


@pytest.fixture
def flags(gold: Path, corpus: Path, fake: Any, tmp_path: Path) -> list[str]:
    return ["--gold", str(gold), "--corpus", str(corpus), "--index", str(tmp_path / "index")]


def test_the_table_has_a_row_for_each_kind_and_one_for_all(flags: list[str], capsys: pytest.CaptureFixture) -> None:
    assert command.main(flags) == 0
    out = capsys.readouterr().out
    answers, _, retrieval, *_ = (
        {line.split()[0]: line.split() for line in part.splitlines()} for part in out.split("\n\n")
    )
    heads = answers["answers"]
    assert [answers[name][heads.index("n")] for name in ("fact_zh", "followup", "unanswerable", "all")] == list("2114")
    assert answers["all"][heads.index("right")] == "0.750"
    assert answers["fact_zh"][heads.index("err")] == "1"
    assert retrieval["unanswerable"][retrieval["retrieval"].index("R@1")] == "–"
    assert "broken failed: RuntimeError: bang" in out
    # the mean of 1, 1, 1, 0 lies between 0.25, in one resample of 20, and 1
    assert "right [0.250, 1.000]" in out
    assert max(map(len, out.splitlines())) <= 120


def test_failures_show_expected_and_got(flags: list[str], capsys: pytest.CaptureFixture) -> None:
    assert command.main([*flags, "--failures"]) == 0
    out = capsys.readouterr().out
    assert "broken: 炸了吗？" in out and "expected  春节" in out
    assert "fact: " not in out


def test_json_records_what_the_run_rests_on(flags: list[str], tmp_path: Path) -> None:
    path = tmp_path / "deep" / "run.json"
    assert command.main([*flags, "--json", str(path)]) == 0
    run = json.loads(path.read_text(encoding="utf-8"))
    assert [outcome["id"] for outcome in run["outcomes"]] == ["fact", "follow", "none", "broken"]
    assert run["outcomes"][0]["right"] is True and run["outcomes"][3]["error"] == "RuntimeError: bang"
    assert run["scores"]["all"]["all"]["n"] == 4
    assert run["settings"]["model"] == run["model"]["name"] == "bundled"
    assert run["corpus"]["files"] == ["small.txt"] and len(run["corpus"]["sha256"]) == 64
    assert run["versions"]["torch"] and run["gold"] == [flags[1]]


def test_the_corpus_hash_changes_with_the_text(flags: list[str], tmp_path: Path, corpus: Path) -> None:
    hashes = []
    for name in ("one", "two"):
        assert command.main([*flags, "--json", str(tmp_path / name)]) == 0
        hashes.append(json.loads((tmp_path / name).read_text(encoding="utf-8"))["corpus"]["sha256"])
        corpus.write_text(corpus.read_text(encoding="utf-8") + "\n【又一条】6月，又一条。\n", encoding="utf-8")
    assert hashes[0] != hashes[1]


class Outside(HTMLParser):
    """Collects what a page would fetch, and the tags in it."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href")]


def test_the_report_is_one_page_that_fetches_nothing(flags: list[str], tmp_path: Path) -> None:
    assert command.main([*flags, "--report", str(tmp_path / "report")]) == 0
    page = (tmp_path / "report" / "report.html").read_text(encoding="utf-8")
    parser = Outside()
    parser.feed(page)
    assert parser.tags.count("table") == 4 and parser.tags.count("svg") == 2
    assert not any(target.startswith(("http", "/")) for target in parser.fetched)
    assert "b" not in parser.tags and "&lt;b&gt;" in page
    assert json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))["scores"]


def test_the_report_keeps_a_history_of_runs_over_the_same_gold(flags: list[str], tmp_path: Path) -> None:
    folder = tmp_path / "report"
    for _ in range(2):
        assert command.main([*flags, "--report", str(folder)]) == 0
    lines = (folder / "history.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["scores"]["right"] for line in lines] == [0.75, 0.75]
    assert "Runs over the same gold" in (folder / "report.html").read_text(encoding="utf-8")


def test_a_history_that_is_none_is_left_alone(flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    history = tmp_path / "history.jsonl"
    history.write_text("{", encoding="utf-8")
    assert command.main([*flags, "--report", str(tmp_path)]) == 1
    assert "history.jsonl: is no history" in capsys.readouterr().err and history.read_text("utf-8") == "{"


@pytest.mark.parametrize(
    ("floors", "code", "says"),
    [
        (["right=0.75", "errors=1"], 0, ""),
        (["right=0.8"], 1, "right is 0.750, under 0.8"),
        (["errors=0", "right=0.1"], 1, "errors is 1.000, over 0"),
        (["list_recall=0.1"], 1, "list_recall is not scored, under 0.1"),
    ],
)
def test_a_missed_floor_is_exit_1(
    flags: list[str], floors: list[str], code: int, says: str, capsys: pytest.CaptureFixture
) -> None:
    assert command.main([*flags, "--floor", *floors]) == code
    assert says in capsys.readouterr().err


def test_each_leg_is_left_out_in_turn(flags: list[str], tmp_path: Path, capsys: pytest.CaptureFixture) -> None:
    assert command.main([*flags, "--ablate", "--report", str(tmp_path / "report")]) == 0
    out = capsys.readouterr().out
    assert [line for line in LEGS if f"without {line}" in out] == list(LEGS)
    report = json.loads((tmp_path / "report" / "report.json").read_text(encoding="utf-8"))
    assert report["legs"]["dense"]["right"] == 0.75
    assert "What each leg is worth" in (tmp_path / "report" / "report.html").read_text(encoding="utf-8")


def test_check_proves_the_gold(flags: list[str], gold: Path, capsys: pytest.CaptureFixture) -> None:
    assert command.main([*flags, "--check"]) == 0
    assert capsys.readouterr().out.startswith("4 pairs")
    bad = QUESTIONS[0] | {"id": "bad", "question": "在哪？", "expect": [["香山"]]}
    gold.write_text(gold.read_text(encoding="utf-8") + "\n" + json.dumps(bad), encoding="utf-8")
    assert command.main([*flags, "--check"]) == 1
    caught = capsys.readouterr()
    assert caught.out.startswith("bad: ") and "香山" in caught.out
    assert caught.err.count("\n") == 1 and "1 problems in 5 pairs" in caught.err


def test_gold_with_problems_is_scored_and_said(flags: list[str], gold: Path, capsys: pytest.CaptureFixture) -> None:
    lost = QUESTIONS[0] | {"id": "lost", "question": "在哪？", "units": [["没有的条目"]]}
    gold.write_text(json.dumps(lost), encoding="utf-8")
    assert command.main(flags) == 0
    assert "problems in the gold" in capsys.readouterr().err


@pytest.mark.parametrize(
    "extra", [["--gold", "nowhere.jsonl"], ["--corpus", "nowhere"], ["--json", "/proc/nowhere/run.json"]]
)
def test_a_failure_is_one_line_and_exit_1(flags: list[str], extra: list[str], capsys: pytest.CaptureFixture) -> None:
    assert command.main([*flags, *extra]) == 1
    err = capsys.readouterr().err
    assert "nowhere" in err.splitlines()[-1] and "Traceback" not in err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--bench", "xquad"],
        ["--path", "."],
        ["--lang", "en"],
        ["--bench", "x", "--path", "."],
        ["--bench", "xquad", "--path", ".", "--corpus", "data"],
        ["--check", "--json", "x"],
        ["--floor", "beauty=1"],
        ["--floor", "right=much"],
        ["--check", "--floor", "right=1"],
        ["--compare", "a.json"],
        ["--compare", "a.json", "b.json", "--gold", "x"],
    ],
)
def test_wrong_usage_is_exit_2(wrong: list[str], capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(wrong)
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
