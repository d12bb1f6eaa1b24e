"""The detail asked for by name."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.question import understand
from rag.retriever import Retriever
from rag.wanted import noun_asked


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Which hotel hosted the forum?", ["hotel"]),
        ("What was the budget of the drill?", ["budget"]),
        ("论坛门票的票价是多少？", ["票价"]),
        ("殷勇会见了谁？", []),
        ("Which politicians got congratulations?", ["politicians"]),
        ("Which bodies jointly organised the contest?", ["bodies"]),
        ("中心转制，性质由什么变成什么？", []),
    ],
)
def test_the_noun_of_the_question_word(retriever: Retriever, text: str, noun: list[str]) -> None:
    question = understand(text, retriever.lexicon, retriever.keywords)
    assert [term.surface for term in noun_asked(question)] == noun


@pytest.mark.parametrize(
    "text",
    [
        "殷勇会见渣打银行的张晓蕾，安排在哪家酒店？",
        "What was the budget of the annual overseas safety drill?",
        "Which company was awarded the contract to upgrade the 因公出入境管理服务系统?",
        "首届“北京·国际范儿”短视频大赛的一等奖颁给了哪部作品？",
        "What is the name of the Vienna mayor with whom Chen Jining exchanged letters?",
        "陈吉宁视频会见康林松时谈妥了多少投资？",
        "第15届“长城友谊奖”的获奖者分别叫什么名字？",
        "What are the names of the winners of the 15th Great Wall Friendship Award?",
        "林郑月娥在京港洽谈会开幕式上致辞的主要内容是什么？",
        "外事新闻宣传培训班的讲师是谁？",
        "首届京港澳青少年音乐嘉年华的主办单位是谁？",
        "特斯拉高管叫什么名字？",
    ],
)
def test_an_entry_that_lacks_the_detail_answers_nothing(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Which Visa executive did 殷勇 meet on May 18?", "柯如龙"),
        ("情景剧大赛的主题是什么？", "守望相助"),
        ("Which city hosted the capital mayors' forum?", "萨拉热窝"),
        ("On which subway line were the foreign-language signs inspected?", "7号线"),
        ("Which vice mayor spoke at the event marking fifteen years of ties with Tel Aviv-Yafo?", "靳伟"),
        ("Which bodies jointly organised the consular protection sketch contest?", "首都精神文明办"),
    ],
)
def test_a_kind_of_thing_need_not_be_called_by_its_noun(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text


def test_a_number_of_things_names_none_of_them(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(
        "【青少年科技节举办】5月20日，科技节举办，设机器人比赛，142所学校的学生参加。\n\n（王　淼）\n"
    )
    assert assistant.ask("Which school won the robot competition at the youth science festival?").abstained


def test_a_capacity_is_told_by_a_number(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of("【水厂通水】5月20日，水厂通水，水源为水库，一期规模每日15万立方米。\n\n（王　淼）\n")
    assert "15万立方米" in assistant.ask("What is the capacity of the 水厂 each day?").text


PARKS = """【公园绿地建设】年内，全市新建月亮湾公园、稻香湿地等公园绿地9处，投资3.2亿元。

（王　淼）

【钓鱼比赛举办】10月，市体育局举办钓鱼比赛，120名选手参赛，最大的一尾鱼重12公斤。

（杨焕昌）
"""


def test_what_is_the_largest_of_its_kind_has_to_be_said(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(PARKS)
    assert assistant.ask("新建公园绿地里最大的是哪一处？").abstained
    assert "12公斤" in assistant.ask("钓鱼比赛最大的一尾鱼有多重？").text


def test_one_sum_of_money_is_not_another(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(PARKS)
    assert assistant.ask("公园绿地的门票价格是多少？").abstained
    assert "3.2亿元" in assistant.ask("公园绿地投资多少？").text


CONTEST = """【“银灯”项目获奖】11月26日，“银灯”培训项目获金奖。该项目负责人为研究生齐牧云，累计开课1860节。

（王　淼）

【联络站获评】云麓区松风街道联络站获评全省“十佳联络站”。遛犬时犬绳不超过1.5米。

（杨焕昌）
"""


def test_who_leads_a_project_is_not_the_project(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(CONTEST)
    assert "齐牧云" in assistant.ask("“银灯”这个项目的负责人是谁？").text
    assert "齐牧云" in assistant.ask("“银灯”这个 project 的 leader 是谁？").text


def test_one_of_the_ten_best_is_among_the_best(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(CONTEST)
    assert "松风街道" in assistant.ask("哪个街道的联络站获评全省最佳联络站之一？").text


def test_what_may_not_be_more_is_no_superlative(assistant_of: Callable[[str], Assistant]) -> None:
    assert "1.5米" in assistant_of(CONTEST).ask("犬绳最长不能超过多少米？").text


def test_a_number_of_countries_names_none(assistant: Assistant) -> None:
    assert assistant.ask("Which countries did the winners of the Great Wall Friendship Award come from?").abstained
    assert assistant.ask("除俄罗斯外，10月16日还有哪些国家的使节到延庆参观？").abstained


def test_a_motto_is_told_as_a_theme_is(assistant: Assistant) -> None:
    assert "守望相助" in assistant.ask("What was the motto of the drama contest about consular protection?").text
