import pytest

from rag.relations import (
    OBJECTS,
    RELATIONS,
    done_by,
    has_relation,
    is_envoy,
    is_firm,
    is_international,
    objects_in,
    relation_in,
)


@pytest.mark.parametrize(
    ("text", "english", "relation"),
    [
        ("殷勇见过哪些人", False, "met"),
        ("谁接见了大使", False, "met"),
        ("出席了什么活动", False, "attended"),
        ("给谁写信", False, "wrote"),
        ("向谁致信", False, "wrote"),
        ("捐赠了多少口罩", False, "donated"),
        ("哪个部门主办", False, "organised"),
        ("谁印发了方案", False, "issued"),
        ("天气如何", False, None),
        ("whom did he meet", True, "met"),
        ("she was meeting an envoy", True, "met"),
        ("Which forums did he attend?", True, "attended"),
        ("who wrote to the mayor", True, "wrote"),
        ("How many masks were donated?", True, "donated"),
        ("who organised the festival", True, "organised"),
        ("How many staff were trained?", True, "trained"),
        ("the metal box", True, None),
        ("When did the first freight train leave?", True, None),
        ("给哪些市长发过祝贺当选的信", False, "wrote"),
        ("发过多少条信息", False, None),
        ("谁主持了会议", False, "chaired"),
        ("主持人是谁", False, None),
        ("How many sessions did she chair in May?", True, "chaired"),
        ("Who presided over the ceremony?", True, "chaired"),
        ("Who was the presiding judge?", True, None),
        ("Who became the chair of the board?", True, None),
    ],
)
def test_relation_in(text: str, english: bool, relation: str | None) -> None:
    assert relation_in(text, english=english) == relation


@pytest.mark.parametrize(
    ("text", "english", "kind"),
    [
        ("哪些外资企业", False, "firm"),
        ("哪国大使", False, "envoy"),
        ("which companies", True, "firm"),
        ("which ambassadors", True, "envoy"),
        ("what countries", True, "country"),
        ("哪些论坛", False, "event"),
    ],
)
def test_objects_in(text: str, english: bool, kind: str) -> None:
    assert kind in objects_in(text, english=english)


def test_what_names_no_kind_has_none() -> None:
    assert objects_in("天气如何", english=False) == []
    assert objects_in("how is the weather", english=True) == []


@pytest.mark.parametrize("name", RELATIONS)
def test_every_relation_is_told_from_the_others_in_evidence(name: str) -> None:
    example = {
        "met": "会见总裁",
        "wrote": "向市长致信",
        "attended": "出席开幕式",
        "spoke": "开幕式上致辞",
        "donated": "捐赠口罩",
        "signed": "签署协议",
        "organised": "举办论坛",
        "trained": "业务培训",
        "chaired": "主持开工仪式",
        "issued": "印发方案",
    }[name]
    assert [relation for relation in RELATIONS if has_relation(relation, example)] == [name]


@pytest.mark.parametrize(
    ("party", "firm"),
    [
        ("某能源集团全球总裁兼首席执行官", True),
        ("某银行（中国）有限公司行长", True),
        ("美国某公司董事总经理", True),
        ("芬兰驻华大使", False),
        ("国际组织中国办事处主任", False),
        ("日本某株式会社社长", True),
        ("某市市长", False),
        ("东京都议会议长", False),
    ],
)
def test_is_firm(party: str, firm: bool) -> None:
    assert is_firm(party) is firm


@pytest.mark.parametrize(("party", "envoy"), [("驻华使馆公使", True), ("驻华大使", True), ("某集团总裁", False)])
def test_is_envoy(party: str, envoy: bool) -> None:
    assert is_envoy(party) is envoy


def test_the_tables_have_both_languages() -> None:
    assert all(len(patterns) == 2 and all(patterns) for patterns in (*RELATIONS.values(), *OBJECTS.values()))


def test_international_organisations_are_neither_firms_nor_envoys() -> None:
    assert is_international("会见世界知识产权组织中国办事处主任")
    assert not is_international("会见某集团董事长")
    assert not is_international("会见芬兰驻华大使")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("出席了哪些活动？会见不算。", "attended"),
        ("会见除外，出席了哪些活动？", "attended"),
        ("出席了哪些会见？", "met"),
    ],
)
def test_what_is_not_to_count_is_no_relation(text: str, relation: str) -> None:
    assert relation_in(text, english=False) == relation


def test_talking_to_somebody_is_meeting_him() -> None:
    assert relation_in("Whom did he talk to by video?", english=True) == "met"
    assert relation_in("Did he talk about the forum?", english=True) is None


@pytest.mark.parametrize(
    ("columns", "verb"),
    [
        ({"时间": "5月27日", "主持人": "祁素梅", "内容": "会议"}, "主持"),
        ({"时间": "5月27日", "主持人": "陆振邦", "内容": "祁素梅报告"}, ""),
        ({"联系人": "祁素梅"}, ""),
    ],
)
def test_a_columns_name_says_what_the_people_in_it_do(columns: dict[str, str], verb: str) -> None:
    assert done_by(columns, ["祁素梅"]) == verb
