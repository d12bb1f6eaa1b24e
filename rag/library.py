"""A corpus and its index kept in step: reads what changed, refreshes, opens."""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from embeddings.errors import IndexDamaged, IndexMismatch, IndexMissing
from embeddings.index import Document, Index, Manifest
from embeddings.model import Embedder, load
from embeddings.refresh import Report
from embeddings.stores import store_at
from rag import passages
from rag.accounts import account_of
from rag.meanings import vocabulary
from rag.reading import READER_VERSION, Limits, read_corpus
from rag.reading.files import gather
from rag.settings import Settings

Progress = Callable[[int, int], None]
_log = logging.getLogger(__name__)


def with_recorded_corpus(settings: Settings) -> Settings:
    """An index named without a corpus answers from the corpus it was made of, while that is still there."""
    if settings.corpus or settings.index is None:
        return settings
    try:
        paths = tuple(Path(path) for path in store_at(settings.index).manifest().corpus.get("paths", ()))
    except (IndexMissing, IndexDamaged, IndexMismatch):
        return settings
    return settings.model_copy(update={"corpus": paths}) if paths and all(path.exists() for path in paths) else settings


def refresh_library(
    settings: Settings,
    progress: Progress | None = None,
    embedder: Embedder | None = None,
    reading: Progress | None = None,
) -> Report:
    """Makes the index hold the corpus as it is now; `progress` counts passages to embed, `reading` kilobytes to read.

    A file that can't be read is logged and the rest used. Raises CorpusError, where none can be, ModelError or an index
    error; the old index then stays as it was.
    """
    settings = with_recorded_corpus(settings)
    model = embedder or load(settings.model, settings.workers)
    if report := _unchanged(settings, model):
        return report
    corpus = read_corpus(settings.corpus_paths, reading, _limits(settings), repair=_repairs(settings))
    documents = [Document(unit.to_json(), passages.cut(unit)) for unit in corpus.units]
    record = _record(settings)
    record["problems"] = [str(problem) for problem in corpus.problems]
    _tell(record["problems"])
    record["accounts"] = [account.to_json() for account in map(account_of, corpus.sources)]
    try:
        return store_at(settings.place).refresh(
            documents,
            model,
            settings=passages.SETTINGS,
            corpus=record,
            words=vocabulary(corpus.units),
            progress=progress,
        )
    finally:
        model.rest()


def open_library(settings: Settings, embedder: Embedder, progress: Progress | None = None) -> Index:
    """The index of the corpus, refreshed first where the files, the reader or the model have changed."""
    settings = with_recorded_corpus(settings)
    if _stale(settings, embedder):
        refresh_library(settings, progress, embedder)
    store = store_at(settings.place)
    try:
        return store.open(embedder.fingerprint)
    except IndexDamaged as error:
        _log.error("%s; it is made anew now", error)
        refresh_library(settings, progress, embedder)
        return store.open(embedder.fingerprint)


def library_status(settings: Settings) -> dict[str, Any]:
    """What the index holds and whether it still fits its corpus, for `python -m embeddings status`.

    Raises IndexMissing or IndexDamaged.
    """
    index = store_at(settings.place).open()
    manifest = index.manifest
    kinds: dict[str, int] = {}
    for unit in index.documents:
        kinds[unit["kind"]] = kinds.get(unit["kind"], 0) + 1
    return {
        "index": str(settings.place),
        "fresh": _fresh(manifest, with_recorded_corpus(settings)),
        "model": manifest.model,
        "fingerprint": manifest.fingerprint,
        "dimension": manifest.dimension,
        "units": manifest.documents,
        "kinds": kinds,
        "passages": manifest.passages,
        "kind": manifest.kind,
        "corpus": manifest.corpus.get("paths", []),
        "problems": manifest.corpus.get("problems", []),
        "created": manifest.created,
        "generation": index.generation,
    }


def _tell(problems: Iterable[str]) -> None:
    """What can't be read is told at every refresh, since answers lack it."""
    for problem in problems:
        _log.error("%s", problem)


def _unchanged(settings: Settings, embedder: Embedder) -> Report | None:
    """What a refresh reports that has nothing to do, told by the files' checksums alone; None where it has."""
    begun = time.perf_counter()
    if _stale(settings, embedder):
        return None
    try:
        index = store_at(settings.place).open(embedder.fingerprint)
    except IndexDamaged:
        return None
    manifest = index.manifest
    if (manifest.model, manifest.corpus.get("paths")) != (embedder.name, _paths(settings)):
        return None
    _tell(manifest.corpus.get("problems", []))
    return Report(
        embedded=0,
        kept=len(set(index.passages)),
        dropped=0,
        passages=manifest.passages,
        documents=manifest.documents,
        seconds=time.perf_counter() - begun,
        changed=False,
        generation=index.generation,
    )


def _stale(settings: Settings, embedder: Embedder) -> bool:
    try:
        manifest = store_at(settings.place).manifest()
    except (IndexMissing, IndexDamaged, IndexMismatch):
        return True
    return manifest.fingerprint != embedder.fingerprint or not _fresh(manifest, settings)


def _fresh(manifest: Manifest, settings: Settings) -> bool:
    if manifest.settings != passages.SETTINGS or manifest.corpus.get("reader") != READER_VERSION:
        return False
    if manifest.corpus.get("repair", True) != _repairs(settings):
        return False
    # What could not be read within other limits may be read within these.
    if manifest.corpus.get("problems") and manifest.corpus.get("limits") != asdict(_limits(settings)):
        return False
    return manifest.corpus.get("files") == _hashes(gather(settings.corpus_paths))


def _record(settings: Settings) -> dict[str, Any]:
    return {
        "paths": _paths(settings),
        "reader": READER_VERSION,
        "repair": _repairs(settings),
        "limits": asdict(_limits(settings)),
        "files": _hashes(gather(settings.corpus_paths)),
    }


def _paths(settings: Settings) -> list[str]:
    return [str(path.resolve()) for path in settings.corpus_paths]


def _repairs(settings: Settings) -> bool:
    return "repair" not in settings.without


def _limits(settings: Settings) -> Limits:
    return Limits(settings.file_mb, settings.file_memory_mb, settings.file_seconds)


def _hashes(files: Iterable[Path]) -> dict[str, str]:
    return {str(file.resolve()): _hash(file) for file in files}


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except OSError as error:  # the reader tells of it
        return f"not read: {error.strerror}"
