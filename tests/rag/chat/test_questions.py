import pytest

from rag.chat.questions import heading, literal, original

QUESTIONS = [
    "殷勇会见了哪些外资企业？",
    "# x\n===\n- a\n1. b\n    code\n\ttab",
    "<b>x</b> <img src=/x> &amp; &#35; &lt;",
    "*a* _b_ `c` ~~d~~ [1](x) ![y](/z) | https://elsewhere.example a@b.example www.c.example",
    "  两个空格 👩‍👩‍👧 مرحبا ؟\r\n",
    "",
]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_comes_back_as_it_was_asked(question: str) -> None:
    assert original(literal(question)) == question


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("Who met 殷勇", "Who met 殷勇"),
        ("# <b>", "&#35; &#60;b&#62;"),
        ("a\n  b", "a&#10;&#32;&#32;b"),
        (" a b", "&#32;a b"),
        ("&#35;", "&#38;&#35;35&#59;"),
    ],
)
def test_what_markdown_or_html_may_read_is_written_as_a_number(question: str, shown: str) -> None:
    assert literal(question) == shown


def test_a_message_of_other_hands_is_no_error() -> None:
    assert original("&#99999999; &#xx;") == "&#99999999; &#xx;"


def test_a_heading_of_a_file_is_one_line_without_markup() -> None:
    assert heading("what\n is it?") == "what is it?"
    assert heading("<b>*[1]* & `x` #") == r"\<b\>\*\[1\]\* \& \`x\` \#"
