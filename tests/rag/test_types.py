import json
from dataclasses import FrozenInstanceError

import pytest

from rag.types import Answer, Citation, Hit, Unit

ROW = Unit(
    id="r1",
    kind="row",
    title="会见一览表",
    section=None,
    text="4月6日 殷勇 会见某集团首席执行官",
    authors=("李娜", "夏晓露"),
    source="chapter.txt",
    lines=(10, 40),
    ranges=((10, 12), (40, 40)),
    pages=(3, 4),
    repaired=True,
    certainty=0.8,
    notes=("注：略",),
    table="表6",
    fields={"时间": "4月6日", "市领导": "殷勇"},
    date="4月6日",
    people=("殷勇",),
    country="英国",
    activity="会见某集团首席执行官",
)
BARE = Unit(id="e1", kind="entry", title="题", section="节", text="文。", authors=(), source="c.txt", lines=(1, 1))

CONTRACT = set(
    "id kind title section text authors source lines pages repaired table fields date people country activity".split()
)


@pytest.mark.parametrize("unit", [ROW, BARE], ids=["row", "entry"])
def test_a_unit_survives_its_trip_through_json(unit: Unit) -> None:
    assert Unit.from_json(json.loads(json.dumps(unit.to_json(), ensure_ascii=False))) == unit


def test_json_has_the_contracts_names() -> None:
    data = json.loads(json.dumps(ROW.to_json()))
    assert set(data) >= CONTRACT
    assert data["lines"] == [10, 40]
    assert data["authors"] == ["李娜", "夏晓露"]
    assert data["fields"] == {"时间": "4月6日", "市领导": "殷勇"}


def test_what_does_not_apply_is_null_or_empty() -> None:
    data = BARE.to_json()
    assert [data[name] for name in ("table", "date", "country", "activity", "pages")] == [None] * 5
    assert not data["people"] and not data["fields"]
    assert data["repaired"] is False


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        Unit.from_json({**ROW.to_json(), "colour": "red"})


def test_nothing_can_be_changed_in_place() -> None:
    for thing in (ROW, Hit(ROW, 1.0), Citation(1, "会见", ROW), Answer("问", "答", "zh", True)):
        with pytest.raises(FrozenInstanceError):
            thing.unit = BARE
