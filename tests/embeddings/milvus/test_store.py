"""An index in Milvus does what the one in a folder does, and more than one process may work on it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from milvus_fixtures import Hashed, bring, library

from embeddings import sampled
from embeddings.errors import IndexBusy, IndexMismatch, IndexMissing, StoreUnreachable
from embeddings.index import Document, Index, Where
from embeddings.milvus import lease as leases
from embeddings.milvus import rows
from embeddings.place import MilvusPlace, place_of
from embeddings.reading import Vectors
from embeddings.stores import Store, store_at

pytestmark = pytest.mark.skipif(find_spec("milvus_lite") is None, reason="pip install -e '.[milvus]' first")
ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
NARROWED = [
    Where(source=("1.txt",)),
    Where(source=("0.txt", "2.txt"), date=("3月",)),
    Where(section=('a "quoted" section',)),
    Where(people=("李娜", "nobody")),
    Where(people=("殷勇",), section=("外事",)),
    Where(date=("2月", "4月"), people=("殷勇",)),
]


def both(address: str, folder: Path) -> tuple[Store, Store]:
    return store_at(place_of(address)), store_at(folder)


def same(one: Index, other: Index) -> None:
    assert one.documents == other.documents
    assert one.passages == other.passages
    assert np.array_equal(one.owners, other.owners)
    assert one.words == other.words
    assert np.allclose(one.word_vectors, other.word_vectors, atol=1e-3)  # a folder keeps half precision
    assert np.allclose(one.vectors, other.vectors, atol=1e-6)


def test_what_is_found_is_what_faiss_finds(address: str, tmp_path: Path, hashed: Hashed) -> None:
    stores = both(address, tmp_path / "folder")
    reports = [bring(store, library(300), hashed) for store in stores]
    assert len({(r.embedded, r.kept, r.dropped, r.passages, r.documents, r.changed) for r in reports}) == 1
    milvus, faiss = (store.open("hashed-1") for store in stores)
    same(milvus, faiss)
    for question in ("会见", "第7篇第0段", "q"):
        query = hashed.question(question)
        for where in [Where(), *NARROWED]:
            scores, numbers = milvus.search(query, 20, where)
            expected_scores, expected = faiss.search(query, 20, where)
            assert numbers.tolist() == expected.tolist()
            assert np.allclose(scores, expected_scores, atol=1e-6)
        near, exact = (index.similarities(query, range(300)) for index in (milvus, faiss))
        assert np.allclose(near.values, exact.values, atol=1e-6)
        assert (near.mean, near.spread) == pytest.approx((exact.mean, exact.spread), abs=1e-6)
    assert milvus.search(query, 0)[1].shape == (0,)
    assert milvus.search(query, 5, Where(source=("none.txt",)))[1].shape == (0,)


def test_far_documents_are_looked_at_where_they_are_wanted(
    address: str, hashed: Hashed, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_at(place_of(address))
    bring(store, library(90), hashed)
    monkeypatch.setattr(sampled, "CANDIDATES", 10)
    index, query = store.open(), hashed.question("会见")
    cosines = index.vectors @ query
    exact = np.array([cosines[index.owners == number].max() for number in range(90)])
    section = np.array([index.documents[owner]["section"] == "外事" for owner in index.owners])
    narrowed = np.flatnonzero(section)[np.argsort(-cosines[section])[:10]]
    known = sorted({3, 5, *index.owners[np.argsort(-cosines)[:10]], *index.owners[narrowed]})
    found = index.similarities(query, (3, 5), Where(section=("外事",)))
    assert np.allclose(found.values[known], exact[known], atol=1e-6)
    others = sorted(set(range(90)) - set(known))
    assert len(others) > 60 and np.allclose(found.values[others], found.mean)
    assert (found.mean, found.spread) == pytest.approx((exact.mean(), exact.std()), abs=1e-6)


def test_a_change_adds_what_is_new_and_removes_what_is_gone(address: str, tmp_path: Path, hashed: Hashed) -> None:
    stores = both(address, tmp_path / "folder")
    changed = [Document({**library(1)[0].payload, "section": "友城"}, ("第0篇第0段",)), *library(40, 20)][::-1]
    for documents, more in (
        (library(30), {}),
        (changed, {"words": ["友城", "来访"]}),
        (changed, {"words": ["友城", "来访"], "corpus": {"files": {"a": "1"}}}),
        (changed[::-1], {"words": ["友城", "来访"]}),
        ([], {}),
        ([Document({"id": "1"}, ("同文", "同文")), Document({"id": "1"}, ("同文", "同文"))], {}),
    ):
        reports = [bring(store, documents, hashed, **more) for store in stores]
        assert len({(r.embedded, r.kept, r.dropped, r.passages, r.documents, r.changed) for r in reports}) == 1
        same(*(store.open() for store in stores))
        before = stores[0].generation()
        again = bring(stores[0], documents, hashed, **more)
        assert (again.changed, again.embedded, again.generation) == (False, 0, before)
    client = stores[0]._connection
    for name in client.names():
        if "passages" in name:
            assert len(list(client.where(name, "born >= 0", []))) == 4


class Killed(Exception):
    pass


class Dying(Hashed):
    """A model whose process ends after some texts."""

    def embed_passages(self, texts: Sequence[str], progress: object = None) -> Vectors:
        if len(self.seen) >= 20:
            raise Killed
        return super().embed_passages(texts)


def test_a_refresh_goes_on_where_it_was_stopped(address: str, hashed: Hashed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "STEP", 10)
    store = store_at(place_of(address))
    dying = Dying()
    with pytest.raises(Killed):
        bring(store, library(30), dying)
    assert store.generation() is None
    with pytest.raises(IndexMissing, match="not finished"):
        store.open()
    calls: list[tuple[int, int]] = []
    report = bring(store, library(30), hashed, words=(), progress=lambda done, total: calls.append((done, total)))
    assert (report.embedded, report.kept) == (40, 20)
    assert not set(hashed.seen) & set(dying.seen)
    assert calls == [(0, 40), (10, 40), (20, 40), (30, 40), (40, 40)]


def test_a_reader_sees_nothing_of_an_unfinished_refresh(
    address: str, hashed: Hashed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "STEP", 10)
    store = store_at(place_of(address))
    bring(store, library(6), hashed)
    reader = store.open()
    with pytest.raises(Killed):
        bring(store, library(60), Dying())
    assert store.generation() == reader.generation
    for index in (reader, store.open()):
        assert len(index.search(hashed.question("q"), 50)[1]) == len(reader.passages) == 12
        assert index.words == ("会见", "友城")


def test_another_model_is_refused_and_gets_vectors_of_its_own(address: str, hashed: Hashed) -> None:
    store = store_at(place_of(address))
    bring(store, library(3), hashed)
    reader = store.open()
    other = Hashed()
    other.fingerprint = "hashed-2"
    with pytest.raises(IndexMismatch, match=r"hashed-1.*hashed-2"):
        store.open("hashed-2")
    report = bring(store, library(3), other)
    assert report.rebuilt and "hashed-2" in report.rebuilt
    assert (report.embedded, report.kept) == (6, 0)
    assert len(reader.search(hashed.question("q"), 9)[1]) == 6  # the old vectors stay for those who still read them
    names = len(store._connection.names())
    bring(store, library(4), other)
    assert len(store._connection.names()) == names - 2


def test_two_indexes_on_one_server_leave_each_other_alone(address: str, hashed: Hashed) -> None:
    one, two = store_at(place_of(address)), store_at(place_of(f"{address}#yearbook_2"))
    bring(two, library(5), hashed)
    hashed.fingerprint = "hashed-2"
    for count in (3, 4, 5):
        bring(one, library(count), hashed)
    assert len(two.open("hashed-1").documents) == len(one.open("hashed-2").documents) == 5


def test_one_refresh_at_a_time(address: str, hashed: Hashed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leases, "DEAD", 3.0)
    store = store_at(place_of(address))
    bring(store, library(1), hashed)
    killed = leases.Lease(store._connection, store._records.name)
    killed._write()  # and nothing more: its process was killed
    with pytest.raises(IndexBusy, match="at work"):
        bring(store, library(2), hashed, patience=1)
    assert bring(store, library(2), hashed, patience=300).documents == 2
    with pytest.raises(IndexBusy, match="took over"):
        killed.check()


SCRIPT = """
import sys
sys.path.insert(0, {here!r})
from milvus_fixtures import Hashed, bring, library
from embeddings.place import place_of
from embeddings.stores import store_at
store = store_at(place_of({address!r}))
{body}
"""


def process(address: str, body: str) -> subprocess.Popen[str]:
    script = SCRIPT.format(here=str(HERE), address=address, body=body)
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_several_processes_share_one_index(served: str, hashed: Hashed) -> None:
    store = store_at(place_of(served))
    bring(store, library(20), hashed)
    mine = store.open()
    reading = "index = store.open('hashed-1'); print(index.search(Hashed().question('q'), 3)[1].tolist())"
    readers = [process(served, reading) for _ in range(2)]
    expected = str(mine.search(hashed.question("q"), 3)[1].tolist())
    assert [reader.communicate(timeout=600)[0].strip() for reader in readers] == [expected] * 2
    writers = [process(served, "print(bring(store, library(40), Hashed(), patience=300).embedded)") for _ in range(2)]
    embedded = sorted(int(writer.communicate(timeout=600)[0]) for writer in writers)
    assert embedded[0] == 0 < embedded[1]  # the second one waited, and found it done
    assert store.generation() != mine.generation
    assert len(store.open().documents) == 40


def test_a_killed_process_leaves_what_it_has_embedded(served: str, hashed: Hashed) -> None:
    body = """
import os
from embeddings.milvus import rows
rows.STEP = 10
class Dying(Hashed):
    def embed_passages(self, texts, progress=None):
        if len(self.seen) >= 20:
            os.kill(os.getpid(), 9)
        return super().embed_passages(texts)
bring(store, library(30), Dying())
"""
    assert process(served, body).wait(600) == -9
    store = store_at(place_of(served))
    report = bring(store, library(30), hashed, patience=300)
    assert (report.embedded, report.kept) == (40, 20)
    assert len(store.open().passages) == 60


def test_a_server_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("embeddings.milvus.connection.SECONDS", 1.0)
    with pytest.raises(StoreUnreachable, match=r"127\.0\.0\.1:9.*look whether it runs"):
        store_at(MilvusPlace("http://127.0.0.1:9")).generation()
