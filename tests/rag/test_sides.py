"""Who of those a sentence names is the one asked for."""

import pytest

from rag.assistant import Assistant
from rag.question import Question
from rag.sides import asks_winners, hosts, winners


def test_hosts_stand_before_the_verb_and_no_event_does() -> None:
    assert hosts("11月18日，由波黑首都萨拉热窝市主办的论坛举行，市长陈吉宁出席。") == ["波黑首都萨拉热窝市"]
    assert hosts("1月20日，市外办和市法制研究会共同举办座谈会。") == ["市外办和市法制研究会"]
    assert hosts("首届音乐节在京举办。") == []


def test_whoever_hands_the_prize_over_did_not_win_it() -> None:
    assert winners("市长陈某为获奖者颁奖；", ["陈某"]) == []
    assert winners("演员白晓棠获金奖，市长陈某颁奖。", ["白晓棠", "陈某"]) == ["白晓棠"]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("谁获得了长城友谊奖？", True),
        ("获奖的是哪几位？", True),
        ("谁给获奖者颁奖？", False),
        ("获奖者来自哪几个国家？", False),
        ("获奖的外籍人士涉及哪些领域？", False),
        ("他获得的奖叫什么名字？", False),
    ],
)
def test_winners_are_asked_for_and_not_their_number_or_prize(text: str, asked: bool) -> None:
    assert asks_winners(Question(text=text, standalone=text, language="zh", asks="who")) is asked


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("Who hosted the fifth China-CEEC capital mayors' forum?", "波黑首都萨拉热窝市"),
        ("第五届中国—中东欧国家首都市长论坛是哪座城市做东？", "波黑首都萨拉热窝市"),
        ("谁和蔡奇一起会见了太古集团总裁？", "张家明"),
        ("谁写信给釜山市市长？", "陈吉宁"),
        ("Who wrote to the mayor of Busan?", "陈吉宁"),
        ("長城友誼獎頒獎禮上，是哪位市領導給獲獎者頒獎的？", "陈吉宁"),
    ],
)
def test_only_the_side_asked_for_is_in_bold(assistant: Assistant, question: str, value: str) -> None:
    text = assistant.ask(question).text
    quoted = text[text.find("「") :] if "「" in text else text
    assert f"**{value}**" in quoted and quoted.count("**") == 2


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Great Wall Friendship Award in 2021?",
        "长城友谊奖获奖者名单",
        "获得第15届“长城友谊奖”的有哪几位，能给我名字吗？",
        "“外语标识全民纠错月”评出的“纠错之星”都是谁？",
        "纠错之星有哪些人？",
        "What was the name of the official who represented Los Angeles at the Tokyo seminar?",
    ],
)
def test_a_number_of_people_names_nobody(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained
