"""What the tests of the rooms behind the face share: the real chapter, indexed once by the real model."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.library import open_library
from rag.retriever import Retriever
from rag.settings import Settings
from rag.types import Unit

DATA = Path(__file__).parents[2] / "data"

SMALL = """【植树活动举行】5月27日，140余家驻华使团的外交官在金盏森林公园植树。

（王　淼）

【短视频大赛举办】10月，市外办举办短视频大赛，收到投稿作品220部。

（杨焕昌）
"""


@pytest.fixture(scope="session")
def chapter_settings(chapter_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The chapter in data/, with an index of the tests' own."""
    index = shutil.copytree(chapter_index, tmp_path_factory.mktemp("chapter") / "index")
    return Settings(corpus=(DATA,), index=index)


@pytest.fixture(scope="session")
def assistant(chapter_settings: Settings, embedder: Embedder) -> Assistant:
    return Assistant(chapter_settings, embedder, open_library(chapter_settings, embedder))


@pytest.fixture(scope="session")
def retriever(assistant: Assistant) -> Retriever:
    """What the assistant selects and ranks with, for tests of the parts it is made of."""
    return assistant._state[1]


@pytest.fixture
def plain_row() -> Unit:
    """A row of a table that has neither people nor activities: its columns say what its cells are."""
    return Unit(
        id="r",
        kind="row",
        title="签约项目一览表",
        section=None,
        text="11月8日 某公司 6.7",
        authors=(),
        source="s",
        lines=(1, 1),
        fields={"签约时间": "11月8日", "企业名称": "某公司", "投资额（亿元）": "6.7"},
    )


@pytest.fixture
def small_text() -> str:
    return SMALL


@pytest.fixture
def assistant_of(tmp_path: Path, embedder: Embedder) -> Callable[[str], Assistant]:
    """Makes the assistant that answers from one text, in a corpus and an index of its own."""

    def make(text: str) -> Assistant:
        corpus = tmp_path / "corpus.txt"
        corpus.write_text(text, encoding="utf-8")
        settings = Settings(corpus=(corpus,), index=tmp_path / "index")
        return Assistant(settings, embedder, open_library(settings, embedder))

    return make
