from dataclasses import replace
from html.parser import HTMLParser

import pytest

from rag.assistant import Assistant
from rag.chat import catalogue
from rag.chat.browse import VIEWS, View, shelf_html
from rag.chat.catalogue import Filters, Page, Person, Table
from rag.chat.shelves import people_html, question_about, tables_html, units_html
from rag.chat.wording import WORDS
from rag.types import Language, Unit

HOSTILE = '"><script>alert(1)</script>'
ROW = Unit(
    id=HOSTILE,
    kind="row",
    title=HOSTILE,
    section=HOSTILE,
    text=HOSTILE,
    authors=(HOSTILE,),
    source=HOSTILE,
    lines=(1, 1),
    fields={HOSTILE: HOSTILE},
    date="4月6日",
    people=(HOSTILE,),
)
ENTRY = replace(ROW, kind="entry", fields={}, date=None, people=(), text=HOSTILE * 20)
ONE = Page(1, 1, 1)


class Tags(HTMLParser):
    """The tags that a browser would see, and their attributes' values."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.values: list[str | None] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.open.append(tag)
        self.values += [value for _, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(
    "html",
    [
        units_html([ROW, ENTRY], ONE, Filters(text=HOSTILE), "zh"),
        units_html([ROW], ONE, Filters(person=HOSTILE), "en", HOSTILE),
        units_html([ENTRY], ONE, Filters(author=HOSTILE), "en"),
        units_html([ROW], ONE, Filters(table=HOSTILE), "en"),
        people_html([Person(HOSTILE, "named", 1, HOSTILE)], ONE, "en"),
        tables_html([Table((ROW,))], ONE, "zh"),
    ],
)
def test_nothing_of_a_document_or_a_reader_becomes_a_tag(html: str) -> None:
    seen = Tags(html)
    assert "script" not in seen.tags
    assert any(HOSTILE in (value or "") for value in seen.values)


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_of_the_chapter_is_sound_html(assistant: Assistant, view: View, language: Language) -> None:
    for number in (1, 2, 7):
        Tags(shelf_html(assistant.retriever, view, Filters(), number, language))


def test_nothing_found_is_said_in_words(assistant: Assistant) -> None:
    for view in VIEWS:
        html = shelf_html(assistant.retriever, view, Filters(text="没有的字"), 1, "en")
        assert WORDS["en"]["browse_none"] in html


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_a_click_asks_is_answered_from_what_was_clicked(assistant: Assistant, language: Language) -> None:
    for unit in assistant.units[::9]:
        if unit.kind != "fragment":
            cited = [citation.unit.id for citation in assistant.ask(question_about(unit, language)).citations]
            assert unit.id in cited, question_about(unit, language)
    for table in catalogue.tables(assistant.retriever, Filters()):
        question = WORDS[language]["ask_table"].format(table=table.rows[0].table)
        # An entry that tells of the same event may stand beside its row.
        assert {citation.unit for citation in assistant.ask(question).citations} >= set(table.rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_answer_about_an_overview_says_more_than_its_title(assistant: Assistant, language: Language) -> None:
    for unit in assistant.units:
        if unit.kind == "overview" and unit.text.startswith(unit.title):
            quotes = [citation.quote for citation in assistant.ask(question_about(unit, language)).citations]
            assert any(len(quote) > len(unit.title) + 1 for quote in quotes), quotes


def test_a_row_without_a_day_or_a_name_has_no_question() -> None:
    assert question_about(replace(ROW, date=None), "zh") == question_about(replace(ROW, people=()), "en") == ""


def test_a_long_text_folds_to_what_was_looked_for() -> None:
    unit = replace(ENTRY, text="前" * 300 + "要找的" + "后" * 300)
    excerpt = units_html([unit], ONE, Filters(text="要找的"), "zh").partition("</summary>")[0]
    assert "<mark>要找的</mark>" in excerpt
    assert "后" * 300 not in excerpt


def test_the_first_page_has_none_before_it_and_the_last_none_after() -> None:
    first, last = (units_html([ENTRY], Page(number, 2, 21), Filters(), "zh") for number in (1, 2))
    assert 'data-go="page:0" disabled' in first and 'data-go="page:2">' in first
    assert 'data-go="page:1">' in last and 'data-go="page:3" disabled' in last
