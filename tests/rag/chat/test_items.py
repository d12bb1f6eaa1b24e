from dataclasses import replace

from rag.chat.items import counted, day, items_of, silent
from rag.dates import Span
from rag.types import Answer, Citation, Unit

ROW = Unit(
    id="r",
    kind="row",
    title="会见一览表",
    section=None,
    text="4月6日 甲乙、丙丁 英国 会见某集团总裁",
    authors=(),
    source="chapter.txt",
    lines=(31, 31),
    table="表6",
    fields={"时间": "4月6日", "市领导": "甲乙、丙丁", "国别": "英国", "活动内容": "会见某集团总裁"},
    date="4月6日",
    people=("甲乙", "丙丁"),
    country="英国",
    activity="会见某集团总裁",
)
ENTRY = replace(ROW, id="e", kind="entry", title="访问", table=None, fields={}, date=None, people=(), country=None)
ENTRY = replace(ENTRY, text="6月1日，戊己访问芬兰。年内，丙丁、甲乙接待来宾。", activity=None)
FIRST, SECOND = ENTRY.text[: ENTRY.text.index("年内")], ENTRY.text[ENTRY.text.index("年内") :]
KNOWN = ("甲乙", "丙丁", "戊己")


def answer(*cited: tuple[Unit, str]) -> Answer:
    return Answer("问", "", "zh", False, tuple(Citation(n, quote, unit) for n, (unit, quote) in enumerate(cited, 1)))


ALL = items_of(answer((ROW, ROW.text), (ENTRY, FIRST), (ENTRY, SECOND)), KNOWN)


def test_a_row_is_what_its_columns_say() -> None:
    item = ALL[0]
    assert (item.number, item.people, item.countries, item.text) == (1, ROW.people, ("英国",), ROW.activity)
    assert item.title == "表6 会见一览表"
    assert day(item.when) == "04-06"


def test_a_quote_is_what_it_names_itself_and_not_its_whole_unit() -> None:
    assert (day(ALL[1].when), ALL[1].people, ALL[1].countries) == ("06-01", ("戊己",), ("芬兰",))
    assert (day(ALL[2].when), ALL[2].people, ALL[2].countries) == ("", ("丙丁", "甲乙"), ())


def test_items_are_counted_for_each_that_they_name_and_what_can_not_be_counted_is_told() -> None:
    assert counted(ALL, "person") == [("甲乙", 2), ("丙丁", 2), ("戊己", 1)]
    assert counted(ALL, "country") == [("英国", 1), ("芬兰", 1)]
    assert [silent(ALL, by) for by in ("month", "person", "country")] == [1, 0, 1]


def test_a_month_of_no_item_stands_between_those_that_have_some() -> None:
    assert counted(ALL, "month") == [("4", 1), ("5", 0), ("6", 1)]
    assert counted(ALL[2:], "month") == []


def test_days_sort_as_they_are_written() -> None:
    spans = [Span((11, 1), (11, 30)), Span((4, 21), (4, 23)), Span((4, 6), (4, 6)), Span((9, 1), (9, 31))]
    assert sorted(map(day, spans)) == ["04-06", "04-21/04-23", "09", "11-01/11-30"]
