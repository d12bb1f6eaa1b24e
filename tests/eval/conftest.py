import re
from collections.abc import Sequence
from typing import Self

import pytest

from rag.assistant import Assistant
from rag.reading import read_text
from rag.settings import Settings
from rag.types import Answer, Citation, Hit, Unit

TEXT = """【春节活动】1月17日，市长视频出席春节活动。

（李　娜）

【植树活动】5月27日，140余家使团的外交官在金盏森林公园植树。

（王　淼）

【短视频大赛】10月，大赛收到投稿作品220部。

（杨焕昌）
"""


class FakeAssistant(Assistant):
    """Ranks by shared characters, quotes the best unit's first sentence, knows nothing of 火星, fails at 炸."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.settings = Settings()
        self._units = tuple(units)

    @property
    def units(self) -> tuple[Unit, ...]:
        return self._units

    @classmethod
    def install(cls, units: Sequence[Unit], monkeypatch: pytest.MonkeyPatch) -> Self:
        """Every `Assistant.open` gives this one from now on, with the settings it is opened with."""
        fake = cls(units)

        def opened(settings: Settings, progress: object = None) -> Assistant:
            fake.settings = settings
            return fake

        monkeypatch.setattr(Assistant, "open", opened)
        return fake

    def search(self, question: str, history: Sequence[str] = (), k: int = 10) -> list[Hit]:
        asked = set("".join((*history, question)))
        hits = [Hit(unit, len(asked & set(unit.title + unit.text))) for unit in self.units]
        return sorted(hits, key=lambda hit: -hit.score)[:k]

    def ask(self, question: str, history: Sequence[str] = (), without: Sequence[str] = ()) -> Answer:
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
def fake(units: tuple[Unit, ...], monkeypatch: pytest.MonkeyPatch) -> FakeAssistant:
    return FakeAssistant.install(units, monkeypatch)


@pytest.fixture
def yearbook_text() -> str:
    return TEXT
