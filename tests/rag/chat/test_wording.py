import re

import pytest

from rag.chat.wording import KINDS, KINDS_OF_PART, THINGS, WORDS, reader_language
from rag.relations import OBJECTS, RELATIONS


def test_every_relation_and_kind_of_thing_has_a_chinese_word() -> None:
    assert THINGS["zh"].keys() >= {*RELATIONS, *OBJECTS}


def test_both_languages_say_the_same_things() -> None:
    assert WORDS["zh"].keys() == WORDS["en"].keys()
    assert KINDS["zh"].keys() == KINDS["en"].keys()
    assert KINDS_OF_PART["zh"].keys() == KINDS_OF_PART["en"].keys()
    for name, words in WORDS["zh"].items():
        assert set(re.findall(r"{\w+}", words)) == set(re.findall(r"{\w+}", WORDS["en"][name])), name


@pytest.mark.parametrize(
    ("header", "language"),
    [("zh-CN,zh;q=0.9,en;q=0.8", "zh"), ("zh", "zh"), ("en-GB,zh;q=0.5", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_the_page_speaks_the_browsers_first_language(header: str | None, language: str) -> None:
    assert reader_language(header) == language
