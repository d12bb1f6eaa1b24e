"""How the server ends: SIGTERM lets what is being answered come to its end, within a limit."""

from __future__ import annotations

import signal
import sys
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gradio as gr

DELIVERY = 0.5
"""Seconds for the last words of an answer to leave."""


def end_on_sigterm() -> None:
    """Makes SIGTERM end the main thread by SystemExit, with code 0."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))


def finish(page: gr.Blocks, seconds: float, stopping: threading.Event) -> None:
    """Takes nothing new, waits up to `seconds` for what is under way, and closes."""
    stopping.set()
    end = time.monotonic() + seconds
    while _busy(page) and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(DELIVERY)
    page.close(verbose=False)


def _busy(page: gr.Blocks) -> bool:
    queue = page._queue  # Gradio tells it nowhere else
    return len(queue) > 0 or any(queue.active_jobs)
