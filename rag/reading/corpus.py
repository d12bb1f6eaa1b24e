"""Files and folders become a corpus; a bad file among good ones is reported, not fatal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import CorpusError
from rag.reading.apart import Apart, Limits
from rag.reading.entries import identified
from rag.reading.files import gather
from rag.reading.source import Corpus, Source
from rag.text import well_formed

Progress = Callable[[int, int], None]
NO_MORE = Limits()


def read_corpus(
    paths: Sequence[Path], progress: Progress | None = None, limits: Limits = NO_MORE, *, repair: bool = True
) -> Corpus:
    """Read files and folders (every supported file below a folder, README and hidden files left out).

    `progress` is called with (kilobytes read, kilobytes in all), several times a file. Raises CorpusError when a path
    is not there or nothing readable is left; a bad file among good ones, or one that can't be read within the limits,
    becomes one of `Corpus.problems`.
    """
    files = gather(paths)
    sizes = [file.stat().st_size for file in files]
    sources: list[Source] = []
    problems: list[CorpusError] = []
    with Apart(limits, repair) as apart:
        for number, file in enumerate(files):
            step = _stepper(progress, sum(sizes[:number]), sizes[number], sum(sizes))
            try:
                sources.append(apart.read(file, step))
            except CorpusError as error:
                problems.append(error)
            step(1.0)
    if not sources:
        if problems:
            raise problems[0]
        raise CorpusError(f"{', '.join(map(str, paths))}: no text file in it; give a folder with yearbook text")
    return Corpus(tuple(_named_apart(sources)), tuple(problems))


def _stepper(progress: Progress | None, before: int, size: int, total: int) -> Callable[[float], None]:
    def step(share: float) -> None:
        if progress is not None:
            progress(round((before + share * size) / 1000), max(1, round(total / 1000)))

    return step


def _named_apart(sources: Sequence[Source]) -> list[Source]:
    """Files of one name in several folders get as much of their path as tells them apart."""
    apart = list(sources)
    deepest = max(len(source.path.parts) for source in sources if source.path)
    for depth in range(2, deepest + 1):
        alike = Counter(source.name for source in apart)
        apart = [_renamed(source, depth) if alike[source.name] > 1 else source for source in apart]
    return apart


def _renamed(source: Source, depth: int) -> Source:
    assert source.path is not None
    name = well_formed("/".join(source.path.parts[-depth:]))
    units = identified(replace(unit, source=name) for unit in source.units)
    return replace(source, name=name, units=tuple(units))
