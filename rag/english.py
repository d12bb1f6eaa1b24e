"""The terms of a question's English words: bridged into the corpus' Chinese ones, names told from plain words."""

from __future__ import annotations

import re

from rag.bridge import english_words, known_names, rarity
from rag.keyword import Keywords
from rag.terms import COMMON, Term
from rag.text import HAN

_EN_ASKING = re.compile(
    r"\b(?:which|what|exact) (?:date|day|month|year|time|city|country|place|person|number|kind|exactly)\b", re.I
)
_CAPITAL = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][A-Za-z&]+(?:[\s-]+[A-Z][A-Za-z&]+)*")
CHINA = frozenset(("china", "chinese"))
"""What every Chinese yearbook is about binds nothing: Chinese-American is 美籍."""
UNKNOWN_PLAIN = 0.3
"""What an English word that no dictionary links to the corpus weighs beside a rare one."""


def english_terms(question: str, keywords: Keywords) -> list[Term]:
    found: list[Term] = []
    latin = _EN_ASKING.sub(" ", re.sub(f"[{HAN}]+", " ", question))
    # One capital word by itself is a name (Apple) even where the dictionary knows it; in a row of them it may not be
    # (Treasury Secretary).
    if re.search(f"[{HAN}]", question):  # in a Chinese sentence a capital says name wherever it stands
        latin = re.sub(r"^\s*(?=[A-Z])", "· ", latin)
    alone = {m.group().lower() for m in _CAPITAL.finditer(latin) if len(re.split(r"[\s-]+", m.group())) == 1}
    capitals = {word.lower() for match in _CAPITAL.finditer(latin) for word in re.split(r"[\s-]+", match.group())}
    for phrase, group in keywords.bridge.translate(latin):
        words = [re.sub(r"['’].*", "", word) for word in phrase.split()]
        # Apple is a name only as far as no dictionary knows the word: Treasury, Table and Party are none.
        capital = any(word in capitals for word in words)
        plain = all(word in english_words() and word not in alone for word in words)
        own = [word for word in words if word in keywords.vocabulary]
        heard = (
            []
            if own or group or not capital or words[0] in known_names()
            else [s for word in words for s in keywords.sounds.find(word)]
        )
        forms = tuple(dict.fromkeys([*own, *sorted(group, key=lambda word: -group[word]), *heard]))
        best = max(group.values(), default=1.0)
        surest = [keywords.idf(form) * best for form in forms if form in own or group.get(form, best) == best]
        # Of several meanings the commonest is the likeliest, and a word of no known meaning is hardly a clue.
        weight = min(surest, default=keywords.idf("") * (1.0 if capital and not plain else UNKNOWN_PLAIN))
        bound = (
            capital
            and not CHINA & {*words}
            and (
                (not forms and not plain)
                or bool(own)
                or bool(heard)
                or any(f in keywords.bridge.proper and group.get(f, best) == best for f in forms)
            )
        )
        strengths = tuple(1.0 if form in own else group.get(form, best) / best for form in forms)
        if not capital:
            weight *= max(map(rarity, words), default=1.0)
        found.append(
            Term(
                " ".join(words),
                forms,
                weight,
                bound and (not forms or weight >= COMMON),
                strengths=strengths,
                others=keywords.bridge.ending_in(forms) if bound else (),
            )
        )
    # Of Isabel Crook the corpus may tell by the family name alone.
    rows = [{word.lower() for word in re.split(r"[\s-]+", m.group())} for m in _CAPITAL.finditer(latin)]
    met = {word for row in rows for t in found if row & {*t.surface.split()} and t.named and t.forms for word in row}
    return [term for term in found if term.forms or not term.named or term.surface not in met]
