"""What holds for any text: reading never raises, loses nothing, is deterministic, and leaves clean text alone."""

from __future__ import annotations

from collections import Counter

import pytest
from bench_layouts import compare
from hypothesis import example, given
from inputs import many, texts
from scrambler import Setting, byline, clean, draw_book, scramble

from rag.reading import Source, read_corpus, read_text
from rag.settings import DEFAULT_CORPUS

PIECES = (
    "【|】|（|）|李　娜|（王　淼）|表4|表1 一览表|时间 市领导 活动内容|4月6日|殷　勇|年内，|综　述|。|\n|\n|\f|"
    "\n\n| |（续）|注：|对  外  交  往|会见|1. |abc|〔|2021|第一章|（一）|、|·"
).split("|")


@given(texts(PIECES, 40))
@example("【" * 3000 + "】" * 3000)
@many(2500)
def test_any_text_is_read_without_a_loss_and_twice_alike(text: str) -> None:
    source = read_text(text, "any.txt")
    assert (source.ledger.unaccounted, source.ledger.twice) == (0, 0)
    assert source.ledger.total == len("".join("".join(source.lines).split()))
    assert sum(source.ledger.units.values()) + sum(source.ledger.furniture.values()) == source.ledger.total
    assert len({unit.id for unit in source.units}) == len(source.units)
    assert read_text(text, "any.txt") == source
    for unit in source.units:
        for first, last in unit.ranges:
            assert 1 <= first <= last <= len(source.lines)


def render(source: Source) -> str:
    """A source's entries and overview as clean text."""
    parts: list[str] = []
    section = None
    for unit in source.units:
        if unit.kind not in ("entry", "overview") or not unit.section:
            continue
        if unit.section != section:
            section = unit.section
            parts.append("　　".join(section))
        header = f"【{unit.title}】" if unit.kind == "entry" else ""
        parts.append(header + unit.text)
        if unit.kind == "entry":
            parts.append(byline(unit.authors))
    return "\n\n".join(parts) + "\n"


def test_clean_output_is_read_as_it_was() -> None:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    again = read_text(render(source), source.name)
    kept = [unit for unit in source.units if unit.kind == "entry" and unit.section]
    found = {(unit.title, unit.text, unit.authors, unit.section) for unit in again.units}
    assert all((unit.title, unit.text, unit.authors, unit.section) in found for unit in kept)
    assert [unit for unit in again.units if unit.repaired] == []
    assert read_text(render(again), source.name).units == again.units


@pytest.mark.parametrize("torn", [{"torn": 1.0}, {"torn": 0.0, "floating": 1.0}])
def test_scrambled_layouts_come_back(torn: dict[str, float]) -> None:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    book = clean(source)
    total: Counter[str] = Counter()
    for seed in range(500, 525):
        drawn = draw_book(book, seed)
        total += compare(drawn, scramble(drawn, Setting.any(seed, **torn)))
    assert total["exact"] >= 0.97 * total["entries"]
    assert total["placed"] == total["rows"]
    assert total["unaccounted"] == 0
