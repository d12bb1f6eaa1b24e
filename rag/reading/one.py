"""One file, or one text, becomes a source."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path

from rag.errors import CorpusError
from rag.reading.entries import understand
from rag.reading.files import load, text_lines
from rag.reading.source import Source
from rag.text import well_formed

Step = Callable[[float], None]


def read_file(path: Path, step: Step = lambda share: None, repair: bool = True) -> Source:
    """Read one file; without `repair` its torn texts stay torn.

    Raises CorpusError when it is empty, binary or of a kind that this doesn't read.
    """
    loaded = load(path)
    step(0.1)
    return understand(well_formed(path.name), path, loaded.encoding, loaded.lines, loaded.shown, step, repair)


def read_text(text: str, name: str) -> Source:
    """Read a text as a file of that name would be read. Never raises: an empty text is a source without units."""
    return understand(well_formed(name), None, "str", text_lines(well_formed(text)))


def in_words(path: Path, error: Exception) -> CorpusError:
    """What no one foresaw in a file, so that it costs no other file anything."""
    if isinstance(error, CorpusError):
        return error
    if isinstance(error, MemoryError):
        return CorpusError(f"{path}: needs more memory than it may have; split the file or raise file_memory_mb")
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {Path(place.filename).name} line {place.lineno}: {str(error)[:200]}"
    return CorpusError(f"{path}: can't be understood ({what}); save it anew or leave it out, and please report it")
