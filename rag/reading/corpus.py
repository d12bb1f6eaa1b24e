"""Files and folders become a corpus; a bad file among good ones is reported, not fatal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import CorpusError
from rag.reading.entries import understand
from rag.reading.files import gather, load, text_lines
from rag.reading.source import Corpus, Source

Progress = Callable[[int, int], None]


def read_corpus(paths: Sequence[Path], progress: Progress | None = None) -> Corpus:
    """Read files and folders (every supported file below a folder, README and hidden files left out).

    `progress` is called with (files done, files in all). Raises CorpusError when a path is not there or nothing
    readable is left; a bad file among good ones becomes one of `Corpus.problems`.
    """
    files = gather(paths)
    sources: list[Source] = []
    problems: list[CorpusError] = []
    for done, file in enumerate(files):
        if progress:
            progress(done, len(files))
        try:
            sources.append(read_file(file))
        except CorpusError as error:
            problems.append(error)
    if progress:
        progress(len(files), len(files))
    if not sources:
        if problems:
            raise problems[0]
        raise CorpusError(f"{', '.join(map(str, paths))}: no text file in it; give a folder with yearbook text")
    return Corpus(tuple(_named_apart(sources)), tuple(problems))


def read_file(path: Path) -> Source:
    """Read one file. Raises CorpusError when it is empty, binary or of a kind that this doesn't read."""
    loaded = load(path)
    return understand(path.name, path, loaded.encoding, loaded.lines, loaded.shown)


def read_text(text: str, name: str) -> Source:
    """Read a text as a file of that name would be read. Never raises: an empty text is a source without units."""
    return understand(name, None, "str", text_lines(text))


def _named_apart(sources: Sequence[Source]) -> list[Source]:
    """Files of one name in several folders get as much of their path as tells them apart."""
    alike = Counter(source.name for source in sources)
    return [
        source if alike[source.name] == 1 or source.path is None else _renamed(source, source.path)
        for source in sources
    ]


def _renamed(source: Source, path: Path) -> Source:
    name = "/".join(path.parts[-2:])
    return replace(source, name=name, units=tuple(replace(unit, source=name) for unit in source.units))
