"""Page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from rag.reading.headings import is_title
from rag.reading.layout import PAIRS, Line, close_up

_FEW_PAGES = 3
_PAGE_NUMBER = re.compile(r"^[·•—–\-\s|]*\d{1,4}[·•—–\-\s|]*$")


def running_heads(lines: Sequence[Line]) -> frozenset[Line]:
    """Page numbers, and what stands at the head or foot of many pages (numbers in it left aside); where no page is
    marked, beside many page numbers."""
    heads = {line for line in lines if _PAGE_NUMBER.match(line.raw.strip())}
    beside = [pair for left, right in pairwise(lines) for pair in ((left, right), (right, left)) if pair[0] in heads]
    titles = [line for _, line in beside if is_title(line.raw) and line.raw.strip()[0] not in PAIRS]
    often = Counter(map(_numberless, titles))
    edges: dict[tuple[int, int], Line] = {}
    for line in lines:
        if line.page is not None and line not in heads:
            edges.setdefault((line.page, 0), line)
            edges[line.page, 1] = line
    counts = Counter(_numberless(line) for line in edges.values())
    usual = max(_FEW_PAGES, len(edges) // 8)
    heads.update([line for line in titles if often[_numberless(line)] >= _FEW_PAGES])
    return frozenset(heads | {line for line in edges.values() if counts[_numberless(line)] >= usual})


def _numberless(line: Line) -> str:
    return re.sub(r"\d+", "0", close_up(line.raw))
