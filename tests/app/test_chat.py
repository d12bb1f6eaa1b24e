"""The page by itself, with an assistant that says what a test needs: start, errors, hostile texts."""

import threading
from collections.abc import Callable
from typing import Any

from selenium.webdriver.common.keys import Keys

from rag.assistant import Assistant
from rag.chat.loader import Progress
from rag.chat.wording import WORDS


def test_the_page_says_how_far_it_is_and_then_answers_what_was_asked_meanwhile(
    assistant: Assistant, serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    go_on = threading.Event()

    def open_slowly(progress: Progress) -> Assistant:
        progress("embedding", 3, 7)
        go_on.wait(60)
        return assistant

    with serve(open_slowly) as url:
        page = browse(url)
        preparing = WORDS["zh"]["working"].format(done=3, total=7)
        wait(lambda: preparing in page.texts("#status"))
        page.send("asked early")
        wait(lambda: preparing in page.replies())
        page.picture("preparing")
        go_on.set()
        page.one(".source")
        wait(lambda: page.texts("#status") == [""])
        assert page.errors() == []


def test_a_failed_start_is_said_in_a_sentence(
    serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    def fail(_: Progress) -> Assistant:
        raise RuntimeError("a secret detail")

    with serve(fail) as url:
        page = browse(url, language="en-US")
        wait(lambda: WORDS["en"]["failed"] in page.texts("#status"))
        assert page.ask("anyone there?") == WORDS["en"]["error"]


def test_nothing_of_documents_or_questions_runs_or_loads(page: Any, wait: Callable[..., Any]) -> None:
    reply = page.ask("<img src=http://elsewhere.example/q.png onerror='window.hacked=1'><script>hacked=1</script> q")
    assert "<script>window.hacked = 1</script> <img" in reply
    wait(lambda: page.texts(".source h3")[0].endswith("<script>window.hacked = 1</script>"))
    wait(lambda: page.texts(".source mark")[0].startswith("<img src="))
    page.ask("another, so that the first one's sources fold under it")
    assert page.js("return window.hacked") is None
    assert page.foreign_requests() == []


def test_errors_are_one_sentence_and_the_conversation_goes_on(page: Any, assistant: Any) -> None:
    assert page.ask("crash") == WORDS["zh"]["error"]
    assert page.ask("问" * 100_000) == WORDS["zh"]["bad_question"]
    page.ask("fine")
    page.ask("and then?")
    assert assistant.asked[-2:] == [("fine", ()), ("and then?", ("fine",))]
    assert page.errors() == []


def test_an_empty_question_is_not_sent(page: Any, assistant: Any, wait: Callable[..., Any]) -> None:
    page.send("   ")
    page.settle()
    page.ask("fine")
    wait(lambda: page.asked() == ["fine"])
    assert assistant.asked == [("fine", ())]


def test_the_enter_that_confirms_a_candidate_sends_nothing(
    page: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.press("#ask textarea")
    wait(lambda: page.js("return document.activeElement.matches('#ask textarea')"))
    page.driver.execute_cdp_cmd("Input.imeSetComposition", {"text": "yin", "selectionStart": 3, "selectionEnd": 3})
    # What a browser sends for a key that the input method takes: a keydown with code 229, and no keypress.
    key = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    page.driver.execute_cdp_cmd("Input.dispatchKeyEvent", key)
    page.driver.execute_cdp_cmd("Input.insertText", {"text": "殷勇"})
    page.driver.execute_cdp_cmd("Input.insertText", {"text": "见了谁"})
    wait(lambda: page.value() == "殷勇见了谁")
    page.settle()
    page.type("#ask textarea", Keys.ENTER)
    page.one(".source")
    answered(1)
    assert assistant.asked == [("殷勇见了谁", ())]


def test_a_link_keeps_the_conversation_whatever_the_address(
    assistant: Any, serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    with serve(lambda _: assistant) as url:
        page = browse(f"{url}?__theme=dark")
        page.ask("anything")
        page.press("#talk .bot a")
        wait(lambda: page.focus() == "source-1-1")
        page.settle()
        assert len(page.replies()) == 1
