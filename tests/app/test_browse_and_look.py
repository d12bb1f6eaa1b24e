"""The tabs to browse and to look at, on the real chapter in a real browser."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from rag.chat.wording import WORDS

TEXT = "#browse-text input, #browse-text textarea"
LIST = "which foreign firms did 殷勇 meet?"
SIZES = pytest.mark.parametrize(
    ("width", "dark", "language"),
    [(1280, False, "zh"), (1280, True, "en"), (390, False, "en"), (390, True, "zh")],
    ids=["wide-light-zh", "wide-dark-en", "phone-light-en", "phone-dark-zh"],
)


def bars(page: Any) -> list[str]:
    """The names under the bars; the other axis counts, in halves where there is room."""
    labels = page.js(
        "return [...document.querySelectorAll('#look-bars .role-axis-label text')].map((e) => e.textContent)"
    )
    return [label for label in labels if not re.fullmatch(r"[\d.]+", label)]


def cells(page: Any, column: int) -> list[str]:
    rows = page.js("return [...document.querySelectorAll('#look-table div[role=row]')].map((row) => row.innerText)")
    return [cell for row in rows for cell in row.split("\n")[column : column + 1]]


@SIZES
def test_a_list_is_drawn_and_its_table_downloads(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any, width: int, dark: bool, language: str
) -> None:
    words = WORDS[language]
    page = browse(chapter, width=width, height=844, dark=dark, language="zh-CN" if language == "zh" else "en-US")
    page.ask(LIST)
    pick(page, "#beside [role=tab]", words["tab_look"])
    months = ["3月", "4月", "5月", "6月"] if language == "zh" else ["Mar", "Apr", "May", "Jun"]
    wait(lambda: bars(page) == months)
    pick(page, "#look-by label", words["by_country"])
    wait(lambda: ("美国" if language == "zh" else "United States") in bars(page))
    page.settle()
    assert page.js("return document.documentElement.scrollWidth") <= width
    page.picture(f"look-{width}-{'dark' if dark else 'light'}-{language}")
    data = page.js("return document.querySelector('#look-link a').href").partition("base64,")[2]
    assert len(base64.b64decode(data).decode("utf-8-sig").splitlines()) == len(page.sources()) + 1
    assert page.errors() == []
    assert page.foreign_requests() == []


def test_the_table_sorts_and_filters(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    page.ask("表6有哪些内容？")
    pick(page, "#beside [role=tab]", WORDS["zh"]["tab_look"])
    wait(lambda: "04-06" in cells(page, 1))
    page.settle()
    page.rest_on("#look-table th", 1)
    page.press("#look-table .cell-menu-button", 1)
    page.press("[role=menu] button", 1)
    wait(lambda: cells(page, 1)[:1] == ["08-24"])
    page.type("#look-table input", "芬兰")
    wait(lambda: cells(page, 1) == ["08-24"])
    assert page.errors() == []


def test_the_chart_follows_the_conversation(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    pick(page, "#beside [role=tab]", WORDS["zh"]["tab_look"])
    wait(lambda: page.texts("#look-note") == [WORDS["zh"]["look_empty"]])
    page.ask("表4有哪些内容？")
    wait(lambda: bars(page)[:1] == ["3月"])
    page.ask("北京地铁2021年新开了几条线？")
    wait(lambda: page.texts("#look-note") == [WORDS["zh"]["look_empty"]])
    page.ask("表5有哪些内容？")
    wait(lambda: bars(page)[:1] == ["1月"])
    assert page.errors() == []


@SIZES
def test_units_people_and_tables_are_browsed(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any, width: int, dark: bool, language: str
) -> None:
    words = WORDS[language]
    page = browse(chapter, width=width, height=844, dark=dark, language="zh-CN" if language == "zh" else "en-US")
    pick(page, "#tabs [role=tab]", words["tab_browse"])
    for view, seen in (("units", "#shelf article"), ("people", "#shelf .names button"), ("tables", "#shelf .table")):
        pick(page, "#browse-view label", words[f"view_{view}"])
        page.one(seen)
        page.settle()
        assert page.js("return document.documentElement.scrollWidth") <= width
        page.picture(f"browse-{view}-{width}-{'dark' if dark else 'light'}-{language}")
    page.press("#shelf summary")
    wait(lambda: page.shown("#shelf td"))
    assert page.errors() == []
    assert page.foreign_requests() == []


def test_words_filters_and_pages_narrow_what_is_shown(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    pick(page, "#tabs [role=tab]", WORDS["zh"]["tab_browse"])
    told = lambda: page.texts("#shelf [role=status]")  # noqa: E731
    wait(lambda: told() == ["133条 · 第1 / 7页"])
    first = wait(lambda: page.texts("#shelf h3"))[0]
    pick(page, "#shelf .pager button", WORDS["zh"]["page_after"])
    wait(lambda: told() == ["133条 · 第2 / 7页"] and page.texts("#shelf h3")[:1] not in ([], [first]))
    page.settle()
    page.type("#browse-filters input", "综述", Keys.ENTER)
    wait(lambda: told() == ["7条"])
    page.settle()
    page.type(TEXT, "冬奥")
    wait(lambda: "配合做好冬奥工作" in page.texts("#shelf h3") and told() != ["7条"])
    marked = "return [...document.querySelectorAll('#shelf article')].map((e) => !!e.querySelector('mark'))"
    wait(lambda: all(page.js(marked)))
    page.settle()
    page.type(TEXT, "没有的字")
    wait(lambda: told() == [WORDS["zh"]["browse_none"]])
    assert page.errors() == []


def test_a_person_is_followed_and_asked_about(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter, language="en-US")
    pick(page, "#tabs [role=tab]", WORDS["en"]["tab_browse"])
    wait(lambda: page.texts("#shelf h3"))
    page.settle()  # a click of a script, unlike a reader's, may come before Gradio's last word on the tab
    pick(page, "#browse-view label", WORDS["en"]["view_people"])
    page.one("#shelf .names")
    page.settle()
    page.type(TEXT, "yin yong")
    wait(lambda: len(page.all("#shelf .names button")) == 1)
    page.settle()
    page.type("#shelf .names button", Keys.ENTER)
    wait(lambda: page.texts("#shelf .narrowed h3") == ["殷勇 Yin Yong"])
    wait(lambda: any(title.startswith("3月26日") for title in page.texts("#shelf h3")[1:2]))
    page.press("#shelf .narrowed [data-ask]")
    wait(lambda: page.texts("#talk .user.message") == [WORDS["en"]["ask_person"].format(person="殷勇")])
    wait(lambda: page.replies() and page.idle() and page.sources())
    wait(lambda: page.shown("#talk"))
    page.settle()
    assert page.errors() == []


def test_a_unit_opens_in_its_document(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    pick(page, "#tabs [role=tab]", WORDS["zh"]["tab_browse"])
    title = wait(lambda: page.texts("#shelf h3"))[0]
    page.press("#shelf [data-open]")
    wait(lambda: any(title in text for text in page.texts("#document .where")))
    wait(lambda: page.shown("#document .own"))
    # The shelf is as it was when the reader comes back.
    pick(page, "#tabs [role=tab]", WORDS["zh"]["tab_browse"])
    wait(lambda: page.shown("#shelf article"))
    assert page.errors() == []
