import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from eval import feedback
from eval.dataset import Gold, GoldError, check
from rag.chat.feedback import Rating, append
from rag.reading import read_text
from rag.types import Answer, Citation

TEXT = """【春节活动】1月17日，市长视频出席春节活动。

（李　娜）

【植树活动】5月27日，140余家使团的外交官在金盏森林公园植树。

（王　淼）
"""
UNITS = read_text(TEXT, "small.txt").units
RIGHT = Answer("植树是哪天？", "**5月27日**[1]", "zh", False, (Citation(1, "5月27日", UNITS[1]),))
NOTHING = Answer("熊猫几只？", "资料中没有说明。", "zh", True)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "feedback.jsonl"
    append(file, Rating(RIGHT, (), "up"))
    append(file, Rating(NOTHING, (), "up"))
    append(file, Rating(RIGHT, ("春节活动呢？",), "down"))
    append(file, Rating(RIGHT, ("春节活动呢？",), "down", "不是这一天"))
    return file


def test_a_thumb_up_is_a_pair_that_the_check_proves(file: Path) -> None:
    right, nothing, _ = feedback.candidates(feedback.read(file))
    golds = [Gold.model_validate(right), Gold.model_validate(nothing)]
    assert check(golds, UNITS) == []
    assert (golds[0].kind, golds[0].units, golds[1].kind) == ("fact_zh", (("植树活动",),), "unanswerable")


def test_a_thumb_down_waits_for_a_person_and_keeps_the_remark(file: Path) -> None:
    records = feedback.read(file)
    wrong = feedback.candidates(records)[-1]
    assert len(records) == 3
    assert (wrong["kind"], wrong["history"], wrong["expect"]) == ("followup", ["春节活动呢？"], [])
    assert "不是这一天" in wrong["note"] and RIGHT.text in wrong["note"]
    with pytest.raises(ValidationError):
        Gold.model_validate(wrong)


def test_a_row_is_named_by_table_date_and_activity(tmp_path: Path) -> None:
    row = {
        "kind": "row",
        "table": "表6",
        "date": "4月6日",
        "activity": "会见某集团",
        "title": "一览表",
        "quote": "会见",
    }
    record = {"thumb": "up", "remark": "", "question": "q", "history": [], "language": "zh", "abstained": False}
    (pair,) = feedback.candidates([{**record, "answer": "", "citations": [row]}])
    assert (pair["kind"], pair["units"]) == ("row", [["表6/4月6日/会见某集团"]])


@pytest.mark.parametrize("line", ["{", "[]", json.dumps({"question": "q"})])
def test_a_line_that_is_none_of_ours_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "feedback.jsonl"
    file.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"feedback\.jsonl:2"):
        feedback.read(file)
    with pytest.raises(GoldError, match="--feedback"):
        feedback.read(tmp_path / "nowhere.jsonl")
