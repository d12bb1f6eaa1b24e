"""The page by itself, with an assistant that says what a test needs."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

import app
from rag.assistant import Assistant
from rag.errors import QuestionError
from rag.loader import Loader, Progress
from rag.types import Answer, Citation, Unit
from rag.wording import WORDS


class ScriptedAssistant(Assistant):
    """Answers from a table of texts, or fails as told."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []

    def stream(self, question: str, history: Sequence[str] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        if len(question) > 2000:
            raise QuestionError("too long")
        if "crash" in question:
            raise RuntimeError("a secret detail")
        unit = Unit(
            id="u",
            kind="fragment",
            title="<script>window.hacked = 1</script>",
            section=None,
            text='<img src="http://elsewhere.example/a.png" onerror="window.hacked = 1">',
            authors=(),
            source="hostile.txt",
            lines=(1, 1),
        )
        text = f"{unit.title} {unit.text} ![](http://elsewhere.example/b.png) [1]"
        yield Answer(question, text, "en", False, (Citation(1, unit.text, unit),))


@pytest.fixture
def serve(free_port: Callable[[], int]) -> Callable[[Callable[[Progress], Assistant]], Any]:
    @contextmanager
    def run(open_assistant: Callable[[Progress], Assistant]) -> Iterator[str]:
        loader = Loader(open_assistant)
        page = app.build(loader, ["An example?"])
        port = free_port()
        page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **app.launch_options())
        loader.start()
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            page.close(verbose=False)

    return run


@pytest.fixture
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def page(assistant: ScriptedAssistant, serve: Callable[..., Any], browse: Callable[..., Any]) -> Iterator[Any]:
    with serve(lambda _: assistant) as url:
        yield browse(url)


def test_the_page_says_how_far_it_is_and_then_answers_what_was_asked_meanwhile(
    serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    go_on = threading.Event()

    def open_slowly(progress: Progress) -> Assistant:
        progress("embedding", 3, 7)
        go_on.wait(60)
        return ScriptedAssistant()

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


def test_nothing_of_documents_or_questions_runs_or_loads(page: Any) -> None:
    reply = page.ask("<img src=http://elsewhere.example/q.png onerror='window.hacked=1'><script>hacked=1</script> q")
    assert "<script>window.hacked = 1</script> <img" in reply
    assert page.texts(".source h3")[0].endswith("<script>window.hacked = 1</script>")
    assert page.texts(".source mark")[0].startswith("<img src=")
    page.ask("another, so that the first one's sources fold under it")
    assert page.js("return window.hacked") is None
    assert page.foreign_requests() == []


def test_errors_are_one_sentence_and_the_conversation_goes_on(page: Any, assistant: ScriptedAssistant) -> None:
    assert page.ask("crash") == WORDS["zh"]["error"]
    assert page.ask("问" * 100_000) == WORDS["zh"]["bad_question"]
    page.ask("fine")
    page.ask("and then?")
    assert assistant.asked[-2:] == [("fine", ()), ("and then?", ("fine",))]
    assert page.errors() == []


def test_an_empty_question_is_not_sent(page: Any, assistant: ScriptedAssistant, wait: Callable[..., Any]) -> None:
    page.send("   ")
    wait(lambda: WORDS["zh"]["empty"] in page.texts("#ask")[0])
    assert page.replies() == []
    assert assistant.asked == []


def test_the_enter_that_confirms_a_candidate_sends_nothing(page: Any, assistant: ScriptedAssistant) -> None:
    page.one("#ask textarea").click()
    page.driver.execute_cdp_cmd("Input.imeSetComposition", {"text": "yin", "selectionStart": 3, "selectionEnd": 3})
    # What a browser sends for a key that the input method takes: a keydown with code 229, and no keypress.
    key = {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    page.driver.execute_cdp_cmd("Input.dispatchKeyEvent", key)
    page.driver.execute_cdp_cmd("Input.insertText", {"text": "殷勇"})
    page.driver.execute_cdp_cmd("Input.insertText", {"text": "见了谁"})
    page.focused().send_keys(Keys.ENTER)
    page.one(".source")
    assert assistant.asked == [("殷勇见了谁", ())]


def test_sources_follow_retry_undo_and_a_new_conversation(
    page: Any, assistant: ScriptedAssistant, wait: Callable[..., Any]
) -> None:
    page.ask("first")
    page.ask("second")
    assert page.sources() == ["source-2-1", "source-1-1"]
    wait(lambda: page.focused().tag_name == "textarea")
    page.one("#talk [title='重试']").click()
    wait(lambda: len(assistant.asked) == 3 and page.idle())
    assert assistant.asked[-1] == ("second", ("first",))
    assert page.sources() == ["source-2-1", "source-1-1"]
    page.one("#talk [title='撤销']").click()
    wait(lambda: page.sources() == ["source-1-1"])
    page.one("[title='清空对话']").click()
    wait(lambda: page.sources() == [])
    page.ask("afresh")
    assert assistant.asked[-1] == ("afresh", ())
    assert page.sources() == ["source-1-1"]


def test_a_link_keeps_the_conversation_whatever_the_address(
    assistant: ScriptedAssistant, serve: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    with serve(lambda _: assistant) as url:
        page = browse(f"{url}?__theme=dark")
        page.ask("anything")
        page.one("#talk .bot a").click()
        assert page.focused().get_attribute("id") == "source-1-1"
        assert len(page.replies()) == 1
