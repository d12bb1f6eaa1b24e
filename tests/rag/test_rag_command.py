"""The command line as scripts use it. Most cases run inside this process; a few as the command that it is."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rag.__main__ import main
from rag.assistant import Assistant
from rag.settings import Settings

ROOT = Path(__file__).parents[2]
UNIT = set("id kind title section text authors source lines repaired table fields date people country activity".split())
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("YEARBOOK_")}


def command(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "rag", *arguments],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        timeout=600,
    )


def lines(text: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def one_line(error: str) -> str:
    assert error.count("\n") == 1
    assert "Traceback" not in error
    return error


@pytest.fixture
def on_chapter(assistant: Assistant, chapter_settings: Settings) -> list[str]:
    """The flags that ask the chapter through the index that is there already."""
    return ["--corpus", str(chapter_settings.corpus[0]), "--index", str(chapter_settings.index)]


def test_entries_prints_one_unit_a_line_with_the_contracts_fields() -> None:
    done = command("entries", "--json")
    assert done.returncode == 0
    units = lines(done.stdout)
    kinds = [unit["kind"] for unit in units]
    assert (kinds.count("entry"), kinds.count("row")) == (68, 56)
    assert {"overview", "fragment"} <= set(kinds)
    assert len({unit["id"] for unit in units}) == len(units)
    for unit in units:
        assert unit.keys() >= UNIT
        first, last = unit["lines"]
        assert 1 <= first <= last
        assert unit["text"] and unit["source"].endswith(".txt")
    row = next(unit for unit in units if unit["date"] == "6月9日")
    assert (row["table"], row["people"], row["fields"]["市领导"]) == ("表6", ["殷勇"], "殷勇")
    assert "unaccounted 0" in done.stderr


def test_batch_answers_in_order_and_a_bad_line_costs_nobody_else(on_chapter: list[str], tmp_path: Path) -> None:
    asked = [
        json.dumps({"id": "firms", "question": "which foreign firms did 殷勇 meet?"}, ensure_ascii=False),
        '{"id": 2, "question": ',
        json.dumps({"id": 3, "question": "那6月17日呢？", "history": ["殷勇8月24日会见了谁？"]}),
        "",
        json.dumps({"id": "empty", "question": "  "}),
        json.dumps({"id": "long", "question": "问" * 100_000}),
        '["no", "object"]',
        json.dumps({"id": "history", "question": "谁？", "history": "殷勇"}),
        json.dumps({"id": None, "question": "李鸿章出席了哪些活动？"}),
        json.dumps({"question": "\ud800谁会见了德勤的人？"}),
    ]
    batch = tmp_path / "questions.jsonl"
    batch.write_text("\n".join(asked), encoding="utf-8-sig")
    done = command("ask", "--batch", str(batch), *on_chapter)
    assert done.returncode == 1
    assert "5 of 9" in one_line(done.stderr)
    found = lines(done.stdout)
    assert [answer["id"] for answer in found] == ["firms", None, 3, "empty", "long", None, "history", None, None]
    assert ["error" in answer for answer in found] == [False, True, False, True, True, True, True, False, False]
    assert "line 2" in str(found[1]["error"])
    firms, follow_up, unknown = found[0], found[2], found[7]
    assert "瑞穗" in firms["answer"] and not firms["abstained"]
    assert "李兆琦" in follow_up["answer"]
    assert unknown["abstained"] and unknown["citations"] == []


def test_ask_json_is_the_contracts_object(on_chapter: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "殷勇6月9日会见了谁？", "--json", *on_chapter]) == 0
    (answer,) = lines(capsys.readouterr().out)
    assert answer.keys() >= {"id", "question", "answer", "language", "abstained", "citations", "ms", "understood"}
    assert (answer["question"], answer["language"], answer["abstained"]) == ("殷勇6月9日会见了谁？", "zh", False)
    (citation,) = answer["citations"]
    assert citation.keys() >= UNIT | {"number", "quote"}
    assert citation["number"] == 1 and "[1]" in answer["answer"]
    assert citation["quote"] in citation["text"]
    assert answer["ms"] > 0


def test_ask_prints_the_answer_and_its_sources(on_chapter: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "殷勇6月9日会见了谁？", *on_chapter]) == 0
    shown = capsys.readouterr().out
    assert "叶敏" in shown and "\n[1] " in shown and ".txt:" in shown


def test_search_gives_k_ranked_units(on_chapter: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "驻华使节植树", "-k", "3", "--json", *on_chapter]) == 0
    (found,) = lines(capsys.readouterr().out)
    assert found.keys() >= {"id", "hits", "ms"}
    assert len(found["hits"]) == 3
    assert all(hit.keys() >= UNIT | {"score"} for hit in found["hits"])
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert "植树" in found["hits"][0]["title"]


def test_search_takes_a_batch_too(on_chapter: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    batch = tmp_path / "questions.jsonl"
    batch.write_text('{"id": "b", "question": "植树"}\n{"id": "a", "question": "口罩"}\n', encoding="utf-8")
    assert main(["search", "--batch", str(batch), "-k", "2", *on_chapter]) == 0
    found = lines(capsys.readouterr().out)
    assert [(result["id"], len(result["hits"])) for result in found] == [("b", 2), ("a", 2)]


@pytest.mark.parametrize("question", ["", "  \t ", "？", "问" * 100_000])
def test_what_is_no_question_is_one_line_and_exit_1(
    question: str, on_chapter: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("ask", "search"):
        assert main([name, question, "--json", *on_chapter]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert "question" in one_line(captured.err)
        assert len(captured.err) < 300


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["mend"],
        ["ask"],
        ["ask", "问题", "--batch", "file.jsonl"],
        ["search", "问题", "-k", "0"],
        ["search", "问题", "-k", "three"],
        ["ask", "问题", "-k", "3"],
        ["entries", "--corpus"],
    ],
)
def test_wrong_usage_is_one_line_and_exit_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    one_line(capsys.readouterr().err)


@pytest.mark.parametrize("name", ["none.txt", "empty.txt", "binary.txt", "blank.txt", "folder"])
def test_a_corpus_that_is_none_is_named_in_one_line(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "blank.txt").write_text(" \n\n", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 16)
    (tmp_path / "folder").mkdir()
    for command_line in (["entries"], ["ask", "谁？", "--index", str(tmp_path / "index")]):
        assert main([*command_line, "--json", "--corpus", str(tmp_path / name)]) == 1
        captured = capsys.readouterr()
        assert captured.out == ""
        assert name in one_line(captured.err)
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_a_missing_corpus_ends_the_command_without_a_traceback(tmp_path: Path) -> None:
    done = command("entries", "--corpus", str(tmp_path / "none.txt"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "none.txt" in one_line(done.stderr)


def test_a_bad_file_among_good_ones_is_told_and_costs_nothing(
    tmp_path: Path, small_text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.txt").write_text(small_text, encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(bytes(range(256)) * 16)
    assert main(["entries", "--json", "--corpus", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert [unit["title"] for unit in lines(captured.out)] == ["植树活动举行", "短视频大赛举办"]
    assert "bad.txt" in captured.err


def test_text_without_headers_is_read_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plain.txt").write_text("全年种植银杏树1203棵。\n\n公园面积扩大一倍。\n", encoding="utf-8")
    assert main(["entries", "--json", "--corpus", str(tmp_path / "plain.txt")]) == 0
    units = lines(capsys.readouterr().out)
    text = "".join(str(unit["text"]) for unit in units)
    assert "全年种植银杏树1203棵。" in text and "公园面积扩大一倍。" in text
    assert not {unit["kind"] for unit in units} & {"entry", "row"}


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff\xff", b""])
def test_a_question_file_that_cannot_be_read(
    content: bytes | None, on_chapter: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    batch = tmp_path / "questions.jsonl"
    if content is not None:
        batch.write_bytes(content)
    code = main(["ask", "--batch", str(batch), *on_chapter])
    captured = capsys.readouterr()
    assert captured.out == ""
    if content == b"":
        assert code == 0
    else:
        assert code == 1
        assert "questions.jsonl" in one_line(captured.err)


def test_the_account_of_every_character_ends_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["entries", "--corpus", str(ROOT / "data")]) == 0
    last = [line for line in capsys.readouterr().out.splitlines() if "unaccounted" in line]
    assert len(last) == 1
    assert "unaccounted 0, twice 0" in last[0]
