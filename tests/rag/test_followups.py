"""Follow-ups as a conversation has them: what the history leaves over, seen in answers and in what was understood."""

import pytest

from rag.assistant import Assistant


def standalone(assistant: Assistant, *questions: str) -> dict[str, object]:
    *history, question = questions
    return assistant.ask(question, history).understood


@pytest.mark.parametrize(
    ("conversation", "answer"),
    [
        (("殷勇8月24日会见了谁？", "那6月17日呢？"), "李兆琦"),
        (("殷勇8月24日会见了谁？", "他6月9日见了谁？"), "叶敏"),
        (("殷勇8月24日会见了谁？", "那6月17日呢？", "他6月9日见了谁？"), "叶敏"),
        (("Whom did Yin Yong meet on June 9?", "And on June 17?"), "李兆琦"),
        (("Whom did Yin Yong meet on June 9?", "And what did he attend on June 1?"), "赛诺菲"),
        (("陈吉宁5月出席了哪些活动？", "4月呢？"), "平谷"),
        (("Which events did Chen Jining attend in June?", "And in May?"), "智慧城市"),
        (("莫高义9月出席了什么活动？", "那孙梅君10月呢？"), "中欧人才论坛"),
        (("港澳同胞疫苗接种何时启动？", "外籍人士呢？"), "3月26日"),
        (("外籍人士疫苗接种何时启动？", "港澳同胞呢？"), "4月8日"),
        (("太古集团的施铭伦是哪天跟市领导视频见面的？", "除了蔡奇还有谁参加？"), "张家明"),
    ],
)
def test_what_the_new_question_leaves_open_carries_over(
    assistant: Assistant, conversation: tuple[str, ...], answer: str
) -> None:
    *history, question = conversation
    found = assistant.ask(question, history)
    assert not found.abstained
    assert answer in "".join(citation.unit.text for citation in found.citations)


@pytest.mark.parametrize(
    ("question", "day"),
    [("前一天呢？", "9-3/9-3"), ("第二天呢？", "9-5/9-5"), ("And the day before?", "9-3/9-3")],
)
def test_a_day_is_counted_from_the_day_before_it_in_the_conversation(
    assistant: Assistant, question: str, day: str
) -> None:
    understood = standalone(assistant, "莫高义9月4日出席了什么活动？", question)
    assert understood["dates"] == [day]
    assert understood["people"] == ("莫高义",)


@pytest.mark.parametrize(
    ("first", "then"), [("3月1日有什么活动？", "2-28/2-28"), ("1月1日有什么活动？", "12-31/12-31")]
)
def test_days_are_counted_over_month_ends(assistant: Assistant, first: str, then: str) -> None:
    assert standalone(assistant, first, "前一天呢？")["dates"] == [then]


def test_a_day_that_no_calendar_has_is_no_error(assistant: Assistant) -> None:
    assert assistant.ask("前一天呢？", ["殷勇2月30日出席了什么活动？"]).abstained


def test_what_the_new_question_names_replaces_what_went_before(assistant: Assistant) -> None:
    understood = standalone(assistant, "殷勇6月9日会见了谁？", "那蔡奇11月12日呢？")
    assert understood["people"] == ("蔡奇",)
    assert understood["dates"] == ["11-12/11-12"]
    assert understood["relation"] == "met"


def test_the_standalone_question_shows_both(assistant: Assistant) -> None:
    shown = str(standalone(assistant, "殷勇8月24日会见了谁？", "那6月17日呢？")["standalone"])
    assert "殷勇" in shown and "6月17日" in shown


def test_a_question_of_its_own_takes_nothing_from_the_history(assistant: Assistant) -> None:
    alone = assistant.ask("给塞内加尔捐了多少只口罩？")
    after = assistant.ask("给塞内加尔捐了多少只口罩？", ["殷勇8月24日会见了谁？"])
    assert not alone.abstained
    assert (after.text, after.citations) == (alone.text, alone.citations)


def test_what_leans_on_nothing_abstains(assistant: Assistant) -> None:
    assert assistant.ask("那呢？").abstained


def test_thanks_and_what_could_not_be_answered_lead_nowhere(assistant: Assistant) -> None:
    alone = "what did Beijing do about vaccination of foreigners?"
    assert assistant.ask(alone, ["北京的GDP是多少？", "谢谢"]).text == assistant.ask(alone).text
    assert assistant.ask("谢谢", ["殷勇见了谁？"]).abstained


