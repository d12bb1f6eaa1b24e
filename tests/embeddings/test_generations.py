from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.generations import current_generation, open_index, read_manifest, write_index
from embeddings.index import Document, Index, Where
from embeddings.reading import Vectors

DOCUMENTS = [
    Document({"id": "a", "text": "甲\u2028乙\r\n\udc80"}, ("甲", "乙")),
    Document({"id": "b", "lines": [1, 2]}, ()),
    Document({"id": "c"}, ("丙\n丁\ud800", "甲")),
]


WORDS = np.array([[0.5] * 16, [0.25] * 16], np.float32)


def unit_vectors(count: int, seed: int = 0) -> Vectors:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def write(folder: Path, documents: list[Document] = DOCUMENTS, seed: int = 0) -> str:
    folder.mkdir(exist_ok=True)
    vectors = unit_vectors(sum(len(document.passages) for document in documents), seed)
    return write_index(
        folder,
        documents,
        vectors,
        ("词", "字"),
        WORDS,
        model="m",
        fingerprint="f",
        settings={"tokens": 9},
        corpus={"files": ["x"]},
    )


def test_what_is_written_is_read(tmp_path: Path) -> None:
    generation = write(tmp_path)
    index = open_index(tmp_path, model_fingerprint="f")
    assert index.generation == generation == current_generation(tmp_path)
    assert list(index.documents) == [document.payload for document in DOCUMENTS]
    assert index.passages == ("甲", "乙", "丙\n丁\ud800", "甲")
    assert index.owners.tolist() == [0, 0, 2, 2]
    assert np.array_equal(index.vectors, unit_vectors(4))
    assert index.words == ("词", "字")
    assert np.array_equal(index.word_vectors, WORDS)
    manifest = read_manifest(tmp_path)
    assert manifest == index.manifest
    assert (manifest.model, manifest.dimension, manifest.normalised, manifest.format) == ("m", 16, True, 2)
    assert (manifest.settings, manifest.corpus) == ({"tokens": 9}, {"files": ["x"]})
    assert (manifest.documents, manifest.passages) == (3, 4)


def many(tmp_path: Path) -> Index:
    write(tmp_path, [Document({"id": str(number)}, (f"p{number}",)) for number in range(200)])
    return open_index(tmp_path)


def test_search_is_exact(tmp_path: Path) -> None:
    index, query = many(tmp_path), unit_vectors(1, seed=1)[0]
    expected = unit_vectors(200) @ query
    scores, numbers = index.search(query, 10)
    assert np.array_equal(numbers, np.argsort(-expected)[:10])
    assert np.allclose(scores, expected[numbers], atol=1e-6)
    near = index.similarities(query)
    assert np.allclose(near.values, expected, atol=1e-6)
    assert (near.mean, near.spread) == pytest.approx((expected.mean(), expected.std()), abs=1e-6)


def test_a_search_is_narrowed_by_what_documents_are_labelled_with(tmp_path: Path) -> None:
    labels = [
        {"source": "a.txt", "section": "外事", "date": "4月6日", "people": ["殷勇", "李娜"]},
        {"source": "a.txt", "section": "外事", "date": None, "people": []},
        {"source": "b.txt", "section": None, "date": "4月6日"},
    ]
    write(tmp_path, [Document(payload, (f"p{number}",)) for number, payload in enumerate(labels)])
    index, query = open_index(tmp_path), unit_vectors(1, seed=1)[0]

    def found(**labels: tuple[str, ...]) -> set[int]:
        return {int(number) for number in index.search(query, 10, Where(**labels))[1]}

    assert found() == {0, 1, 2}
    assert found(source=("a.txt",)) == found(section=("外事", "友城")) == {0, 1}
    assert found(date=("4月6日",)) == {0, 2}
    assert found(people=("李娜", "陈吉宁")) == found(date=("4月6日",), source=("a.txt",)) == {0}
    assert found(people=("李娜",), source=("b.txt",)) == set()
    best = index.search(query, 1, Where(source=("a.txt",)))
    assert best[1].tolist() == [int(np.argmax(unit_vectors(3)[:2] @ query))]


