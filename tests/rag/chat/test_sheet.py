import base64
import csv
import io
import re

import pytest

from rag.assistant import Assistant
from rag.chat.items import items_of
from rag.chat.sheet import COLUMNS, FILE_COLUMNS, Sheet, csv_of
from rag.chat.wording import WORDS
from rag.types import Answer, Citation, Language, Unit

QUESTION = "表4有哪些内容？"


def sheet(assistant: Assistant, language: Language) -> Sheet:
    lexicon = assistant.retriever.lexicon
    return Sheet(items_of(assistant.ask(QUESTION), lexicon.people), language, lexicon)


def test_the_file_holds_every_cited_item_and_where_it_stands(assistant: Assistant) -> None:
    answer = assistant.ask(QUESTION)
    text = sheet(assistant, "zh").csv()
    assert text.startswith("\ufeff")
    head, *rows = csv.reader(io.StringIO(text[1:]))
    assert head == [WORDS["zh"][name] for name in FILE_COLUMNS]
    assert len(rows) == len(answer.citations) > 5
    for row, citation in zip(rows, answer.citations, strict=True):
        assert row[0] == str(citation.number)
        assert row[2] == citation.unit.activity
        assert citation.unit.source in row


def test_the_link_is_the_file(assistant: Assistant) -> None:
    shown = sheet(assistant, "zh")
    data = re.search(r'base64,([^"]+)"', shown.link())
    assert data and base64.b64decode(data[1]).decode() == shown.csv()


def test_english_readers_get_names_in_letters_and_countries_in_english(assistant: Assistant) -> None:
    rows = sheet(assistant, "en").rows()
    assert all(len(row) == len(COLUMNS) for row in rows)
    assert "陈吉宁 Chen Jining" in rows[0][3]
    assert rows[0][4] == "United States"
    assert sheet(assistant, "en").bars("month")[0][0] == "Mar"
    assert sheet(assistant, "zh").bars("month")[0][0] == "3月"


def test_bars_say_what_they_leave_out(assistant: Assistant) -> None:
    lexicon = assistant.retriever.lexicon
    items = items_of(assistant.ask("殷勇会见了谁？"), lexicon.people)
    missing = sum(not item.countries for item in items)
    assert missing
    assert str(missing) in Sheet(items, "zh", lexicon).said("country")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "＋1", "\r=1"])
def test_no_cell_is_a_formula(cell: str) -> None:
    row = next(iter(csv.reader(io.StringIO(csv_of([], [[cell]]).partition("\n")[2], newline=""))))
    assert row == [f"'{cell}"]


def test_no_cell_of_the_table_is_a_formula_where_it_is_copied_to() -> None:
    unit = Unit("r", "row", "@cmd", None, "=1+1", (), "a.txt", (1, 1), fields={"活动": "=1+1"})
    answer = Answer("?", "=1+1[1]", "zh", False, (Citation(1, "=1+1", unit),))
    (row,) = Sheet(items_of(answer, ()), "zh").rows()
    assert [cell for cell in row if str(cell).startswith(("=", "@"))] == []
    assert row[2] == "'=1+1" and row[5] == "'@cmd"


def test_other_cells_stay_as_they_are() -> None:
    cells = ['3月，"两区"', "a=b", "", "换\n行"]
    assert list(csv.reader(io.StringIO(csv_of(cells, [cells])[1:], newline=""))) == [cells, cells]
