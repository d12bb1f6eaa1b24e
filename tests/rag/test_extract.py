import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import dates
from rag.extract import extract
from rag.keyword import Keywords
from rag.numerals import chinese_numeral
from rag.retriever import Retriever
from rag.terms import Term, coverage

TEXTS = [
    "第十九届斯诺研讨会举行",
    "与赫尔辛基市结好15周年系列活动",
    "向塞内加尔捐赠医用口罩",
    "《公共场所标识条例》审议通过",
    "志愿者参与纠错",
    "论坛举行",
    "论坛闭幕",
    "展览开幕",
]
CORPUS = "\n".join(TEXTS)


@pytest.fixture(scope="module")
def keywords() -> Keywords:
    return Keywords(TEXTS)


def by_surface(question: str, keywords: Keywords) -> dict[str, Term]:
    return {term.surface: term for term in extract(question, keywords, CORPUS)}


def test_an_ordinal_binds_in_digits_and_numerals(keywords: Keywords) -> None:
    (term,) = (t for t in extract("第19届斯诺研讨会何时举行？", keywords, CORPUS) if t.ordinal)
    assert term.named
    assert term.stands_in(TEXTS[0])
    (other,) = (t for t in extract("第十八届斯诺研讨会何时举行？", keywords, CORPUS) if t.ordinal)
    assert not other.stands_in(CORPUS)


@pytest.mark.parametrize("question", ["15周年活动有哪些？", "the 15th anniversary", "十五周年活动"])
def test_an_anniversary_binds_in_both_languages(keywords: Keywords, question: str) -> None:
    (term,) = (t for t in extract(question, keywords, CORPUS) if t.ordinal)
    assert term.stands_in(TEXTS[1]) and not term.stands_in("10周年")


def test_a_quoted_title_binds_whole(keywords: Keywords) -> None:
    term = by_surface("《公共场所标识条例》写了什么？", keywords)["公共场所标识条例"]
    assert term.named and term.stands_in(TEXTS[3])


def test_asking_words_are_no_terms(keywords: Keywords) -> None:
    assert extract("请问有哪些？在什么时候？", keywords, CORPUS) == []
    assert extract("What was it and when did they do that?", keywords, CORPUS) == []


@pytest.mark.parametrize(
    ("question", "surfaces"),
    [
        ("一共几国？", {"国"}),
        ("来了几艘？", {"艘"}),
        ("几内亚来了吗？", {"几内亚"}),
        ("有多少项目？", {"项目"}),
        ("有多少条目？", set()),
    ],
)
def test_how_many_is_asked_of_any_measure_but_takes_no_word_apart(
    keywords: Keywords, question: str, surfaces: set[str]
) -> None:
    assert by_surface(question, keywords).keys() == surfaces


def test_a_plan_for_five_years_is_one_term_in_marks_too(keywords: Keywords) -> None:
    (term,) = (t for t in extract("“十四五”办了什么？", keywords, CORPUS) if t.named)
    assert "第十四个五年" in term.forms
    assert by_surface("“十四”办了什么？", keywords)["十四"].forms == ("十四",)


def test_an_english_word_takes_its_chinese_forms(keywords: Keywords) -> None:
    term = by_surface("How many masks were donated?", keywords)["masks"]
    assert term.stands_in(TEXTS[2])
    assert not term.stands_in(TEXTS[1])


def test_a_name_that_the_corpus_lacks_binds_and_stands_nowhere(keywords: Keywords) -> None:
    (term,) = (t for t in extract("Where was Volkswagen mentioned?", keywords, CORPUS) if t.named)
    assert "volkswagen" in term.surface.lower()
    assert not term.stands_in(CORPUS.lower())


def test_rare_words_weigh_more(keywords: Keywords) -> None:
    found = by_surface("志愿者论坛", keywords)
    assert found["志愿者"].weight > found["论坛"].weight


def test_coverage_is_the_share_of_weight_carried() -> None:
    terms = [Term("甲", ("甲",), 3.0), Term("乙", ("乙", "丙"), 1.0)]
    assert coverage(terms, "甲丙") == 1.0
    assert coverage(terms, "只有甲") == 0.75
    assert coverage(terms, "只有乙") == 0.25
    assert coverage(terms, "") == 0.0
    assert coverage([], "甲") == 0.0


def test_a_form_that_surely_means_the_term_carries_more() -> None:
    term = Term("sign", ("标识", "签署"), 1.0, strengths=(1.0, 0.5))
    assert term.strength_in("签署标识") == 1.0
    assert term.strength_in("签署") == 0.5
    assert term.strength_in("别的") == 0.0


@given(st.integers(min_value=1, max_value=99))
def test_numerals_read_back(value: int) -> None:
    assert dates.number(chinese_numeral(value)) == value


@given(st.text(alphabet="第十9届《》“”\"'条例论坛whoTesla 15th周年?？", max_size=40))
def test_any_question_has_terms_of_some_weight(question: str) -> None:
    keywords = Keywords(TEXTS[:2])
    for term in extract(question, keywords, CORPUS):
        assert term.surface and term.weight > 0


def test_what_a_dictionary_glosses_alike_carries_a_word_but_no_number(retriever: Retriever) -> None:
    found = {
        term.surface: term.forms
        for term in extract("祝贺其上任，最后一次", retriever.keywords, retriever.lexicon.full_text)
    }
    assert "就任" in found["上任"]
    assert "首次" in retriever.lexicon.full_text
    assert "首次" not in found["一次"]


@pytest.mark.parametrize("place", ["首尔", "大连", "阿根廷", "约旦"])
def test_a_place_is_a_name_whatever_the_tagger_takes_it_for(place: str, keywords: Keywords) -> None:
    assert by_surface(f"给{place}捐了多少口罩？", keywords)[place].named


def test_a_word_that_is_a_county_too_is_no_name(keywords: Keywords) -> None:
    assert not any(term.named for term in by_surface("无为而治的论坛", keywords).values())
    assert not any(term.named for term in by_surface("一年里加起来有多少论坛？", keywords).values())


def test_a_city_is_a_name_though_the_tagger_takes_it_for_an_adverb(keywords: Keywords) -> None:
    assert by_surface("谁参加了首尔的活动？", keywords)["首尔"].named
    assert "筹" in by_surface("筹过口罩吗？", keywords)
