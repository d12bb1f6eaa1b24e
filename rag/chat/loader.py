"""The assistant, opened in the background while the page already answers."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.chat.wording import WORDS
from rag.errors import CorpusError
from rag.types import Language

if TYPE_CHECKING:
    from rag.assistant import Assistant

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""
EMPTY = "empty"
"""The stage in which there is nothing to open until someone puts a yearbook there."""


class Loader:
    """Opens one assistant on a thread of its own and knows how far it has come."""

    def __init__(self, open_assistant: Callable[[Progress], Assistant]) -> None:
        self._open = open_assistant
        self._finished = threading.Event()
        self._settled = threading.Event()
        self._empty = False
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
        self._settled.set()

    def _note(self, stage: str, done: int, total: int) -> None:
        self._done, self._total = done, total
        self._empty = stage == EMPTY
        if self._empty:
            self._settled.set()
        else:
            self._settled.clear()

    @property
    def ready(self) -> bool:
        return self._assistant is not None

    @property
    def failed(self) -> bool:
        return self._error is not None

    def wait(self, seconds: float | None = None) -> bool:
        """True as soon as nothing is under way: opening has come to its end, well or badly, or there is no yearbook to
        open; False after `seconds`."""
        return self._settled.wait(seconds)

    def get(self) -> Assistant:
        """The assistant, once it is open. Raises what opening raised, and CorpusError while there is no yearbook."""
        self.wait()
        if self._assistant is None:
            raise self._error or CorpusError("the corpus holds no yearbook yet; put one there")
        return self._assistant

    def join(self) -> None:
        """Until the assistant is open, however long there is no yearbook. Raises what opening raised."""
        self._finished.wait()
        self.get()

    def sentence(self, language: Language) -> str:
        """Where opening stands, for the reader; empty once the assistant is ready."""
        words = WORDS[language]
        if self.ready:
            return ""
        if self._error:
            return words["failed"]
        if self._empty:
            return words["no_yearbook"]
        if self._total:
            return words["working"].format(done=self._done, total=self._total)
        return words["starting"]
