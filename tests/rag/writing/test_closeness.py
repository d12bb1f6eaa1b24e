import pytest

from rag.types import Unit
from rag.writing.closeness import kept, numbers_in_words, together

TEXT = "3月5日，陈吉宁会见怡和集团主席。双方签署协议12项。9月16日，参观活动举行。此后，殷勇会见穆迪公司总裁。"
PEOPLE = ("陈吉宁", "殷勇")


def unit(text: str) -> Unit:
    return Unit(
        id="e", kind="entry", title="签约仪式举行", section=None, text=text, authors=(), source="c", lines=(1, 2)
    )


@pytest.mark.parametrize(
    ("claim", "proven"),
    [
        ("3月5日，陈吉宁会见怡和集团主席，双方签署协议12项。", True),
        ("陈吉宁会见怡和集团主席，当日双方签署协议12项。", True),
        ("陈吉宁会见怡和集团主席，3月5日见的。", True),
        ("3月5日，殷勇会见穆迪公司总裁。", False),
        ("殷勇会见穆迪公司总裁，3月5日见的。", False),
        ("9月16日，殷勇会见穆迪公司总裁。", True),
        ("陈吉宁会见穆迪公司总裁。", False),
        ("9月16日，双方签署协议12项。", False),
        ("殷勇会见怡和集团主席，陈吉宁会见穆迪公司总裁。", False),
    ],
)
def test_what_stands_apart_is_not_brought_together(claim: str, proven: bool) -> None:
    assert together(claim.replace("，", ","), [unit(TEXT)], PEOPLE, 0.6) is proven


def test_two_units_prove_a_claim_together() -> None:
    said = "3月5日,陈吉宁会见怡和集团主席,双方签署协议12项"
    assert together(said, [unit("3月5日，陈吉宁会见怡和集团主席。"), unit("双方签署协议12项。")], PEOPLE, 0.6)
    assert not together(said, [unit("4月5日，陈吉宁会见怡和集团主席。"), unit("双方签署协议12项。")], PEOPLE, 0.6)


def test_the_share_of_words_kept_is_of_words_of_two_characters() -> None:
    assert kept("会见集团主席的总裁", "陈吉宁会见怡和集团主席") == 3 / 4  # 会见 集团 主席, not 总裁; 的 is none


def test_numbers_in_words_are_held_by_value() -> None:
    assert numbers_in_words("十二项协议", "协议12项") == []
    assert numbers_in_words("十三项协议", "协议12项") == ["number 十三 is not in what it cites"]
