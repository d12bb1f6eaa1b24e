from __future__ import annotations

import json
from pathlib import Path

import pytest

from embeddings.__main__ import main

CHAPTER = "【市领导会见外宾】　4月6日，副市长会见芬兰大使。（李　娜）\n"


def output(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    return json.loads(lines[0])


def test_refresh_and_status(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus, index = tmp_path / "chapter.txt", str(tmp_path / "index")
    corpus.write_text(CHAPTER, encoding="utf-8")
    refresh = ["refresh", "--corpus", str(corpus), "--index", index]
    assert main([*refresh, "--json"]) == 0
    first = output(capsys)
    assert (first["documents"], first["kept"], first["changed"]) == (1, 0, True)
    assert main([*refresh, "--json"]) == 0
    second = output(capsys)
    assert (second["embedded"], second["kept"], second["changed"]) == (0, first["embedded"], False)
    assert main(refresh) == 0
    captured = capsys.readouterr()
    assert "no change" in captured.out
    assert captured.err == ""
    assert main(["status", "--index", index, "--json"]) == 0
    status = output(capsys)
    assert (status["model"], status["dimension"], status["fresh"]) == ("bundled", 384, True)
    corpus.write_text(CHAPTER * 2, encoding="utf-8")
    assert main(["status", "--index", index, "--json"]) == 0
    assert output(capsys)["fresh"] is False


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "--index", "{}/none"],
        ["refresh", "--index", "{}/index", "--corpus", "{}/none.txt"],
        ["refresh", "--index", "{}/index", "--model", "{}/none"],
    ],
)
def test_what_is_not_there_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    assert main([argument.format(tmp_path) for argument in arguments]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("python -m embeddings: ")
    assert "none" in captured.err
    assert captured.err.count("\n") == 1
    assert not list(tmp_path.glob("index/CURRENT"))


@pytest.mark.parametrize("arguments", [[], ["refresh", "--nope"], ["mend"]])
def test_wrong_usage_is_exit_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1
