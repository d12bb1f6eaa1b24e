"""The terms of a question's English words: bridged into the corpus' Chinese ones, names told from plain words."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import replace

from rag.bridge import english_words, known_names, rarity
from rag.chinese import SYNONYM
from rag.keyword import Keywords
from rag.places import bare_place, countries_of, country_of
from rag.terms import COMMON, Term
from rag.text import HAN

_EN_ASKING = re.compile(
    r"\b(?:which|what|exact) (?:date|day|month|year|time|city|country|place|person|number|kind|exactly)\b|"
    r"\b(?:besides|apart from|other than|except(?: for)?|who else)\b|"
    r"\bdates? (?:of|for)\b|\b(?:begin|start|open) and (?:end|finish|close)\b",
    re.I,
)
_CAPITAL = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][A-Za-z&]+(?:[\s-]+[A-Z][A-Za-z&]+)*")
CHINA = frozenset(("china", "chinese"))
"""What every Chinese yearbook is about binds nothing: Chinese-American is 美籍."""
_OF_CONTINENT = re.compile(
    r"\b((?:Europe|Asi|Afric)an) (?:compan|firm|business|bank|executive|entrepreneur|investor|enterprise|leader|countr|"
    r"official|diplomat|ambassador|envoy|cit(?:y|ies)|capital|mayor)",
    re.I,
)
UNKNOWN_PLAIN = 0.3
"""What an English word that no dictionary links to the corpus weighs beside a rare one."""


def english_terms(question: str, keywords: Keywords, corpus_text: Container[str]) -> list[Term]:
    """`corpus_text`: all of it, in lower case, for names that no segmenter sets apart."""
    latin = _EN_ASKING.sub(" ", re.sub(f"[{HAN}]+", " ", question))
    if re.search(f"[{HAN}]", question):  # in a Chinese sentence a capital says name wherever it stands
        latin = re.sub(r"^\s*(?=[A-Z])", "· ", latin)
    rows = [[word.lower() for word in re.split(r"[\s-]+", match.group())] for match in _CAPITAL.finditer(latin)]
    found = [
        _term([re.sub(r"['’].*", "", word) for word in phrase.split()], group, rows, keywords, corpus_text)
        for phrase, group in keywords.bridge.translate(latin)
    ]
    found = [_with_countries(term, latin, corpus_text) for term in found]
    # Of Isabel Crook the corpus may tell by the family name alone.
    met = {word for row in rows for t in found if {*row} & {*t.surface.split()} and t.named and t.forms for word in row}
    return [term for term in found if term.forms or not term.named or term.surface not in met]


def _with_countries(term: Term, latin: str, corpus_text: Container[str]) -> Term:
    """A continent said of people or bodies with its countries in the corpus: European companies."""
    match = _OF_CONTINENT.search(latin)
    if not match or match[1].lower() != term.surface:
        return term
    within = tuple(name for name in countries_of(country_of(match[1]) or "") if name in corpus_text)
    strengths = (term.strengths or (1.0,) * len(term.forms)) + (SYNONYM,) * len(within)
    return replace(term, forms=term.forms + within, strengths=strengths, named=True) if within else term


def _term(
    words: list[str], group: dict[str, float], rows: list[list[str]], keywords: Keywords, corpus_text: Container[str]
) -> Term:
    """The term of a word or phrase with its translations; `rows` are the question's runs of capitalised words."""
    capital = any(word in row for row in rows for word in words)
    # One capital word by itself is a name (Apple) even where the dictionary knows it; in a row of them it may not be
    # (Treasury Secretary). Treasury, Table and Party are plain words.
    plain = all(word in english_words() and [word] not in rows for word in words)
    own = [word for word in words if word in keywords.vocabulary]
    if capital and not own and not group:
        group = dict.fromkeys(keywords.bridge.named(words[0], corpus_text), 1.0)
    heard = []
    if capital and not own and not group and words[0] not in known_names():
        heard = [sound for word in words for sound in keywords.sounds.find(word)]
    forms = tuple(dict.fromkeys([*own, *sorted(group, key=lambda word: -group[word]), *heard]))
    best = max(group.values(), default=1.0)
    surest = [keywords.idf(form) * best for form in forms if form in own or group.get(form, best) == best]
    # Of several meanings the commonest is the likeliest, and a word of no known meaning is hardly a clue.
    weight = min(surest, default=keywords.idf("") * (1.0 if capital and not plain else UNKNOWN_PLAIN))
    if not capital:
        weight *= max(map(rarity, words), default=1.0)
    proper = any(form in keywords.bridge.proper and group.get(form, best) == best for form in forms)
    # What every Chinese yearbook is about, and what this one is about, binds nothing.
    about = CHINA & {*words} or keywords.own_place in map(bare_place, forms)
    bound = capital and not about and ((not forms and not plain) or bool(own or heard) or proper)
    return Term(
        " ".join(words),
        forms,
        weight,
        bound and (not forms or weight >= COMMON),
        strengths=tuple(1.0 if form in own else group.get(form, best) / best for form in forms),
        others=keywords.bridge.ending_in(forms) if bound else (),
    )
