"""The assistant, opened in the background while the page already answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.chat.wording import WORDS
from rag.types import Language

if TYPE_CHECKING:
    from rag.assistant import Assistant

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""


class Loader:
    """Opens one assistant on a thread of its own and knows how far it has come."""

    def __init__(self, open_assistant: Callable[[Progress], Assistant]) -> None:
        self._open = open_assistant
        self._finished = threading.Event()
        self._assistant: Assistant | None = None
        self._error: Exception | None = None
        self._done = self._total = 0

    def start(self) -> None:
        threading.Thread(target=self._run, name="open-assistant", daemon=True).start()

    def _run(self) -> None:
        try:
            self._assistant = self._open(self._note)
        except Exception as error:  # whoever asks for the assistant gets it
            self._error = error
        self._finished.set()

    def _note(self, stage: str, done: int, total: int) -> None:
        self._done, self._total = done, total

    @property
    def ready(self) -> bool:
        return self._assistant is not None

    def wait(self, seconds: float | None = None) -> bool:
        """True as soon as opening has come to its end, well or badly; False after `seconds`."""
        return self._finished.wait(seconds)

    def get(self) -> Assistant:
        """The assistant, once it is open. Raises what opening raised."""
        self.wait()
        if self._assistant is None:
            raise self._error or RuntimeError("the assistant did not open")
        return self._assistant

    def sentence(self, language: Language) -> str:
        """Where opening stands, for the reader; empty once the assistant is ready."""
        words = WORDS[language]
        if self.ready:
            return ""
        if self._error:
            return words["failed"]
        if self._total:
            return words["working"].format(done=self._done, total=self._total)
        return words["starting"]