@pytest.mark.parametrize(
    ("conversation", "answer"),
    [
        (("老挝万象市的新任市委书记是谁？", "市长呢？"), "西潘敦"),
        (("陈吉宁4月至5月祝贺了哪两位韩国市长？", "那巴西呢？"), "帕埃斯"),
    ],
)
def test_another_office_or_place_of_the_same_matter(
    assistant: Assistant, conversation: tuple[str, ...], answer: str
) -> None:
    *history, question = conversation
    found = assistant.ask(question, history)
    assert any(answer in citation.quote for citation in found.citations)


def test_the_office_asked_for_is_the_other_citys(assistant: Assistant) -> None:
    answer = assistant.ask("市长呢？", ["老挝万象市的新任市委书记是谁？"])
    assert "**阿沙庞通·西潘敦**" in answer.text
    assert "**陈吉宁**" not in answer.text


def test_the_edition_before_is_another_one(assistant: Assistant) -> None:
    assert assistant.ask("上一届呢，签了几个？", ["第二十四届京港洽谈会签了多少个项目？"]).abstained


def test_the_last_of_what_was_listed(assistant: Assistant) -> None:
    answer = assistant.ask("最后一次呢？", ["殷勇会见了哪些外国企业？"])
    assert "6月17日" in answer.text and "6月9日" not in answer.text


@pytest.mark.parametrize(
    ("history", "then", "count"),
    [
        ("殷勇会见了哪些外国企业？", "其中有哪些美国企业？", "共**5**家"),
        ("Which foreign firms did Yin Yong meet?", "What about Japanese ones?", "**2** firms"),
    ],
)
def test_firms_of_one_country_are_counted_alone(assistant: Assistant, history: str, then: str, count: str) -> None:
    assert count in assistant.ask(then, [history]).text


def test_which_leader_it_was_then_is_not_the_one_before(assistant: Assistant) -> None:
    answer = assistant.ask("三天以后见戴姆勒董事长的又是哪位领导？", ["4月27日蔡奇视频会见了哪家英国公司的总裁？"])
    assert "**陈吉宁**" in answer.text and "蔡奇" not in answer.text


def test_another_month_and_another_verb_ask_for_another_thing(assistant: Assistant) -> None:
    answer = assistant.ask("那10月份他们又请了哪些人去那儿参观？", ["国合署和延庆区7月10日签了什么文件？"])
    assert any("驻华使节" in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("history", "then", "count"),
    [
        ("莫高义出席了哪些活动？", "其中哪些是和殷勇一起的？", "共**2**项"),
        ("陈吉宁9月出席了哪些活动？", "其中和蔡奇一起出席的有几场？", "共**6**项"),
        ("Which events did Yin Yong attend in September?", "Only those with Cai Qi.", "**4** items"),
        ("殷勇会见了哪些人？", "只说美国的", "共**5**次"),
    ],
)
def test_somebody_else_or_a_country_narrows_what_was_found(
    assistant: Assistant, history: str, then: str, count: str
) -> None:
    assert count in assistant.ask(then, [history]).text


def test_nobody_of_that_month_is_nobody(assistant: Assistant) -> None:
    assert standalone(assistant, "殷勇会见了哪些人？", "只要9月的")["people"] == ("殷勇",)
    assert assistant.ask("只要9月的", ["殷勇会见了哪些人？"]).abstained


def test_another_person_is_asked_what_the_first_was(assistant: Assistant) -> None:
    assert assistant.ask("陈吉宁呢？", ["李伟向曼谷市议会议长致信是什么时候？"]).abstained


def test_the_year_after_is_another_one(assistant: Assistant) -> None:
    first = "首届京港澳青少年音乐嘉年华在哪里闭幕？"
    assert standalone(assistant, first, "明年的呢？")["years"] == (2022,)
    assert standalone(assistant, first, "And the previous year?")["years"] == (2020,)
    assert assistant.ask("明年的呢？", [first]).abstained


def test_the_winner_is_none_of_the_organisers(assistant: Assistant) -> None:
    assert assistant.ask("第一名是谁？", ["领保情景剧大赛是谁主办的？"]).abstained
    assert standalone(assistant, "领保情景剧大赛是谁主办的？", "讲解员是谁？")["relation"] is None


def test_others_beside_whoever_holds_an_office(assistant: Assistant) -> None:
    answer = assistant.ask("除了市长，那次还有哪位市领导在场？", ["第15届长城友谊奖是什么时候颁的？"])
    assert "**崔述强**" in answer.text and "**陈吉宁**" not in answer.text


def test_a_name_is_cut_apart_from_what_points_back(assistant: Assistant) -> None:
    assert "拜耳" in standalone(assistant, "市长见戴姆勒的董事长是什么时候？", "那拜耳呢？")["terms"]  # type: ignore[operator]
