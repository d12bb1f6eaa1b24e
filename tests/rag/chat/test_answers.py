from dataclasses import replace

import pytest

from rag.assistant import Assistant
from rag.chat.answers import anchor, answer_markdown
from rag.types import Answer, Citation, Unit

ENTRY = Unit(
    "e", "entry", "某条例通过审议", "语言环境", "11月26日，会议审议通过了某条例。", (), "chapter.txt", (10, 20)
)
ROW = Unit("r", "row", "会见一览表", None, "4月6日 殷勇 会见某集团", (), "chapter.txt", (31, 31), table="表6")


def answer(text: str, *citations: Citation) -> Answer:
    return Answer("问", text, "zh", abstained=not citations, citations=citations)


def test_a_cited_number_links_to_its_own_turns_card() -> None:
    text = answer_markdown(answer("实施了[1]。", Citation(1, ENTRY.text, ENTRY)), turn=3)
    assert text == "实施了[1](#source-3-1)。"
    assert anchor(3, 1) == "source-3-1"


def test_a_number_without_a_citation_is_no_link() -> None:
    assert answer_markdown(answer("见[2]。", Citation(1, ENTRY.text, ENTRY)), 1) == r"见\[2\]。"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("![](http://elsewhere.example/x.png)", r"!\[\](http&#58;//elsewhere.example/x.png)"),
        ("[here](javascript:alert(1))", r"\[here\](javascript:alert(1))"),
        ("www.example.com", "www&#46;example.com"),
        (r"\[7\](#source-1-1)", r"\\\[7\\\](\#source-1-1)"),
        ("```mermaid ~~a~~ # b | c_d", r"\`\`\`mermaid \~\~a\~\~ \# b \| c\_d"),
        ("AT&T", "AT&amp;T"),
    ],
)
def test_an_answer_never_carries_a_tag_an_image_or_a_link_of_the_documents(written: str, shown: str) -> None:
    assert answer_markdown(answer(written), 1) == shown


def test_the_answers_own_markdown_stays() -> None:
    assert answer_markdown(answer("**2** 项：\n\n- 甲\n- 乙"), 1) == "**2** 项：\n\n- 甲\n- 乙"


def test_what_stands_nearest_is_linked_where_an_abstention_names_it() -> None:
    text = f"资料中没有说明。\n\n最接近的记载：【{ENTRY.title}】；{ROW.text}"
    shown = answer_markdown(Answer("问", text, "zh", True, nearest=(ENTRY, ROW)), 2)
    assert shown.endswith(f"：\n\n- [【{ENTRY.title}】](#source-2-near-0)\n- [{ROW.text}](#source-2-near-1)")


def test_an_english_abstention_hints_at_what_its_chinese_links_are() -> None:
    row = replace(ROW, fields={"时间": "4月6日"}, date="4月6日", people=("殷勇",), country="英国")
    text = f"The sources don't say.\n\nNearest to it: 【{ENTRY.title}】; {row.text}"
    shown = answer_markdown(Answer("q", text, "en", True, nearest=(ENTRY, row)), 1)
    assert "(#source-1-near-0) (entry · November 26)\n" in shown
    assert shown.endswith("(#source-1-near-1) (April 6 · Yin Yong · United Kingdom · Table 6)")


def test_a_real_abstention_names_its_nearest_so_that_each_can_be_linked(assistant: Assistant) -> None:
    unanswered = assistant.ask("北京地铁2021年新开了几条线？")
    assert unanswered.abstained and unanswered.nearest
    assert answer_markdown(unanswered, 1).count("](#source-1-near-") == len(unanswered.nearest)
