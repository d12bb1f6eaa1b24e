"""How long a large yearbook takes to read: python tests/rag/reading/bench_speed.py [megabytes …]."""

from __future__ import annotations

import sys
import time

from rag.reading import read_corpus, read_text
from rag.settings import DEFAULT_CORPUS


def main(sizes: list[float]) -> None:
    """Read the chapter over and over as one text of each size, and print seconds and seconds a megabyte."""
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    chapter = "\n".join(source.lines) + "\n"
    for size in sizes:
        text = chapter * max(1, round(size * 1e6 / len(chapter.encode())))
        started = time.perf_counter()
        units = len(read_text(text, "large.txt").units)
        spent = time.perf_counter() - started
        print(f"{size:g} MB: {spent:.1f} s, {spent / size:.2f} s a megabyte, {units} units")


if __name__ == "__main__":
    main([float(size) for size in sys.argv[1:]] or [2.5, 5.0, 10.0])
