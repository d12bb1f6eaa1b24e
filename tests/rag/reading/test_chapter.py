"""The chapter, read by hand once: chapter.json holds what its editors wrote, entry by entry and row by row."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from rag.reading import Source, read_corpus
from rag.settings import DEFAULT_CORPUS
from rag.types import Unit

EXPECTED: dict[str, Any] = json.loads(Path(__file__).with_name("chapter.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def chapter() -> Source:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    return source


def of_kind(source: Source, kind: str) -> list[Unit]:
    return [unit for unit in source.units if unit.kind == kind]


def test_every_entry_has_its_header_section_byline_and_text(chapter: Source) -> None:
    found = [
        [unit.title, unit.section, list(unit.authors), unit.text[:10], unit.text[-10:], len(unit.text)]
        for unit in of_kind(chapter, "entry")
    ]
    assert found == EXPECTED["entries"]
    assert len(found) == 68


def test_torn_entries_are_whole_and_say_from_where(chapter: Source) -> None:
    found = {unit.title: [unit.text, [list(piece) for piece in unit.ranges]] for unit in chapter.units if unit.repaired}
    assert found == EXPECTED["repaired"]
    joined = [unit for unit in chapter.units if unit.certainty < 1]
    assert len(joined) == 4 and all(unit.certainty > 0.5 and unit.repaired for unit in joined)


def test_without_repair_torn_texts_stay_torn_and_the_tables_as_they_are(chapter: Source) -> None:
    (torn,) = read_corpus(DEFAULT_CORPUS, repair=False).sources
    assert not any(unit.repaired for unit in torn.units)
    assert of_kind(torn, "row") == of_kind(chapter, "row")
    whole = {unit.title: unit.text for unit in chapter.units if unit.repaired}
    stumps = {unit.title: unit.text for unit in of_kind(torn, "entry") if unit.title in whole}
    # every repaired entry but the one whose header alone was cut
    assert sum(whole[title] != text for title, text in stumps.items()) == 5
    assert torn.ledger.total == 14913 and torn.ledger.unaccounted == torn.ledger.twice == 0


def test_the_overview_has_its_lead_and_six_paragraphs(chapter: Source) -> None:
    units = of_kind(chapter, "overview")
    assert [[unit.title, unit.text[-10:], len(unit.text)] for unit in units] == EXPECTED["overview"]
    assert {(unit.section, unit.authors) for unit in units} == {("综述", ("董入雷",))}
    assert units[0].notes == ("（本类目编辑：唐斐婷）",)


@pytest.mark.parametrize(("table", "count"), [("表4", 9), ("表5", 38), ("表6", 8), ("表7", 1)])
def test_every_row_stands_in_its_table_with_its_cells_apart(chapter: Source, table: str, count: int) -> None:
    rows = [unit for unit in of_kind(chapter, "row") if unit.table == table]
    assert [[row.date, list(row.people), row.country, row.activity] for row in rows] == EXPECTED["rows"][table]
    assert len(rows) == count
    assert all(row.activity and row.activity in row.text and len(row.authors) == 8 for row in rows)
    assert {row.section for row in rows} == {None}


def test_leftovers_are_fragments_and_contaminate_nothing(chapter: Source) -> None:
    first, second = of_kind(chapter, "fragment")
    assert first.text.startswith("1. 通过新建") and first.text.endswith("服务体系试点建设。")
    assert second.text.startswith("“中医药抗疫经验分享”") and second.authors == ("宋朝晖",)
    assert (first.section, second.section) == (None, None)


def test_notes_and_running_heads_are_kept_where_a_reader_looks(chapter: Source) -> None:
    (letters,) = [unit for unit in chapter.units if unit.table == "表7"]
    assert letters.notes == ("注：北京市政府外事办公室主要领导名单已列入“市政府组成人员”内。",)
    assert [piece.text for piece in chapter.furniture if piece.kind == "running head"] == ["关系群众生活的31件实事"]
    assert chapter.ledger.total == 14913
    assert sum(chapter.ledger.units.values()) + sum(chapter.ledger.furniture.values()) == 14913
