from __future__ import annotations

from pathlib import Path

import numpy as np

from embeddings.model import BATCH, Embedder, load

TEXTS = [f"第{number}条：市领导会见外宾" + "，双方交换意见" * (number % 5) for number in range(BATCH * 3 + 1)]


def test_several_processes_give_the_same_vectors(embedder: Embedder) -> None:
    calls: list[tuple[int, int]] = []
    several = load("bundled", workers=2)
    vectors = several.embed_passages(TEXTS, lambda done, total: calls.append((done, total)))
    assert np.allclose(vectors, embedder.embed_passages(TEXTS), atol=1e-5)
    assert calls == [(0, 49), (49, 49)]
    processes = several._processes["processes"]  # type: ignore[attr-defined]
    assert len(processes) == 2 and all(process.is_alive() for process in processes)
    numbers = [process.pid for process in processes]
    several.rest()
    assert not any(Path(f"/proc/{number}").exists() for number in numbers)
