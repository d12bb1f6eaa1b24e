"""Countries in both languages, and what English calls their people and things, from CLDR."""

from __future__ import annotations

import re
from functools import lru_cache

import rjieba
from babel import Locale
from babel.core import get_global

_REGIONAL = re.compile(r"^([A-Z][a-z]+)(?: [A-Z][a-z]+)$")


def bare_place(name: str) -> str:
    """A place's name without 市, 省 or the like at its end."""
    return name[:-1] if len(name) > 2 and name[-1] in "市省州区县" else name


@lru_cache(maxsize=1)
def english_of() -> dict[str, str]:
    """Chinese name of a territory or continent → its English one: 芬兰 → Finland."""
    zh, en = Locale("zh").territories, Locale("en").territories
    return {name: en[code] for code, name in zh.items() if code in en}


@lru_cache(maxsize=1)
def _foreign() -> re.Pattern[str]:
    """The Chinese names of countries and territories, without China and without continents and unions."""
    no_country = {"CN", "EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}
    territories = Locale("zh").territories.items()
    names = [name for code, name in territories if len(code) == 2 and code.isalpha() and code not in no_country]
    return re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))


def countries_in(text: str) -> tuple[str, ...]:
    """The foreign countries and territories that a Chinese text names, in order, each once.

    A name that is only a part of another place's is none: 内蒙古, 马里兰州, 约旦河.
    """
    within: set[int] = set()
    place = 0
    for word, tag in rjieba.tag(text):
        ends = _foreign().match(word)
        if tag == "ns" and not (ends and ends.end() == len(word)):
            within.update(range(place, place + len(word)))
        place += len(word)
    found = [match.group() for match in _foreign().finditer(text) if match.start() not in within]
    return tuple(dict.fromkeys(found))


_CONTINENTS = {"150": "Europe", "142": "Asia", "002": "Africa", "019": "America"}
"""CLDR's code of a continent → the name that its time zones begin with."""


@lru_cache(maxsize=64)
def countries_of(continent: str) -> tuple[str, ...]:
    """The Chinese names of the countries that a continent's Chinese name stands for, by CLDR's time zones; () where it
    is no continent."""
    zh = Locale("zh").territories
    zone = next((zone for code, zone in _CONTINENTS.items() if zh[code] == continent), None)
    if zone is None:
        return ()
    codes = (code for name, code in get_global("zone_territories").items() if name.startswith(f"{zone}/"))
    return tuple(sorted({zh[code] for code in codes if code in zh}))


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Lower-case English adjective → Chinese name of the territory: finnish → 芬兰, british → 英国.

    CLDR has no demonyms, but it names languages (Finnish is likeliest spoken in FI) and their regional forms
    ("British English" is en_GB), and these are the same words.
    """
    zh = Locale("zh").territories
    found: dict[str, str] = {}
    likely = get_global("likely_subtags")
    for code, name in Locale("en").languages.items():
        language, _, region = code.partition("_")
        regional = _REGIONAL.match(name)
        if region and len(region) == 2 and regional:
            found.setdefault(regional[1].lower(), zh.get(region, ""))
        # English things are as often of the language as of a country, and of which country nobody can say.
        elif not region and " " not in name and language in likely and language != "en":
            territory = likely[language].rsplit("_", 1)[-1]
            found.setdefault(name.lower(), zh.get(territory, ""))
    return {word: name for word, name in found.items() if name}


@lru_cache(maxsize=1)
def languages() -> frozenset[str]:
    """The English names of languages, in lower case."""
    return frozenset(name.lower() for name in Locale("en").languages.values())


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    return {english.lower(): chinese for chinese, english in english_of().items()}


def country_of(word: str) -> str | None:
    """The territory that an English word names or, as an adjective, belongs to: by CLDR's names and languages, else by
    the name it is made from (Egyptian, Indonesian, African). None where it is none."""
    word = word.lower()
    for continent in ("Europe", "Asia", "Africa"):
        if word.startswith(continent.lower().rstrip("ae")):  # "European Spanish" is no demonym of Spain
            return next(zh for zh, english in english_of().items() if english.startswith(continent))
    known = _named().get(word) or demonyms().get(word) or demonyms().get(word.removesuffix("s"))
    if known or not re.search(r"(?:n|ese|i|ish)s?$", word) or len(word) < 6:
        return known
    for chinese, english in english_of().items():
        name = english.lower()
        if len(name) >= 4 and word.startswith(name[:-1] if name[-1] in "aeoy" else name):
            return chinese
    return None
