import json
from dataclasses import replace

import pytest

from rag.assistant import Assistant, answer_from
from rag.followups import readings
from rag.writing.packing import records
from rag.writing.quotes import QuoteDraft

ROW = "8月24日殷勇见了谁？"


@pytest.fixture
def draft(assistant: Assistant) -> QuoteDraft:
    """A draft for one row of a table: 8月24日 · 殷勇 · 会见芬兰驻华大使肃海岚."""
    index, retriever = assistant._state
    question = readings(ROW, (), retriever.lexicon, retriever.keywords)[0]
    question, scored = assistant._scored(question, index, retriever)
    found, floor = answer_from(question, retriever, scored)
    assert found
    made = QuoteDraft(question, found, floor, retriever)
    (record,) = records(question, made.evidence, exhaustive=found.exhaustive)
    made.begin([record])
    return made


@pytest.mark.parametrize(
    ("quote", "picked"),
    [
        ("8月24日；殷勇；会见芬兰驻华大使肃海岚", True),
        ("殷勇会见芬兰驻华大使肃海岚", True),
        ("时间：8月24日；市领导：殷勇；活动内容：会见芬兰驻华大使", True),
        ("会见芬兰驻华大使肃海岚", True),
        ("殷勇会见芬兰驻华大使李海岚", False),
        ("蔡奇会见芬兰驻华大使肃海岚", False),
        ("肃海岚会见殷勇", False),
        ("8月24日；殷勇；芬兰；会见芬兰驻华大使肃海岚", False),
        ("8月25日；殷勇；会见芬兰驻华大使肃海岚", False),
        ("殷", False),
    ],
)
def test_a_row_is_picked_by_its_cells_and_by_nothing_else(quote: str, picked: bool, draft: QuoteDraft) -> None:
    draft.add(json.dumps({"quotes": [{"unit": 1, "quote": quote}]}, ensure_ascii=False), lambda *_: True)
    assert (draft.shown, len(draft.withheld)) == ((1, 0) if picked else (0, 1))


def test_a_title_picks_the_evidence_of_its_record(draft: QuoteDraft) -> None:
    title = draft._records[1].unit.title
    draft.add(json.dumps({"quotes": [{"unit": 1, "quote": title}]}, ensure_ascii=False), lambda *_: True)
    assert (draft.shown, draft.missing()) == (1, [])


@pytest.mark.parametrize(("number", "quote", "shown"), [(9, "会见芬兰驻华大使肃海岚", 1), (9, "会见火星大使", 0)])
def test_a_wrong_number_beside_a_right_quote_is_set_right(
    number: int, quote: str, shown: int, draft: QuoteDraft
) -> None:
    draft.add(json.dumps({"quotes": [{"unit": number, "quote": quote}]}, ensure_ascii=False), lambda *_: True)
    assert draft.shown == shown


def test_a_quote_that_stands_in_two_records_and_names_neither_picks_none(draft: QuoteDraft) -> None:
    record = draft._records[1]
    draft.begin([record, replace(record, number=2)])
    draft.add('{"quotes": [{"unit": 9, "quote": "会见芬兰驻华大使肃海岚"}]}', lambda *_: True)
    assert (draft.shown, len(draft.withheld)) == (0, 1)
