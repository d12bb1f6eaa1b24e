from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.assistant import Assistant
from rag.passages import MAX_CHARACTERS, cut, heading, quotable, spelled
from rag.types import Kind, Unit

ENTRY = Unit(id="e", kind="entry", title="题", section=None, text="", authors=(), source="c", lines=(1, 1))


def bodies(unit: Unit) -> list[str]:
    return [passage.removeprefix(f"{unit.title}\n") for passage in cut(unit)]


@given(st.text(alphabet="甲乙。；a 1", max_size=3 * MAX_CHARACTERS))
def test_passages_are_short_and_carry_the_whole_text(text: str) -> None:
    unit = replace(ENTRY, text=text)
    assert cut(unit)
    assert all(passage.startswith("题\n") for passage in cut(unit))
    assert all(len(body) <= MAX_CHARACTERS for body in bodies(unit))
    assert "".join("".join(bodies(unit)).split()) == "".join(text.split())


def test_a_short_text_is_one_passage() -> None:
    assert cut(replace(ENTRY, text="一句。")) == ("题\n一句。",)


def test_a_long_text_is_cut_at_sentence_ends() -> None:
    sentence = "很长的一句话" * 20 + "。"
    found = bodies(replace(ENTRY, text=sentence * 7))
    assert len(found) > 1
    assert all(body.endswith("。") for body in found)


def test_a_rows_passage_names_its_country() -> None:
    (passage,) = cut(replace(ENTRY, kind="row", text="4月6日 会见", country="英国"))
    assert "英国" in passage and "题" in passage


@pytest.mark.parametrize("kind", ["entry", "overview", "row", "fragment"])
def test_the_model_can_read_every_passage_of_the_chapter(assistant: Assistant, kind: str) -> None:
    units = [unit for unit in assistant.units if unit.kind == kind]
    assert units
    assert all(len(passage) < 500 for unit in units for passage in cut(unit))


def test_a_plain_tables_row_is_read_with_its_columns(plain_row: Unit) -> None:
    assert spelled(plain_row, plain_row.text) == "签约时间11月8日，企业名称某公司，投资额6.7亿元"
    assert spelled(replace(plain_row, activity="签约"), plain_row.text) == plain_row.text


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("fragment", "1. 修路，甲。完成情况：修了。2. 种树，乙。完成情况：种了9棵。", "2. 种树"),
        ("fragment", "1. 修路，甲。完成情况：修了。5. 种树，乙。完成情况：种了9棵。", "题"),
        ("fragment", "种了9棵。1. 修路。2. 种树。", "题"),
        ("entry", "1. 修路，甲。完成情况：修了。2. 种树，乙。完成情况：种了9棵。", "题"),
    ],
)
def test_a_quote_stands_under_its_numbered_matter(kind: Kind, text: str, expected: str) -> None:
    unit = Unit("x", kind, "题", None, text, (), "a.txt", (1, 2))
    assert heading(unit, next(piece for piece in quotable(unit) if "9棵" in piece)) == expected
