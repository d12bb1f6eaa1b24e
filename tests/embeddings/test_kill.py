"""A refresh killed at any moment, or beside another one, leaves the old index or the new one, and no text with another
text's vector."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from killer import MADE, ROOT, Killer, made

from embeddings.errors import IndexBusy, IndexMissing
from embeddings.generations import open_index
from embeddings.index import Document
from embeddings.refresh import refresh
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


# Refreshes of one corpus each, over and over; the model of the first run waits for a word.
RIVAL = """
import sys
from pathlib import Path
from embeddings.index import Document
from embeddings.refresh import refresh

class Waiting(Made):
    def embed_passages(self, texts, progress=None):
        print("embedding", flush=True)
        sys.stdin.readline()
        return super().embed_passages(texts)

folder, size = Path(sys.argv[1]), int(sys.argv[2])
for model in [Waiting()] + [Made()] * 20:
    refresh(folder, [Document({}, (f"{n} of {size}",)) for n in range(size)], model, settings={}, corpus={"size": size})
"""


def rival(folder: Path, size: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", MADE + RIVAL, str(folder), str(size)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_of_two_programs_that_refresh_at_once_one_says_so_or_waits(tmp_path: Path) -> None:
    vector, model = made()["vector"], made()["Made"]()  # type: ignore[operator]
    with rival(tmp_path, 20) as first, rival(tmp_path, 30) as second:
        assert first.stdin and first.stdout and second.stdin and second.stdout
        print(file=second.stdin, flush=True)  # whichever of the two comes second waits for the other's end
        print(file=first.stdin, flush=True)
        sizes = set()
        while first.poll() is None or second.poll() is None:
            try:
                index = open_index(tmp_path, model_fingerprint="made")
            except IndexMissing:
                continue
            sizes.add(len(index.documents))
            assert index.manifest.corpus == {"size": len(index.documents)}
            assert index.passages == tuple(f"{n} of {len(index.documents)}" for n in range(len(index.documents)))
            assert np.array_equal(index.vectors, np.stack([vector(text) for text in index.passages]))  # type: ignore[operator]
        assert (first.returncode, second.returncode) == (0, 0)
    assert sizes <= {20, 30} and sizes
    with rival(tmp_path, 40) as other:
        assert other.stdout and other.stdout.readline() == "embedding\n"
        generation = open_index(tmp_path).generation
        with pytest.raises(IndexBusy, match="another refresh is at work"):
            refresh(tmp_path, [Document({}, ("x",))], model, settings={}, corpus={}, patience=0.1)
        assert open_index(tmp_path).generation == generation
        other.communicate("\n")
    assert open_index(tmp_path).manifest.corpus == {"size": 40}


def test_a_killed_refresh_leaves_a_whole_index(tmp_path: Path) -> None:
    folder, vector = tmp_path / "index", made()["vector"]
    seen = set()
    with Killer(REFRESHES) as killer:
        for _ in killer.kills(str(folder), longest=0.2, enough=lambda: seen == {20, 30}):
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
