from datetime import date as Date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.dates import YEAR, Span, english, falls, find, number, without

Days = tuple[tuple[int, int], tuple[int, int]]


def day(month: int, of_month: int) -> Days:
    return (month, of_month), (month, of_month)


def spans(text: str) -> list[Days]:
    return [(mention.span.first, mention.span.last) for mention in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6月9日，会见", [day(6, 9)]),
        ("6月1号", [day(6, 1)]),
        ("十二月二十五日", [day(12, 25)]),
        ("2021年3月26日", [day(3, 26)]),
        ("4月21日至23日", [((4, 21), (4, 23))]),
        ("9月30日至10月8日", [((9, 30), (10, 8))]),
        ("12月6日至12月7日", [((12, 6), (12, 7))]),
        ("8月19日、26日", [day(8, 19), day(8, 26)]),
        ("6月9日和17日", [day(6, 9), day(6, 17)]),
        ("3月5日与11月2日", [day(3, 5), day(11, 2)]),
        ("June 9, 2021", [day(6, 9)]),
        ("June 9 and 17", [day(6, 9), day(6, 17)]),
        ("on the 5th of May", [day(5, 5)]),
        ("Sept. 3", [day(9, 3)]),
        ("27 March 2021", [day(3, 27)]),
        ("March 3-5", [((3, 3), (3, 5))]),
        ("from Jan 3 through Feb 2", [((1, 3), (2, 2))]),
        ("August 19 and August 26", [day(8, 19), day(8, 26)]),
        ("4月21-23日", [((4, 21), (4, 23))]),
        ("6月9、17日", [day(6, 9), day(6, 17)]),
        ("6月9日到10家企业调研", [day(6, 9)]),
        ("3 to 5 March", [((3, 3), (3, 5))]),
        ("between June 3 and June 5", [((6, 3), (6, 5))]),
        ("between Sept. 3 and Oct. 8", [((9, 3), (10, 8))]),
        ("Between 14 and 21 October 2021", [((10, 14), (10, 21))]),
        ("between the 14th and the 21st of October", [((10, 14), (10, 21))]),
        ("from 30 September to 8 October", [((9, 30), (10, 8))]),
        ("from October 14 to the 21st", [((10, 14), (10, 21))]),
        ("14, 15 and 21 October", [day(10, 14), day(10, 15), day(10, 21)]),
        ("between 14 firms and 21 October", [day(10, 21)]),
        ("10月14日和21日之间", [((10, 14), (10, 21))]),
        ("10月14日与11月2日之间", [((10, 14), (11, 2))]),
        ("9月14日起到21日", [((9, 14), (9, 21))]),
        ("表5、6月9日", [day(6, 9)]),
        ("13月5日，2月32日", []),
        ("You may ask; the band was marching", []),
        ("2021年", []),
        ("", []),
    ],
)
def test_days_and_ranges(text: str, expected: list[Days]) -> None:
    assert spans(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("4月的活动", 4, 4),
        ("十一月", 11, 11),
        ("4月至5月", 4, 5),
        ("1月—3月", 1, 3),
        ("2021年1至6月", 1, 6),
        ("十到十二月", 10, 12),
        ("in May", 5, 5),
        ("March 2021", 3, 3),
        ("between March and May", 3, 5),
        ("上半年", 1, 6),
        ("下半年", 7, 12),
        ("in the second half of the year", 7, 12),
        ("第三季度", 7, 9),
        ("in Q3", 7, 9),
        ("the fourth quarter", 10, 12),
        ("4th quarter", 10, 12),
    ],
)
def test_months_and_parts_of_the_year(text: str, first: int, last: int) -> None:
    (found,) = find(text)
    assert found.span.first == (first, 1)
    assert found.span.last[0] == last
    assert found.span.last[1] >= 28
    assert not found.span.is_day


def test_months_listed_before_one_sign() -> None:
    assert spans("6、7月") == [((6, 1), (6, 31)), ((7, 1), (7, 31))]
    assert [m.start for m in find("表5、6月9日")] == [3]


def test_a_mention_says_where_it_stands() -> None:
    text = "他于6月9日到，9月走"
    assert [text[m.start : m.end] for m in find(text)] == ["6月9日", "9月"]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("2021年和2019", ["2021", "2019"]),
        ("2022名居民", []),
        ("2000张床位", []),
        ("2022张家口", ["2022"]),
        ("12021", []),
        ("2021北京CBD论坛", ["2021"]),
    ],
)
def test_years_are_no_counts(text: str, years: list[str]) -> None:
    assert YEAR.findall(text) == years


@pytest.mark.parametrize(
    ("text", "value"), [("7", 7), ("十", 10), ("十五", 15), ("二十", 20), ("九十九", 99), ("两", 2), ("甲", 0)]
)
def test_number(text: str, value: int) -> None:
    assert number(text) == value


@pytest.mark.parametrize(
    ("span", "text"),
    [
        (Span((9, 16), (9, 16)), "September 16"),
        (Span((4, 21), (4, 23)), "April 21–23"),
        (Span((9, 30), (10, 8)), "September 30 – October 8"),
        (Span((9, 1), (9, 31)), "September"),
        (Span((4, 1), (5, 31)), "April to May"),
    ],
)
def test_english(span: Span, text: str) -> None:
    assert english(span) == text


@given(st.dates())
def test_every_day_is_found_in_both_languages(date: Date) -> None:
    month, of_month = date.month, date.day
    (chinese,) = find(f"{month}月{of_month}日")
    assert (chinese.span.first, chinese.span.last) == day(month, of_month)
    assert [mention.span for mention in find(english(chinese.span))] == [chinese.span]


@given(st.text(alphabet="0123456789月日至、和一十年上下半May june,-– ", max_size=30))
def test_whatever_is_found_lies_in_the_text_and_in_the_year(text: str) -> None:
    for mention in find(text):
        assert 0 <= mention.start < mention.end <= len(text)
        assert (1, 1) <= mention.span.first <= mention.span.last <= (12, 31)


def test_spans_lie_within_each_other() -> None:
    june, ninth = Span((6, 1), (6, 30)), Span((6, 9), (6, 9))
    assert ninth.within(june) and not june.within(ninth)
    assert june.within(june)


def test_a_month_says_nothing_of_a_day_but_days_fall_into_a_month() -> None:
    may, day, stretch = Span((5, 1), (5, 31)), Span((5, 20), (5, 20)), Span((5, 19), (5, 21))
    assert falls([day], [may]) and falls([stretch], [may])
    assert falls([stretch], [day])
    assert not falls([may], [day])


def test_without_takes_each_date_out_once() -> None:
    assert without("6月9日和17日会见12人，May 5 too").split() == ["会见12人，", "too"]
    assert without("没有") == "没有"


def test_until_the_end_of_the_year_is_one_range() -> None:
    assert [mention.span for mention in find("9月至年底，共同举办活动。")] == [Span((9, 1), (12, 31))]


def test_thirds_of_a_month() -> None:
    assert spans("8月下旬和9月上旬") == [((8, 21), (8, 31)), ((9, 1), (9, 10))]


def test_may_is_a_month_before_a_noun() -> None:
    assert [mention.span.first[0] for mention in find("Who ran the May training course?")] == [5]
    assert not find("You may train; may we ask?")
