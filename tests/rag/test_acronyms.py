"""Acronyms beside the names that they stand for; the chapter has APEC and none of the others."""

import pytest

from rag.acronyms import without_acronyms
from rag.retriever import Retriever


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("写给迪拜国际金融中心 (DIFC) 的信", "写给迪拜国际金融中心 的信"),
        ("the Development Area for Trade (DAT) and what DAT did", "the Development Area for Trade and what did"),
        ("For 北京经开区: 几项？BDA 自己又有几项？", "For 北京经开区: 几项？ 自己又有几项？"),
        ("亚太经合组织 (APEC) 和 APEC 自己", "亚太经合组织 (APEC) 和 APEC 自己"),
        ("有个国际组织 (WIPO) 派了谁？", "有个国际组织 (WIPO) 派了谁？"),
        ("the Development Area (WIPO)", "the Development Area (WIPO)"),
        ("WIPO 自己派了谁？", "WIPO 自己派了谁？"),
        ("WIPO 派了谁？", "WIPO 派了谁？"),
    ],
)
def test_an_acronym_falls_where_it_says_once_more_what_is_named(retriever: Retriever, text: str, left: str) -> None:
    assert " ".join(without_acronyms(text, retriever.keywords).split()) == left
