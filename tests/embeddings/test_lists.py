from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings import lists
from embeddings.generations import open_index, read_manifest
from embeddings.index import FLAT, Document, Where
from embeddings.lists import ListIndex, between, chosen, recall
from embeddings.reading import Vectors, unit
from embeddings.refresh import refresh
from embeddings.sampled import CANDIDATES

SIZE = 3000


class Made:
    """Vectors out of thin air, in heaps as those of texts are."""

    name = fingerprint = "made"
    dimension = 24

    def embed_passages(self, texts: list[str], progress: object = None) -> Vectors:
        chance = np.random.default_rng(0)
        heaps = chance.normal(size=(40, self.dimension))
        return unit(heaps[np.arange(len(texts)) % 40] + chance.normal(size=(len(texts), self.dimension)) / 2)

    embed_words = embed_passages


def documents(size: int = SIZE) -> list[Document]:
    """The first has no passage, the second two."""
    texts = [(), ("甲", "乙"), *((f"{n}",) for n in range(size - 2))]
    return [Document({"source": f"{n % 7}.txt", "people": [f"p{n % 90}"]}, text) for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[ListIndex, object]:
    """One corpus as lists and as a flat index."""
    folders = [tmp_path_factory.mktemp(name) for name in ("lists", "flat")]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists.chosen, "__defaults__", (1000,))
        refresh(folders[0], documents(), Made(), settings={}, corpus={})
    refresh(folders[1], documents(), Made(), settings={}, corpus={})
    found = open_index(folders[0])
    assert isinstance(found, ListIndex)
    return found, open_index(folders[1])


def test_recall_is_the_share_of_the_exact_neighbours() -> None:
    assert recall(np.array([[1, 2], [3, 4]]), np.array([[2, 9], [4, 3]])) == pytest.approx((0.5 + 1) / 2)


def test_queries_lie_between_two_vectors() -> None:
    for query in between(np.eye(3, dtype=np.float32), 20):
        assert sorted(query)[1:] in (pytest.approx([0.5**0.5, 0.5**0.5]), pytest.approx([0.0, 1.0]))


def test_a_small_index_is_flat_and_lists_that_miss_are_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = Made().embed_passages(["x"] * SIZE)
    assert chosen(vectors)[1:] == (FLAT, 1.0)
    kind, found = chosen(vectors, flat_up_to=100)[1:]
    assert (kind, found >= lists.LEAST_RECALL) == (lists.KIND, True)
    monkeypatch.setattr(lists, "PROBES", (1,))
    assert chosen(vectors, flat_up_to=100)[1:] == (FLAT, 1.0)


def test_kind_and_recall_are_recorded(both: tuple[ListIndex, ListIndex]) -> None:
    manifest = both[0].manifest
    assert manifest.kind == lists.KIND and lists.LEAST_RECALL <= manifest.recall <= 1
    assert (both[1].manifest.kind, both[1].manifest.recall) == (FLAT, 1.0)


def test_the_lists_vectors_are_those_given(both: tuple[ListIndex, ListIndex]) -> None:
    assert np.array_equal(both[0].vectors, both[1].vectors)


def test_the_nearest_and_the_wanted_are_exact(both: tuple[ListIndex, ListIndex]) -> None:
    found, flat = both
    wanted, where = list(range(5, 400)), Where(source=("3.txt",), people=("p3", "p10"))
    for query in between(flat.vectors, 20):
        exact, told = flat.similarities(query), found.similarities(query, wanted, where)
        meant = [n for n in range(SIZE) if n % 7 == 3 and n % 90 in (3, 10)]
        assert told.values[wanted] == pytest.approx(exact.values[wanted], abs=1e-5)
        assert told.values[meant] == pytest.approx(exact.values[meant], abs=1e-5)
        near = np.argsort(-exact.values)[:10]
        assert np.mean(np.isclose(told.values[near], exact.values[near], atol=1e-5)) >= 0.9
        assert (told.mean, told.spread) == pytest.approx((exact.mean, exact.spread), abs=0.01)
        assert told.values[0] == -1  # without a passage
        assert np.isclose(told.values, told.mean).sum() > SIZE - CANDIDATES - 500  # most were not looked at


def test_a_narrowed_search_looks_at_every_passage_that_is_meant(both: tuple[ListIndex, ListIndex]) -> None:
    query, where = between(both[1].vectors, 1)[0], Where(people=("p5",))
    for one, other in zip(both[0].search(query, 7, where), both[1].search(query, 7, where), strict=True):
        assert one.tolist() == other.tolist()
    assert len(both[0].search(query, SIZE * 2)[1]) <= SIZE


def test_a_refresh_keeps_the_vectors_of_lists(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists.chosen, "__defaults__", (1000,))
    refresh(tmp_path, documents(), Made(), settings={}, corpus={})
    whole, reads = ListIndex.vectors.fget, []
    monkeypatch.setattr(ListIndex, "vectors", property(lambda index: reads.append(1) or whole(index)))
    report = refresh(tmp_path, documents()[:1500], Made(), settings={}, corpus={})
    assert len(reads) == 1  # they are put together anew each time
    assert (report.embedded, report.kept) == (0, 1500)
    assert read_manifest(tmp_path).kind == lists.KIND
    refresh(tmp_path, documents()[:900], Made(), settings={}, corpus={})
    assert read_manifest(tmp_path).kind == FLAT
