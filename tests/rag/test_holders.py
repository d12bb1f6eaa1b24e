"""Who holds an office, and what office somebody holds: asked of the chapter."""

from collections.abc import Callable

import pytest

from rag.assistant import Assistant


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("首尔市市长叫什么名字？", "吴世勋"),
        ("Who is mayor of Busan?", "朴亨埈"),
        ("北京市委书记是哪位", "蔡奇"),
        ("日本SMC社长是谁？", "高田芳树"),
        ("Who is the president of SMC?", "高田芳树"),
        ("渣打银行行长是谁", "张晓蕾"),
        ("世界知识产权组织中国办事处主任是谁？", "刘华"),
        ("Who is the governor of Tokyo?", "小池百合子"),
        ("Who heads Bayer's board of management?", "沃纳·保曼"),
    ],
)
def test_the_holder_of_an_office_and_nobody_else_is_in_bold(assistant: Assistant, question: str, value: str) -> None:
    text = assistant.ask(question).text
    assert f"**{value}**" in text and text.count("**") == 2


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("李伟是什么职务？", "市人大常委会主任"),
        ("Who is Li Wei?", "市人大常委会主任"),
        ("What position does Zhang Yankun hold?", "市对外友协会长"),
        ("阿努帕·杜纳隆是哪里的书记？", "老挝万象市委书记"),
        ("卢基扬采夫是谁？", "俄罗斯驻华使馆公使"),
        ("吕思清是谁？", "小提琴演奏家"),
    ],
)
def test_the_office_of_a_person_is_in_bold(assistant: Assistant, question: str, value: str) -> None:
    assert f"**{value}**" in assistant.ask(question).text


@pytest.mark.parametrize(
    "question",
    ["釜石市市长是谁？", "2021年德国驻华大使是谁？", "都柏林市市长叫什么名字？", "What position does Wang Wei hold?"],
)
def test_an_office_that_no_text_gives_is_nobodys(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).abstained


def test_a_head_may_be_told_of_in_other_words(assistant_of: Callable[[str], Assistant], assistant: Assistant) -> None:
    told = assistant_of("【研究生处设立】9月，学院设立研究生处，贺兰芝任首任处长。\n")
    assert "贺兰芝" in told.ask("Who was the first head of the graduate office?").text
    assert "熊九玲" in assistant.ask("Who is head of the Beijing Foreign Affairs Office?").text
