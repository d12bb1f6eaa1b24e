from dataclasses import replace

import pytest

from rag.question import Question
from rag.terms import Term
from rag.types import Evidence, Unit
from rag.values import bold, fits, people

ROW = Unit(
    id="r",
    kind="row",
    title="会见一览表",
    section=None,
    text="6月8日 陈某 德国 会见某集团主席沃纳·保曼",
    authors=(),
    source="t",
    lines=(1, 1),
    date="6月8日",
    people=("陈某",),
    country="德国",
    activity="会见某集团主席沃纳·保曼",
)


def asking(asks: str, text: str = "问", **more: object) -> Question:
    return Question(text=text, standalone=text, language="zh", asks=asks, **more)  # type: ignore[arg-type]


def test_people_are_those_named_in_the_order_of_the_sentence() -> None:
    assert people("蔡奇、殷勇出席，殷勇致辞。", ["殷勇", "陈吉宁", "蔡奇"]) == ["蔡奇", "殷勇"]
    assert people("无人。", ["殷勇"]) == []


@pytest.mark.parametrize(
    ("asks", "carries", "lacks"),
    [
        ("when", "5月27日，活动举行。", "活动举行。"),
        ("how much", "签约金额88.14亿美元。", "签约11个项目。"),
        ("why", "为纪念结好，双方举办活动。", "双方举办活动。"),
        ("where", "活动在金盏森林公园举行。", "活动举行。"),
        ("which all", "甲、乙、丙参加。", "甲参加。"),
    ],
)
def test_a_sentence_fits_when_it_holds_the_kind_of_value_asked_for(asks: str, carries: str, lacks: str) -> None:
    assert fits(asks, asking(asks), carries, ())
    assert not fits(asks, asking(asks), lacks, ())


def test_a_bare_year_number_is_no_date() -> None:
    assert not fits("when", asking("when"), "设成“2022”欢迎墙。", ())


def test_a_year_that_is_asked_for_is_no_day() -> None:
    piece = Evidence(ROW, "2月27日，2018年当选的院士获奖。", 1.0)
    assert bold("when", asking("when", "哪一年当选？"), piece, ()) == ["2018年"]
    assert bold("when", asking("when", "什么时候获奖？"), piece, ()) == ["2月27日"]


def test_the_year_in_the_name_of_an_award_is_not_when_something_was() -> None:
    asked = asking("when", "哪一年当选院士？")
    assert not fits("when", asked, "2月27日，院士陆秉南获2017年度最高奖。", ())
    assert fits("when", asked, "2017年当选的院士获奖。", ())


@pytest.mark.parametrize(
    ("text", "holds"),
    [("How much did it cost?", False), ("How much prize money?", False), ("How much did it fall?", True)],
)
def test_a_share_is_no_sum_of_money(text: str, holds: bool) -> None:
    question = Question(text=text, standalone=text, language="en", asks="how much")
    assert fits("how much", question, "比上年下降61.6%。", ()) is holds


@pytest.mark.parametrize("sentence", ["殷勇会见芬兰驻华大使肃海岚", "旨在增强国际交往中心功能建设。", "活动在线举行"])
def test_what_holds_no_place_tells_no_place(sentence: str) -> None:
    assert not fits("where", asking("where", "会见在哪里？"), sentence, ())


@pytest.mark.parametrize(
    "sentence", ["到云岭县沙坪教学点看望师生", "在三亚举行。", "步道东至白鹭村。", "外办赴首钢园考察"]
)
def test_what_holds_a_place_tells_it(sentence: str) -> None:
    assert fits("where", asking("where", "是在哪里？"), sentence, ())


def test_who_in_a_row_is_the_other_side_of_what_the_question_names() -> None:
    piece = Evidence(ROW, ROW.text, 1.0)
    assert bold("who", asking("who"), piece, ("陈某", "沃纳·保曼")) == ["陈某"]
    assert bold("who", asking("who", people=("陈某",)), piece, ("陈某", "沃纳·保曼")) == ["沃纳·保曼"]


def test_the_holder_of_an_office_stands_beside_it_and_its_place() -> None:
    seoul = Term("首尔市", ("首尔市", "首尔"), 4.0, named=True)
    asked = asking("who", "首尔市市长是谁？", terms=(seoul,))
    assert fits("who", asked, "韩国首尔市市长吴世勋出席。", ("吴世勋",))
    assert not fits("who", asked, "市领导出席。", ("吴世勋",))
    assert not fits("who", asked, "首尔市市长或代表出席。", ())


