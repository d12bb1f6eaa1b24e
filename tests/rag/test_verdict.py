"""A yes is said only where the quote bears it out; else the quote stands by itself, or nothing is said."""

import pytest

from rag.assistant import Assistant
from rag.wording import YES


@pytest.mark.parametrize(
    "question",
    [
        "郎朗是钢琴演奏家吗？",
        "陈吉宁是不是市长？",
        "殷勇会见过芬兰大使吗？",
        "殷勇8月24日会见过芬兰大使吗？",
        "Did Yin Yong meet the Finnish ambassador?",
        "第二十四届京港洽谈会现场签约了11个项目吗？",
    ],
)
def test_what_the_quote_bears_out_is_affirmed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.text.startswith(YES[answer.language])


@pytest.mark.parametrize(
    "question",
    [
        "郎朗是小提琴演奏家吗？",  # beside him somebody else is
        "蔡奇是市长吗？",
        "殷勇是市长吗？",  # 副市长
        "Is Yin Yong the mayor?",
        "北京和香港签约了12个项目，对吗？",
        "国际语言环境建设条例是不是共7章？",
        "Were there 5 winners at the Great Wall Friendship Award?",
        "德勤的总裁是德国人吗？",
        "殷勇会见的芬兰大使是瑞典人吗？",
        "第二十四届京港洽谈会是在11月举行的吗？",
        # A speech by video is no visit.
        "Did Olena Zelenska attend in person?",
        "奥列娜·泽连斯卡来北京了吗？",
        "陈吉宁亲自到场参加爱尔兰欢乐春节活动了吗？",
    ],
)
def test_what_it_does_not_bear_out_is_not(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert not answer.text.startswith(YES[answer.language])


def test_a_speech_by_video_is_one(assistant: Assistant) -> None:
    assert assistant.ask("Did Olena Zelenska make a speech by video?").text.startswith(YES["en"])
