import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

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
