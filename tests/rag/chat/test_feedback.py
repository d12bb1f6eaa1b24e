import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from killer import ROOT, Killer

from eval import feedback
from rag.chat.feedback import LONGEST_REMARK, Rating, append
from rag.types import Answer, Citation, Unit

ENTRY = Unit("e", "entry", "某条例", None, "1月1日实施。", (), "chapter.txt", (1, 2))
ANSWER = Answer(
    "何时？", "1月1日[1]", "zh", False, (Citation(1, "1月1日", ENTRY),), understood={"without": ["years:2021"]}
)


def test_a_thumb_is_a_line_with_all_that_a_gold_pair_needs(tmp_path: Path) -> None:
    file = tmp_path / "new" / "feedback.jsonl"
    append(file, Rating(ANSWER, ("earlier",), "down", "字" * (LONGEST_REMARK + 1)))
    record = json.loads(file.read_text("utf-8"))
    assert (record["thumb"], record["question"], record["history"]) == ("down", "何时？", ["earlier"])
    assert record["without"] == ["years:2021"]
    assert record["citations"][0]["title"] == "某条例"
    assert len(record["remark"]) == LONGEST_REMARK


def test_thumbs_of_many_readers_do_not_mix(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: append(file, Rating(ANSWER, (), "up")), range(50)))
    assert [json.loads(line)["thumb"] for line in file.read_text("utf-8").splitlines()] == ["up"] * 50


# Records of about a megabyte, which the system writes in pieces.
THUMBS = """
from pathlib import Path
from rag.chat.feedback import Rating, append
from rag.types import Answer

def work(file):
    for number in range(1_000_000):
        append(Path(file), Rating(Answer(f"{number}", "答" * 300_000, "zh", True), (), "up"))
        if Path(file).stat().st_size > 20_000_000:
            Path(file).unlink()
"""


def test_a_killed_writer_leaves_no_half_line_to_the_next(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    with Killer(THUMBS) as killer:
        for _ in killer.kills(str(file), longest=0.03):
            append(file, Rating(ANSWER, (), "up"))
            *others, last = file.read_text("utf-8").splitlines()
            assert json.loads(last)["question"] == "何时？"
            assert all(json.loads(line)["answer"] for line in others)
    assert feedback.read(file)


def test_half_a_line_is_no_trouble_to_those_who_read_and_is_taken_away(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    append(file, Rating(ANSWER, (), "up"))
    whole = file.read_bytes()
    file.write_bytes(whole + whole[: len(whole) // 2])
    assert len(feedback.read(file)) == 1
    append(file, Rating(ANSWER, (), "down"))
    assert [json.loads(line)["thumb"] for line in file.read_text("utf-8").splitlines()] == ["up", "down"]


def test_a_last_line_that_an_editor_left_open_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    append(file, Rating(ANSWER, (), "up"))
    file.write_bytes(file.read_bytes().rstrip())
    append(file, Rating(ANSWER, (), "down"))
    assert [json.loads(line)["thumb"] for line in file.read_text("utf-8").splitlines()] == ["up", "down"]


def test_a_line_without_room_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "feedback.jsonl"
    append(file, Rating(ANSWER, (), "up"))
    before = file.read_bytes()
    script = (
        "import resource, sys; from pathlib import Path; from rag.chat.feedback import Rating, append; "
        "from rag.types import Answer; resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))\n"
        "try: append(Path(sys.argv[1]), Rating(Answer('q', 'a' * 9000, 'en', True), (), 'up'))\n"
        "except OSError as error: sys.exit(error.strerror)"
    )
    done = subprocess.run([sys.executable, "-c", script, file], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.stderr == "File too large\n"
    assert file.read_bytes() == before


@pytest.mark.parametrize("remark", ["\ud800", "a\u2028b\x85c", "\x00\u202e"])
def test_any_remark_is_kept(tmp_path: Path, remark: str) -> None:
    file = tmp_path / "feedback.jsonl"
    append(file, Rating(ANSWER, (), "down", remark))
    assert [record["remark"] for record in feedback.read(file)] == [remark]


def test_a_read_only_folder_is_an_error_and_the_file_stays(small_disk: Path, read_only: Callable[[], None]) -> None:
    file = small_disk / "feedback.jsonl"
    append(file, Rating(ANSWER, (), "up"))
    read_only()
    with pytest.raises(OSError, match="Read-only"):
        append(file, Rating(ANSWER, (), "down"))
    assert len(feedback.read(file)) == 1
