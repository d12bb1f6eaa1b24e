from rag.chat.export import markdown
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
