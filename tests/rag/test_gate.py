"""What the best piece has to hold before it is taken for an answer."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant


@pytest.mark.parametrize(
    "text",
    [
        "殷勇8月会见芬兰驻华大使是在哪里？",
        "Where did 殷勇 meet the Finnish ambassador in August?",
        "北京国际钓鱼比赛在哪里举办？",
        "国际交往中心功能建设业务培训班是在哪里举办的？",
    ],
)
def test_where_is_not_answered_without_a_place_of_the_event(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("京港澳青少年音乐嘉年华的闭幕式在哪里举行？", "国家大剧院"),
        ("Where did the foreign envoys plant trees in May?", "金盏森林公园"),
        ("第五届中国—中东欧国家首都市长论坛由哪个城市主办？", "萨拉热窝"),
    ],
)
def test_where_is_answered_by_a_place(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text


@pytest.mark.parametrize(
    "text",
    [
        "How much prize money does the 15th Great Wall Friendship Award carry?",
        "How much did the Foreign Affairs Office pay for the overseas safety platform?",
    ],
)
def test_only_a_sum_of_money_says_what_was_paid(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


@pytest.mark.parametrize(
    "text", ["Who succeeded Xiong Jiuling as director of the Foreign Affairs Office?", "谁接替了熊九玲？"]
)
def test_who_is_not_answered_by_a_piece_that_leaves_out_whom_the_question_names(
    assistant: Assistant, text: str
) -> None:
    assert assistant.ask(text).abstained


def test_how_many_days_somebody_stayed_is_not_what_he_took_part_in(assistant: Assistant) -> None:
    assert assistant.ask("陈吉宁参加萨拉热窝的首都市长论坛，在当地住了几天？").abstained


def test_what_is_said_of_another_number_is_no_answer(assistant: Assistant) -> None:
    assert assistant.ask("110热线什么时候接入多语言翻译？").abstained
    assert not assistant.ask("119热线什么时候接入多语言翻译？").abstained


def test_a_year_that_the_question_gives_is_no_date(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of("【筹备工作】市外办配合做好2022年冬奥会开幕式筹备工作。\n")
    assert assistant.ask("2022年冬奥会开幕式是什么时候？").abstained


def test_the_fourth_session_of_one_body_is_not_anothers(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(
        "【外事委会议召开】1月20日，市外事委第三次全体会议召开。\n\n"
        "【领导小组会议召开】8月20日，市开放领导小组第四次全体会议召开。\n"
    )
    assert assistant.ask("外事委第四次全体会议什么时候召开？").abstained
    assert "8月20日" in assistant.ask("开放领导小组第四次全体会议什么时候召开？").text


def test_a_number_of_groups_is_none_of_courses_or_meetings(assistant: Assistant) -> None:
    assert "11个" not in assistant.ask("2021年市外办办了几个培训班？").text
    assert assistant.ask("推进国际交往中心功能建设领导小组全年开了几次会？").abstained


@pytest.mark.parametrize(
    "text",
    ["蔡奇5月会见了谁？", "Who did Cai Qi meet in May?", "张家明10月会见了谁？", "崔述强11月出席了哪些活动？"],
)
def test_what_somebody_did_in_a_month_is_not_whatever_else_he_did_then(assistant: Assistant, text: str) -> None:
    assert assistant.ask(text).abstained


def test_a_body_may_be_called_by_its_short_name(assistant: Assistant) -> None:
    assert "朝阳区" in assistant.ask("国交中心建设领导小组8月那次全会，听的是哪个区的汇报？").text
    told = assistant.ask("语言环境条例是市人大常委会第几次会议过的？何时起施行？").text
    assert "第三十五次" in told and "2022年1月1日" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("帮非洲哪个国家筹过口罩，多少只？", "3万只"),
        ("What aid was collected for Senegal, and how much of it?", "3万只"),
        ("2021年在北京的港澳人士补换回乡证一共多少本？", "2430件"),
    ],
)
def test_how_many_may_be_asked_in_other_words(assistant: Assistant, text: str, told: str) -> None:
    assert told in assistant.ask(text).text
