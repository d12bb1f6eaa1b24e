"""What stands beside the conversation belongs to it, and the way back from it, in the browser."""

from collections.abc import Callable
from typing import Any

import pytest

from rag.chat.wording import WORDS

WORDS_ZH = WORDS["zh"]


@pytest.mark.parametrize(
    ("question", "sentence"), [("问" * 2001, "bad_question"), ("crash", "error")], ids=["refused", "failed"]
)
def test_a_question_without_an_answer_leaves_nothing_of_an_earlier_one(
    page: Any, assistant: Any, wait: Callable[..., Any], question: str, sentence: str
) -> None:
    page.ask("fine")
    assert page.all("#sources > .html-container > .prose > .source, #sources .source:not(details .source)")
    assert page.ask(question) == WORDS_ZH[sentence]
    wait(lambda: page.texts("#sources .note") == [WORDS_ZH["sources_none"]])
    assert page.all(".source:not(details .source)") == []
    assert page.all(".understood") == []
    page.reload()
    wait(lambda: page.replies()[1:] == [WORDS_ZH[sentence]])
    page.press("#talk [title='踩']", 1)  # the sentence is no answer that can be good or bad
    page.press("#talk [title='重试']")
    wait(lambda: len(assistant.asked) == 3)
    assert assistant.asked[-1] == (question, ("fine",))
    wait(lambda: page.idle() and page.replies()[1:] == [WORDS_ZH[sentence]])
    assert not page.all("#remark textarea")
    page.ask("and then?")
    assert assistant.asked[-1] == ("and then?", ("fine",))
    assert page.errors() == []


def test_the_chart_and_the_table_belong_to_the_answer_last_shown(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any
) -> None:
    page = browse(chapter)
    page.settle()
    pick(page, "#beside [role=tab]", WORDS_ZH["tab_look"])
    empty = [WORDS_ZH["look_empty"]]
    page.ask("表4有哪些内容？")
    wait(lambda: page.one("#look-table").is_displayed() and page.texts("#look-note") == [""])
    page.ask("？")
    wait(lambda: page.texts("#look-note") == empty and not page.one("#look-table").is_displayed())
    assert page.errors() == []


@pytest.mark.parametrize("width", [390, 1280])
def test_back_leads_from_what_was_opened_to_the_answer(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any, width: int
) -> None:
    page = browse(chapter, width=width, height=844)
    page.settle()
    page.ask("表6有哪些内容？")
    page.press("#talk .bot a")
    wait(lambda: page.focused().get_attribute("id") == "source-1-1")
    page.press("#source-1-1 [data-open]")
    wait(lambda: page.all("#document .own") and page.seen(page.one("#document .own")))
    page.driver.back()
    wait(lambda: page.js("return document.activeElement === document.querySelector('#talk .bot a')"))
    wait(lambda: page.seen(page.one("#talk .bot a")))
    pick(page, "#tabs [role=tab]", WORDS_ZH["tab_browse"])
    assert page.js("return history.state?.opened") is None  # a script's click is no reader's
    next(tab for tab in page.all("#tabs [role=tab]") if tab.text == WORDS_ZH["tab_browse"]).click()
    page.one("#shelf article")
    page.driver.back()
    wait(lambda: page.one("#talk").is_displayed() and len(page.replies()) == 1)
    page.press("#talk .bot a")
    page.press("#source-1-1 [data-back]")
    wait(lambda: page.js("return history.state?.opened") is None)
    assert page.driver.current_url == chapter
    assert page.errors() == []


def test_on_a_phone_nothing_is_cut_off_covered_or_out_of_sight(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(chapter, width=390, height=844, language="en-US")
    page.settle()
    page.ask("which foreign firms did 殷勇 meet in April?")
    assert page.all(".understood button")
    ends = "return [...document.querySelectorAll('.understood button')].map((e) => e.getBoundingClientRect().right)"
    assert max(page.js(ends)) <= 390
    page.ask("which foreign firms did 殷勇 meet?")
    arrow = page.one("#talk .scroll-down-button-container button").rect
    ends = "return [...document.querySelectorAll('#talk .bot.message')].map((e) => e.getBoundingClientRect().right)"
    assert arrow["x"] >= max(page.js(ends))
    for name in ("look", "document"):
        page.press(f"#beside [data-tab-id={name}]")
        inside = "#look-table" if name == "look" else "#document .note"
        wait(lambda inside=inside: page.one(inside).is_displayed())
        wait(
            lambda: (
                page.one("#beside").rect
                and page.js("return document.querySelector('#beside').getBoundingClientRect().top") < 300
            )
        )
        page.js("scrollTo(0, 0)")
    assert page.errors() == []
