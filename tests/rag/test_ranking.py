import pytest

from rag.lexicon import Lexicon
from rag.ranking import Most, compares, day_of, end, most, rank_in
from rag.types import Evidence, Unit


def row(number: int, date: str, people: tuple[str, ...], activity: str, country: str | None = None) -> Evidence:
    text = f"{date} {'、'.join(people)} {activity}"
    unit = Unit(
        id=f"u{number}",
        kind="row",
        title="会见一览",
        section=None,
        text=text,
        authors=(),
        source="a.txt",
        lines=(number, number),
        table="表1",
        date=date,
        people=people,
        country=country,
        activity=activity,
    )
    return Evidence(unit, text, 1.0)


ROWS = [
    row(1, "3月2日", ("王一明",), "会见法国甲公司总裁"),
    row(2, "1月5日", ("王一明", "李二光"), "会见德国乙公司总裁"),
    row(3, "3月9日", ("李二光", "王一明"), "会见芬兰大使", "芬兰"),
    row(4, "12月1日", ("李二光",), "会见法国大使"),
]
LEXICON = Lexicon([piece.unit for piece in ROWS])


@pytest.mark.parametrize(
    ("text", "rank", "rest"),
    [
        ("王一明最后一次会见是哪天", "last", "王一明 会见是哪天"),
        ("when did he first meet a firm", "first", "when did he meet a firm"),
        ("谁出席活动最多", "most", "谁出席活动"),
        ("who attended the most forums", "most", "who attended forums"),
        ("the most beautiful garden of the first half", None, "the most beautiful garden of the first half"),
        ("哪场论坛参加的人最多", None, "哪场论坛参加的人最多"),
        ("最多可以带几人", None, "最多可以带几人"),
    ],
)
def test_the_words_for_an_end_are_taken_out(text: str, rank: str | None, rest: str) -> None:
    found, left = rank_in(text)
    assert (found, " ".join(left.split())) == (rank, rest)


def test_two_things_held_against_each_other_are_told() -> None:
    assert compares("王一明会见的次数比李二光多吗")
    assert compares("Did Wang meet more firms than Li?")
    assert not compares("王一明会见了多少家企业")
    assert not compares("比赛有多少人参加")


def test_an_end_is_everything_of_that_day() -> None:
    assert end("first", ROWS) == [ROWS[1]]
    assert end("last", ROWS) == [ROWS[3]]
    again = row(5, "12月1日", ("王一明",), "会见英国大使")
    assert end("last", [*ROWS, again]) == [ROWS[3], again]
    assert end("last", [row(6, "", ("王一明",), "会见英国大使")]) == []
    assert day_of(ROWS[0]) == (3, 2)


def test_most_counts_people_countries_and_months() -> None:
    events = [[piece] for piece in ROWS]
    both = most("谁会见最多", events, LEXICON)
    assert both == Most(("王一明", "李二光"), 3, tuple(ROWS))
    french = most("哪个国家最多", events, LEXICON)
    assert french == Most(("法国",), 2, (ROWS[0], ROWS[3]))
    march = most("which month saw most meetings", events, LEXICON)
    assert march == Most(("3月",), 2, (ROWS[0], ROWS[2]))
    assert most("哪些活动最多", events, LEXICON) is None
