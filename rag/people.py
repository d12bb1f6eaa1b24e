"""Names of people that no lexicon needs to hold: by the tagger, and by the office before them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import rjieba

from rag.bridge import is_common, surnames
from rag.names import Names
from rag.posts import posts
from rag.text import HAN

_PLACES = "区县市镇乡村路街桥站馆园山河湖江岛湾寺塔省州"
"""Last characters of what the tagger takes for a person and is a place."""


_DOCTRINE = re.compile(rf"[{HAN}]{{3}}(?=(?:新时代|经济|生态|外交|强军|法治|文化)[{HAN}]{{0,12}}思想)")
"""Whose thought is taught is not there himself."""


def named(sentence: str, known: Iterable[str]) -> list[str]:
    """Everybody a sentence names, whether the corpus' people or others."""
    return list(dict.fromkeys((*Names.of(known).within(sentence), *tagged_names(sentence), *holders(sentence))))


def holders(quote: str) -> list[str]:
    """Who is named right after an office in a quote: 议长三宅茂树; 市长保持信函往来 names nobody."""
    return [post.name for post in posts(quote)]


def tagged_names(sentence: str) -> Iterator[str]:
    """What the tagger takes for people's names in a sentence, with a family name first: 作家冯寄尘获…"""
    tagged = rjieba.tag(_DOCTRINE.sub(" ", sentence))
    for (word, tag), (after, _) in zip(tagged, [*tagged[1:], ("", "")], strict=True):
        if tag.startswith("nr") and len(word) == 1 and re.fullmatch(f"[{HAN}]{{1,2}}", after):
            word += after  # 裴 / 立新
        known = 2 <= len(word) <= 4 and word[0] in surnames() and word[-1] not in "区县市镇乡"
        if tag.startswith("nr") and (known or (len(word) == 3 and word[-1] not in _PLACES)) and not is_common(word):
            yield word
