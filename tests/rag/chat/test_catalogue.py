from dataclasses import replace

import numpy as np
import pytest

from rag.assistant import Assistant
from rag.chat import catalogue
from rag.chat.browse import SIZES, shelf_html
from rag.chat.catalogue import Filters, paged
from rag.retriever import Retriever
from rag.types import Unit


@pytest.fixture
def books(assistant: Assistant) -> Retriever:
    return assistant.retriever


def test_without_filters_everything_is_there_in_the_order_of_the_source(books: Retriever) -> None:
    assert tuple(catalogue.units(books, Filters())) == books.units
    assert sum(catalogue.kinds(books).values()) == sum(catalogue.sections(books).values()) == len(books.units)


def test_filters_leave_what_passes_all_of_them(books: Retriever) -> None:
    found = catalogue.units(books, Filters(kinds=("entry",), sections=("对外交往", "综述")))
    assert found
    assert all(unit.kind == "entry" and unit.section == "对外交往" for unit in found)
    nowhere = catalogue.units(books, Filters(sections=(catalogue.NONE,)))
    assert len(nowhere) == catalogue.sections(books)[catalogue.NONE] > 0


def test_every_word_has_to_stand_in_the_unit_whatever_the_script(books: Retriever) -> None:
    found = catalogue.units(books, Filters(text="友好城市 信函"))
    assert [unit.title for unit in found] == ["加强与友好城市联络"]
    assert catalogue.units(books, Filters(text="友好城市 信函 没有的字")) == []
    assert catalogue.units(books, Filters(text="與友好城市聯絡")) == found
    assert catalogue.units(books, Filters(text="VISA")) == catalogue.units(books, Filters(text="visa")) != []


def test_a_name_in_letters_finds_whom_it_spells(books: Retriever) -> None:
    assert catalogue.units(books, Filters(text="Yin Yong")) == catalogue.units(books, Filters(text="殷勇"))
    assert "殷勇" in [person.name for person in catalogue.people(books, "yin yong")]


def test_a_person_has_every_unit_that_names_them_by_day(books: Retriever) -> None:
    found = catalogue.units(books, Filters(person="殷勇"))
    assert len(found) == len(books.lexicon.people["殷勇"])
    assert all("殷勇" in unit.text for unit in found)
    days = [unit.date for unit in found if unit.date]
    assert days[:3] == ["3月26日", "4月6日", "4月9日"]
    assert catalogue.units(books, Filters(person="nobody")) == []


def test_people_come_with_how_often_they_are_named_or_wrote(books: Retriever) -> None:
    people = catalogue.people(books, "")
    named = [person for person in people if person.role == "named"]
    assert [person.units for person in named] == sorted((p.units for p in named), reverse=True)
    assert {p.name for p in people if p.role == "wrote"} == set(books.lexicon.authors)


def test_only_names_that_pinyin_spells_are_given_in_letters(books: Retriever) -> None:
    latin = {person.name: person.latin for person in catalogue.people(books, "")}
    assert latin["殷勇"] == "Yin Yong"
    assert latin["彼得森"] == ""


def test_tables_are_whole_and_found_by_any_row(books: Retriever) -> None:
    tables = catalogue.tables(books, Filters())
    assert sum(len(table.rows) for table in tables) == catalogue.kinds(books)["row"]
    found = catalogue.tables(books, Filters(text="法通集团"))
    assert [table.rows[0].table for table in found] == ["表6"]
    assert len(found[0].rows) == 8
    assert tuple(catalogue.units(books, Filters(table=found[0].rows[3].id))) == found[0].rows


def test_pages_share_a_list_out_and_a_number_beyond_the_end_is_the_last() -> None:
    things = list(range(45))
    assert [list(paged(things, n, 20)[0]) for n in (1, 2, 3)] == [things[:20], things[20:40], things[40:]]
    assert paged(things, 99, 20) == paged(things, 3, 20)
    assert paged([], 1, 20)[1].pages == 1


def test_ten_thousand_units_come_by_the_page(books: Retriever) -> None:
    many = [
        replace(unit, id=f"{unit.id}-{volume}", source=f"{volume}.txt") for volume in range(76) for unit in books.units
    ][:10_000]
    big = Big(many, books)
    page = shelf_html(big, "units", Filters(), 500, "zh")
    assert page.count("<article") == SIZES["units"]
    assert "第500 / 500页" in page
    assert len(shelf_html(big, "tables", Filters(), 1, "zh")) < 200_000


class Big(Retriever):
    """Many units with the lexicon and the texts of those they are copies of: making them anew would take long."""

    def __init__(self, units: list[Unit], books: Retriever) -> None:
        self.units = tuple(units)
        self.texts = (books.texts * (len(units) // len(books.texts) + 1))[: len(units)]
        self.spans = (books.spans * (len(units) // len(books.spans) + 1))[: len(units)]
        self.lexicon = books.lexicon
        self._owners = np.arange(len(units))
