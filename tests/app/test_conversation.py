"""What a reader does with a conversation, in the browser, with an assistant that says what a test needs."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from rag.chat import memory
from rag.chat.wording import WORDS


def test_sources_follow_retry_undo_and_a_new_conversation(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.ask("first")
    page.ask("second")
    wait(lambda: page.sources() == ["source-2-1", "source-1-1"])
    page.press("#talk [title='重试']")
    answered(3)
    assert assistant.asked[-1] == ("second", ("first",))
    wait(lambda: page.sources() == ["source-2-1", "source-1-1"])
    page.press("#talk [title='撤销']")
    wait(lambda: page.sources() == ["source-1-1"])
    page.press("[title='清空对话']")
    wait(lambda: page.sources() == [])
    page.settle()
    page.ask("afresh")
    assert assistant.asked[-1] == ("afresh", ())
    wait(lambda: page.sources() == ["source-1-1"])


def test_a_part_of_the_question_is_taken_away_and_put_back_with_a_click(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.ask("who?")
    wait(lambda: page.texts(".understood .part") == ["人物 甲×", "人物 乙×"])
    page.press(".understood .part")
    answered(2)
    wait(lambda: page.texts(".understood button") == ["人物 乙×", "人物 甲↺"])
    assert (assistant.asked, assistant.without) == ([("who?", ())] * 2, ("people:甲",))
    assert len(page.replies()) == 1
    page.press(".understood .gone")
    answered(3)
    wait(lambda: page.texts(".understood button") == ["人物 甲×", "人物 乙×"])
    assert assistant.without == ()
    assert page.errors() == []


def test_a_retry_keeps_what_was_taken_away(page: Any, assistant: Any, answered: Any) -> None:
    page.ask("who?")
    page.press(".understood .part")
    answered(2)
    page.press("#talk [title='重试']")
    answered(3)
    assert assistant.without == ("people:甲",)


def test_an_edited_question_is_asked_anew_and_what_followed_is_gone(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.ask("first")
    page.ask("second")
    page.press("#talk [title='编辑']")
    wait(lambda: page.value("#talk textarea") == "first")
    page.type("#talk textarea", Keys.CONTROL, "a")
    page.type("#talk textarea", "better")
    wait(lambda: page.value("#talk textarea") == "better")
    page.press("#talk [title='发送']")
    answered(3)
    assert assistant.asked[-1] == ("better", ())
    wait(lambda: page.sources() == ["source-1-1"])


def test_a_slow_answer_spins_and_can_be_stopped(page: Any, assistant: Any, wait: Callable[..., Any]) -> None:
    page.send("slow question")
    page.one("#talk .pending")
    wait(lambda: page.asked() == ["slow question"])
    page.picture("slow")
    wait(lambda: assistant.asked)
    page.press("#ask .stop-button")
    wait(lambda: page.idle() and page.value() == "slow question" and page.asked() == [])
    assistant.go_on.set()
    page.settle()
    page.ask("fine")
    assert assistant.asked[-1] == ("fine", ())
    assert page.errors() == []


def test_the_next_question_can_be_written_while_an_answer_is_on_its_way(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.send("slow question")
    wait(lambda: assistant.asked)
    wait(lambda: page.all("#ask .stop-button") and not page.value())
    page.type("#ask textarea", "next", Keys.ENTER)
    wait(lambda: page.value() == "next")
    assistant.go_on.set()
    answered(1)
    assert page.value() == "next"
    page.type("#ask textarea", Keys.ENTER)
    answered(2)
    assert assistant.asked[-1] == ("next", ("slow question",))


@pytest.fixture
def choices(page: Any, wait: Callable[..., Any]) -> Callable[[], list[str]]:
    """Opens the list of earlier conversations and gives its titles."""

    def unfold() -> list[str]:
        page.press("#earlier input")
        return wait(lambda: page.texts("[role=option]"))

    return unfold


def test_conversations_outlive_a_reload_and_can_be_taken_up_again(
    page: Any, assistant: Any, choices: Any, wait: Callable[..., Any]
) -> None:
    page.ask("first")
    page.reload()
    wait(lambda: page.asked() == ["first"])
    wait(lambda: page.sources() == ["source-1-1"])
    page.ask("second")
    assert assistant.asked[-1] == ("second", ("first",))
    page.press("#tools button")
    wait(lambda: page.replies() == [] and page.sources() == [])
    wait(lambda: page.js("return document.querySelector('#earlier input').placeholder") == "以前的对话")
    page.settle()
    page.ask("another")
    assert assistant.asked[-1] == ("another", ())
    titles = choices()
    page.press("[role=option]", next(place for place, title in enumerate(titles) if "first" in title))
    wait(lambda: page.asked() == ["first", "second"])
    page.settle()
    page.press("[title='清空对话']")
    wait(lambda: page.replies() == [])
    page.reload()
    wait(lambda: page.asked() == ["another"])
    assert page.errors() == []


def test_a_question_waits_until_the_kept_conversation_is_back(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page.ask("first")
    back, titles = threading.Event(), memory.titles
    monkeypatch.setattr(memory, "titles", lambda store: back.wait(120) and titles(store))
    page.driver.refresh()
    wait(lambda: page.js("return !!window.tabs"))
    page.type("#ask textarea", "early", Keys.ENTER)
    page.type("#ask textarea", Keys.ENTER)
    wait(lambda: page.value() == "early")
    back.set()
    wait(page.idle)
    page.settle()
    assert page.value() == "early"
    page.type("#ask textarea", Keys.ENTER)
    answered(2)
    wait(lambda: page.asked() == ["first", "early"])
    assert assistant.asked[-1] == ("early", ("first",))
    assert page.errors() == []


def test_two_tabs_lose_nothing_of_each_other(page: Any, choices: Any, wait: Callable[..., Any]) -> None:
    page.ask("first")
    one = page.driver.current_window_handle
    page.driver.switch_to.new_window("tab")
    page.open(page.url)
    wait(lambda: page.asked() == ["first"])
    page.ask("goes on here")
    page.press("#tools button")
    wait(lambda: page.replies() == [])
    page.settle()
    page.ask("another one")
    page.driver.switch_to.window(one)
    page.ask("goes on there")
    page.reload()
    wait(lambda: page.asked() == ["first", "goes on there"])
    assert [title.split()[-1] for title in sorted(choices())] == ["one", "first", "first"]
    assert page.errors() == []


def test_thumbs_and_remarks_go_to_the_file(page: Any, feedback: Path, wait: Callable[..., Any]) -> None:
    def noted() -> list[Any]:
        return [json.loads(line) for line in feedback.read_text("utf-8").splitlines()] if feedback.exists() else []

    page.ask("good question")
    page.press("#talk [title='踩']")
    wait(lambda: len(noted()) == 1)
    page.type("#remark textarea", "one is missing", Keys.ENTER)
    wait(lambda: len(noted()) == 2)
    wait(lambda: not page.all("#remark textarea"))
    assert [(line["thumb"], line["remark"]) for line in noted()] == [("down", ""), ("down", "one is missing")]
    assert noted()[0]["question"] == "good question"
    assert page.errors() == []


def test_a_conversation_is_exported_with_its_sources(page: Any, tmp_path: Path, wait: Callable[..., Any]) -> None:
    page.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path / "saved")}
    )
    page.ask("what is it?")
    page.press("#tools button", 1)
    saved = wait(lambda: list((tmp_path / "saved").glob("*.md")))
    wait(lambda: all(part in saved[0].read_text("utf-8") for part in ("## what is it?", "hostile.txt")))
    assert page.foreign_requests() == []


def test_the_language_is_switched_and_stays(page: Any, wait: Callable[..., Any]) -> None:
    page.ask("anything")
    page.press("#language")
    wait(lambda: page.texts("#beside [role=tab]")[:2] == [WORDS["en"]["tab_sources"], WORDS["en"]["tab_document"]])
    wait(lambda: page.texts(".source [data-open]") == [WORDS["en"]["open"]])
    wait(lambda: page.asked() == ["anything"])
    wait(lambda: page.js("return document.documentElement.lang").startswith("en"))
    wait(page.alive)
    page.reload()
    wait(lambda: page.texts("#language") == [WORDS["en"]["other_language"]])
    page.settle()
    page.press("#language")
    wait(lambda: page.texts("#language") == [WORDS["zh"]["other_language"]])
    wait(page.alive)
    page.settle()
    assert page.errors() == []


def test_the_keyboard_reaches_a_source_a_part_and_the_document(
    page: Any, assistant: Any, wait: Callable[..., Any]
) -> None:
    def reach(selector: str) -> Any:
        for _ in range(60):
            if page.js("return document.activeElement.matches(arguments[0])", selector):
                return page.focused()
            ActionChains(page.driver).send_keys(Keys.TAB).perform()
        raise AssertionError(f"no way to {selector} by Tab")

    page.ask("anything")
    page.js("document.activeElement.blur()")
    reach("#talk a[href*='#source-']").send_keys(Keys.ENTER)
    wait(lambda: page.focus() == "source-1-1")
    reach(".source .open").send_keys(Keys.ENTER)
    wait(lambda: page.texts("#document .note") == [WORDS["zh"]["document_gone"]])
    page.settle()
    page.js("document.activeElement.blur()")
    reach(".understood .part").send_keys(Keys.ENTER)
    wait(lambda: assistant.without == ("people:甲",))


NAMELESS = """
const named = (e) => e.getAttribute("aria-label") || e.innerText?.trim() || e.title || e.labels?.[0]?.innerText.trim()
  || document.getElementById(e.getAttribute("aria-labelledby"))?.innerText;
