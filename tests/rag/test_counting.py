from dataclasses import replace

import pytest

from rag.counting import asked_number
from rag.question import Question
from rag.terms import Term


def asking(text: str, language: str = "zh") -> Question:
    return Question(text=text, standalone=text, language=language, asks="how many")


@pytest.mark.parametrize(
    ("question", "sentence", "number"),
    [
        ("来了多少家使团？", "140余家使团的近150位外交官植树。", "140余家"),
        ("捐了多少口罩？", "筹集捐赠3万只医用口罩。", "3万只"),
        ("来了多少年轻人？", "展出3年，来自香港的90余名年轻人参加。", "90余名"),
        ("有多少人参加？", "140余家使团的近150位外交官植树。", "近150位"),
        ("来自几个国家？", "来自12个国家的15位人士获奖。", "12个"),
        ("展出花灯多少盏？", "展出花灯1500盏。", "1500盏"),
        ("译文抽查了多少万字？", "全年抽查132万字。", "132万"),
        ("就诊率是多少？", "全市二级以上预约就诊率达85%。", "85%"),
        ("人数？", "共约120人参加。", "约120人"),
        ("办到第几届了？", "举办第十九届研讨会。", "第十九届"),
        ("她多大年纪？", "邀请105岁高龄的女士出席。", "105岁"),
        ("交了多少份申请？", "共受理申请251件。", "251件"),
        ("新增了多少学位？", "新建16所学校，增加学位28110个。", "28110个"),
        ("第15届奖有多少人获奖？", "15位获奖者出席第15届颁奖。", "15位"),
        ("大桥有多长,连接哪里？", "全长2846米，主跨468米，设计时速60公里。", "2846米"),
        ("公园面积多大？", "公园占地36.8公顷，投资2.1亿元。", "36.8公顷"),
        ("首日载了多少客？", "设车站22座，首日运送乘客21.3万人次。", "21.3万人次"),
        ("一年能发多少电？", "安装风机48台，年发电量9.6亿千瓦时。", "9.6亿千瓦时"),
        ("一年能产多少？", "涉及31个村，年产量1.9万吨。", "1.9万吨"),
    ],
)
def test_the_number_that_counts_what_is_asked(question: str, sentence: str, number: str) -> None:
    match = asked_number(asking(question), sentence)
    assert match is not None
    assert match[1] == number


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("一共种了多少棵树？", "140余家使团的近150位外交官植树。"),
        ("有多少人参加？", "收到作品220部。"),
        ("有多少人参加？", "来自东城区等10家单位公务员参加。"),
        ("结好多少周年？", "21个城市参会。"),
    ],
)
def test_a_number_of_something_else_counts_nothing(question: str, sentence: str) -> None:
    assert asked_number(asking(question), sentence) is None


def test_an_english_noun_finds_the_number_beside_its_chinese_forms() -> None:
    match = asked_number(asking("How many works were sent in?", "en"), "收到作品220部，3个奖项。", [("作品",)])
    assert match is not None
    assert match[1] == "220部"


@pytest.mark.parametrize(
    ("question", "sentence", "holds"),
    [
        ("发病率降到了多少？", "发病率由23%降至6.5%，亩均增收2400元。", True),
        ("年薪是多少？", "聘请教练5名，执教3年。", False),
        ("来了多少人？", "座席由2.8万个增至3.6万个，停车位900个。", False),
        ("占比是多少？", "占总数的12.5%，共300家。", True),
        ("直径有多大？", "直径15.03米的盾构机下线。", True),
    ],
)
def test_a_bare_how_much_takes_any_number_of_its_thing(question: str, sentence: str, holds: bool) -> None:
    asked = replace(asking(question), terms=(Term("年薪", ("年薪",), 3.0), Term("直径", ("直径",), 3.0)))
    assert bool(asked_number(asked, sentence)) is holds


@pytest.mark.parametrize(
    ("question", "number"),
    [("两市结好多少年了？", "15周年"), ("是几周年？", "15周年"), ("一共多少人？", None)],
)
def test_years_that_are_counted_may_be_an_anniversarys(question: str, number: str | None) -> None:
    found = asked_number(asking(question), "两市庆祝缔结友城关系15周年。")
    assert (found and found[1]) == number


def test_a_number_right_behind_its_noun_counts_it_as_well_as_one_before() -> None:
    nouns = [("基站",)]
    behind = asked_number(asking("How many base stations?", "en"), "累计建成5G基站4180座，供电站3座。", nouns)
    assert behind == (1.0, "4180座")


def test_a_number_is_nothing_beside_what_the_corpus_has_no_word_for() -> None:
    question = replace(
        asking("教练员的 salary 是多少？"), terms=(Term("教练员", ("教练员",), 3.0), Term("salary", (), 1.0))
    )
    assert asked_number(question, "年内，聘请外籍教练员5名。") is None


@pytest.mark.parametrize(
    ("question", "sentence", "number"),
    [
        ("提醒多少条？", "推送快讯12267条、提醒1089条。", "1089条"),
        ("伤亡人数是多少？", "伤亡人数连续3年下降。", None),
        ("建了多少户？", "共有96家医院。", None),
    ],
)
def test_of_several_numbers_the_one_right_behind_its_noun(question: str, sentence: str, number: str | None) -> None:
    found = asked_number(asking(question), sentence)
    assert (found[1] if found else None) == number


def test_what_stands_behind_among_them_is_counted_by_the_noun_before_it() -> None:
    terms = tuple(Term(word, (word,), 4.0) for word in ("会议", "国务院", "审批"))
    sentence = "全年举办会议31场，其中报国务院审批4场、市里审批27场。"
    state = replace(asking("How many conferences did the State Council approve?", "en"), terms=terms)
    assert asked_number(state, sentence, [("会议",)]) == (1.0, "4场")
    every = replace(asking("How many conferences were held?", "en"), terms=terms[:1])
    assert asked_number(every, sentence, [("会议",)]) == (1.0, "31场")


@pytest.mark.parametrize(
    ("question", "sentence", "number"),
    [
        ("多少作品获奖？", "共评出10个奖项，40部作品和10余家单位获奖。", "40部"),
        ("多少志愿者上岗？", "300名医生、120名志愿者上岗。", "120名"),
        ("多少学生接种了疫苗？", "12—17岁学生接种启动，共9000名学生接种。", "9000名"),
    ],
)
def test_a_number_counts_the_noun_beside_it(question: str, sentence: str, number: str) -> None:
    found = asked_number(asking(question), sentence)
    assert found and found[1] == number


def test_bodies_are_no_people() -> None:
    assert asked_number(asking("多少人参加？"), "来自10家单位的公务员参加。") is None


def test_young_people_go_by_several_names() -> None:
    young = Term("年轻人", ("青年", "青少年"), 4.0, strengths=(0.8, 0.8))
    asked = replace(asking("来了多少年轻人？"), terms=(young,))
    found = asked_number(asked, "20多名音乐导师授课，90余名青少年参加。")
    assert found and found[1] == "90余名"


def test_of_several_groups_the_one_asked_for_is_counted() -> None:
    asked = asking("How many foreigners got vaccinated?", "en")
    found = asked_number(asked, "约4万名外籍人士、1万余名台籍同胞完成接种。", [("外籍人士",)])
    assert found and found[1] == "约4万名"
