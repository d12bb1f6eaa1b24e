"""Each system on a small text with the real model; the frameworks only where the extra is installed."""

from importlib import import_module
from importlib.util import find_spec

import pytest

from eval.baselines.__main__ import HEADS, SYSTEMS, main, table
from eval.baselines.base import Baseline, words
from eval.baselines.measuring import install_mb

TEXT = """【植树活动举行】5月27日，140余家使团的外交官在金盏森林公园植树，共植树苗500棵。

【短视频大赛举办】10月，首次举办短视频大赛，收到投稿作品220部，评出一等奖3个。

【图书馆开馆】7月1日，新图书馆开馆，藏书30万册，当天到馆读者8000人次。
"""
NEEDS = {
    "ours": "rag",
    "split": "faiss",
    "langchain": "langchain_classic",
    "llamaindex": "llama_index",
    "haystack": "haystack",
}


@pytest.fixture(params=SYSTEMS)
def system(request: pytest.FixtureRequest) -> Baseline:
    if find_spec(NEEDS[request.param]) is None:
        pytest.skip(f"{request.param} is not installed; it comes with .[baselines]")
    module, _, name = SYSTEMS[request.param].partition(".")
    made = getattr(import_module(f"eval.baselines.{module}"), name)()
    assert isinstance(made, Baseline)
    return made


def test_the_passage_that_tells_comes_first(system: Baseline) -> None:
    system.index(TEXT)
    assert "植树" in system.search("外交官在哪里种树？", 1)[0]
    assert "藏书30万册" in system.search("新图书馆有多少藏书？", 2)[0]
    assert len(system.search("比赛", 2)) <= 2
    assert all(system.versions().values())


def test_words_of_a_keyword_leg() -> None:
    assert words("北京 ABC大学") == ["北京", "abc", "大学"]


def test_the_size_of_an_installation_counts_what_it_needs() -> None:
    assert install_mb(["pluggy"]) < install_mb(["pytest"]) < install_mb(["pytest", "numpy"])
    assert install_mb(["no-such-distribution"]) == 0


def test_the_table_has_a_row_for_passages_and_one_for_answers() -> None:
    passages = {
        "recall@1": 0.5,
        "recall@5": 0.75,
        "recall@10": 1.0,
        "mrr@10": 0.6,
        "complete": 0.7,
        "characters": 900.0,
    }
    answer = {"complete": 0.9, "characters": 120.0, "abstention": 1.0, "ms": 40.0}
    cost = {"ms": 30.0, "embedding_ms": 20.0, "index_s": 9.6, "peak_mb": 800.0, "install_mb": 1000.0}
    rows = table({"one": {"passages": passages, "answer": answer, **cost}}).splitlines()
    assert rows[0].count("|") == len(HEADS) + 1 == rows[2].count("|")
    assert rows[2].split(" | ")[:5] == ["| one: 5 passages", "0.500", "0.750", "0.600", "0.700"]
    assert "1.50" in rows[2] and "2.00" in rows[3] and "0.900" in rows[3]


def test_wrong_usage_is_exit_2(capsys: pytest.CaptureFixture) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--only", "nothing"])
    assert caught.value.code == 2 and capsys.readouterr().err.count("\n") == 1


def test_a_system_that_fails_is_named(capsys: pytest.CaptureFixture) -> None:
    assert main(["--only", "split", "--gold", "nowhere.jsonl"]) == 1
    assert "split: " in capsys.readouterr().err
