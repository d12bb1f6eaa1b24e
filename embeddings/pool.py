"""Processes beside this one that embed passages with the same weights."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

THREADS = "OMP_NUM_THREADS"


def start(model: SentenceTransformer, workers: int) -> Any:
    """As many processes, one after the other on the graphics cards where there are any; else each with its share of the
    cores, since a process that takes all of them would only be in the others' way."""
    import torch

    cards = torch.cuda.device_count()
    devices = [f"cuda:{number % cards}" if cards else "cpu" for number in range(workers)]
    before = os.environ.get(THREADS)
    os.environ[THREADS] = str(max(1, (os.cpu_count() or 1) // workers))
    try:
        return model.start_multi_process_pool(devices)
    finally:
        if before is None:
            del os.environ[THREADS]
        else:
            os.environ[THREADS] = before
