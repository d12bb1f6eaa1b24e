import json

import pytest

from rag.asking import asks
from rag.dates import Span
from rag.errors import QuestionError
from rag.question import MAX_CHARACTERS, Question, check, understand
from rag.retriever import Retriever


@pytest.fixture(scope="module")
def understood(retriever: Retriever):
    def one(text: str) -> Question:
        return understand(text, retriever.lexicon, retriever.keywords)

    return one


@pytest.mark.parametrize("text", ["", "   \n\t", "？？？", "\u200b", "……"])
def test_no_question_is_an_error_that_says_what_to_do(text: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        check(text)


def test_a_question_that_is_too_long_is_an_error_with_both_figures() -> None:
    assert check("问" * MAX_CHARACTERS)
    with pytest.raises(QuestionError, match=r"100,000.*2,000"):
        check("问" * 100_000)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("谁主持了会议？", "who"),
        ("什么时候开幕？", "when"),
        ("展览是哪几天办的？", "when"),
        ("他在那里住了几天？", "when"),
        ("在哪项活动上致辞？", "what"),
        ("哪几家企业来了？", "which all"),
        ("在哪里举行？", "where"),
        ("来了多少人？", "how many"),
        ("签约金额是多少？", "how much"),
        ("有哪些活动？", "which all"),
        ("为什么举办？", "why"),
        ("举行过吗？", "yes/no"),
        ("介绍一下这个展览", "what"),
    ],
)
def test_the_kind_of_a_chinese_question(text: str, kind: str) -> None:
    assert asks(text, english=False)[0] == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Who chaired the meeting?", "who"),
        ("When did it open?", "when"),
        ("Where was it held?", "where"),
        ("How many people came?", "how many"),
        ("How much was it worth?", "how much"),
        ("How much money did they give?", "how much"),
        ("How much prize money did it carry?", "how much"),
        ("How much text was checked?", "how many"),
        ("Which firms did he meet?", "which all"),
        ("List all the events.", "which all"),
        ("Why was it held?", "why"),
        ("Did he attend?", "yes/no"),
        ("Which city leader opened it?", "who"),
        ("Which city hosted it?", "where"),
        ("Which city bureau hosted it?", "what"),
        ("What were the contracts worth?", "how much"),
        ("Dates of the exhibition?", "when"),
        ("What was the date of the exhibition?", "when"),
        ("List the dates of his meetings", "which all"),
        ("Tell me about the exhibition", "what"),
    ],
)
def test_the_kind_of_an_english_question(text: str, kind: str) -> None:
    assert asks(text, english=True)[0] == kind


@pytest.mark.parametrize(
    "text",
    [
        "殷勇出席了哪些活动？",
        "殷永出席了哪些活动？",
        "What did Yin Yong attend?",
        "What did yong yin attend?",
        "what did YIN YONG attend?",
        "What did Vice Mayor Yin Yong attend?",
        "yin yong出席了哪些活动？",
    ],
)
def test_a_person_however_written(understood, text: str) -> None:
    assert understood(text).people == ("殷勇",)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("陳吉寧和蔡奇一起出席了什么？", {"陈吉宁", "蔡奇"}),
        ("What did the mayor attend?", {"陈吉宁"}),
        ("市委书记会见了谁？", {"蔡奇"}),
        ("展览征集到多少幅作品？", set()),
    ],
)
def test_people_and_offices(understood, text: str, people: set[str]) -> None:
    assert set(understood(text).people) == people


def test_a_correction_is_told(understood) -> None:
    assert understood("张佳明出席了哪些活动？").corrected == {"张佳明": "张家明"}
    assert understood("张家明出席了哪些活动？").corrected == {}
    assert understood("陈吉林出席了哪些活动？").corrected == {"陈吉林": "陈吉宁"}  # 吉林 is a province
    assert understood("吉林省出席了哪些活动？").corrected == {}
    assert understood("Which events did Chen Jinning attend?").people == ("陈吉宁",)


@pytest.mark.parametrize("text", ["殷勇在6月9日和17日会见了谁？", "Who did Yin Yong meet on June 9 and 17?"])
def test_several_dates_leave_the_rest_of_the_question_whole(understood, text: str) -> None:
    question = understood(text)
    assert question.spans == (Span((6, 9), (6, 9)), Span((6, 17), (6, 17)))
    assert (question.people, question.relation, question.asks) == (("殷勇",), "met", "who")


def test_years_sections_tables_and_bylines(understood) -> None:
    assert understood("2019年有哪些活动？").years == (2019,)
    assert understood("“因公出入境管理”部分写了什么？").section == "因公出入境管理"
    assert understood("表七里有什么？").table == "表7"
    assert understood("What is in table 6?").table == "表6"
    signed = understood("Which entries are signed by Yang Liu?")
    assert (signed.authors, signed.people) == (("杨柳",), ())


def test_an_unknown_person_is_told_apart_from_a_known_one(understood) -> None:
    question = understood("李鸿章出席了哪些活动？")
    assert question.people == ()
    assert "李鸿章" in question.unknown


@pytest.mark.parametrize("text", ["which foreign firms did 殷勇 meet?", "11月的论坛在哪举办？"])
def test_what_was_understood_can_be_shown(understood, text: str) -> None:
    shown = json.loads(json.dumps(understood(text).to_json(), ensure_ascii=False))
    assert shown["standalone"] == text
    assert {"language", "asks", "people", "dates", "relation", "section", "table", "corrected"} <= shown.keys()
    assert all(isinstance(term, str) for term in shown["terms"])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Which authority supervises the two associations?", "what"),
        ("Which German company heads did they meet?", "which all"),
        ("Which German firms were met, and when?", "which all"),
        ("会见了哪些企业，分别是什么时候？", "which all"),
        ("与以色列有关的内容", "which all"),
        ("有几个人获奖？", "how many"),
    ],
)
def test_what_is_asked_for(retriever: Retriever, text: str, kind: str) -> None:
    assert understand(text, retriever.lexicon, retriever.keywords).asks == kind


@pytest.mark.parametrize("text", ["杨柳负责撰写的条目", "articles by Yang Liu"])
def test_whoever_writes_is_an_author(retriever: Retriever, text: str) -> None:
    question = understand(text, retriever.lexicon, retriever.keywords)
    assert question.authors == ("杨柳",) and not question.terms


def test_what_a_compound_has_beside_known_words_is_asked_for_too(retriever: Retriever) -> None:
    question = understand("接待了多少人次的外国游客？", retriever.lexicon, retriever.keywords)
    assert {"外国", "游客"} <= {term.surface for term in question.terms}
    siemens = understand("德国西门子董事长是谁？", retriever.lexicon, retriever.keywords)
    assert any(term.surface == "西门子" and term.named for term in siemens.terms)


def test_a_firm_is_named_by_what_follows_it(retriever: Retriever) -> None:
    named = understand("蔡奇会见了英国太古集团吗？", retriever.lexicon, retriever.keywords)
    assert any(term.surface == "太古" and term.named for term in named.terms)
    kind = understand("会见了哪些跨国公司？", retriever.lexicon, retriever.keywords)
    assert not any(term.named for term in kind.terms)
