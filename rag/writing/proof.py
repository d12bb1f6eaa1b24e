"""What a model wrote against what it cites. Pure; rag.citations proves names, dates and numbers of any answer, this
adds what only a model gets wrong: names of nobody, numbers in words, denials, and words that the source hasn't."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import rjieba

from rag import dates
from rag.amounts import figures, spelled
from rag.bridge import STOP, Bridge, dictionary, english_words
from rag.citations import CITED, source_of, unproven
from rag.lexicon import Lexicon
from rag.names import Names, spellings
from rag.sounds import Sounds
from rag.text import HAN, fold, language, tokens
from rag.types import Answer, Citation, Unit
from rag.writing.closeness import kept, numbers_in_words, together

KEPT_OF_FLOOR = 0.5
"""The least share of a line of the extractive answer, by pairs of characters, that a Chinese one has to repeat."""
KEPT_ZH, KEPT_EN = 0.6, 0.5
"""The least share of a claim's own words that the source has, in Chinese itself or through the dictionary."""
_HAN_RUN = re.compile(f"[{HAN}·]{{2,}}")
_CAPITAL = re.compile(r"\b[A-Z][A-Za-z]+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_DENIES = re.compile(r"\b(?:not|no|never|none|nobody|nothing|without)\b|n't\b|没有|未|并非|不曾|无法|不是", re.I)
_DENIED = re.compile(r"没|未(?!来)|并非|(?<!非)不(?![断仅同但少久限易论])|无法|无人(?!机)")
"""What a source denies with: 不断, 未来 and 非洲 deny nothing."""
_MARKUP = re.compile(r"https?:|www\.|<\w|\]\(|```|!\[")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


def doubts(claim: str, cited: Sequence[Unit], lexicon: Lexicon, spoken: str) -> list[str]:
    """Why a written claim may not be shown, in plain words; empty when it is proven by the units it cites."""
    if not cited:
        return ["it cites nothing"]
    said, source = fold(CITED.sub("", claim)), source_of(cited)
    if _MARKUP.search(said):
        return ["it holds a link or markup"]
    if language(said) != spoken:
        return ["it is in another language than the question"]
    found = unproven(claim, cited, lexicon.names)
    found += numbers_in_words(said, source)
    if _denies(said, source, spoken):
        found.append("it denies what the source doesn't")
    known = lexicon.names.within(source) + [name for unit in cited for name in unit.authors]
    found += _chinese(said, source) if spoken == "zh" else _english(said, source, known)
    if not found and not together(said, cited, lexicon.names, KEPT_ZH if spoken == "zh" else 0.0):
        found.append("what it brings together stands apart in what it cites")
    return found


def _denies(said: str, source: str, spoken: str) -> bool:
    """Whether a claim denies what the source doesn't: in Chinese its very words have to stand there."""
    denials = list(_DENIES.finditer(said))
    if spoken == "zh":
        return any(said[match.start() : match.end() + 2] not in source for match in denials)
    return bool(denials) and not _DENIED.search(source)


def _chinese(said: str, source: str) -> list[str]:
    """Names by their tags, Latin words, and most of the words have to stand in the source as they are."""
    words = [(word, tag) for word, tag in rjieba.tag(said) if len(word) > 1 and re.search(f"[{HAN}]", word)]
    names = [word for word, tag in words if tag.startswith(_NAME_TAGS) and word not in source]
    latin = [word for word in _LATIN.findall(said) if word.lower() not in source.lower()]
    found = [f"name {word} is not in what it cites" for word in dict.fromkeys([*names, *latin])]
    return found if kept(said, source) >= KEPT_ZH else [*found, "most of its words are not in what it cites"]


def _english(said: str, source: str, known: Iterable[str]) -> list[str]:
    """Chinese words stand in the source; names are pinyin of people there, or reach it by dictionary or sound; so do
    most of the other words."""
    found = [f"name {run} is not in what it cites" for run in _HAN_RUN.findall(said) if run not in source]
    spelt = {part for name in known for form in spellings(name) for part in form.split()}
    vocabulary = tokens(source)
    bridge = Bridge(vocabulary)
    tagged = [word for word, tag in rjieba.tag(source) if tag.startswith((*_NAME_TAGS, "x")) and len(word) > 1]
    sounds = Sounds(tagged, [word for word in tagged if word not in dictionary()])
    written = {word.lower() for word in _LATIN.findall(source)}

    def reaches(word: str) -> bool:
        by_words = any(forms for _, forms in bridge.translate(word))
        return by_words or word in spelt or word.lower() in written or bool(sounds.find(word))

    words = [word for word in _LATIN.findall(dates.without(said)) if word.lower() not in STOP]
    reached = {word: reaches(word) for word in dict.fromkeys(words)}
    for word in dict.fromkeys(_CAPITAL.findall(dates.without(said))):
        if word.lower() not in STOP and not reached.get(word, False) and word.lower() not in english_words():
            found.append(f"name {word} is not in what it cites")
    share = sum(reached[word] for word in words)
    return found if share >= KEPT_EN * len(words) else [*found, "most of its words are not in what it cites"]


def lacking(floor: Answer, text: str, citations: Sequence[Citation], people: Iterable[str]) -> list[str]:
    """What of the extractive answer a written one leaves out: units it cites, and of each line that cites, the numbers,
    dates and people of what is in bold, or of the whole line where nothing is."""
    cited = {citation.unit.id for citation in citations}
    missing = [f"[{c.number}] {c.unit.title}" for c in floor.citations if c.unit.id not in cited]
    said = fold(text.replace("**", ""))
    spans, values, pairs = {mention.span for mention in dates.find(said)}, _values(said), _pairs(said)
    known = Names.of(people)
    for line in filter(CITED.search, floor.text.splitlines()):
        bold = fold(" ".join(_BOLD.findall(line)))
        told = bold or fold(CITED.sub("", line.removeprefix("- ")))
        missing += [told[m.start : m.end] for m in dates.find(told) if m.span not in spans]
        missing += [number for number, value in figures(dates.without(told)) if value not in values]
        names = known.within(told)
        missing += [name for name in names if not any(form in said for form in (name, *spellings(name)))]
        if floor.language == "zh":
            wanted = _pairs(told)
            share = 1.0 if bold else KEPT_OF_FLOOR
            missing += [told] if len(wanted & pairs) < share * len(wanted) else []
    return missing


def _values(text: str) -> set[Decimal]:
    """The values of all numbers that are no dates."""
    undated = dates.without(text)
    return {value for _, value in (*figures(undated), *spelled(undated))}


def _pairs(text: str) -> set[str]:
    """Every two Chinese characters that stand together."""
    return {text[i : i + 2] for i in range(len(text) - 1) if _HAN_RUN.fullmatch(text[i : i + 2])}
