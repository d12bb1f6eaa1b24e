import json
import re
from html import unescape

from rag.chat.understanding import understood_html, worded
from rag.types import Answer
from rag.understood import Part


def of(question: str = "q", **understood: object) -> Answer:
    return Answer(question, "", "zh", False, understood=understood)


def keys(html: str) -> list[list[str]]:
    return [json.loads(unescape(found)) for found in re.findall(r'data-part="([^"]+)"', html)]


def test_each_part_is_a_button_that_takes_it_away() -> None:
    html = understood_html(of(people=["殷勇"], relation="met", dates=["4-6/4-6"]), "zh")
    assert keys(html) == [["people:殷勇"], ["relation:met"], ["dates:4-6/4-6"]]
    assert 'class="gone"' not in html


def test_what_was_taken_away_stays_in_its_place_to_be_put_back() -> None:
    html = understood_html(of(relation="met", without=["people:殷勇"]), "en")
    assert keys(html) == [["people:殷勇"], ["relation:met"]]
    assert re.findall(r'class="(gone|part)"', html) == ["gone", "part"]


def test_a_fragment_goes_with_what_follows_it_and_a_lone_one_is_not_shown() -> None:
    question = "市外办对105岁的友人种了多少棵树？人数呢？"
    terms = ["105", "市", "外办", "友人", "岁", "种", "数"]
    html = understood_html(of(question, terms=terms), "zh")
    assert keys(html) == [["terms:市", "terms:外办"], ["terms:105", "terms:岁"], ["terms:友人"]]
    assert "市外办" in html and "105岁" in html


def test_what_was_taken_away_together_is_put_back_together() -> None:
    html = understood_html(of("市外办的树", terms=["树林"], without=["terms:市", "terms:外办"]), "zh")
    assert ["terms:市", "terms:外办"] in keys(html)


def test_nothing_understood_is_no_line() -> None:
    assert understood_html(None, "zh") == understood_html(of(), "zh") == ""


def test_a_hostile_part_stays_text() -> None:
    html = understood_html(of(terms=['"><script>alert(1)</script>']), "en")
    assert "<script" not in html and '">' not in html.replace('">', "", html.count("<button") + 1 + html.count("<span"))


def test_parts_are_worded_in_the_readers_language() -> None:
    assert worded(Part("people", "殷勇"), "en") == "person 殷勇"
    assert worded(Part("relation", "met"), "zh") == "会见"
    assert (worded(Part("table", "表4"), "en"), worded(Part("table", "表4"), "zh")) == ("Table 4", "表4")
    assert worded(Part("dates", "4-6/4-6"), "en") == "April 6"
    assert worded(Part("dates", "5-1/5-31"), "zh") == "5月"
    assert worded(Part("dates", "9-1/12-31"), "zh") == "9月–12月"
    assert worded(Part("dates", "3-26/4-6"), "zh") == "3月26日–4月6日"
    assert worded(Part("years", "2021"), "zh") == "2021年"
    assert worded(Part("objects", "a kind of another day"), "zh") == "a kind of another day"
