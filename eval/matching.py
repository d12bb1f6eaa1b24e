"""Does a string stand in an answer or a unit? Pure: one way of comparing, used by the checker and by the scores."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_CITATION = re.compile(r"\[\d+\]")
_LIST_MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)、])\s+", re.MULTILINE)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_SPACE_AT_CJK = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_QUOTES = str.maketrans("“”„‟‘’‛「」『』", '""""\'\'\'""""')
_DASHES = str.maketrans("–—―−", "----")
_MONTH_BEFORE = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|table) $|表$"
)


def normalise(text: str) -> str:
    """Text as it is compared: NFKC, lower case, one kind of quote and dash, no spaces beside Chinese characters."""
    text = unicodedata.normalize("NFKC", _THOUSANDS.sub("", text)).casefold()
    text = re.sub(r"\s+", " ", text.translate(_QUOTES).translate(_DASHES))
    return _SPACE_AT_CJK.sub("", re.sub(r"-+", "-", text))


def plain(answer: str) -> str:
    """An answer's Markdown without [n], bold and list markers, whose digits would pass for counts."""
    return _LIST_MARKER.sub("", _CITATION.sub("", answer).replace("**", ""))


def contains(haystack: str, needle: str) -> bool:
    """Is the needle in the haystack, both already normalised?

    A needle that begins or ends with a Latin letter or digit matches whole words and numbers only, and a bare
    number is no day, month, year or table number: 4 isn't in 14, nor in 4月6日, April 4 or 表4.
    """
    start = haystack.find(needle)
    while start >= 0:
        if _stands_alone(haystack, start, start + len(needle)):
            return True
        start = haystack.find(needle, start + 1)
    return False


def any_in(haystack: str, alternatives: Iterable[str]) -> bool:
    """Is one of the alternatives (raw strings) in the haystack (normalised)?"""
    return any(contains(haystack, normalise(alternative)) for alternative in alternatives)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, needle, after = text[:start], text[start:end], text[end:]
    if _latin(needle[0]) and before and (_latin(before[-1]) or re.search(r"\d\.$", before)):
        return False
    if _latin(needle[-1]) and after and _same_token(needle[-1], after):
        return False
    if not re.fullmatch(r"\d+", needle):
        return True
    return not (re.match(r"[月日年]|-\d|:\d", after) or _MONTH_BEFORE.search(before))


def _same_token(last: str, after: str) -> bool:
    """Does the token go on after `last`? An open English stem (innovation cent…) may; a number may not."""
    if last.isdigit():
        return bool(re.match(r"[0-9a-z]|\.\d", after))
    return after[0].isdigit()


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
