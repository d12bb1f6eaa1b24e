"""What stands beside the conversation belongs to it, and the way back from it, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

from rag.chat.wording import WORDS

WORDS_ZH = WORDS["zh"]
OPENED = "return history.state?.opened"


@pytest.mark.parametrize(
    ("question", "sentence"), [("问" * 2001, "bad_question"), ("crash", "error")], ids=["refused", "failed"]
)
def test_a_question_without_an_answer_leaves_nothing_of_an_earlier_one(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any], question: str, sentence: str
) -> None:
    page.ask("fine")
    page.one("#sources > .html-container > .prose > .source, #sources .source:not(details .source)")
    assert page.ask(question) == WORDS_ZH[sentence]
    wait(lambda: page.texts("#sources .note") == [WORDS_ZH["sources_none"]])
    wait(lambda: page.all(".source:not(details .source)") == page.all(".understood") == [])
    page.reload()
    wait(lambda: page.replies()[1:] == [WORDS_ZH[sentence]])
    page.settle()
    page.press("#talk [title='踩']", 1)  # the sentence is no answer that can be good or bad
    page.press("#talk [title='重试']")
    answered(3)
    assert assistant.asked[-1] == (question, ("fine",))
    wait(lambda: page.replies()[1:] == [WORDS_ZH[sentence]])
    assert not page.all("#remark textarea")
    page.ask("and then?")
    assert assistant.asked[-1] == ("and then?", ("fine",))
    assert page.errors() == []


def test_the_chart_and_the_table_belong_to_the_answer_last_shown(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    pick(page, "#beside [role=tab]", WORDS_ZH["tab_look"])
    empty = [WORDS_ZH["look_empty"]]
    page.ask("表4有哪些内容？")
    wait(lambda: page.shown("#look-table") and page.texts("#look-note") == [""])
    page.ask("？")
    wait(lambda: page.texts("#look-note") == empty and not page.shown("#look-table"))
    assert page.errors() == []


@pytest.mark.parametrize("width", [390, 1280])
def test_back_leads_from_what_was_opened_to_the_answer(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any, width: int
) -> None:
    page = browse(chapter, width=width, height=844)
    page.ask("表6有哪些内容？")
    page.press("#talk .bot a")
    wait(lambda: page.focus() == "source-1-1")
    page.press("#source-1-1 [data-open]")
    wait(lambda: page.seen("#document .own"))
    page.settle()
    page.driver.back()
    wait(lambda: page.js("return document.activeElement === document.querySelector('#talk .bot a')"))
    wait(lambda: page.seen("#talk .bot a"))
    wait(lambda: page.js(OPENED) is None)
    pick(page, "#tabs [role=tab]", WORDS_ZH["tab_browse"])
    wait(lambda: page.shown("#shelf article"))
    page.settle()
    assert page.js(OPENED) is None  # a script's click is no reader's
    page.press("#tabs [role=tab]", text=WORDS_ZH["tab_browse"])
    wait(lambda: page.js(OPENED))
    page.driver.back()
    wait(lambda: page.shown("#talk") and len(page.replies()) == 1)
    wait(lambda: page.js("return document.activeElement === document.querySelector('#talk .bot a')"))
    page.press("#talk .bot a")
    wait(lambda: page.focus() == "source-1-1")
    page.press("#source-1-1 [data-back]")
    wait(lambda: page.js(OPENED) is None)
    assert page.driver.current_url == chapter
    assert page.errors() == []


def test_on_a_phone_nothing_is_cut_off_covered_or_out_of_sight(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(chapter, width=390, height=844, language="en-US")
    page.ask("which foreign firms did 殷勇 meet in April?")
    page.one(".understood button")
    ends = "return [...document.querySelectorAll('.understood button')].map((e) => e.getBoundingClientRect().right)"
    assert max(page.js(ends)) <= 390
    page.ask("which foreign firms did 殷勇 meet?")
    arrow = "return document.querySelector('#talk .scroll-down-button-container button').getBoundingClientRect().left"
    ends = "return [...document.querySelectorAll('#talk .bot.message')].map((e) => e.getBoundingClientRect().right)"
    wait(lambda: page.js(arrow) >= max(page.js(ends)))
    for name in ("look", "document"):
        page.press(f"#beside [data-tab-id={name}]")
        inside = "#look-table" if name == "look" else "#document .note"
        wait(lambda inside=inside: page.shown(inside))
        wait(lambda: page.js("return document.querySelector('#beside').getBoundingClientRect().top") < 300)
        page.js("scrollTo(0, 0)")
    assert page.errors() == []
