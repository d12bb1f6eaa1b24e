"""An office with its country and an event by its proper name."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant

FORUMS = """【港口城市论坛举行】6月3日，第二届世界港口城市论坛在海澜市举行。副市长林知远出席并致辞。

（王　淼）

【接待来访】7月9日，副市长林知远会见挪威驻华大使安森。同日，瑞典首相夫人伊娃参观海澜市博物馆。

（杨焕昌）
"""


@pytest.mark.parametrize(
    "text",
    [
        "Did the President of Ukraine attend the film festival?",
        "希腊总统致辞了吗？",
        "Did the Greek prime minister speak at the opening?",
        "芬兰总统会见了谁？",
        "美国总统出席了什么活动？",
        "谁出席了博鳌亚洲论坛？",
        "谁出席了2021世界互联网大会？",
        "Who attended the World Economic Forum?",
        "What was the theme of the World Robot Conference?",
    ],
)
def test_what_is_told_of_its_like_is_no_answer(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("乌克兰总统夫人致辞了吗？", "泽连斯卡"),
        ("Who attended the World Robot Conference?", "世界机器人大会"),
        ("谁出席了数字经济大会？", "全球数字经济大会"),
        ("谁出席了中东欧市长论坛？", "首都市长论坛"),
        ("Who attended the Sustainable Development Forum?", "可持续发展论坛"),
    ],
)
def test_a_title_may_be_short(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text


def test_titles_of_another_yearbook(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(FORUMS)
    assert "林知远" in assistant.ask("谁出席了港口城市论坛？").text
    assert assistant.ask("谁出席了世界旅游论坛？").abstained
    assert assistant.ask("瑞典首相参观了哪里？").abstained
    assert "博物馆" in assistant.ask("瑞典首相夫人参观了哪里？").text
