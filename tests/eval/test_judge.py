from typing import Any

import pytest

from eval import judge as judging
from eval.dataset import Gold
from eval.judge import failed, judge
from eval.scores import summarise
from rag.types import Answer, Citation, Hit, Unit

GROUPS = [frozenset({"a", "b"}), frozenset({"c"})]


def unit(name: str) -> Unit:
    return Unit(name, "entry", name, None, "视频会见美国Visa亚太区总裁柯如龙", (), "s.txt", (1, 1))


def gold(**changes: Any) -> Gold:
    pair: dict[str, Any] = {
        "id": "q",
        "kind": "list",
        "language": "zh",
        "question": "哪些外企？",
        "answerable": True,
        "expect": [["Visa"], ["穆迪", "Moody's"]],
        "forbid": ["拜耳"],
        "units": [["a", "b"], ["c"]],
        "needed": 2,
    }
    return Gold.model_validate(pair | changes)


UNANSWERABLE = {"kind": "unanswerable", "answerable": False, "expect": [], "forbid": [], "units": [], "needed": 0}


def answer(text: str, cited: str = "", quote: str = "Visa", abstained: bool = False) -> Answer:
    citations = tuple(Citation(number, quote, unit(name)) for number, name in enumerate(cited, 1))
    return Answer("哪些外企？", text, "zh", abstained, citations)


def hits(names: str) -> list[Hit]:
    return [Hit(unit(name), 1 / rank) for rank, name in enumerate(names, 1)]


def test_a_right_answer() -> None:
    outcome = judge(gold(), GROUPS, answer("Visa [1]、穆迪 [2]", "ac"), hits("xbac"), 5.0)
    assert outcome.right and outcome.complete and outcome.short and not outcome.wrong
    assert (outcome.citation_precision, outcome.citation_recall) == (1, 1)
    assert (outcome.list_precision, outcome.list_recall) == (1, 1)
    # merged ranking: x, group 0, group 1
    assert outcome.retrieval is not None
    assert (outcome.retrieval["recall@1"], outcome.retrieval["recall@5"], outcome.retrieval["mrr@10"]) == (0, 1, 0.5)


@pytest.mark.parametrize(
    ("given", "broken"),
    [
        (answer("Visa [1]", "ac"), "complete"),
        (answer("Visa [1]、穆迪 [2]、拜耳", "ac"), "wrong"),
        (answer("Visa [1]、穆迪", "ab"), "citation_recall"),
        (answer("Visa、穆迪 [1]", "acxyz"), "citation_precision"),
        (answer("Visa、穆迪 [1]" + "又" * 400, "ac"), "short"),
        (answer("Visa、穆迪", "ac", abstained=True), "complete"),
    ],
)
def test_one_fault_is_enough_to_be_not_right(given: Answer, broken: str) -> None:
    outcome = judge(gold(), GROUPS, given, hits("ac"), 5.0)
    good = {"complete": True, "wrong": False, "short": True, "citation_recall": 1.0, "citation_precision": 1.0}
    seen = {name: getattr(outcome, name) for name in good}
    assert not outcome.right
    assert {name for name in good if seen[name] != good[name]} == {broken}


def test_half_of_the_citations_may_be_beside_the_point() -> None:
    assert judge(gold(), GROUPS, answer("Visa、穆迪", "acxy"), hits("ac"), 5.0).right


def test_the_quote_may_say_what_the_answer_leaves_to_it() -> None:
    given = answer("会见了以下企业 [1][2]", "ac", quote="Visa、穆迪")
    assert judge(gold(), GROUPS, given, hits("ac"), 5.0).complete


def test_only_lists_have_list_scores() -> None:
    outcome = judge(gold(kind="row"), GROUPS, answer("Visa 拜耳", "ac"), hits("ac"), 5.0)
    assert outcome.list_recall is None and outcome.list_precision is None
    listed = judge(gold(), GROUPS, answer("Visa 拜耳", "ac"), hits("ac"), 5.0)
    assert (listed.list_precision, listed.list_recall) == (0.5, 0.5)


def test_abstaining_is_right_where_there_is_no_answer() -> None:
    refused = judge(gold(**UNANSWERABLE), [], answer("材料没有提到。", abstained=True), [], 5.0)
    answered = judge(gold(**UNANSWERABLE), [], answer("Visa [1]", "a"), [], 5.0)
    cited = judge(gold(**UNANSWERABLE), [], answer("材料没有提到 [1]。", "a", abstained=True), [], 5.0)
    assert refused.right and not refused.wrong and refused.retrieval is None
    assert not answered.right and answered.wrong
    assert not cited.right


def test_a_failure_scores_nothing_and_counts() -> None:
    right = judge(gold(), GROUPS, answer("Visa [1]、穆迪 [2]", "ac"), hits("ac"), 5.0)
    scores = summarise([right, failed(gold(), ValueError("bang"), 7.0)])
    assert (scores["n"], scores["errors"], scores["ms"]) == (2, 1, 6)
    halves = ("recall@10", "mrr@10", "ndcg@10", "right", "complete", "citation_precision", "list_recall")
    assert [scores[name] for name in halves] == [0.5] * 7


def test_a_failed_refusal_is_not_right() -> None:
    outcome = failed(gold(**UNANSWERABLE), ValueError("bang"), 7.0)
    assert not outcome.right and not outcome.abstained
    assert summarise([outcome])["abstention_recall"] == 0


def test_scores_that_a_group_does_not_have_are_none() -> None:
    scores = summarise([judge(gold(**UNANSWERABLE), [], answer("没有。", abstained=True), [], 5.0)])
    assert scores["recall@1"] is None and scores["list_recall"] is None and scores["complete"] is None
    assert scores["right"] == 1


def test_ten_hits_are_scored() -> None:
    assert judging.retrieval(hits("0123456789a"), GROUPS)["mrr@10"] == 0
    assert judging.retrieval(hits("012345678a"), GROUPS)["mrr@10"] == pytest.approx(0.1)
