"""This project, in the shape of the others."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from eval.baselines.base import Baseline
from rag.assistant import Assistant
from rag.settings import load
from rag.types import Answer, Unit


class Ours(Baseline):
    """Its hits are whole units; what a reader gets is its answer."""

    packages = ("yearbook-qa",)

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.assistant: Assistant | None = None

    def index(self, text: str) -> None:
        path = Path(self.folder.name) / "corpus.txt"
        path.write_text(text, encoding="utf-8")
        self.assistant = Assistant.open(load(corpus=(path,), index=Path(self.folder.name) / "index"))

    def search(self, question: str, k: int) -> list[str]:
        assert self.assistant is not None
        return [passage(hit.unit) for hit in self.assistant.search(question, (), k)]

    def ask(self, question: str, history: Sequence[str]) -> Answer:
        """The answer that a reader is shown."""
        assert self.assistant is not None
        return self.assistant.ask(question, history)


def passage(unit: Unit) -> str:
    """A unit as one passage: its title and its text."""
    return f"【{unit.title}】{unit.text}"
