import numpy as np
import pytest

from embeddings.index import Cosines, nearest_passages
from rag.assistant import Assistant
from rag.question import understand
from rag.retriever import Look, Retriever, best
from rag.terms import Term
from rag.types import Unit


def unit(identity: str, text: str, **more: object) -> Unit:
    given: dict[str, object] = {
        "kind": "entry",
        "title": text[:4],
        "section": None,
        "source": "c",
        "authors": (),
    } | more
    return Unit(id=identity, text=text, lines=(1, 1), **given)


SMALL = (
    unit("a", "3月1日，殷勇会见大使。2021年的事。"),
    unit("b", "展览征集作品三百幅。", authors=("李娜",), section="展览"),
    unit("c", "5月2日，殷勇出席论坛。", source="other"),
)
OWNERS = np.array([0, 1, 1, 2])
"""The units that four passages belong to."""


@pytest.fixture(scope="module")
def small() -> Retriever:
    return Retriever(SMALL)


def looking(similarities: list[float]) -> Look:
    """An index whose passages have these cosines with every question."""
    near = Cosines.of(nearest_passages(np.array(similarities, np.float32), OWNERS, len(SMALL)))
    return lambda wanted, where: near


def order(retriever: Retriever, question: str, similarities: list[float], k: int = 3) -> list[str]:
    asked = understand(question, retriever.lexicon, retriever.keywords)
    hits = retriever.hits(retriever.score(asked, looking(similarities)), k)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return [hit.unit.id for hit in hits]


def test_a_unit_is_as_near_as_its_nearest_passage(small: Retriever) -> None:
    assert order(small, "天气如何", [0.8, 0.1, 0.9, 0.5])[0] == "b"


def test_words_decide_between_units_that_are_equally_near(small: Retriever) -> None:
    assert order(small, "征集了多少作品", [0.8, 0.8, 0.8, 0.8])[0] == "b"


def test_equal_scores_keep_the_order_of_the_source(small: Retriever) -> None:
    assert order(small, "天气", [0.8] * 4) == ["a", "b", "c"]


def test_k_is_the_most_that_comes_back(small: Retriever) -> None:
    assert len(order(small, "天气", [0.8] * 4, k=2)) == 2
    assert len(order(small, "天气", [0.8] * 4, k=99)) == 3


@pytest.mark.parametrize(
    ("question", "selected"),
    [
        ("5月2日殷勇做了什么？", [2]),
        ("3月有什么？", [0]),
        ("7月有什么？", []),
        ("李娜署名的条目有哪些？", [1]),
        ("“展览”部分有哪些条目？", [1]),
        ("天气如何？", [0, 1, 2]),
    ],
)
def test_select_keeps_what_carries_all_that_is_named(small: Retriever, question: str, selected: list[int]) -> None:
    assert list(small.select(understand(question, small.lexicon, small.keywords))) == selected


def test_what_is_named_comes_before_what_is_near(small: Retriever) -> None:
    assert order(small, "5月2日的事", [0.9, 0.9, 0.9, 0.1])[0] == "c"


def test_a_source_covers_the_year_it_tells_of(small: Retriever) -> None:
    assert small.covers(0, (2021,)) and not small.covers(0, (2019,))
    assert small.covers(0, ()) and small.covers(2, ())


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("驻华使节去哪里种树？", "组织驻华使节参加“友谊林”植树活动"),
        ("planting trees with diplomats", "组织驻华使节参加“友谊林”植树活动"),
        ("香港和北京的经济合作洽谈", "第二十四届京港洽谈会举办"),
        ("children's paintings about the Winter Olympics", "国际青少年绘画邀请展举办"),
        ("錯誤的外語標識怎麼糾正", "开展“外语标识全民纠错月”活动"),
    ],
)
def test_the_right_entry_is_among_the_first_three(assistant: Assistant, question: str, title: str) -> None:
    assert title in [hit.unit.title for hit in assistant.search(question, k=3)]


def test_a_leg_that_is_left_out_has_no_say() -> None:
    question, near = "殷勇的展览作品", [0.1, 0.8, 0.1, 0.9]
    assert order(Retriever(SMALL, without=("lexical", "filters")), question, near) == ["c", "b", "a"]
    assert order(Retriever(SMALL, without=("dense", "filters")), question, near)[0] == "b"
    day, far = "5月2日的事", [0.9, 0.9, 0.9, 0.1]
    assert order(Retriever(SMALL), day, far)[0] == "c"
    assert order(Retriever(SMALL, without=("filters",)), day, far)[0] != "c"


@pytest.mark.parametrize(("k", "numbers"), [(1, [1]), (2, [1, 0]), (3, [1, 0, 3]), (9, [1, 0, 3, 2]), (0, [])])
def test_the_best_scores_come_first_and_equal_ones_in_their_order(k: int, numbers: list[int]) -> None:
    assert best(np.array([0.5, 0.9, -1.0, 0.5], np.float32), k) == numbers


def test_units_are_kept_that_hold_a_sure_form_of_every_name(small: Retriever) -> None:
    def naming(*terms: Term) -> list[int]:
        return list(small.naming(terms, range(len(SMALL))))

    assert naming(Term("殷勇", ("殷勇",), 6.0, named=True)) == [0, 2]
    assert naming(Term("殷勇", ("殷勇",), 6.0, named=True), Term("论坛", ("论坛",), 6.0, named=True)) == [2]
    assert naming(Term("殷勇", ("殷勇", "作品"), 6.0, named=True, strengths=(0.2, 0.9))) == [1]
    assert naming(Term("使", ("大使",), 6.0, named=True, others=("见大使",))) == []
    assert naming(Term("何人", (), 6.0, named=True)) == []
    assert naming(Term("殷勇", ("殷勇",), 6.0)) == [0, 1, 2]
