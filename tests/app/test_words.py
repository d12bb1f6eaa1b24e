"""No English word on the Chinese page that is not a reader's or a document's own, and no Chinese one on the English."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rag.chat.wording import WORDS

OWN = "灯谜会举办。3月8日，区文化馆举办灯谜会，收到谜语913条。\n"
SAID = """
const own = ".example, .message, .source, .document, #shelf, #look-table td, [role=gridcell], #told, #books, #drop, "
  + "#asked, #about, #look-link, .understood, .vega-embed, .progress-level, style";
const said = [];
for (const e of document.body.querySelectorAll("*")) {
  for (const name of ["aria-label", "aria-roledescription", "title", "placeholder", "alt"])
    if (e.getAttribute(name)) said.push(e.getAttribute(name));
  if (!e.closest(own) && getComputedStyle(e).display !== "none")
    for (const node of e.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.data.trim());
}
return said;
"""
NAMES = ("chapter", "beijing-yearbook", "English", "中文", "灯谜")
"""What bears its own name in either language."""


class Listener:
    """Collects what the page says that is not in its language."""

    def __init__(self, page: Any, foreign: Callable[[str], bool]) -> None:
        self.page, self.foreign, self.heard = page, foreign, set[str]()

    def listen(self) -> None:
        said = self.page.js(SAID)
        self.heard |= {text for text in said if self.foreign(text) and not any(name in text for name in NAMES)}


def is_english(text: str) -> bool:
    return re.search("[A-Za-z]{2}", text) is not None and not any(letter > "\u3400" for letter in text)


def is_key(text: str) -> bool:
    """A name of Gradio's that has no words in its language."""
    return text.startswith(("common.", "chatbot.", "dataframe.", "file.", "upload_text."))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_gradios_own_words_are_in_the_pages_language(
    chapter: str, browse: Callable[..., Any], wait: Callable[..., Any], pick: Any, language: str, tmp_path: Path
) -> None:
    words = WORDS[language]
    page = browse(chapter, language="zh-CN" if language == "zh" else "en-US")
    heard = Listener(page, is_english if language == "zh" else is_key)
    page.ask("表6有哪些内容？")
    heard.listen()
    page.press("#talk [title='踩'], #talk [title='Dislike']")
    page.one(".toast-body")
    heard.listen()
    page.press("#talk [title='编辑'], #talk [title='Edit']")
    page.one("#talk textarea")
    heard.listen()
    pick(page, "#beside [role=tab]", words["tab_look"])
    wait(lambda: page.all("#look-table th") and page.all("#look-bars .role-axis"))
    page.settle()
    page.rest_on("#look-table th", 1)
    page.press("#look-table .cell-menu-button", 1)
    page.one("[role=menu]")
    heard.listen()
    pick(page, "#tabs [role=tab]", words["tab_browse"])
    page.one("#shelf article")
    heard.listen()
    pick(page, "#tabs [role=tab]", words["tab_uploads"])
    wait(lambda: page.texts("#asked label"))
    file = tmp_path / "灯谜.txt"
    file.write_text(OWN, encoding="utf-8")
    page.type("#drop input[type=file]", str(file))
    wait(lambda: heard.listen() or page.texts("#told li"))
    heard.listen()
    assert heard.heard == set()
    assert page.errors() == []