return [...document.querySelectorAll("button, input, textarea, select, a[href]")]
  .filter((e) => e.offsetParent && !named(e)).map((e) => e.outerHTML.slice(0, 120));
"""


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_everything_that_can_be_used_has_a_name(
    assistant: Any, serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any], language: str
) -> None:
    with serve(lambda _: assistant) as url:
        page = browse(url, language=language)
        page.ask("anything")
        wait(lambda: page.js(NAMELESS) == [])
        wait(lambda: page.js("return document.documentElement.lang")[:2] == language[:2])
        wait(lambda: page.js("return document.querySelector('[role=log]').ariaLive") == "polite")


def test_the_quote_shows_while_the_pointer_rests_on_its_number(page: Any, wait: Callable[..., Any]) -> None:
    page.ask("anything")
    page.rest_on("#talk .bot a")
    wait(lambda: page.js("return document.querySelector('#talk .bot a').title").startswith("<img src="))


def test_an_element_of_any_part_of_the_page_can_ask(page: Any, assistant: Any, wait: Callable[..., Any]) -> None:
    page.js("document.body.insertAdjacentHTML('beforeend', '<button id=probe data-ask=\"from afar\">x</button>')")
    page.js("document.querySelector('#probe').click()")
    wait(lambda: assistant.asked == [("from afar", ())])
    wait(lambda: page.asked() == ["from afar"])
