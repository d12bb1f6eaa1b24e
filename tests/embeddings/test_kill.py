"""A refresh killed at any moment leaves the old index or the new one, and no text with another text's vector."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from embeddings.errors import IndexMissing
from embeddings.index import open_index
from embeddings.store import locked, sweep

ROOT = Path(__file__).parents[2]
KILLS = 25
# Refreshes without end between two corpora. The vectors are made from the texts' own bytes, so that they can be
# checked, and so that nearly all of the time is spent where the index is read and written.
CHILD = """
import hashlib, sys
from pathlib import Path
import numpy as np
from embeddings.index import Document
from embeddings.refresh import refresh

def vector(text):
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).normal(size=32).astype(np.float32)

class Embedder:
    name, fingerprint, dimension = "made", "made", 32
    def embed_passages(self, texts, progress=None):
        return np.stack([vector(text) for text in texts])
    def embed_words(self, words):
        return self.embed_passages(words)

def corpus(size):
    return [Document({"id": str(n), "size": size}, (f"{n} of {size}", f"text {n}")) for n in range(size)]

if __name__ == "__main__":
    print("ready", flush=True)
    while True:
        for size in (200, 300):
            refresh(Path(sys.argv[1]), corpus(size), Embedder(), settings={}, corpus={"size": size})
"""


def test_a_killed_refresh_leaves_a_whole_index(tmp_path: Path) -> None:
    made: dict[str, object] = {"__name__": "child"}
    exec(CHILD, made)
    folder, chance = tmp_path / "index", random.Random(7)
    seen = set()
    for _ in range(KILLS):
        with subprocess.Popen([sys.executable, "-c", CHILD, folder], cwd=ROOT, stdout=subprocess.PIPE) as process:
            assert process.stdout and process.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 0.4))
            process.send_signal(signal.SIGKILL)
        try:
            index = open_index(folder, model_fingerprint="made")
        except IndexMissing:
            assert not seen  # killed before its first index was whole
            continue
        seen.add(len(index.documents))
        assert index.manifest.corpus == {"size": len(index.documents)}
        assert {document["size"] for document in index.documents} == {len(index.documents)}
        expected = np.stack([made["vector"](text) for text in index.passages])  # type: ignore[operator]
        assert np.array_equal(index.vectors, expected)
    assert seen == {200, 300}
    with locked(folder, 1):  # the dead hold no lock
        sweep(folder)
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
