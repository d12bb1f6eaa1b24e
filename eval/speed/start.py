"""From the start of a process to its first answer, and what that time is spent on."""

from __future__ import annotations

import time

from eval.speed.clock import Figures, resident_mb
from eval.speed.question import COLD
from rag.settings import Settings


def measure(settings: Settings) -> Figures:
    """Seconds of each step in a process that has imported nothing heavy yet; the index is there and fresh."""
    spent: dict[str, float] = {}
    begun = at = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal at
        spent[step], at = round(time.perf_counter() - at, 2), time.perf_counter()

    import faiss  # noqa: F401
    import sentence_transformers  # noqa: F401

    from embeddings.model import load
    from rag.assistant import Assistant
    from rag.bridge import dictionary
    from rag.library import open_library

    lap("imports")
    embedder = load(settings.model)
    embedder.warm_up()
    lap("model")
    index = open_library(settings, embedder)
    lap("index read")
    dictionary()
    lap("dictionary")
    assistant = Assistant(settings, embedder, index)
    lap("names and words")
    ready = time.perf_counter() - begun
    assistant.ask(COLD["zh"])
    lap("first answer")
    return {
        "ready_beyond_imports_s": round(ready - spent["imports"], 2),
        "first_answer_s": round(time.perf_counter() - begun, 2),
        "seconds": spent,
        "resident_mb": resident_mb(),
    }
