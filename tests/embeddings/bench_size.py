"""What an index costs by its size: `python -m tests.embeddings.bench_size [--place milvus+…] [--sizes N …] [--embed]`.

Made-up vectors of the default model's length in documents of one passage of 200 characters: seconds to write and to
open, bytes a passage on the disk (of a folder, or a milvus-lite file), megabytes in memory, and milliseconds a search.
`--embed` measures passages a second of the default model on the chapter's own passages instead, by `--workers`.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from embeddings.index import Document, Where
from embeddings.model import load
from embeddings.place import MilvusPlace, Place, place_of
from embeddings.reading import Vectors
from embeddings.stores import store_at
from rag import passages
from rag.reading import read_corpus
from rag.settings import Settings

DIMENSION, QUERIES = 384, 20


class Made:
    """Vectors out of thin air."""

    name = fingerprint = "made"
    dimension = DIMENSION

    def embed_passages(self, texts: Sequence[str], progress: object = None) -> Vectors:
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), DIMENSION)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    embed_words = embed_passages


def documents(size: int) -> list[Document]:
    text = "市领导会见来访的友好城市代表团，" * 12
    return [
        Document({"id": str(n), "source": f"{n % 50}.txt", "section": None, "text": text}, (f"{n} {text}",))
        for n in range(size)
    ]


def measure(place: Place, size: int) -> str:
    store, begun = store_at(place), time.perf_counter()
    store.refresh(documents(size), Made(), settings={}, corpus={})
    written, begun = time.perf_counter() - begun, time.perf_counter()
    index = store.open()
    opened = time.perf_counter() - begun
    queries = Made().embed_passages(["q"] * QUERIES)
    times = [_ms(lambda query=query: index.similarities(query, range(300))) for query in queries]
    narrowed = [_ms(lambda query=query: index.search(query, 100, Where(source=("7.txt",)))) for query in queries]
    disk = _bytes(Path(place.address) if isinstance(place, MilvusPlace) else place) / size
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    cells = (
        f"{size:,}",
        f"{written:.1f}",
        f"{opened:.1f}",
        f"{disk:,.0f}" if disk else "–",
        f"{memory:,.0f}",
        f"{np.median(times):.1f}",
        f"{np.median(narrowed):.1f}",
    )
    return f"| {' | '.join(cells)} |"


def _ms(look: object) -> float:
    begun = time.perf_counter()
    look()  # type: ignore[operator]
    return 1000 * (time.perf_counter() - begun)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) if folder.exists() else 0


def embed(workers: int) -> None:
    texts = [text for unit in read_corpus(Settings().corpus_paths).units for text in passages.cut(unit)] * 3
    model = load("bundled", workers)
    model.embed_passages(texts[: 16 * workers * 4])  # loads the model, and starts the processes
    begun = time.perf_counter()
    model.embed_passages(texts)
    rate = len(texts) / (time.perf_counter() - begun)
    model.rest()
    characters = np.mean([len(text) for text in texts])
    print(f"{workers} processes on {os.cpu_count()} cores: {rate:.1f} passages/s of {characters:.0f} characters")


def main() -> None:
    flags = argparse.ArgumentParser(description=__doc__)
    flags.add_argument("--place", default="", help="milvus+http://… of an empty server; default: a folder")
    flags.add_argument("--milvus-lite", action="store_true", help="a milvus-lite file in place of a folder")
    flags.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    flags.add_argument("--embed", action="store_true")
    flags.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    given = flags.parse_args()
    if given.embed:
        for workers in given.workers:
            embed(workers)
        return
    print("| passages | write, s | open, s | bytes a passage | memory, MB | question, ms | narrowed, ms |")
    print("| --: | --: | --: | --: | --: | --: | --: |")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            lite = f"milvus+file:{folder}/made.db" if given.milvus_lite else f"{folder}/index"
            print(measure(place_of(f"{given.place}#size_{size}" if given.place else lite), size), flush=True)


if __name__ == "__main__":
    main()
