"""The index on disks that flip bits, are full or can't be written: found and named, and the old index untouched."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killer import made

from embeddings.errors import IndexDamaged, IndexUnwritable
from embeddings.generations import current_generation, open_index
from embeddings.index import Document
from embeddings.refresh import refresh
from embeddings.store import REBUILD

FILES = ("CURRENT", "manifest.json", "index.faiss", "documents.jsonl", "passages.jsonl", "words.json", "words.npy")
SOME = 60
"""Bits flipped in each of the larger files."""


def bring(folder: Path, size: int) -> str:
    documents = [Document({"id": str(n)}, (f"第{n}条", f"{n} of {size}")) for n in range(size)]
    embedder = made()["Made"]()  # type: ignore[operator]
    return refresh(folder, documents, embedder, settings={}, corpus={"size": size}, words=["词"]).generation


def flips(data: bytes) -> Iterator[bytes]:
    """The data with one bit flipped: with every one where they are few, else with some of all."""
    bits = range(8 * len(data))
    for bit in bits if len(bits) < 2000 else random.Random(len(data)).sample(bits, SOME):
        flipped = bytearray(data)
        flipped[bit // 8] ^= 1 << bit % 8
        yield bytes(flipped)


def test_the_files_of_an_index_are_those_that_are_tried(tmp_path: Path) -> None:
    bring(tmp_path, 3)
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {*FILES, "refresh.lock"}


@pytest.mark.parametrize("name", FILES)
def test_a_flipped_bit_is_found_and_its_file_named(tmp_path: Path, name: str) -> None:
    bring(tmp_path, 3)
    path = next(tmp_path.rglob(name))
    whole = path.read_bytes()
    for damaged in flips(whole):
        path.write_bytes(damaged)
        with pytest.raises(IndexDamaged) as caught:
            open_index(tmp_path)
        assert str(caught.value).startswith(f"index file {path}: ")
        assert str(caught.value).endswith(REBUILD)
    path.write_bytes(whole)
    assert len(open_index(tmp_path).documents) == 3


@pytest.mark.parametrize("name", FILES[1:])
def test_a_file_cut_short_or_gone_is_named(tmp_path: Path, name: str) -> None:
    bring(tmp_path, 3)
    path = next(tmp_path.rglob(name))
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged, match=name):
        open_index(tmp_path)
    path.unlink()
    with pytest.raises(IndexDamaged, match=f"{name}: missing"):
        open_index(tmp_path)


def test_a_full_disk_is_told_and_leaves_the_old_index(small_disk: Path) -> None:
    folder = small_disk / "index"
    generation = bring(folder, 20)
    with pytest.raises(IndexUnwritable, match=rf"{folder}.*No space left.*free space"):
        bring(folder, 2000)
    assert current_generation(folder) == generation
    assert len(open_index(folder).documents) == 20
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [generation]
    bring(folder, 30)
    assert len(open_index(folder).documents) == 30


def test_a_read_only_folder_is_told_and_its_index_still_serves(small_disk: Path, read_only: Callable[[], None]) -> None:
    folder = small_disk / "index"
    generation = bring(folder, 20)
    read_only()
    with pytest.raises(IndexUnwritable, match=rf"{folder}.*Read-only.*allow writing"):
        bring(folder, 30)
    assert open_index(folder).generation == generation


def test_a_file_whose_name_is_no_text_goes_into_the_manifest(tmp_path: Path) -> None:
    refresh(tmp_path, [], made()["Made"](), settings={}, corpus={"files": {"\udcff.txt": "0"}})  # type: ignore[operator]
    assert open_index(tmp_path).manifest.corpus == {"files": {"\udcff.txt": "0"}}
