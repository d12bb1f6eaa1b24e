"""Small, pure things done to text: folding, tokens, sentences, language."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import rjieba
from opencc import OpenCC

HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_HAN = re.compile(f"[{HAN}]")
_LATIN = re.compile(r"[^\W\d_]{2,}")
_TOKEN = re.compile(rf"[{HAN}]+|\d+(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?")
_ASKS_CHINESE = re.compile(r"谁|什么|哪|多少|几[个家位名场次项]|吗|呢|何时|何地|是否")
_ASKS_ENGLISH = re.compile(
    r"\W*(?:and |but |so )?"
    r"(?:who|what|when|where|which|why|how|did|does|do|is|are|was|were|list|name|tell|in which|on)\b",
    re.I,
)
_SENTENCE = re.compile(r".+?(?:[。！？!?；;]+[”’」』）)]*|\n|$)", re.S)


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """Width, compatibility forms, traditional characters and odd spaces folded; invisible characters dropped."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isprintable():  # nearly every text is, and then holds nothing of what follows
        text = "".join(" " if c.isspace() else c for c in text if c.isspace() or _visible(c))
    return re.sub(r" +", " ", _to_simplified().convert(text)).strip()


def _visible(character: str) -> bool:
    return unicodedata.category(character) not in ("Cf", "Cs", "Cc")


def well_formed(text: str) -> str:
    """The text without lone surrogates, which no encoding has bytes for: each becomes U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def matchable(text: str) -> str:
    """Folded and in lower case: the form in which a question's terms are looked for."""
    return fold(text).lower()


def has_han(text: str) -> bool:
    """Whether there is at least one Chinese character."""
    return _HAN.search(text) is not None


def language(text: str) -> str:
    """ "zh" or "en", by which script carries the sentence: a Chinese name leaves an English one English."""
    if _ASKS_CHINESE.search(text) and not _ASKS_ENGLISH.match(text):
        return "zh"
    if _ASKS_ENGLISH.match(text) and not _ASKS_CHINESE.search(text):
        return "en"
    han, words = len(_HAN.findall(text)), len(_LATIN.findall(re.sub(f"[{HAN}]+", " ", text)))
    return "en" if (words >= 3 and words * 2 >= han) or (words and not han) else "zh"


def tokens(text: str) -> list[str]:
    """Lower-case search tokens of folded text: Chinese words with the words inside them, Latin words, numbers."""
    found: list[str] = []
    for piece in _TOKEN.findall(text.lower()):
        found.extend(rjieba.cut_for_search(piece) if has_han(piece) else [piece])
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a text, verbatim and in order; a semicolon ends one, as it does in yearbook lists."""
    return [part for part in (m.group().strip() for m in _SENTENCE.finditer(text)) if part]
