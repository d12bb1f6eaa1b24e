"""Who is left out, who is asked for by office, and what something is not: in answers from the chapter."""

import pytest

from rag.assistant import Assistant
from rag.naming import countries_out, dates_in, matter_out, others_asked, without_in
from rag.question import understand
from rag.retriever import Retriever


def test_people_are_left_out_unless_somebody_else_is_asked_for_beside_them() -> None:
    assert without_in("没有殷勇参加的活动", ["殷勇"], {}) == ("殷勇",)
    assert without_in("Which events without Yin Yong?", ["殷勇"], {"Yin Yong": "殷勇"}) == ("殷勇",)
    assert without_in("有没有殷勇参加的活动", ["殷勇"], {}) == ()


@pytest.mark.parametrize(
    ("question", "others"),
    [
        ("除了陈吉宁还有谁写了？", True),
        ("除了陈吉宁，谁会见过美国企业家？", True),
        ("Who besides Chen Jining wrote letters?", True),
        ("Apart from Cai Qi, which city leaders were there?", True),
        ("除了陈吉宁参加的活动，列出全部会议", False),
        ("Which events did Cai Qi attend without Yin Yong?", False),
    ],
)
def test_who_else_may_stand_beside_the_one_named(question: str, others: bool) -> None:
    assert others_asked(question) == others


@pytest.mark.parametrize(
    "question", ["没有殷勇参加但有蔡奇参加的活动有哪些？", "Which events did Cai Qi attend without Yin Yong?"]
)
def test_a_list_leaves_out_who_is_not_to_be_there(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations
    assert all("蔡奇" in c.quote and "殷勇" not in c.quote for c in answer.citations)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("Who is the mayor of Beijing?", "陈吉宁"),
        ("Who is the party secretary of Beijing?", "蔡奇"),
        ("市外办主任是谁？", "熊九玲"),
    ],
)
def test_the_holder_of_an_office_is_named_beside_it(assistant: Assistant, question: str, name: str) -> None:
    answer = assistant.ask(question)
    assert f"**{name}**" in answer.text


def test_what_something_is_not_selects_nothing(assistant: Assistant) -> None:
    assert assistant.ask("陈吉宁会见了哪些非美国企业？").abstained
    assert not assistant.ask("有多少个非洲国家的代表参加了中非地方政府合作论坛北京分论坛？").abstained


def test_a_possessive_takes_no_part_of_a_name(retriever: Retriever) -> None:
    for name in ("Cai Qi's", "Cai Qi’s"):
        question = understand(f"Date of {name} video meeting?", retriever.lexicon, retriever.keywords)
        assert (question.people, question.asks) == (("蔡奇",), "when")
        assert not {"cai", "qi", "s", "date"} & {term.surface for term in question.terms}


@pytest.mark.parametrize("text", ["那张表里有谁？", "每张照片是谁拍的？", "这张表（表4）里有谁？"])
def test_a_measure_word_is_no_family_name(retriever: Retriever, text: str) -> None:
    assert understand(text, retriever.lexicon, retriever.keywords).unknown == ()
    assert understand("那张伟出席了什么？", retriever.lexicon, retriever.keywords).unknown == ("张伟",)


@pytest.mark.parametrize("said", ["这一节", "这节", "这个分目", "那部分", "一节", "这个部分"])
def test_a_section_is_pointed_at_behind_its_name(retriever: Retriever, said: str) -> None:
    name = retriever.lexicon.sections[0]
    question = understand(f"{name}{said}有多少条目？", retriever.lexicon, retriever.keywords)
    assert question.section == name
    assert question.terms == ()


@pytest.mark.parametrize(
    "text",
    [
        "2021年末城镇化率达到多少？",
        "到2021年底一共有多少家？",
        "How many stations were there by the end of the year?",
        "How many stations were there at the end of 2021?",
    ],
)
def test_how_things_stood_at_the_years_end_is_no_day(text: str) -> None:
    assert dates_in(text)[0] == ()


def test_what_happened_at_the_years_end_has_its_month() -> None:
    assert [span.first for span in dates_in("2021年底举办了什么活动？")[0]] == [(12, 1)]


def test_a_latin_word_that_a_dictionary_knows_is_no_second_name(assistant: Assistant) -> None:
    quotes = [c.quote for c in assistant.ask("李伟写信给 Bangkok 市议会的议长庆祝什么？").citations]
    assert len(quotes) == 1 and "曼谷" in quotes[0]


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("除了三家美国公司的代表以外还有哪些", ("美国",)),
        ("除美国和日本外，还有哪些国家", ("美国", "日本")),
        ("Other than the American companies, who?", ("美国",)),
        ("who except British firms did he meet", ("英国",)),
        ("除了陈吉宁还有谁会见了美国公司", ()),
        ("Who other than  met British firms?", ()),
        ("美国以外资企业为主", ()),
    ],
)
def test_countries_are_left_out_by_what_is_said_of_them(text: str, countries: tuple[str, ...]) -> None:
    assert countries_out(text)[0] == countries


@pytest.mark.parametrize(
    "question",
    [
        "表6里由殷勇会见的客人，除了三家美国公司的代表以外还有哪些？",
        "Other than the American companies, who did Yin Yong meet?",
    ],
)
def test_a_list_leaves_out_a_country_and_keeps_what_names_others_beside_it(assistant: Assistant, question: str) -> None:
    quotes = [c.quote for c in assistant.ask(question).citations]
    assert any("法通" in quote for quote in quotes) and any("肃海岚" in quote for quote in quotes)
    assert not any("美国" in quote and "日本" not in quote for quote in quotes)


@pytest.mark.parametrize(
    ("question", "matter"),
    [
        ("除了中关村论坛，9月还有哪些活动？", "中关村论坛"),
        ("除金融街论坛外，还参加了哪些活动？", "金融街论坛"),
        ("除了马拉松，还参加了哪些活动？", ""),
        ("除了9月24日以外，还参加了哪些活动？", ""),
    ],
)
def test_an_event_is_left_out_by_its_name(retriever: Retriever, question: str, matter: str) -> None:
    found, rest = matter_out(question, retriever.lexicon)
    assert found == matter and (not matter or matter not in rest)


def test_what_is_left_out_stands_in_no_line(assistant: Assistant) -> None:
    quotes = [citation.quote for citation in assistant.ask("除了中关村论坛，陈吉宁9月还出席了哪些活动？").citations]
    assert len(quotes) > 5 and not any("中关村论坛" in quote for quote in quotes)
