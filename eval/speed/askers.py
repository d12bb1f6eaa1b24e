"""Several who ask at once."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from eval.speed.clock import Figures, milliseconds, quantile
from eval.speed.question import forget, tune
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.assistant import Assistant

ASKERS = (1, 8, 32)
EACH = 4
"""Questions that every asker asks, one after the other."""


def measure(settings: Settings) -> Figures:
    """How long askers wait, over how long one alone does, and how many questions failed."""
    from rag.assistant import Assistant

    assistant = Assistant.open(settings)
    asked = tune()[: ASKERS[-1] * EACH]
    for text in asked:  # all is loaded, and no asker is luckier than the other
        assistant.ask(text)
    waits = {}
    for askers in ASKERS:
        forget(assistant)
        waits[askers] = at_once(assistant, asked, askers)
    return compared(waits)


def at_once(assistant: Assistant, asked: Sequence[str], askers: int) -> tuple[list[float], int]:
    """Seconds that each answer took its asker, and how many questions raised something.

    The questions are dealt out in turn; one asker alone asks them all.
    """

    def one(number: int) -> tuple[list[float], int]:
        waited, failed = [], 0
        for text in asked[number::askers]:
            begun = time.perf_counter()
            try:
                assistant.ask(text)
            except Exception:
                failed += 1
            waited.append(time.perf_counter() - begun)
        return waited, failed

    with ThreadPoolExecutor(askers) as pool:
        results = list(pool.map(one, range(askers)))
    return [wait for waited, _ in results for wait in waited], sum(failed for _, failed in results)


def compared(waits: dict[int, tuple[list[float], int]]) -> Figures:
    """For each number of askers the p95 over one asker's, errors and quantiles."""
    alone = quantile(waits[1][0], 0.95)
    found: Figures = {}
    for number, (waited, failed) in waits.items():
        over = round(quantile(waited, 0.95) / alone, 2)
        found[str(number)] = {"p95_over_one": over, "errors": failed, **milliseconds(waited)}
    return found
