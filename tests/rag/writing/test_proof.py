from dataclasses import replace

import pytest

from rag.assistant import Assistant
from rag.lexicon import Lexicon
from rag.types import Answer, Citation, Unit
from rag.writing.proof import doubts, lacking

UNIT = Unit(
    id="e",
    kind="entry",
    title="签约仪式举行",
    section=None,
    text="9月16日，副市长殷勇会见芬兰赫尔辛基市市长。双方签署协议88亿元，这是第五届洽谈会，共有十二家企业参加。",
    authors=("李韬",),
    source="c.txt",
    lines=(1, 2),
)


@pytest.fixture(scope="module")
def lexicon(assistant: Assistant) -> Lexicon:
    return assistant._state[1].lexicon


@pytest.mark.parametrize(
    "claim",
    [
        "9月16日，殷勇会见赫尔辛基市市长。",
        "双方签署88亿元协议，12家企业参加。",
        "On September 16, Yin Yong met the mayor of Helsinki, Finland.",
        "Vice mayor Yin Yong (殷勇) met the mayor of Helsinki on 16 September.",
        "The two sides signed an agreement of 8.8 billion yuan.",
        "Twelve enterprises took part in the fifth fair.",
    ],
)
def test_what_the_source_says_in_either_language_is_proven(claim: str, lexicon: Lexicon) -> None:
    assert doubts(claim, [UNIT], lexicon, "en" if claim[0].isascii() and claim[0].isalpha() else "zh") == []


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("9月17日，殷勇会见赫尔辛基市市长。", "date"),
        ("9月16日，蔡奇会见赫尔辛基市市长。", "name"),
        ("9月16日，殷勇会见曼谷市市长。", "name"),
        ("双方签署协议87亿元。", "number"),
        ("共有十三家企业参加洽谈会。", "number"),
        ("这是第六届洽谈会。", "number"),
        ("副市长殷勇没有会见市长。", "denies"),
        ("此次会晤成果丰硕，意义深远，影响广泛。", "most of its words"),
        ("Yin Yong met the mayor of Helsinki.", "language"),
    ],
)
def test_what_it_does_not_say_is_named_in_chinese(claim: str, why: str, lexicon: Lexicon) -> None:
    assert any(why in doubt for doubt in doubts(claim, [UNIT], lexicon, "zh"))


@pytest.mark.parametrize(
    ("claim", "why"),
    [
        ("On September 17, Yin Yong met the mayor of Helsinki.", "date"),
        ("On September 16, Yiming met the mayor of Helsinki.", "name"),
        ("On September 16, Chen Jining met the mayor of Helsinki.", "name"),
        ("On September 16, Yin Yong met the mayor of Bangkok.", "name"),
        ("On September 16, Yin Yong (阴勇) met the mayor of Helsinki.", "name"),
        ("They signed an agreement of 8.8 million yuan.", "number"),
        ("Thirteen enterprises took part in the fifth fair.", "number"),
        ("Twelve enterprises took part in the sixth fair.", "number"),
        ("Yin Yong never met the mayor of Helsinki.", "denies"),
        ("Everybody laughed and enjoyed delicious pancakes together.", "most of its words"),
    ],
)
def test_what_it_does_not_say_is_named_in_english(claim: str, why: str, lexicon: Lexicon) -> None:
    assert any(why in doubt for doubt in doubts(claim, [UNIT], lexicon, "en"))


@pytest.mark.parametrize(
    ("claim", "spoken"),
    [("9月16日，殷勇没有会见赫尔辛基市市长。", "zh"), ("Yin Yong did not meet the mayor of Helsinki.", "en")],
)
def test_a_word_that_only_looks_like_one_denies_nothing(claim: str, spoken: str, lexicon: Lexicon) -> None:
    unit = replace(UNIT, text=f"{UNIT.text}未来，双方不断深化合作，共同开拓非洲市场。")
    assert doubts(claim, [unit], lexicon, spoken) == ["it denies what the source doesn't"]


def test_what_the_source_denies_may_be_denied(lexicon: Lexicon) -> None:
    unit = replace(UNIT, text="9月16日，殷勇没有会见赫尔辛基市市长。")
    assert doubts("9月16日，殷勇没有会见赫尔辛基市市长。", [unit], lexicon, "zh") == []
    assert doubts("On September 16, Yin Yong did not meet the mayor of Helsinki.", [unit], lexicon, "en") == []


def test_a_claim_rests_on_something(lexicon: Lexicon) -> None:
    assert doubts("殷勇会见市长。", [], lexicon, "zh") == ["it cites nothing"]


def test_what_is_left_out_is_named() -> None:
    citation = Citation(1, UNIT.text, UNIT)
    floor = Answer("问", "据【签约仪式举行】：「**9月16日**，**殷勇**会见」[1]", "zh", False, (citation,))
    people = ("殷勇",)
    assert lacking(floor, "9月16日，殷勇会见市长。[1]", (citation,), people) == []
    assert "9月16日" in lacking(floor, "殷勇会见市长。[1]", (citation,), people)
    assert "殷勇" in lacking(floor, "9月16日会见市长。[1]", (citation,), people)
    assert lacking(floor, "", (), people)[0] == "[1] 签约仪式举行"
