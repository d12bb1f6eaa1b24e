from collections.abc import Callable

import pytest

from rag.assistant import Assistant
from rag.listing import collect, content, is_exhaustive, title_asked
from rag.question import Question, understand
from rag.retriever import Retriever
from rag.types import Evidence


def ask(text: str, retriever: Retriever) -> Question:
    return understand(text, retriever.lexicon, retriever.keywords)


def collected(text: str, retriever: Retriever) -> list[Evidence]:
    question = ask(text, retriever)
    return collect(question, retriever, retriever.select(question))


@pytest.mark.parametrize(
    "text",
    [
        "殷勇都见过谁？",
        "What did Cui Shuqiang attend?",
        "哪些条目是杨柳署名的？",
        "What happened on May 20?",
        "表7里有哪些内容？",
    ],
)
def test_what_selects_is_listed_whole_whatever_the_question_word(retriever: Retriever, text: str) -> None:
    assert is_exhaustive(ask(text, retriever))


@pytest.mark.parametrize("text", ["长城友谊奖颁给了多少人？", "Where was the tree planting held?"])
def test_one_passage_is_enough_for_a_fact(retriever: Retriever, text: str) -> None:
    assert not is_exhaustive(ask(text, retriever))


def test_an_ambassador_and_an_organisation_are_no_firms(retriever: Retriever) -> None:
    everybody = collected("殷勇会见了哪些人？", retriever)
    firms = collected("殷勇会见了哪些企业？", retriever)
    left = {piece.unit.activity for piece in everybody} - {piece.unit.activity for piece in firms}
    assert left == {"会见芬兰驻华大使肃海岚", "会见世界知识产权组织中国办事处主任刘华"}


def test_attending_is_not_meeting(retriever: Retriever) -> None:
    met = collected("崔述强会见了谁？", retriever)
    assert met
    assert all("会见" in piece.quote for piece in met)


def test_a_date_selects_the_days_within_it(retriever: Retriever) -> None:
    found = collected("陈吉宁6月出席了哪些活动？", retriever)
    assert [piece.unit.date for piece in found] == ["6月18日"]


def test_common_adjectives_single_nothing_out(retriever: Retriever) -> None:
    assert [term.surface for term in content(ask("哪些外国机器人企业？", retriever))] == ["机器人"]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("条目标题里带“培训班”的有哪些？", "培训班"),
        ('Which entries have a title that contains the word "论坛"?', "论坛"),
        ("哪些条目讲了培训？", None),
    ],
)
def test_a_title_may_be_asked_for_by_its_words(retriever: Retriever, text: str, part: str | None) -> None:
    question = ask(text, retriever)
    assert title_asked(question) == part
    if part:
        assert is_exhaustive(question)
        found = collected(text, retriever)
        assert found
        assert all(part in piece.unit.title for piece in found)


def test_by_video_and_alone_narrow_a_list(retriever: Retriever) -> None:
    everything = {piece.unit.id for piece in collected("殷勇会见了谁？", retriever)}
    afar = collected("殷勇视频会见了谁？", retriever)
    assert {piece.unit.id for piece in afar} < everything
    assert all("视频" in piece.quote for piece in afar)
    alone = [p for p in collected("表4中只有陈吉宁一位市领导出面的会见有哪些？", retriever) if p.unit.kind == "row"]
    assert alone
    assert all(piece.unit.people == ("陈吉宁",) for piece in alone)


def test_a_table_is_meant_by_its_captions_words(retriever: Retriever) -> None:
    question = ask("会见外国知名人士的表里一共记了几次？", retriever)
    assert question.table in retriever.lexicon.captions.values()
    found = collected("会见外国知名人士的表里一共记了几次？", retriever)
    rows = [unit for unit in retriever.units if question.table in (unit.table, unit.title)]
    assert [piece.unit.id for piece in found] == [unit.id for unit in rows]
    assert ask("几张一览表里都有谁？", retriever).table is None


def test_of_several_people_each_ones_where_nothing_tells_of_all(retriever: Retriever) -> None:
    def units(text: str) -> set[str]:
        return {piece.unit.id for piece in collected(text, retriever)}

    his, hers = units("莫高义会见了谁？"), units("殷勇会见了谁？")
    assert his
    assert units("莫高义和殷勇会见了谁？") == his | hers  # never together
    assert units("莫高义和殷勇一起会见了谁？") == set()
    together = units("殷勇和陈吉宁会见了谁？")
    assert together
    assert together < units("殷勇或陈吉宁会见了谁？")
    found = collected("Who did Mo Gaoyi or Yin Yong meet?", retriever)
    assert [piece.unit.id for piece in found] == [unit.id for unit in retriever.units if unit.id in his | hers]


