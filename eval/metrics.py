"""Scores as pure functions over ids, sets and strings. Higher is better everywhere; nothing is ever NaN.

Definitions follow Manning, Raghavan and Schütze, Introduction to Information Retrieval, chapter 8: binary
relevance, gain 1, discount log2(rank + 1).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

from eval.matching import any_in, normalise, plain


def recall_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """The share of the relevant ids that stand among the first k; 0 where nothing is relevant."""
    return share(len(set(ranked[:k]) & set(relevant)), len(set(relevant)))


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """1 / the rank of the first relevant id among the first k, or 0."""
    return next((1 / rank for rank, name in enumerate(ranked[:k], 1) if name in relevant), 0.0)


def ndcg_at(ranked: Sequence[str], relevant: Collection[str], k: int) -> float:
    """Discounted gain of the first k over that of an ideal ranking."""
    gain = sum(1 / math.log2(rank + 1) for rank, name in enumerate(ranked[:k], 1) if name in relevant)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(set(relevant))) + 1))
    return gain / ideal if ideal else 0.0


def merge(ranked: Iterable[str], groups: Sequence[Collection[str]]) -> list[str]:
    """The ranking with the units of one group, which tell the same thing, merged at the best one's rank.

    A group's label is `group 0`, `group 1` …; other ids stay as they are.
    """
    labels = {unit_id: label(number) for number, group in enumerate(groups) for unit_id in group}
    return list(dict.fromkeys(labels.get(unit_id, unit_id) for unit_id in ranked))


def label(number: int) -> str:
    """What `merge` calls a group."""
    return f"group {number}"


def citation_precision(cited: Collection[str], groups: Sequence[Collection[str]]) -> float:
    """The share of the cited units that stand in a gold group; 0 where nothing is cited."""
    gold = {unit_id for group in groups for unit_id in group}
    return share(len(set(cited) & gold), len(set(cited)))


def citation_recall(cited: Collection[str], groups: Sequence[Collection[str]], needed: int) -> float:
    """The cited groups over the needed ones, at most 1."""
    return min(1.0, share(sum(not set(cited).isdisjoint(group) for group in groups), needed))


def found(expect: Sequence[Sequence[str]], text: str, quotes: Iterable[str] = ()) -> list[bool]:
    """For each expected item, does one of its alternatives stand in the answer's Markdown or its quotes?"""
    said = normalise("\n".join((plain(text), *quotes)))
    return [any_in(said, item) for item in expect]


def forbidden(words: Sequence[str], text: str) -> list[str]:
    """The words that the answer says and must not; what its quotes hold beyond that does no harm."""
    said = normalise(plain(text))
    return [word for word in words if any_in(said, [word])]


def length_beyond(text: str, quotes: Iterable[str]) -> int:
    """Characters of an answer's Markdown that belong to no quote, without [n], bold and list markers."""
    rest = plain(text)
    for quote in sorted(quotes, key=len, reverse=True):
        rest = rest.replace(quote, "")
    return len(rest.strip())


def share(part: float, whole: float) -> float:
    """part / whole, and 0 of nothing is 0."""
    return part / whole if whole else 0.0


def mean(values: Iterable[float]) -> float:
    """The plain average over every value; 0 of none."""
    listed = list(values)
    return share(math.fsum(listed), len(listed))
