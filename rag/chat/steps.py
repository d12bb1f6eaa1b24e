"""How far an upload has come: what is being done, n of m, and the time left."""

from __future__ import annotations

import threading
import time
from typing import Any

from rag.chat.wording import WORDS
from rag.types import Language


class Stopped(Exception):
    """The reader doesn't want the upload any more."""


class Steps:
    """Tells the reader how far one file has come; raises Stopped once that is wanted."""

    def __init__(self, which: str, progress: Any, language: Language, stopped: threading.Event) -> None:
        self._which = which
        self._stopped = stopped
        self._progress = progress
        self._words = WORDS[language]
        self._begun = 0.0

    def reading(self, done: int, total: int) -> None:
        self._tell(done, total, "reading")

    def embedding(self, done: int, total: int) -> None:
        if not done:
            self._begun = time.monotonic()
        self._tell(done, total, "embedding", self._time_left(done, total))

    def _time_left(self, done: int, total: int) -> str:
        if not done:
            return ""
        seconds = (time.monotonic() - self._begun) / done * (total - done)
        if seconds < 60:
            return self._words["seconds_left"].format(n=max(1, round(seconds)))
        return self._words["minutes_left"].format(n=round(seconds / 60))

    def _tell(self, done: int, total: int, what: str, left: str = "") -> None:
        if self._stopped.is_set():
            raise Stopped
        self._progress(done / total, f"{self._which}: {self._words[what].format(done=done, total=total)}{left}")