def test_the_head_of_a_firm_stands_after_his_office() -> None:
    firm = Term("太古", ("太古",), 4.0)
    for question in ("太古集团的总裁叫什么？", "谁是太古集团总裁"):
        asked = asking("who", question, terms=(firm,))
        piece = Evidence(ROW, "蔡奇会见英国太古集团总裁施铭伦", 1.0)
        assert bold("who", asked, piece, ("蔡奇",)) == ["施铭伦"]


@pytest.mark.parametrize(
    ("text", "carries", "lacks"),
    [
        ("哪个县入选示范县？", "枫岭县入选示范县。", "建成县级服务中心5个。"),
        ("在哪个乡首次发现？", "5月14日在和平乡首次发现。", "5月14日首次发现。"),
        ("Which village won the title?", "莲洲村入选。", "全市3个村入选。"),
        ("哪个街道获评？", "云麓区松风街道获评。", "云麓区3个街道获评。"),
    ],
)
def test_a_place_is_of_the_kind_that_is_asked_for(text: str, carries: str, lacks: str) -> None:
    assert fits("where", asking("where", text), carries, ())
    assert not fits("where", asking("where", text), lacks, ())


def test_a_body_builds_as_well_as_a_person_does() -> None:
    assert fits("who", asking("who", "平台是谁建的？"), "平台由市大数据集团建设。", ())
    assert not fits("who", asking("who", "平台是谁说的？"), "平台由市大数据集团建设。", ())
    assert fits("who", asking("who", "Who was the contractor?"), "工程由华澜路桥建设有限公司承建。", ())


def test_the_head_of_a_district_is_asked_for_by_his_office() -> None:
    assert not fits("who", asking("who", "北澄区的区长是谁？"), "丁香园 北澄区 2.6 1150", ())


def test_the_holder_stands_between_his_office_and_what_he_did() -> None:
    asked = replace(asking("who", "税务局局长叫什么名字？"), terms=(Term("税务局", ("税务局",), 3.0),))
    assert fits("who", asked, "市税务局局长褚青禾为首批12名体验师颁发聘书。", ())
    assert not fits("who", asked, "市税务局局长为首批12名体验师颁发聘书。", ())


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("《公共场所标识条例》什么时候施行？", ["2023年3月1日"]),
        ("《公共场所标识条例》哪天通过？", ["9月28日"]),
        ("When did it take effect?", ["2023年3月1日"]),
    ],
)
def test_a_law_is_in_force_from_another_day_than_it_was_passed(question: str, days: list[str]) -> None:
    piece = replace(ROW, kind="entry", activity=None, people=())
    quote = "9月28日，市人大常委会审议通过《公共场所标识条例》，自2023年3月1日起施行。"
    assert bold("when", asking("when", question), Evidence(piece, quote, 1.0), ()) == days


def test_whoever_is_named_behind_an_office_is_a_guest_as_well() -> None:
    quote = "市长陈某、澜江省省长贺云舟分别出席开幕式。"
    entry = replace(ROW, kind="entry", activity=None, people=())
    assert bold("who", asking("who", "谁出席了？", relation="attended"), Evidence(entry, quote, 1.0), ["陈某"]) == [
        "陈某",
        "贺云舟",
    ]


def test_the_country_asked_for_is_in_bold() -> None:
    asked = asking("where", "是哪个国家的？")
    assert bold("where", asked, Evidence(ROW, ROW.text, 1.0), ()) == ["德国"]


def test_a_place_swallows_no_verb() -> None:
    entry = replace(ROW, kind="entry", activity=None, people=())
    asked = asking("where", "在哪里举办？")
    assert bold("where", asked, Evidence(entry, "论坛在澜州汀陵两地同步举办。", 1.0), ()) == ["澜州汀陵两地"]
    assert bold("where", asked, Evidence(entry, "两人在两地会场出席开幕式。", 1.0), ()) == []


def test_a_lecturer_is_a_person_and_an_organiser_a_body() -> None:
    jury = replace(asking("who", "戏剧大赛的评委是谁？"), terms=(Term("戏剧", ("戏剧",), 5.0), Term("评委", (), 3.0)))
    assert not fits("who", jury, "6月，戏剧大赛举行。", ())
    lecturer = replace(asking("who", "培训班的讲师是谁？"), relation="trained", terms=(Term("讲师", (), 3.0),))
    assert not fits("who", lecturer, "培训由市教育局组织。", ())
    organiser = replace(
        asking("who", "音乐节的主办单位是谁？"), relation="organised", objects=("organisation",), terms=()
    )
    assert not fits("who", organiser, "5月，音乐节举办。", ())
    assert fits("who", organiser, "音乐节由市文旅局主办。", ())
    assert fits("who", asking("who", "Who passed it?"), "市人大常委会审议通过《条例》。", ())
