"""A reader's own question is plain text wherever the page shows it."""

from collections.abc import Callable
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

MARKED = [
    "# <b>x</b> *y* _z_ `w` ~~v~~",
    "<script>window.hacked = 1</script> [1] [2](#source-1-1) ![p](/p.png)",
    '<img src=/q.png onerror="window.hacked = 1">',
    "1. one\n- two\n\n    three\n| a | b |\n|---|---|\n===",
    "https://elsewhere.example a@b.example &lt; &#35; \\# <https://c.example>",
    "👩‍👩‍👧 שלום؟ مرحبا <svg onload=alert(1)>",
]
# A question whose text is not drawn yet is one without a text.
ASKED = """return [...document.querySelectorAll('#talk [data-testid=user]')].map((e) => [
  e.querySelector('p')?.textContent, e.querySelectorAll('p *').length + e.querySelectorAll('p ~ *').length]);"""


@pytest.fixture
def shown(page: Any) -> Callable[[], list[str]]:
    def texts() -> list[str]:
        asked = page.js(ASKED)
        assert {inside for _, inside in asked} <= {0}
        return [text for text, _ in asked]

    return texts


def test_a_question_is_shown_as_it_was_written(page: Any, shown: Any, assistant: Any, wait: Callable[..., Any]) -> None:
    for question in MARKED:
        page.ask(question)
    wait(lambda: shown() == MARKED)
    assert [question for question, _ in assistant.asked] == MARKED
    page.reload()
    wait(lambda: shown() == MARKED)
    page.press("#tools button")
    wait(lambda: page.replies() == [])
    page.press("#earlier input")
    wait(lambda: any(MARKED[0][:9] in title for title in page.texts("[role=option]")))
    page.press("[role=option]")
    wait(lambda: shown() == MARKED)
    page.settle()
    assert page.js("return window.hacked") is None
    loaded = page.js("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert not any(".png" in name or "elsewhere" in name for name in loaded)
    assert page.errors() == []


def test_retry_undo_edit_and_copy_have_the_question_as_it_was_written(
    page: Any, shown: Any, assistant: Any, answered: Any, wait: Callable[..., Any]
) -> None:
    page.driver.execute_cdp_cmd(
        "Browser.grantPermissions", {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
    )
    question = MARKED[0]
    page.ask(question)
    copied = "const done = arguments[0]; navigator.clipboard.readText().then(done, (error) => done(String(error)))"
    page.press("#talk .user-row ~ * [title='复制'], #talk [title='复制']")
    wait(lambda: page.driver.execute_async_script(copied) == question)
    page.press("#talk [title='重试']")
    answered(2)
    page.press("#talk [title='编辑']")
    wait(lambda: page.value("#talk textarea") == question)
    page.type("#talk textarea", Keys.END, "!")
    wait(lambda: page.value("#talk textarea") == f"{question}!")
    page.press("#talk [title='发送']")
    answered(3)
    assert [asked for asked, _ in assistant.asked] == [question, question, f"{question}!"]
    wait(lambda: shown() == [f"{question}!"])
    page.press("#talk [title='撤销']")
    wait(lambda: page.value() == f"{question}!")
    assert page.errors() == []


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
def test_a_question_is_read_aloud_without_its_encoding(
    assistant: Any, serve: Callable[..., Any], browse: Callable[..., Any], wait: Callable[..., Any], language: str
) -> None:
    with serve(lambda _: assistant) as url:
        page = browse(url, language=language)
        page.ask("<b>?")
        labelled = "#talk [data-testid][aria-label]"
        named = f"return [...document.querySelectorAll('{labelled}')].map((e) => e.getAttribute('aria-label'))"
        names = ["问题", "回答"] if language == "zh-CN" else ["Question", "Answer"]
        wait(lambda: page.js(named) == names)
