"""Corpora of any size: real yearbook texts first, then entries that are put together from their sentences.

A generated entry names two people, a place, a day and a few dictionary words of its own, so that names and vocabulary
grow with the corpus as they do in real yearbooks, and has two sentences of a real text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from eval.bench import SETS
from rag.bridge import dictionary, surnames
from rag.reading import read_corpus
from rag.reading.names import SURNAMES
from rag.settings import DEFAULT_CORPUS
from rag.text import has_han, sentences

BOOK = 1_000
"""Entries in one generated file."""
SHORT = 15
"""Characters up to which a sentence is none to repeat: a number, a heading."""
GIVEN = "明华国建文军平志伟东海峰丽芳娜敏静秀娟英慧巧美玉兰霞燕红梅琳素云莲真环雪荣爱妹凤洁瑞凡佳勤珍贞桂娣叶璧"
PEOPLE = 20_000
"""Different people in all generated files together, named again and again as in real yearbooks."""
MORE = Path(__file__).parent.parent / "gold" / "more"


def real_files(sets: Path | None) -> list[Path]:
    """The chapter, the yearbooks of eval/gold/more and, where their folder is given, the public sets."""
    public = [sets / f"{name}_corpus.txt" for name in sorted(SETS)] if sets else []
    return [*sorted(DEFAULT_CORPUS[0].glob("*.txt")), *sorted(MORE.glob("*.txt")), *public]


def grow(folder: Path, size: int, sets: Path | None = None) -> list[Path]:
    """The files of a corpus of `size` units: as many real ones as fit, and generated ones made in `folder`."""
    real = {file: read_corpus([file]).units for file in real_files(sets)}
    told = (unit.text for units in real.values() for unit in units if unit.kind != "row")
    pool = [piece for text in told for piece in sentences(text) if len(piece) > SHORT]
    files: list[Path] = []
    for file, units in real.items():
        if len(units) <= size:
            files.append(file)
            size -= len(units)
    for number, start in enumerate(range(0, size, BOOK)):
        book = folder / f"generated-{number:04}.txt"
        entries = generated(pool, min(BOOK, size - start), seed=number)
        book.write_text("\n\n".join(entries) + "\n", encoding="utf-8")
        files.append(book)
    return files


def generated(pool: Sequence[str], count: int, seed: int) -> Iterator[str]:
    """`count` entries as a yearbook prints them, with sentences of the pool; the same for the same seed."""
    chance = random.Random(seed)
    words = sorted(word for word in dictionary() if 2 <= len(word) <= 4 and all(map(has_han, word)))
    people = _people()
    for number in range(count):
        first, second, author = (chance.choice(people) for _ in range(3))
        month, day = chance.randint(1, 12), chance.randint(1, 28)
        own = chance.sample(words, 6)
        title = f"{own[0]}{own[1]}工作推进会{seed}—{number}"
        told = f"{month}月{day}日，{own[2]}委主任{first}会见{own[3]}公司总经理{second}一行，就{own[4]}、{own[5]}交流。"
        yield f"【{title}】{told}{''.join(chance.sample(pool, 2))}\n\n（{author}）"


@lru_cache(maxsize=1)
def _people() -> list[str]:
    chance = random.Random(0)
    families = sorted(surnames() & SURNAMES)  # those that yearbooks print, not every one a dictionary has
    return [chance.choice(families) + "".join(chance.sample(GIVEN, 2)) for _ in range(PEOPLE)]
