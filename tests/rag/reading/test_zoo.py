"""A bad file is named in one line that says what to do, within its limits, and the good file beside it is read."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from zoo import READ, REFUSED, TEXT, Animals

from rag.errors import CorpusError
from rag.reading import Corpus, Limits, read_corpus

LIMITS = Limits(file_mb=55, file_memory_mb=800, file_seconds=1)
ROOMY = Limits(file_mb=55, file_memory_mb=1500, file_seconds=120)
CURE = re.compile(r"; [^;]*\b(?:save|give|split|leave it out|run OCR|if it has)\b[^;]*$")


def read_all(folder: Path, animals: Animals, limits: Limits) -> Corpus:
    """A good file and all the animals, read as one corpus."""
    (folder / "good.txt").write_text(TEXT, encoding="utf-8")
    for name, (make, _) in animals.items():
        (folder / name).write_bytes(make())
    return read_corpus([folder], limits=limits)


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_all(tmp_path_factory.mktemp("bad"), REFUSED, LIMITS)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_all(tmp_path_factory.mktemp("odd"), READ, ROOMY)


def test_among_bad_files_the_good_one_is_read(bad: Corpus) -> None:
    (source,) = bad.sources
    assert [unit.title for unit in source.units] == ["会见"]
    assert len(bad.problems) == len(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_file_is_named_with_what_to_do(bad: Corpus, name: str) -> None:
    (problem,) = (str(problem) for problem in bad.problems if f"/{name}: " in str(problem))
    assert re.search(REFUSED[name][1], problem)
    assert CURE.search(problem), problem
    assert "please report it" not in problem


def test_where_no_file_is_good_the_first_trouble_is_raised(tmp_path: Path) -> None:
    for name in ("cut.docx", "cut.pdf"):
        (tmp_path / name).write_bytes(REFUSED[name][0]())
    with pytest.raises(CorpusError, match=r"cut\.docx: this is no Word file"):
        read_corpus([tmp_path])


def test_no_odd_file_is_refused(odd: Corpus) -> None:
    assert odd.problems == ()
    assert {source.name for source in odd.sources} == {"good.txt", *READ}


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_without_a_loss(odd: Corpus, name: str) -> None:
    (source,) = (source for source in odd.sources if source.name == name)
    assert any(READ[name][1] in unit.title or READ[name][1] in unit.text for unit in source.units)
    assert (source.ledger.unaccounted, source.ledger.twice) == (0, 0)


def test_the_next_file_is_read_after_one_that_ended_the_reading(tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.pdf", "b.md", "c.pdf", "d.md")]
    for path in paths:
        path.write_bytes(REFUSED["nested-drawings.pdf"][0]() if path.suffix == ".pdf" else TEXT.encode())
    corpus = read_corpus(paths, limits=Limits(file_seconds=1))
    assert [source.name for source in corpus.sources] == ["b.md", "d.md"]
    assert ["a.pdf" in str(problem) or "c.pdf" in str(problem) for problem in corpus.problems] == [True, True]


def children() -> set[str]:
    """The processes that this one has begun, by number; other tests leave a browser or a server here."""
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


def test_what_stops_the_reading_is_raised_and_the_process_ends(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TEXT, encoding="utf-8")

    class Stopped(Exception):
        pass

    during = set()

    def stop(done: int, total: int) -> None:
        during.update(children())
        raise Stopped

    before = children()
    with pytest.raises(Stopped):
        read_corpus([tmp_path], stop)
    assert during - before
    assert children() <= before


def fifo(path: Path) -> None:
    os.mkfifo(path)


@pytest.mark.parametrize("make", [fifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_has_no_end_is_no_file(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "endless.txt")
    with pytest.raises(CorpusError, match="no regular file"):
        read_corpus([tmp_path / "endless.txt"])
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    assert len(read_corpus([tmp_path]).sources) == 1


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no file that refuses even root")
def test_a_file_that_the_system_refuses_is_named(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "refused.txt").symlink_to("/proc/self/mem")
    corpus = read_corpus([tmp_path / "good.txt", tmp_path / "refused.txt"])
    assert ["refused.txt: Input/output error; check" in str(problem) for problem in corpus.problems] == [True]


def test_a_file_whose_name_is_no_text_is_read_under_a_name_that_is(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"a\xff.txt")).write_text(TEXT, encoding="utf-8")
    (source,) = read_corpus([tmp_path]).sources
    assert source.name == source.units[0].source == "a\ufffd.txt"
