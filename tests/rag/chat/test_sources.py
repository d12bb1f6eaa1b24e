import re
from dataclasses import replace
from html.parser import HTMLParser

from rag.chat.sources import FEW, FOLD_LIST, FOLD_OVER, card_html, sources_html
from rag.chat.wording import KINDS, WORDS
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


def test_a_long_list_of_sources_folds_and_keeps_every_card() -> None:
    many = [Citation(number, ROW.text, ROW) for number in range(1, FOLD_LIST + 4)]
    html = sources_html({1: answer("", *many)}, "en")
    shown = Tags(html)
    assert shown.tags.count("article") == len(many)
    assert html[: html.index("<details")].count("<article") == FEW
    assert WORDS["en"]["more_sources"].format(n=len(many) - FEW) in shown.text
    assert "<details" not in sources_html({1: answer("", *many[:FOLD_LIST])}, "en")


def test_what_stands_nearest_to_an_unanswered_question_has_cards_without_numbers() -> None:
    unanswered = Answer("问", f"没有说明。最接近的记载：【{ENTRY.title}】", "zh", True, nearest=(ENTRY, ROW))
    html = sources_html({1: unanswered}, "zh")
    assert WORDS["zh"]["sources_nearest"] in html
    assert re.findall(r'article class="source" id="([^"]+)"', html) == ["source-1-near-0"]
    assert 'class="number"' not in html


def test_every_card_leads_to_the_document() -> None:
    assert f'data-open="{ENTRY.id}"' in card_html(Citation(1, ENTRY.text, ENTRY), 1, "zh")
