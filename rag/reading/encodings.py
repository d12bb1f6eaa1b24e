"""Bytes to text: byte order marks first, then UTF-8, then what a detector proposes and Chinese words confirm."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import rjieba
from charset_normalizer import from_bytes

from rag.errors import CorpusError
from rag.reading.layout import is_cjk

_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CANDIDATES = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
_SAMPLE, _WORDS = 65536, 2000
_PLAUSIBLE = 0.25
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """The encoding of a file's bytes and their text. Raises CorpusError for bytes that are no text."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _try(data, encoding)
            if text is None:
                raise CorpusError(f"{path}: begins as {encoding} but is not; save the file as UTF-8")
            return encoding, text
    text = _try(data, "utf-8")
    if text is not None and not _CONTROL.search(text):
        return "utf-8", text
    found = _best(data)
    if found is None and (text is not None or b"\x00" in data):
        raise CorpusError(f"{path}: this is a binary file, not text; give a text file")
    if found is None:
        raise CorpusError(f"{path}: this is no text in an encoding that can be told; save it as UTF-8")
    return found


def _best(data: bytes) -> tuple[str, str] | None:
    proposed = [match.encoding for match in from_bytes(data[:_SAMPLE])]
    rated = []
    for encoding in dict.fromkeys((*_CANDIDATES, *proposed)):
        text = _try(data, encoding)
        if text is not None and not _CONTROL.search(text):
            rated.append((_plausibility(text), encoding, text))
    if not rated:
        return None
    share, encoding, text = max(rated, key=lambda each: each[0])
    return (encoding, text) if share >= _PLAUSIBLE else None


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _plausibility(text: str) -> float:
    """The share of a sample's characters that stand in Chinese words of two characters or more, or in ASCII."""
    sample = _simplified().convert(text[:_WORDS])
    solid = [char for char in sample if not char.isspace()]
    words = sum(len(word) for word in rjieba.cut(sample, False) if len(word) > 1 and all(map(is_cjk, word)))
    plain = sum(char.isascii() for char in solid)
    return (words + plain) / max(1, len(solid))


@cache
def _simplified() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
