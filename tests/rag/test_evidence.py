"""Which evidence is chosen, whatever the weights behind it: verbatim, of the right unit, whole where all is asked."""

from collections.abc import Callable

import numpy as np
import pytest

from embeddings.index import Cosines
from rag.absence import Nothing, missing
from rag.assistant import Assistant
from rag.evidence import Found, gather
from rag.passages import quotable
from rag.question import Question, understand
from rag.retriever import Retriever


@pytest.fixture(scope="module")
def gathered(assistant: Assistant, retriever: Retriever) -> Callable[[str], Found | Nothing]:
    def one(text: str) -> Found | Nothing:
        question, scored = assistant._scored(understood(text, retriever), *assistant._state)
        return gather(question, retriever, scored)

    return one


def understood(text: str, retriever: Retriever) -> Question:
    return understand(text, retriever.lexicon, retriever.keywords)


@pytest.mark.parametrize(
    "question",
    [
        "莫高义出席了哪些活动？",
        "Who did Yin Yong meet in June?",
        "给塞内加尔捐了多少只口罩？",
        "杨柳署名的条目有哪些？",
    ],
)
def test_every_piece_is_verbatim_and_cited_once(gathered: Callable[[str], Found | Nothing], question: str) -> None:
    found = gathered(question)
    assert isinstance(found, Found) and found.items
    assert all(piece.quote and piece.quote in piece.unit.text for piece in found.items)
    told = [(piece.unit.id, piece.quote) for piece in found.items]
    assert len(told) == len(set(told))


def test_what_is_named_is_selected_whole_whatever_its_rank(
    gathered: Callable[[str], Found | Nothing], retriever: Retriever
) -> None:
    found = gathered("陈吉宁出席了哪些活动？")
    assert isinstance(found, Found) and found.exhaustive
    rows = {u.id for u in retriever.units if u.table == "表5" and "陈吉宁" in u.people and "出席" in u.text}
    assert len(rows) > 15
    assert rows <= {piece.unit.id for piece in found.items}


def test_a_fact_is_not_exhaustive(gathered: Callable[[str], Found | Nothing]) -> None:
    found = gathered("给塞内加尔捐了多少只口罩？")
    assert isinstance(found, Found) and not found.exhaustive


@pytest.mark.parametrize(
    ("question", "reason", "name"),
    [
        ("李鸿章出席了哪些活动？", "unknown", "李鸿章"),
        ("2019年殷勇会见了谁？", "year", "2019"),
        ("表9有哪些活动？", "unknown", "表9"),
    ],
)
def test_what_the_corpus_lacks_is_known_before_ranking(
    assistant: Assistant, retriever: Retriever, question: str, reason: str, name: str
) -> None:
    asked = understood(question, retriever)
    asked, scored = assistant._scored(asked, *assistant._state)
    nothing = missing(asked, retriever, scored)
    assert nothing is not None
    assert nothing.reason == reason and name in nothing.names


@pytest.mark.parametrize(
    "question", ["殷勇会见了哪些人？", "In 2021, which events did Cai Qi attend?", "展览有多少作品？"]
)
def test_what_the_corpus_knows_is_not_missing(assistant: Assistant, retriever: Retriever, question: str) -> None:
    asked = understood(question, retriever)
    asked, scored = assistant._scored(asked, *assistant._state)
    assert missing(asked, retriever, scored) is None


def test_a_name_written_otherwise_is_said_to_be_so(assistant: Assistant) -> None:
    answer = assistant.ask(
        "How many countries were on show in the tourism exhibition on the Ciftisia website for 一带一路?"
    )
    assert "Ciftisia".lower() in answer.text.lower() and "14" in answer.text
    assert assistant.ask("Which executives of Palantiria did Cai Qi meet?").abstained


def test_no_similarity_makes_an_unsupported_answer(retriever: Retriever) -> None:
    question = understood("动物园有几只大熊猫？", retriever)
    near = Cosines.of(np.linspace(0.99, 0.7, len(retriever.units), dtype=np.float32))
    scored = retriever.score(question, lambda wanted, where: near)
    assert isinstance(gather(question, retriever, scored), Nothing)


def test_a_row_is_quoted_whole_and_a_text_by_its_sentences(retriever: Retriever) -> None:
    for unit in retriever.units:
        assert all(piece in unit.text for piece in quotable(unit))
        if unit.kind == "row":
            assert quotable(unit) == [unit.text]


def test_a_list_that_goes_on_in_the_next_sentence_is_quoted_on(assistant: Assistant) -> None:
    quotes = [citation.quote for citation in assistant.ask("市政府港澳办就疫苗接种先后发了哪些文件？").citations]
    assert any("12—17岁" in quote for quote in quotes) and any("工作安排" in quote for quote in quotes)


@pytest.mark.parametrize("question", ["殷勇没有会见哪些企业？", "Which US firms did Yin Yong not meet?"])
def test_what_did_not_happen_is_more_than_the_sources_say(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_two_numbers_asked_for_are_two_sentences_where_each_has_one(assistant: Assistant) -> None:
    quotes = [
        citation.quote
        for citation in assistant.ask("市外办为经开区国际化制定了多少项举措，经开区制定了多少项配套措施？").citations
    ]
    assert any("15项" in quote for quote in quotes) and any("11项" in quote for quote in quotes)


SERIES = """【系列活动举办】年内，市友协开展“老朋友”系列活动。举办“携手百年”座谈会，邀请10余位友人出席；
举办“老朋友主题展”；与日报社合作开展“老朋友的故事”系列报道；邀请外籍专家参加“北沟对话”。

【领导小组会议召开】8月20日，市开放领导小组第四次全体会议召开。会议听取工作汇报，审议了《开放规划》《监督办法》。
"""


def test_an_enumeration_is_quoted_whole(assistant_of: Callable[[str], Assistant]) -> None:
    told = assistant_of(SERIES).ask("市友协围绕“老朋友”做了哪些具体活动？").text
    assert all(name in told for name in ("携手百年", "主题展", "系列报道", "北沟对话"))


def test_the_sentence_with_the_verb_whose_object_is_asked_for(assistant_of: Callable[[str], Assistant]) -> None:
    assert "监督办法" in assistant_of(SERIES).ask("开放领导小组第四次会议审议了什么？").text


def test_the_sentence_with_the_verb_whose_doer_is_asked_for(assistant: Assistant) -> None:
    text = "Which authority supervises the two Hong Kong associations that were registered in May?"
    assert "市政府港澳办" in assistant.ask(text).text


def test_of_so_many_things_the_sentence_that_names_them(assistant: Assistant) -> None:
    told = assistant.ask("领导小组4月第三次会议，书面审议的是哪两项？")
    assert [citation.quote[:5] for citation in told.citations] == ["书面审议了"]
    assert assistant.ask("第24届京港洽谈会签约了哪11个项目？").abstained
