"""An acronym beside the name that it abbreviates, or in its place later on: 迪拜国际金融中心 (DIFC)."""

from __future__ import annotations

import re

import rjieba

from rag.keyword import Keywords
from rag.text import HAN, has_han

RARE = 3.4
"""The idf from which a Chinese word makes what it stands in a name of its own: 国际组织 (WIPO) has none."""
_BRACKETED = re.compile(
    rf"(?P<name>[{HAN}·]{{2,}}|[A-Z][\w'’]*(?:[ -](?:of |for |the |and |& )*[A-Z][\w'’]*)+)"
    r" ?\((?P<short>[A-Z][A-Z&]{1,7})\)"
)
_ITSELF = re.compile(rf"(?<=[{HAN}])(?P<between>.*?)\b[A-Z]{{2,8}}\s*(?=自己|自身|本身|itself\b|themselves\b)", re.S)
_OUTSIDE = re.compile("[updrcy]|v(?!n)")
"""Tags of words that end a name when read backwards: 写给|迪拜国际金融中心."""


def without_acronyms(text: str, keywords: Keywords) -> str:
    """The text without acronyms that the corpus lacks and that only say once more what the text names."""
    short = {
        match["short"]
        for match in _BRACKETED.finditer(text)
        if match["short"].lower() not in keywords.vocabulary and _names(match["name"], match["short"], keywords)
    }
    for acronym in short:
        text = re.sub(rf" ?\({acronym}\)|(?<![A-Za-z]){acronym}(?![A-Za-z])", " ", text)
    return _ITSELF.sub(lambda match: _before(match, keywords), text)


def _before(match: re.Match[str], keywords: Keywords) -> str:
    """BDA 自己, said after a Chinese name: whoever that is has been named before."""
    acronym = match.group()[len(match["between"]) :].strip()
    return match.group() if acronym.lower() in keywords.vocabulary else f"{match['between']} "


def _names(name: str, short: str, keywords: Keywords) -> bool:
    """Whether the acronym can be short for the name: by its initials, or as that of a Chinese name the corpus has."""
    if not has_han(name):
        initials = iter(re.sub(r"[\W_]*(\w)\w*", r"\1", name.replace("-", " ")).upper())
        return all(letter in initials for letter in short.replace("&", ""))
    for word, tag in reversed(list(rjieba.tag(name))):
        if _OUTSIDE.match(tag):
            return False
        if word in keywords.vocabulary and keywords.idf(word) >= RARE:
            return True
    return False
