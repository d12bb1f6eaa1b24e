"""What gives way to a follow-up's new name or noun, in invented questions and in answers."""

from collections.abc import Sequence

import pytest

from rag.assistant import Assistant
from rag.instead import is_elliptic, put_in_place
from rag.question import Question
from rag.terms import Term


def asking(text: str, *words: str, names: Sequence[str] = (), asks: str = "what", language: str = "zh") -> Question:
    terms = tuple(Term(word, (word,), 5.0, named=word in names) for word in words)
    return Question(text=text, standalone=text, language=language, asks=asks, terms=terms)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("earlier", "then", "text"),
    [
        (
            asking("澜江防汛演练有多少人参加？", "澜江", "防汛", "演练", asks="how many"),
            asking("地震救援演练呢?", "地震", "救援", "演练"),
            "地震救援演练有多少人参加？",
        ),
        (
            asking("去年接种了多少台籍同胞？", "接种", "台籍", "同胞", asks="how many"),
            asking("外籍人士呢?", "外籍人士"),
            "去年接种了多少外籍人士？",
        ),
        (
            asking("代表团什么时候访问了汀陵？", "代表团", "访问", "汀陵", names=["汀陵"], asks="when"),
            asking("那栖州呢，去了几天?", "栖州", names=["栖州"], asks="how many"),
            "代表团什么时候访问了栖州？",
        ),
        (
            asking(
                "How many local nurses joined the drill?", "local", "nurses", "drill", asks="how many", language="en"
            ),
            asking("And doctors?", "doctors", language="en"),
            "How many doctors joined the drill?",
        ),
        (
            asking("Who opened the flood control course?", "flood control", "course", asks="who", language="en"),
            asking("What about the fire safety course?", "fire", "safety", "course", language="en"),
            "Who opened the fire safety course?",
        ),
    ],
)
def test_the_like_of_what_is_named_anew_gives_way(earlier: Question, then: Question, text: str) -> None:
    put = put_in_place(then, earlier)
    assert put.text == text
    assert not {"防汛", "台籍", "同胞", "汀陵", "nurses", "flood control"} & {term.surface for term in put.terms}


@pytest.mark.parametrize(
    "then",
    [
        asking("5月呢?"),
        asking("费用呢?", "费用"),
        asking("那次演练是谁主持的?", "演练", asks="who"),
        asking("And in May?", language="en"),
    ],
)
def test_nothing_gives_way_to_what_is_unlike_it(then: Question) -> None:
    earlier = asking("澜江防汛演练有多少人参加？", "澜江", "防汛", "演练", names=["澜江"], asks="how many")
    assert put_in_place(then, earlier) == earlier


def test_a_title_stays_where_a_place_gives_way() -> None:
    earlier = asking("《石鼓》在栖州演了几场？", "石鼓", "栖州", names=["石鼓", "栖州"], asks="how many")
    assert put_in_place(asking("汀陵呢?", "汀陵", names=["汀陵"]), earlier).text == "《石鼓》在汀陵演了几场？"


def test_what_asks_something_itself_is_no_ellipsis() -> None:
    assert is_elliptic(asking("那巴西呢?", "巴西"))
    assert not is_elliptic(asking("那巴西是哪天?", "巴西", asks="when"))
    assert not is_elliptic(asking("那是什么?"))


@pytest.mark.parametrize(
    ("conversation", "said", "unsaid"),
    [
        (("高级英语翻译人才线上培训班有多少人参加？", "依法行政培训班呢？"), "**60名**", "70余"),
        (("How many Hong Kong and Macao residents got vaccinated?", "And foreigners?"), "**约4万名**", "**1万"),
        (("首尔市市长叫什么？", "釜山呢？"), "**朴亨埈**", "**吴世勋**"),
        (("市长跟戴姆勒的董事长视频见面是什么时候？", "那拜耳呢，是谁、哪天？"), "**沃纳·保曼**", "康林松"),
        (
            ("What did Beijing do for the anniversary with Wellington?", "And Helsinki?", "And Tel Aviv?"),
            "中以创新创业大赛",
            "惠灵顿",
        ),
    ],
)
def test_answers_are_about_what_was_named_last(
    assistant: Assistant, conversation: Sequence[str], said: str, unsaid: str
) -> None:
    *history, question = conversation
    answer = assistant.ask(question, history)
    assert said in answer.text
    assert unsaid not in answer.text


def test_the_last_event_named_answers_or_nothing_does(assistant: Assistant) -> None:
    history = ["高级英语翻译人才线上培训班有多少人参加？", "依法行政培训班呢？"]
    assert assistant.ask("韧性城市培训呢？", history).abstained
