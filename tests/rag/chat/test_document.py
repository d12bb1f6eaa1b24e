from dataclasses import replace

from rag.assistant import Assistant
from rag.chat.document import document_html, find
from rag.chat.wording import WORDS
from rag.types import Answer, Citation


def test_a_document_opens_with_the_unit_marked_and_its_lines_numbered(assistant: Assistant) -> None:
    unit = assistant.units[5]
    html = document_html(unit, assistant, "zh")
    assert f'<li value="{unit.lines[0]}" class=own>' in html
    assert unit.source in html


def test_a_unit_of_far_apart_places_shows_both(assistant: Assistant) -> None:
    unit = max(assistant.units, key=lambda u: u.ranges[-1][0] - u.ranges[0][1] if u.ranges else 0)
    html = document_html(unit, assistant, "en")
    assert html.count("<ol>") == 2 and WORDS["en"]["elsewhere"] in html


def test_a_document_that_is_gone_is_said_in_a_sentence(assistant: Assistant) -> None:
    for unit in (None, replace(assistant.units[0], source="gone.txt")):
        assert WORDS["zh"]["document_gone"] in document_html(unit, assistant, "zh")


def test_what_was_cited_is_found_even_when_the_index_has_moved_on(assistant: Assistant) -> None:
    old = replace(assistant.units[0], id="of an index before")
    turns = {1: Answer("q", "", "zh", False, (Citation(1, old.text, old),))}
    assert find(old.id, turns, assistant) == old
    assert find(assistant.units[3].id, turns, assistant) == assistant.units[3]
    assert find("nothing", turns, assistant) is None
