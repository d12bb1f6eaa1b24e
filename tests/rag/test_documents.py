from dataclasses import replace
from pathlib import Path

import pytest

from rag.assistant import Assistant
from rag.documents import AROUND, surroundings
from rag.errors import CorpusError
from rag.reading import read_corpus


def test_a_unit_stands_marked_in_its_surroundings(tmp_path: Path, small_text: str) -> None:
    file = tmp_path / "small.txt"
    file.write_text(small_text, encoding="utf-8")
    unit = read_corpus([file]).units[1]
    (place,) = surroundings([tmp_path], unit)
    shown = {number: (text, own) for number, text, own in place.lines}
    first, last = unit.lines
    assert shown[first][1] and not shown[1][1]
    assert "植树活动" in shown[1][0]
    assert all(text.strip() for text, _ in shown.values())
    assert last <= max(shown)


def test_only_what_is_around_it_is_shown(assistant: Assistant) -> None:
    unit = next(unit for unit in assistant.units if unit.lines[0] > 2 * AROUND and not unit.repaired)
    (place,) = surroundings(assistant.settings.corpus_paths, unit)
    numbers = [number for number, _, _ in place.lines]
    assert unit.lines[0] - AROUND <= numbers[0] and numbers[-1] <= unit.lines[1] + AROUND


def test_a_unit_from_far_apart_places_shows_each(assistant: Assistant) -> None:
    unit = max(assistant.units, key=lambda u: u.ranges[-1][0] - u.ranges[0][1] if u.ranges else 0)
    places = surroundings(assistant.settings.corpus_paths, unit)
    assert len(places) == 2
    own = [number for place in places for number, _, mine in place.lines if mine]
    assert all(any(first <= number <= last for number in own) for first, last in unit.ranges)


def test_a_unit_that_a_browser_made_up_shows_no_more_than_the_text(assistant: Assistant) -> None:
    unit = replace(assistant.units[0], lines=(-5, 10**15), ranges=())
    (place,) = surroundings(assistant.settings.corpus_paths, unit)
    assert all(own for _, _, own in place.lines)
    assert place.lines[0][0] >= 1


def test_a_file_that_is_gone_is_an_error(tmp_path: Path, assistant: Assistant) -> None:
    with pytest.raises(CorpusError):
        surroundings([tmp_path], assistant.units[0])
