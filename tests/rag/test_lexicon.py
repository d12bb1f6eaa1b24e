from dataclasses import replace

import pytest

from rag.lexicon import Lexicon, names_in, searchable
from rag.retriever import Retriever
from rag.types import Unit


@pytest.fixture(scope="module")
def lexicon(retriever: Retriever) -> Lexicon:
    return retriever.lexicon


def unit(text: str, **more: object) -> Unit:
    given: dict[str, object] = {"title": "题", "section": None, "authors": ()} | more
    return Unit(id=text, kind="entry", text=text, source="c", lines=(1, 1), **given)


@pytest.mark.parametrize("name", ["殷勇", "孙梅君", "熊九玲", "奈吉尔·威尔逊", "爱德华多·帕埃斯", "彼得森", "吕思清"])
def test_the_chapters_people_are_known_from_rows_and_from_running_text(lexicon: Lexicon, name: str) -> None:
    assert lexicon.people[name]


def test_a_name_stands_where_its_units_stand(lexicon: Lexicon, retriever: Retriever) -> None:
    for name, numbers in lexicon.people.items():
        assert numbers
        assert all(name in retriever.units[number].text for number in numbers)


def test_authors_sections_tables_and_years_are_those_of_the_chapter(lexicon: Lexicon) -> None:
    assert {"杨柳", "李娜", "唐斐婷"} & set(lexicon.authors) == {"杨柳", "李娜"}
    assert {"对外交往", "外事管理与服务", "港澳事务"} <= set(lexicon.sections)
    assert set(lexicon.tables) == {"表4", "表5", "表6", "表7"}
    assert lexicon.years.most_common(1)[0][0] == 2021


@pytest.mark.parametrize(
    ("letters", "name"), [("yinyong", "殷勇"), ("yongyin", "殷勇"), ("suhailan", "肃海岚"), ("yangliu", "杨柳")]
)
def test_pinyin_in_either_order_finds_the_name(lexicon: Lexicon, letters: str, name: str) -> None:
    assert name in lexicon.by_pinyin(letters)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("殷永", "殷勇"),
        ("张佳明", "张家明"),
        ("陈吉林", "陈吉宁"),
        ("奈吉尔·威尔孙", "奈吉尔·威尔逊"),
        ("李鸿章", None),
    ],
)
def test_near_forgives_one_character(lexicon: Lexicon, written: str, meant: str | None) -> None:
    assert lexicon.near(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Chen Jinning", "陈吉宁"),
        ("Ying Yong", "殷勇"),
        ("Jiaming Zhan", "张家明"),
        ("Chen Jining", None),  # it's no slip
        ("Li Wen", None),
        ("Chen Jimin", None),
    ],
)
def test_pinyin_a_letter_off_is_the_one_name_it_can_be(lexicon: Lexicon, written: str, meant: str | None) -> None:
    assert lexicon.near_pinyin(written) == meant


def test_a_name_that_could_be_either_of_two_is_neither() -> None:
    lexicon = Lexicon([unit("市长陈吉宁出席。副市长陈吉安出席。")])
    assert {"陈吉宁", "陈吉安"} <= set(lexicon.people) and lexicon.near("陈吉林") is None


def test_offices_have_the_holders_that_the_text_gives_them(lexicon: Lexicon) -> None:
    assert lexicon.holder("市长") == "陈吉宁"
    assert lexicon.holder("市委书记") == "蔡奇"
    assert lexicon.holder("国王") is None


def test_another_citys_mayor_holds_no_office_here() -> None:
    lexicon = Lexicon([unit("3月1日，首尔市市长吴世勋来访。"), unit("3月2日，市长陈吉宁出席。")])
    assert lexicon.holder("市长") == "陈吉宁"


def test_an_empty_corpus_knows_nobody() -> None:
    lexicon = Lexicon([])
    assert not lexicon.people and lexicon.by_pinyin("yinyong") == [] and lexicon.near("殷勇") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("市长陈吉宁出席并致辞。", {"陈吉宁"}),
        ("小提琴演奏家吕思清和钢琴演奏家郎朗等参加。", {"吕思清", "郎朗"}),
        ("向里约热内卢市市长爱德华多·帕埃斯致信。", {"爱德华多·帕埃斯"}),
        ("举办“太极·北京”国际健身交流会。", set()),
        ("大会闭幕。", set()),
    ],
)
def test_names_in_running_text(text: str, names: set[str]) -> None:
    assert set(names_in(text)) == names


def test_searchable_holds_every_word_of_a_unit() -> None:
    row = unit("4月6日 会见", title="一览表", section="节", table="表6", fields={"时间": "4月6日", "国别": "英国"})
    for word in ("表6", "一览表", "节", "英国", "会见"):
        assert word in searchable(row)


def test_the_columns_of_a_plain_tables_row_are_words_of_it(plain_row: Unit) -> None:
    assert "企业名称" in searchable(plain_row) and "6.7亿元" in searchable(plain_row)
    assert "企业名称" not in searchable(replace(plain_row, activity="签约"))
