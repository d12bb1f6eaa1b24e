from itertools import product
from pathlib import Path
from typing import Any

import pytest
from killer import made

from embeddings.errors import IndexDamaged, IndexMissing
from embeddings.generations import current_generation, open_index
from embeddings.model import Embedder
from embeddings.refresh import Report
from embeddings.store import CURRENT, LOCK
from rag.errors import CorpusError
from rag.library import library_status, open_library, refresh_library, with_recorded_corpus
from rag.settings import Settings

MORE = "\n【新展览开幕】11月3日，新展览开幕。\n\n（李　娜）\n"


@pytest.fixture
def settings(tmp_path: Path, small_text: str) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(small_text, encoding="utf-8")
    return Settings(corpus=(corpus,), index=tmp_path / "index")


def titles(settings: Settings) -> list[str]:
    return [document["title"] for document in open_index(settings.index_folder).documents]


def test_a_refresh_embeds_what_is_new_and_keeps_the_rest(settings: Settings, embedder: Embedder) -> None:
    first = refresh_library(settings, embedder=embedder)
    assert (first.documents, first.embedded, first.kept) == (2, first.passages, 0)
    assert not refresh_library(settings, embedder=embedder).changed
    with (settings.corpus[0] / "a.txt").open("a", encoding="utf-8") as file:
        file.write(MORE)
    counts: list[tuple[int, int]] = []
    second = refresh_library(settings, lambda done, total: counts.append((done, total)), embedder)
    assert (second.documents, second.embedded, second.kept, second.dropped) == (3, 1, first.passages, 0)
    assert counts[-1] == (1, 1)
    assert titles(settings) == ["植树活动举行", "短视频大赛举办", "新展览开幕"]


def test_what_left_the_corpus_leaves_the_index(settings: Settings, embedder: Embedder, small_text: str) -> None:
    refresh_library(settings, embedder=embedder)
    (settings.corpus[0] / "a.txt").write_text(small_text.partition("【短视频")[0], encoding="utf-8")
    assert refresh_library(settings, embedder=embedder).dropped == 1
    assert titles(settings) == ["植树活动举行"]


def test_the_same_text_keeps_its_id_when_others_come_and_go(settings: Settings, embedder: Embedder) -> None:
    before = {d["title"]: d["id"] for d in open_library(settings, embedder).documents}
    (settings.corpus[0] / "b.txt").write_text(MORE, encoding="utf-8")
    after = {d["title"]: d["id"] for d in open_library(settings, embedder).documents}
    assert after == before | {"新展览开幕": after["新展览开幕"]}
    assert len(set(after.values())) == 3


def test_opening_refreshes_only_what_is_stale(settings: Settings, embedder: Embedder) -> None:
    first = open_library(settings, embedder)
    assert open_library(settings, embedder).generation == first.generation
    (settings.corpus[0] / "b.txt").write_text(MORE, encoding="utf-8")
    second = open_library(settings, embedder)
    assert second.generation != first.generation
    assert len(second.documents) == 3


def test_a_flipped_bit_in_any_file_of_the_index_is_named_and_mended(settings: Settings, embedder: Embedder) -> None:
    passages = open_library(settings, embedder).passages
    names = [path.name for path in settings.index_folder.rglob("*") if path.is_file() and path.name != LOCK]
    assert len(names) == 7
    for name, mend in product(names, (refresh_library, open_library)):
        folder = settings.index_folder
        victim = folder / name if name == CURRENT else folder / str(current_generation(folder)) / name
        data = victim.read_bytes()
        victim.write_bytes(data[:-1] + bytes([data[-1] ^ 16]))
        with pytest.raises(IndexDamaged, match=rf"{victim}: .*; run 'python -m embeddings refresh' to build it anew"):
            library_status(settings)
        done = mend(settings, embedder=embedder)
        if isinstance(done, Report):
            assert done.rebuilt and name in done.rebuilt
            assert (done.embedded, done.kept, done.changed) == (len(passages), 0, True)
        assert open_index(settings.index_folder).passages == passages


def test_status_says_what_is_held_and_whether_it_is_fresh(settings: Settings, embedder: Embedder) -> None:
    with pytest.raises(IndexMissing):
        library_status(settings)
    refresh_library(settings, embedder=embedder)
    status = library_status(settings)
    assert (status["units"], status["kinds"], status["fresh"]) == (2, {"entry": 2}, True)
    assert status["generation"] == current_generation(settings.index_folder)
    (settings.corpus[0] / "b.txt").write_text(MORE, encoding="utf-8")
    assert library_status(settings)["fresh"] is False


def test_an_index_named_alone_remembers_its_corpus(settings: Settings, embedder: Embedder, tmp_path: Path) -> None:
    alone = Settings(index=settings.index)
    assert with_recorded_corpus(alone) == alone
    refresh_library(settings, embedder=embedder)
    assert with_recorded_corpus(alone).corpus == (settings.corpus[0].resolve(),)
    other = Settings(corpus=(tmp_path / "other",), index=settings.index)
    assert with_recorded_corpus(other).corpus == other.corpus
    settings.corpus[0].rename(tmp_path / "gone")
    assert with_recorded_corpus(alone) == alone


def test_a_corpus_that_cannot_be_read_leaves_the_index_as_it_was(settings: Settings, embedder: Embedder) -> None:
    generation = open_library(settings, embedder).generation
    (settings.corpus[0] / "a.txt").unlink()
    with pytest.raises(CorpusError):
        open_library(settings, embedder)
    assert current_generation(settings.index_folder) == generation


def test_a_bad_file_among_good_ones_is_told_and_costs_nothing(settings: Settings, embedder: Embedder) -> None:
    (settings.corpus[0] / "bad.txt").write_bytes(bytes(range(256)) * 16)
    refresh_library(settings, embedder=embedder)
    assert "bad.txt" in " ".join(library_status(settings)["problems"])
    assert len(titles(settings)) == 2


def test_what_is_read_without_repair_is_read_again_with_it(tmp_path: Path) -> None:
    embedder: Any = made()["Made"]()  # type: ignore[operator]
    settings = Settings(index=tmp_path / "index")
    torn = settings.model_copy(update={"without": ("repair",)})
    assert not any(unit["repaired"] for unit in open_library(torn, embedder).documents)
    generation = current_generation(settings.index_folder)
    assert any(unit["repaired"] for unit in open_library(settings, embedder).documents)
    assert current_generation(settings.index_folder) != generation
