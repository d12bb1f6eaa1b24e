"""A refresh killed at any moment leaves the old index or the new one, and no text with another text's vector."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from killer import Killer, made

from embeddings.errors import IndexMissing
from embeddings.generations import open_index
from embeddings.store import locked, sweep

# Refreshes without end between two corpora; nearly all of the time is spent where the index is read and written.
REFRESHES = """
from pathlib import Path
import faiss
from embeddings.index import Document
from embeddings.refresh import refresh

def corpus(size):
    return [Document({"id": str(n), "size": size}, (f"{n} of {size}", f"text {n}")) for n in range(size)]

def work(folder):
    while True:
        for size in (20, 30):
            refresh(Path(folder), corpus(size), Made(), settings={}, corpus={"size": size}, words=[f"word {size}"])
"""


def test_a_killed_refresh_leaves_a_whole_index(tmp_path: Path) -> None:
    folder, vector = tmp_path / "index", made()["vector"]
    seen = set()
    with Killer(REFRESHES) as killer:
        for _ in killer.kills(str(folder), longest=0.2):
            try:
                index = open_index(folder, model_fingerprint="made")
            except IndexMissing:
                assert not seen  # killed before its first index was whole
                continue
            size = len(index.documents)
            seen.add(size)
            assert index.manifest.corpus == {"size": size}
            assert {document["size"] for document in index.documents} == {size}
            assert index.words == (f"word {size}",)
            expected = np.stack([vector(text) for text in index.passages])  # type: ignore[operator]
            assert np.array_equal(index.vectors, expected)
    assert seen == {20, 30}
    with locked(folder, 1):  # the dead hold no lock
        sweep(folder)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
