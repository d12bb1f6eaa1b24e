import base64
import re

from markdown_it import MarkdownIt

from rag.chat.export import download, markdown
from rag.types import Answer, Citation, Unit

ENTRY = Unit(
    "e", "entry", "某条例通过审议", "语言环境", "11月26日通过。1月1日实施。", ("黄芳",), "chapter.txt", (10, 20)
)


def test_a_conversation_leaves_with_its_sources() -> None:
    answers = {
        1: Answer("什么时候\n实施？", "1月1日实施[1]。", "zh", False, (Citation(1, "1月1日实施。", ENTRY),)),
        2: Answer("谁说的？", "资料中没有说明。", "zh", True),
    }
    text = markdown(answers, "zh")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## 什么时候 实施？", "## 谁说的？"]
    for piece in ("1月1日实施[1]。", "**[1] 某条例通过审议**\n> 1月1日实施。", "chapter.txt 第10–20行", "撰稿：黄芳"):
        assert piece in text
    assert text.count("### ") == 1


def test_a_question_leaves_as_plain_text() -> None:
    assert r"## \# \<img src=/x\>" in markdown({1: Answer("# <img src=/x>", "", "en", True)}, "en").splitlines()


def test_nothing_said_is_a_heading_alone() -> None:
    assert markdown({}, "en") == "# Yearbook Q&A\n"


HOSTILE = """![](http://elsewhere.example/a.png) <img src=//elsewhere.example/b.png> [1](http://elsewhere.example)
[1]: http
[2][3] `x` **15** [4]"""


def test_what_a_document_holds_is_text_in_the_file_too() -> None:
    """Read by the library that renders Markdown most faithfully to its specification."""
    unit = Unit("e", "entry", HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), f"{HOSTILE}.txt", (1, 2))
    answers = {1: Answer(HOSTILE, HOSTILE, "en", False, (Citation(1, HOSTILE, unit),))}
    for rendered in (MarkdownIt("commonmark").render(text := markdown(answers, "en")), MarkdownIt().render(text)):
        assert not re.search(r"<(img|a|code|script)[ >]", rendered)
        assert "[4]" in rendered and "<strong>15</strong>" in rendered
    assert "**15** [4]" in text


def test_a_file_is_its_link() -> None:
    link = download('"><b>.md', "text/markdown", "李\ud800", "导出<")
    assert link.startswith(
        '<a class="download" download="&quot;&gt;&lt;b&gt;.md" href="data:text/markdown;charset=utf-8;'
    )
    assert link.endswith("导出&lt;</a>")
    data = re.search(r'base64,([^"]+)"', link)
    assert data and base64.b64decode(data[1]).decode() == "李?"
