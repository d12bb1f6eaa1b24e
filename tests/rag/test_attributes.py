"""Themes, outcomes, replies, costs, the dead, and which so many of them."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant

NEWS = """【植树节活动举办】3月12日，市林业局举办植树节活动，签约金额2.6亿元，来自6个乡镇的志愿者参加。

（王　淼）

【科技周举办】5月20日，科技周以“创新在身边”为主题，花费320万元，香港学生120名参加。

（王　淼）

【抗洪抢险】7月，暴雨造成12人伤亡，抢修道路3条。

（杨焕昌）

【入选名村】8月，白塔村、柳溪村、桃源村3个村入选名村。

（杨焕昌）
"""


@pytest.mark.parametrize(
    "text",
    [
        "2021世界智能网联汽车大会的主题是什么？",
        "金融街论坛年会的主题是什么？",
        "碳达峰碳中和科技论坛有哪些成果？",
        "横滨新市长收到北京的贺信以后是怎么回信的？",
        "5月24日给迪拜国际金融中心的信，主要谈了哪几点？",
        "第24届京港洽谈会签约了哪11个项目？",
        "长城友谊奖获奖者来自哪12个国家？",
        "第24届京港洽谈会花了多少钱？",
        "How much did the 24th Beijing-Hong Kong fair cost to organise?",
        "台胞接种疫苗多少人？",
        "在京台湾居民办理了多少张居住证？",
        "How many people died in consular protection cases?",
        "领事保护与协助事件死亡多少人？",
    ],
)
def test_what_is_not_told_is_not_answered(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("中非地方政府合作论坛的主题是什么？", "常态化疫情防控"),
        ("How many Hong Kong residents got residence permits?", "2675名"),
        (
            "What was the total value of deals signed at the 2021 Beijing-Hong Kong trade talks in December?",
            "88.14亿美元",
        ),
    ],
)
def test_what_is_told_is_answered(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text


def test_attributes_in_another_yearbook(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(NEWS)
    assert assistant.ask("植树节活动的主题是什么？").abstained
    assert "创新在身边" in assistant.ask("科技周的主题是什么？").text
    assert assistant.ask("How much did the Arbor Day activities cost?").abstained
    assert "320万元" in assistant.ask("How much was spent on the science and technology week?").text
    assert assistant.ask("植树节活动的志愿者来自哪6个乡镇？").abstained
    assert "柳溪村" in assistant.ask("哪3个村入选名村？").text
    assert assistant.ask("暴雨中有多少人死亡？").abstained
    assert assistant.ask("科技周有多少名澳门学生参加？").abstained
    assert "120名" in assistant.ask("科技周有多少名香港学生参加？").text
