"""Every number here is worked out by hand from the definition."""

import pytest
import pytrec_eval

from eval import metrics

RANKED = ["a", "x", "b", "y"]
RELEVANT = {"a", "b", "c"}


def test_recall() -> None:
    assert metrics.recall_at(RANKED, RELEVANT, 1) == pytest.approx(1 / 3)
    assert metrics.recall_at(RANKED, RELEVANT, 3) == pytest.approx(2 / 3)
    assert metrics.recall_at([], RELEVANT, 3) == 0
    assert metrics.recall_at(RANKED, set(), 3) == 0


def test_reciprocal_rank() -> None:
    assert metrics.reciprocal_rank(["x", "y", "b", "a"], RELEVANT, 10) == pytest.approx(1 / 3)
    assert metrics.reciprocal_rank(["x", "y", "b"], RELEVANT, 2) == 0


def test_ndcg() -> None:
    # gain 1/log2(2) + 1/log2(4) = 1.5; ideal 1 + 1/log2(3) + 1/2 = 2.130930
    assert metrics.ndcg_at(RANKED, RELEVANT, 3) == pytest.approx(0.703918, abs=1e-6)
    # k = 1 has room for one: the ideal is 1
    assert metrics.ndcg_at(RANKED, RELEVANT, 1) == 1
    assert metrics.ndcg_at(["x"], RELEVANT, 10) == 0
    assert metrics.ndcg_at(["x"], set(), 10) == 0


def test_units_that_tell_the_same_share_one_rank() -> None:
    groups = [{"a", "b"}, {"c"}]
    assert metrics.merge(["x", "b", "a", "c"], groups) == ["x", "group 0", "group 1"]


def test_citation_precision() -> None:
    assert metrics.citation_precision(["a", "b", "z", "z"], [{"a", "b"}, {"c"}]) == pytest.approx(2 / 3)
    assert metrics.citation_precision([], [{"a"}]) == 0


def test_citation_recall_counts_groups_and_stops_at_one() -> None:
    groups = [{"a", "b"}, {"c"}, {"d"}]
    assert metrics.citation_recall(["a", "b"], groups, 3) == pytest.approx(1 / 3)
    assert metrics.citation_recall(["b", "c", "d"], groups, 2) == 1
    assert metrics.citation_recall([], groups, 2) == 0


def test_found_looks_into_answer_and_quotes() -> None:
    expect = [["标普", "S&P"], ["Visa"], ["拜耳"]]
    assert metrics.found(expect, "**S&P** [1]", ["会见美国Visa亚太区总裁"]) == [True, True, False]


def test_a_citation_number_is_no_count() -> None:
    assert metrics.found([["4"]], "殷勇会见了几位 [4]") == [False]
    assert metrics.found([["4"]], "共4次 [1]") == [True]


def test_forbidden_looks_at_the_answer_alone() -> None:
    assert metrics.forbidden(["拜耳", "德勤"], "德勤 [1]") == ["德勤"]


def test_length_beyond_quotes() -> None:
    # "5月18日：" has 6 characters, the quote none, [1] none
    assert metrics.length_beyond("5月18日：视频会见**Visa**总裁 [1]", ["视频会见Visa总裁"]) == 6


def test_mean_of_nothing_is_nothing() -> None:
    assert metrics.mean([]) == 0
    assert metrics.mean([1, 0, 0.5]) == 0.5


@pytest.mark.parametrize("relevant", [{"a"}, {"c", "e"}, {"a", "b", "x"}, {"z"}])
def test_retrieval_agrees_with_trec_eval(relevant: set[str]) -> None:
    ranked = list("abcdefghijkl")
    trec = pytrec_eval.RelevanceEvaluator(
        {"q": dict.fromkeys(relevant, 1)}, {"recall.1,5,10", "ndcg_cut.10", "recip_rank"}
    ).evaluate({"q": {name: float(len(ranked) - place) for place, name in enumerate(ranked)}})["q"]
    for k in (1, 5, 10):
        assert metrics.recall_at(ranked, relevant, k) == pytest.approx(trec[f"recall_{k}"])
    assert metrics.ndcg_at(ranked, relevant, 10) == pytest.approx(trec["ndcg_cut_10"])
    assert metrics.reciprocal_rank(ranked, relevant, 10) == pytest.approx(trec["recip_rank"])
