"""Every number here is worked out by hand from the definition."""

import pytest

from eval.baselines.scoring import complete, found, runs, tells

ENTRY = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未"  # 18 characters: 14 runs of five


def test_runs_of_five_without_marks() -> None:
    assert runs("甲，乙丙 丁戊己。") == {"甲乙丙丁戊", "乙丙丁戊己"}
    assert runs("甲乙") == {"甲乙"}


@pytest.mark.parametrize(
    ("passage", "told"),
    [
        (f"前文很长很长的一段话。{ENTRY}后文", True),
        (ENTRY[:11] + "天地玄黄宇宙洪荒日月盈昃", True),  # 7 of the entry's 14 runs
        (ENTRY[:10] + "天地玄黄宇宙洪荒日月盈昃", False),  # 6 of 14
        (ENTRY[3:9], True),  # a chunk that is all of the entry's text
        ("天地玄黄宇宙洪荒", False),
    ],
)
def test_half_of_the_shorter_stands_in_the_longer(passage: str, told: bool) -> None:
    assert tells(passage, ENTRY) is told


def test_recall_and_mrr_over_groups() -> None:
    other = "天地玄黄宇宙洪荒日月盈昃辰宿列张"
    groups = [[ENTRY], [other, "无关的一段文字在这里"]]
    scores = found(["没有任何关系的句子", other, "又是别的什么内容呢", ENTRY], groups)
    assert scores == {"recall@1": 0.0, "recall@5": 1.0, "recall@10": 1.0, "mrr@10": 0.5}
    assert found(["没有任何关系的句子"], groups)["mrr@10"] == 0.0


def test_complete_is_all_or_nothing() -> None:
    assert complete("共有3家：甲公司、乙公司", [["3家", "三家"], ["乙公司"]]) == 1.0
    assert complete("共有3家：甲公司", [["3家"], ["乙公司"]]) == 0.0
