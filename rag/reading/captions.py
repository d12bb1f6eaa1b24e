"""Which rows stand under which caption.

Captions, column headers and the halves of a table come out of a page in any order. What decides: the halves of one
table have the same columns and their dates go on from one to the next; a caption's words (会见, 出席) stand in its
rows; and only then what was printed next to what. No caption stays without rows if it can be helped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.reading.dates import Date, opening_date
from rag.reading.junction import grams
from rag.reading.layout import Item
from rag.reading.rows import Block

_ABOVE, _BELOW, _FURTHER = 3.0, 2.0, 1.0
_WORD = 4.0
_SAME_COLUMNS, _OTHER_COLUMNS = 2.0, -6.0
_DATES_GO_ON, _DATES_OVERLAP = 2.0, -4.0
_EMPTY = -5.0
_BEAM = 64


_Dates = tuple[Date, Date] | None


@dataclass(frozen=True, slots=True)
class _State:
    score: float
    chosen: tuple[int, ...]


def place_blocks(captions: Sequence[tuple[int, Item]], blocks: Sequence[Block]) -> list[int | None]:
    """For each block the number of its caption, None where there is none at all."""
    if not captions:
        return [None] * len(blocks)
    spans = [_span(block) for block in blocks]
    words = _words([item.text for _, item in captions])
    near = [[_nearness(place, block, captions, blocks) for place, _ in captions] for block in blocks]
    states = [_State(0.0, ())]
    for number, block in enumerate(blocks):
        topics = [_topic(each, block) for each in words]
        states = [
            _State(
                state.score + near[number][choice] + topics[choice] + _fit(state, choice, number, blocks, spans),
                (*state.chosen, choice),
            )
            for state in states
            for choice in range(len(captions))
        ]
        states = sorted(states, key=lambda state: -state.score)[:_BEAM]
    best = max(states, key=lambda state: state.score + _EMPTY * (len(captions) - len(set(state.chosen))))
    return list(best.chosen)


def _words(captions: Sequence[str]) -> list[frozenset[str]]:
    """Each caption's character pairs, less those that all captions share."""
    sets = [grams(text) for text in captions]
    common = frozenset.intersection(*sets) if len(sets) > 1 else frozenset()
    return [words - common for words in sets]


def _topic(words: frozenset[str], block: Block) -> float:
    """How many of a caption's words stand in the rows, each by the share of rows that have it."""
    if not block.rows:
        return 0.0
    texts = [row.text for row in block.rows]
    return _WORD * sum(sum(word in text for text in texts) for word in words) / len(texts)


def _nearness(place: int, block: Block, captions: Sequence[tuple[int, Item]], blocks: Sequence[Block]) -> float:
    low, high = sorted((place, block.place))
    between = sum(low < other.place < high for other in blocks)
    captions_between = sum(low < other < high for other, _ in captions)
    if place < block.place:
        return 0.0 if captions_between else (_FURTHER if between else _ABOVE)
    return _BELOW if not between and not captions_between else 0.0


def _fit(state: _State, choice: int, number: int, blocks: Sequence[Block], spans: Sequence[_Dates]) -> float:
    """How well a block goes with the blocks that the caption has already."""
    mates = [at for at, chosen in enumerate(state.chosen) if chosen == choice]
    if not mates:
        return 0.0
    alike = all(blocks[mate].columns == blocks[number].columns for mate in mates)
    score = _SAME_COLUMNS if alike else _OTHER_COLUMNS
    span = spans[number]
    for mate in mates:
        other = spans[mate]
        if span and other:
            overlap = span[0] < other[1] and other[0] < span[1]
            score += (_DATES_OVERLAP if overlap else _DATES_GO_ON) / len(mates)
    return score


def _span(block: Block) -> _Dates:
    dates = [date for row in block.rows if row.date and (date := opening_date(row.date))]
    return (min(dates), max(dates)) if dates else None