def test_a_forum_is_a_kind_of_event_of_its_own(retriever: Retriever) -> None:
    forums = collected("陈吉宁出席了哪些论坛？", retriever)
    assert forums
    assert all("论坛" in piece.unit.text for piece in forums)
    events = collected("陈吉宁出席了哪些论坛和活动？", retriever)
    assert {piece.unit.id for piece in forums} < {piece.unit.id for piece in events}
    assert {p.unit.id for p in events} == {p.unit.id for p in collected("陈吉宁出席了哪些活动？", retriever)}


def test_a_condition_narrows_a_list_within_the_words_for_it(retriever: Retriever) -> None:
    letters = {piece.unit.id for piece in collected("陈吉宁写过哪些贺信？", retriever)}
    elected = {piece.unit.id for piece in collected("陈吉宁给哪些刚上任或当选的市长写过贺信？", retriever)}
    assert elected
    assert elected < letters


SESSIONS = """【常委会会议】年内，市人大常委会召开会议3次。

（王　淼）

表1  2021年市人大常委会会议一览表

时间 主持人 会议内容

2月3日 陆振邦 第三十七次会议，审议通过工作要点

5月27日 祁素梅 第三十九次会议，审议执法检查报告

6月24日 陆振邦 第四十次会议，听取老旧小区改造情况报告

【办法施行】《市养犬办法》自5月1日起施行。年内，发布《餐厨废弃物管理办法》《电动自行车管理规定》，废止规章6件。

（李　娜）
"""


@pytest.mark.parametrize(
    "text", ["陆振邦主持了哪几次会议？", "How many sessions did 陆振邦 chair?", "陆振邦主持过几次常委会会议？"]
)
def test_whoever_stands_under_a_column_did_what_it_is_called_by(
    assistant_of: Callable[[str], Assistant], text: str
) -> None:
    answer = assistant_of(SESSIONS).ask(text)
    assert [citation.quote.split()[0] for citation in answer.citations] == ["2月3日", "6月24日"]
    assert "陆振邦主持第三十七次会议" in answer.text or "chaired (主持) 第三十七次会议" in answer.text


def test_who_chaired_is_who_stands_under_the_column(assistant_of: Callable[[str], Assistant]) -> None:
    assert "祁素梅" in assistant_of(SESSIONS).ask("审议执法检查报告的会议是谁主持的？").text


def test_titles_in_a_row_are_a_list(assistant_of: Callable[[str], Assistant]) -> None:
    text = assistant_of(SESSIONS).ask("发布了哪些规章？").text
    assert "餐厨废弃物" in text and "电动自行车" in text


def test_what_came_into_force_was_put_into_practice(assistant_of: Callable[[str], Assistant]) -> None:
    assert "May 1" in assistant_of(SESSIONS).ask("When did the 市养犬办法 come into force?").text


ABROAD = """【对外抗疫合作】年内，全市加强抗疫合作，向老挝万象市、柬埔寨金边市捐赠防疫物资。

【社团交流】年内，市友协举办图片展12场。开展抗疫合作，为塞内加尔筹集捐赠3万只医用口罩。

【捐资助学】年内，市慈善总会向山区学校捐赠图书2万册。

【友好往来】7月8日，市议会主任周立言为首尔市议会活动致视频贺词。8月，周立言向曼谷市议会议长致信，祝贺其当选。
"""


@pytest.mark.parametrize(
    "text",
    [
        "全市向哪些国家和城市捐过防疫物资？",
        "给国外哪些地方送过抗疫物资？",
        "Which countries were sent masks and supplies?",
    ],
)
def test_whoever_was_sent_something_is_listed_whatever_it_was(
    assistant_of: Callable[[str], Assistant], text: str
) -> None:
    told = assistant_of(ABROAD).ask(text).text
    assert "金边" in told and "塞内加尔" in told and "山区" not in told


def test_a_greeting_by_video_is_no_letter(assistant_of: Callable[[str], Assistant]) -> None:
    assistant = assistant_of(ABROAD)
    assert "首尔" not in assistant.ask("周立言向谁致信？").text
    assert "首尔" in assistant.ask("周立言给哪些议会发过贺信、贺词？").text


def test_a_yes_lists_no_other_event(assistant: Assistant) -> None:
    told = assistant.ask("蔡奇出席了服贸会全球服务贸易峰会吗？").text
    assert "9月2日" in told and "北京日" not in told


FORUM = """【首都市长论坛举行】11月18日，由波黑萨拉热窝市主办的第五届首都市长论坛举行，
市长陆振邦出席并致辞。塞尔维亚贝尔格莱德、希腊雅典、罗马尼亚布加勒斯特等城市代表参加。
"""


