import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.chat.answers import answer_markdown
from rag.chat.sources import FOLD_OVER, card_html, sources_html
from rag.chat.wording import KINDS, WORDS, reader_language
from rag.types import Answer, Citation, Unit

ENTRY = Unit(
    id="e",
    kind="entry",
    title="某条例通过审议",
    section="语言环境",
    text="11月26日，会议审议通过了某条例，自2022年1月1日起实施。",
    authors=("黄芳", "郝蕊"),
    source="chapter.txt",
    lines=(10, 20),
)
ROW = Unit(
    id="r",
    kind="row",
    title="会见一览表",
    section=None,
    text="4月6日 殷勇 会见某集团首席执行官",
    authors=(),
    source="chapter.txt",
    lines=(31, 31),
    table="表6",
    fields={"时间": "4月6日", "市领导": "殷勇", "活动内容": "会见某集团首席执行官"},
)
HOSTILE = replace(ENTRY, title="<script>alert(1)</script>", text='<img src=x onerror="alert(2)">', source="<b>.txt")


def answer(text: str, *citations: Citation, question: str = "问") -> Answer:
    return Answer(question, text, "zh", abstained=not citations, citations=citations)


class Tags(HTMLParser):
    """The tags and the text that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.marked: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self.open:
            self.marked.append(data)


def test_a_cited_number_links_to_its_own_turns_card() -> None:
    text = answer_markdown(answer("实施了[1]。", Citation(1, ENTRY.text, ENTRY)), turn=3)
    assert text == "实施了[1](#source-3-1)。"
    assert 'id="source-3-1"' in card_html(Citation(1, ENTRY.text, ENTRY), 3, "zh")


def test_a_number_without_a_citation_is_no_link() -> None:
    assert answer_markdown(answer("见[2]。", Citation(1, ENTRY.text, ENTRY)), 1) == r"见\[2\]。"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![](http://elsewhere.example/x.png)", r"!\[\](http&#58;//elsewhere.example/x.png)"),
        ("[here](javascript:alert(1))", r"\[here\](javascript:alert(1))"),
        ("www.example.com", "www&#46;example.com"),
        ("AT&T", "AT&amp;T"),
    ],
)
def test_an_answer_never_carries_a_tag_an_image_or_a_link_of_the_documents(written: str, shown: str) -> None:
    assert answer_markdown(answer(written), 1) == shown


def test_the_answers_own_markdown_stays() -> None:
    assert answer_markdown(answer("**2** 项：\n\n- 甲\n- 乙"), 1) == "**2** 项：\n\n- 甲\n- 乙"


def test_a_card_shows_where_its_unit_stands() -> None:
    shown = Tags(card_html(Citation(1, "自2022年1月1日起实施", ENTRY), 1, "zh"))
    assert shown.marked == ["自2022年1月1日起实施"]
    for fact in (
        "某条例通过审议",
        "语言环境",
        "黄芳、郝蕊",
        "chapter.txt 第10–20行",
        KINDS["zh"]["entry"],
        ENTRY.text[:10],
    ):
        assert fact in shown.text


def test_a_unit_from_two_places_shows_both_and_says_so() -> None:
    unit = replace(ENTRY, repaired=True, ranges=((10, 12), (40, 40)), pages=(7, 8))
    text = Tags(card_html(Citation(1, unit.text, unit), 1, "en")).text
    assert "pages 7–8, lines 10–12, line 40" in text
    assert WORDS["en"]["repaired"] in text


def test_a_row_stands_under_its_columns_names_and_its_caption() -> None:
    shown = Tags(card_html(Citation(2, ROW.text, ROW), 1, "zh"))
    assert shown.tags.count("th") == shown.tags.count("td") == 3
    assert "表6 会见一览表" in shown.text
    assert shown.marked == ["4月6日", "殷勇", "会见某集团首席执行官"]


def test_a_quote_inside_one_cell_marks_only_that() -> None:
    assert Tags(card_html(Citation(1, "某集团", ROW), 1, "zh")).marked == ["某集团"]


def test_a_long_text_folds_to_the_quote_and_keeps_the_whole() -> None:
    long = replace(ENTRY, text="前" * FOLD_OVER + "要紧的一句。" + "后" * FOLD_OVER)
    shown = Tags(card_html(Citation(1, "要紧的一句。", long), 1, "zh"))
    assert shown.tags.count("details") == 1
    assert shown.marked == ["要紧的一句。"] * 2
    assert long.text in shown.text
    assert "details" not in Tags(card_html(Citation(1, ENTRY.text, ENTRY), 1, "zh")).tags


def test_nothing_of_a_document_or_a_question_becomes_a_tag() -> None:
    harmless = Tags(sources_html({1: answer("", Citation(1, ENTRY.text, ENTRY)), 2: answer("")}, "zh"))
    hostile = answer("", Citation(1, HOSTILE.text, HOSTILE), question="<script>alert(3)</script>")
    shown = Tags(sources_html({1: hostile, 2: answer("")}, "zh"))
    assert shown.tags == harmless.tags
    for text in (HOSTILE.title, HOSTILE.text, HOSTILE.source, hostile.question):
        assert text in shown.text


def test_a_hostile_column_name_cannot_leave_its_attribute() -> None:
    row = replace(ROW, fields={'"><script>': "<i>", "b": "c"})
    assert "script" not in Tags(card_html(Citation(1, "c", row), 1, "zh")).tags


def test_earlier_answers_fold_under_their_question() -> None:
    turns = {
        1: answer("", Citation(1, ENTRY.text, ENTRY), question="先问的"),
        2: answer("", Citation(1, ROW.text, ROW)),
    }
    html = sources_html(turns, "zh")
    assert re.findall(r'id="(source-\d-\d)"', html) == ["source-2-1", "source-1-1"]
    assert html.index("<details") > html.index("source-2-1")
    assert "先问的" in html


def test_no_source_is_said_in_words() -> None:
    assert WORDS["en"]["sources_empty"] in sources_html({}, "en")
    assert WORDS["zh"]["sources_none"] in sources_html({1: answer("没写")}, "zh")


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    assert KINDS["zh"].keys() == KINDS["en"].keys()
    for name, words in WORDS["zh"].items():
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", WORDS["en"][name])), name


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh", "zh"), ("en-GB,zh;q=0.5", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_page_speaks_the_browsers_first_language(header: str | None, language: str) -> None:
    assert reader_language(header) == language
