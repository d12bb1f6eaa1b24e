import re
from collections.abc import Sequence

import pytest

from rag.reading import read_text
from rag.types import Answer, Citation, Hit, Unit

TEXT = """【春节活动】1月17日，市长视频出席春节活动。

（李　娜）

【植树活动】5月27日，140余家使团的外交官在金盏森林公园植树。

（王　淼）

【短视频大赛】10月，大赛收到投稿作品220部。

（杨焕昌）
"""


class FakeAssistant:
    """Ranks by shared characters, quotes the best unit's sentence, refuses where the question names no digit or 何."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)

    def search(self, question: str, history: Sequence[str] = (), k: int = 10) -> list[Hit]:
        asked = set("".join((*history, question)))
        hits = [Hit(unit, len(asked & set(unit.title + unit.text))) for unit in self.units]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        if "炸" in question:
            raise RuntimeError("bang")
        if "火星" in question:
            return Answer(question, "资料没有提到。", "zh", True)
        best = self.search(question, history)[0].unit
        quote = re.split("(?<=。)", best.text)[0]
        return Answer(question, f"{quote} [1]", "zh", False, (Citation(1, quote, best),))


@pytest.fixture
def units() -> tuple[Unit, ...]:
    return read_text(TEXT, "small.txt").units


@pytest.fixture
def fake(units: tuple[Unit, ...]) -> FakeAssistant:
    return FakeAssistant(units)


@pytest.fixture
def yearbook_text() -> str:
    return TEXT
