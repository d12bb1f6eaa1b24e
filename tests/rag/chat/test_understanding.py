import re

from rag.chat.understanding import understood_html, worded
from rag.types import Answer
from rag.understood import Part


def of(**understood: object) -> Answer:
    return Answer("q", "", "zh", False, understood=understood)


def test_each_part_is_a_button_that_takes_it_away() -> None:
    html = understood_html(of(people=["殷勇"], relation="met", dates=["4-6/4-6"]), "zh")
    assert re.findall(r'data-part="([^"]+)"', html) == ["people:殷勇", "relation:met", "dates:4-6/4-6"]
    assert 'class="gone"' not in html


def test_what_was_taken_away_stays_in_its_place_to_be_put_back() -> None:
    html = understood_html(of(relation="met", without=["people:殷勇"]), "en")
    assert re.findall(r'class="(\w+)" data-part="([^"]+)"', html) == [("gone", "people:殷勇"), ("part", "relation:met")]


def test_nothing_understood_is_no_line() -> None:
    assert understood_html(None, "zh") == understood_html(of(), "zh") == ""


def test_a_hostile_part_stays_text() -> None:
    html = understood_html(of(terms=['"><script>alert(1)</script>']), "en")
    assert "<script" not in html and '">' not in html.replace('">', "", html.count("<button") + 1 + html.count("<span"))


def test_parts_are_worded_in_the_readers_language() -> None:
    assert worded(Part("people", "殷勇"), "en") == "person 殷勇"
    assert worded(Part("relation", "met"), "zh") == "会见"
    assert worded(Part("dates", "4-6/4-6"), "en") == "April 6"
    assert worded(Part("dates", "5-1/5-31"), "zh") == "5月"
    assert worded(Part("dates", "9-1/12-31"), "zh") == "9月–12月"
    assert worded(Part("dates", "3-26/4-6"), "zh") == "3月26日–4月6日"
    assert worded(Part("years", "2021"), "zh") == "2021年"
    assert worded(Part("objects", "a kind of another day"), "zh") == "a kind of another day"
