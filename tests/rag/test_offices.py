"""An office and a family name beside it, in both languages: people of the chapter."""

import pytest

from rag.offices import by_office, role_in
from rag.question import understand
from rag.retriever import Retriever


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("When did Mayor Chen meet Peterson?", ["陈吉宁"]),
        ("彼得森是几月几号见的 Mayor Chen？", ["陈吉宁"]),
        ("What did Vice-Mayor Yin attend?", ["殷勇"]),
        ("Who met Secretary Cai’s guests?", ["蔡奇"]),
        ("蔡书记出席了什么？", ["蔡奇"]),
        ("殷副市长会见了谁？", ["殷勇"]),
        ("What did Mayor Oh attend?", []),
        ("What did Mayor Chen Wei attend?", []),
        ("吴市长出席了什么？", []),
    ],
)
def test_a_family_name_beside_an_office_is_its_holders(retriever: Retriever, text: str, people: list[str]) -> None:
    found: list[str] = []
    rest = by_office(text, retriever.lexicon, found)
    assert found == people
    assert (rest == text) is not bool(people)


def test_an_office_stands_for_its_holder_unless_another_name_follows(retriever: Retriever) -> None:
    assert role_in("What did the mayor attend?", [], retriever.lexicon)[1] == "陈吉宁"
    assert role_in("What did Mayor Oh attend?", [], retriever.lexicon)[1] is None


def test_an_office_may_be_left_out_as_its_holder_is(retriever: Retriever) -> None:
    assert role_in("除了市长，还有谁出席？", [], retriever.lexicon)[1] == "陈吉宁"
    for text in ("除了市长还有谁致信？", "Who else wrote besides the mayor?"):
        asked = understand(text, retriever.lexicon, retriever.keywords)
        assert asked.besides == ("陈吉宁",) and not asked.people