def test_no_more_is_found_than_there_is(tmp_path: Path) -> None:
    write(tmp_path)
    scores, numbers = open_index(tmp_path).search(unit_vectors(1)[0], 50)
    assert scores.shape == numbers.shape == (4,)
    assert open_index(tmp_path).search(unit_vectors(1)[0], 0)[1].shape == (0,)


def test_an_index_of_nothing_opens(tmp_path: Path) -> None:
    write(tmp_path, [])
    index = open_index(tmp_path)
    assert index.search(unit_vectors(1)[0], 5)[1].shape == (0,)
    near = index.similarities(unit_vectors(1)[0])
    assert (near.values.shape, near.mean, near.spread) == ((0,), 0.0, 0.0)


@pytest.mark.parametrize("name", ["none", "file", "file/below"])
def test_a_folder_without_index_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexMissing, match=name):
        open_index(tmp_path / name)
    assert current_generation(tmp_path / name) is None


def test_another_model_is_a_mismatch(tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(IndexMismatch, match=r"'m'.*refresh"):
        open_index(tmp_path, model_fingerprint="g")


def test_another_format_is_a_mismatch(tmp_path: Path) -> None:
    generation = write(tmp_path)
    manifest = tmp_path / generation / "manifest.json"
    manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "format": 0}))
    checksum = hashlib.sha256(manifest.read_bytes()).hexdigest()
    (tmp_path / "CURRENT").write_text(json.dumps({"generation": generation, "manifest": checksum}))
    with pytest.raises(IndexMismatch, match="format 0"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("name", ["CURRENT", "manifest.json", "index.faiss", "documents.jsonl", "passages.jsonl"])
def test_a_flipped_bit_anywhere_is_found_and_named(tmp_path: Path, name: str) -> None:
    generation = write(tmp_path)
    path = tmp_path / name if name == "CURRENT" else tmp_path / generation / name
    whole = path.read_bytes()
    for position in range(len(whole)):
        damaged = bytearray(whole)
        damaged[position] ^= 1 << position % 8
        path.write_bytes(damaged)
        with pytest.raises(IndexDamaged) as caught:
            open_index(tmp_path)
        assert str(tmp_path) in str(caught.value)
        assert name == "CURRENT" or name in str(caught.value)
    path.write_bytes(whole)
    assert open_index(tmp_path).generation == generation


@pytest.mark.parametrize("name", ["manifest.json", "index.faiss", "documents.jsonl", "passages.jsonl"])
def test_a_missing_or_short_file_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / write(tmp_path) / name
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=name):
        open_index(tmp_path)
    path.unlink()
    with pytest.raises(IndexDamaged, match=name):
        open_index(tmp_path)


def test_a_reader_keeps_its_generation_and_two_are_kept(tmp_path: Path) -> None:
    write(tmp_path)
    reader = open_index(tmp_path)
    for seed in (1, 2, 3):
        before = current_generation(tmp_path)
        assert write(tmp_path, seed=seed) != before
    assert np.array_equal(reader.vectors, unit_vectors(4))
    kept = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert kept == {before, current_generation(tmp_path)}
    assert np.array_equal(open_index(tmp_path).vectors, unit_vectors(4, seed=3))


def test_an_index_made_anew_gets_another_name(tmp_path: Path) -> None:
    first = write(tmp_path / "one")
    assert write(tmp_path / "two", seed=1) != first


def test_an_index_holds_nothing_that_runs_when_it_is_read(tmp_path: Path) -> None:
    write(tmp_path)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= {"", ".json", ".jsonl", ".faiss", ".npy", ".lock"}
    for file in files:
        data = file.read_bytes()
        assert not data.startswith(b"\x80"), file  # how a pickle begins
        if file.suffix == ".npy":
            np.load(file, allow_pickle=False)
