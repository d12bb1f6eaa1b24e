"""The one shape of every system that is measured side by side."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from importlib.metadata import version

import rjieba

from embeddings import folders
from embeddings.bundled import NAME


class Baseline(ABC):
    """A retrieval pipeline over one text. Each is set up as its own documentation advises, with the bundled model and
    its prompts, and where it has a keyword leg with a Chinese segmenter, without which that leg finds nothing."""

    packages: Sequence[str] = ()
    """The distributions that it brings, for the record."""

    @abstractmethod
    def index(self, text: str) -> None:
        """Takes the whole corpus in."""

    @abstractmethod
    def search(self, question: str, k: int) -> list[str]:
        """The k best passages, best first."""

    @classmethod
    def versions(cls) -> dict[str, str]:
        """Distribution → version. Raises PackageNotFoundError where the extra isn't installed."""
        return {name: version(name) for name in cls.packages}


def model_folder() -> str:
    """The bundled embedding model as a sentence-transformers folder."""
    return str(folders.find(NAME))


def words(text: str) -> list[str]:
    """Words for a keyword leg."""
    return [word.lower() for word in rjieba.cut(text) if word.strip()]