def test_places_that_were_represented_stand_in_one_sentence(
    assistant_of: Callable[[str], Assistant], assistant: Assistant
) -> None:
    assert "布加勒斯特" in assistant_of(FORUM).ask("哪些国家的城市参加了首都市长论坛？").text
    assert "地拉那" in assistant.ask("Which capitals took part in the China-CEEC capital mayors' forum?").text


@pytest.mark.parametrize("text", ["哪些会见是当面的，不是视频？", "Which meetings were in person, not by video?"])
def test_meetings_in_one_room_are_none_by_video(assistant: Assistant, text: str) -> None:
    quotes = [citation.quote for citation in assistant.ask(text).citations]
    assert len(quotes) > 5 and not any("视频" in quote for quote in quotes)


@pytest.mark.parametrize("text", ["视频会见有哪些？", "How many meetings were held by video?"])
def test_meetings_by_video_are_listed_alone(assistant: Assistant, text: str) -> None:
    quotes = [citation.quote for citation in assistant.ask(text).citations]
    assert len(quotes) > 5 and all("视频" in quote for quote in quotes)


def test_who_met_people_of_a_country_is_a_list(assistant: Assistant) -> None:
    assert len(assistant.ask("Who met people from the UK?").citations) > 3
    assert len(assistant.ask("How many events did Cai Qi attend in total?").citations) > 10


def test_by_one_person_alone(assistant: Assistant) -> None:
    assert len(assistant.ask("表4里由陈吉宁一个人出面的会见有几场？").citations) == 4


@pytest.mark.parametrize(
    "text", ["除了殷勇，还有谁会见过境外企业家？", "Besides Yin Yong, who else met foreign executives?"]
)
def test_of_others_no_record_of_him_alone_is_listed(assistant: Assistant, text: str) -> None:
    quotes = [citation.quote for citation in assistant.ask(text).citations]
    assert len(quotes) > 3
    assert all(any(name in quote for name in ("蔡奇", "陈吉宁", "崔述强")) for quote in quotes)


@pytest.mark.parametrize("text", ["七位市领导共同出席的活动是什么？", "Which event did seven city leaders attend?"])
def test_as_many_leaders_as_the_question_says(assistant: Assistant, text: str) -> None:
    assert [len(citation.unit.people) for citation in assistant.ask(text).citations] == [7]


@pytest.mark.parametrize("text", ["线下会见过哪些外宾？", "Which meetings were face to face?"])
def test_the_words_for_the_way_single_nothing_out(assistant: Assistant, text: str) -> None:
    units = [citation.unit for citation in assistant.ask(text).citations]
    assert len(units) > 5 and all(unit.kind == "row" and "视频" not in unit.text for unit in units)


LETTERS = """【市领导致信友好城市】1月，市长陆振邦向巴西累西腓市市长若昂·坎波斯致信，祝贺其就任。
4月，市长陆振邦分别向韩国大邱市市长洪准杓、老挝琅勃拉邦市市长坎平致信，祝贺其当选。
9月，市人大主任方静仪向日本金泽市议会议长高岩胜人致信。
"""


def test_of_an_entry_of_many_matters_the_sentences_that_name_it(assistant_of: Callable[[str], Assistant]) -> None:
    streets = "【{0}街整修】5月{0}日，{0}街完成整修，铺设管线{0}千米。\n"
    assistant = assistant_of(LETTERS + "".join(f"\n{streets.format(n)}" for n in range(1, 25)))
    for text in ("陆振邦向哪些韩国市长致信？", "哪些韩国市长收到了祝贺？"):
        told = assistant.ask(text).text
        assert "大邱" in told and "金泽" not in told and "累西腓" not in told


def test_whoever_has_an_office_of_the_city_is_one_of_its_leaders(assistant: Assistant) -> None:
    told = assistant.ask("哪些日本人收到了北京市领导的信？").text
    assert "三宅茂树" in told and "山中竹春" in told and "韩国" not in told


def test_a_counsellor_is_no_ambassador(assistant: Assistant) -> None:
    told = assistant.ask("市领导会见过哪些驻华大使？").text
    assert "肃海岚" in told and "公使" not in told


def test_a_table_of_meetings_tells_of_meetings(assistant: Assistant) -> None:
    told = assistant.ask("表6里有哪些国际组织的负责人？").text
    assert "刘华" in told and "大使" not in told


def test_a_man_of_a_country_is_of_that_country(assistant: Assistant) -> None:
    assert [c.unit.date for c in assistant.ask("殷勇会见过几位英国人？").citations] == ["4月6日"]


def test_a_continents_firms_are_those_of_its_countries(assistant: Assistant) -> None:
    told = assistant.ask("Which European companies' heads did Chen Jining meet?").text
    assert "戴姆勒" in told and "标普" not in told
