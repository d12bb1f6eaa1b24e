"""The public face: files in, sources out, clear errors."""

from collections import Counter
from pathlib import Path

import pytest

from rag.errors import CorpusError
from rag.reading import read_corpus, read_file, read_text
from rag.settings import DEFAULT_CORPUS


def test_the_chapter_has_all_its_units_and_every_character_accounted_for() -> None:
    (source,) = read_corpus(DEFAULT_CORPUS).sources
    assert Counter(unit.kind for unit in source.units)["entry"] == 68
    assert Counter(unit.kind for unit in source.units)["row"] == 56
    assert Counter(unit.kind for unit in source.units)["overview"] == 7
    assert (source.ledger.unaccounted, source.ledger.twice, source.ledger.share) == (0, 0, 1.0)
    assert len({unit.id for unit in source.units}) == len(source.units)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [("a.txt", b"", "empty"), ("b.txt", b"\x7fELF\x00\x01\x02" * 50, "binary"), ("c.exe", b"MZ", "no kind of text")],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(CorpusError, match=message):
        read_file(path)


def test_a_path_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="nowhere"):
        read_corpus([tmp_path / "nowhere"])


def test_a_bad_file_among_good_ones_is_reported_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("【概况】全年接待外宾。\n（李娜）\n", encoding="utf-8")
    (tmp_path / "bad.txt").write_bytes(b"")
    (tmp_path / "README.txt").write_text("no corpus", encoding="utf-8")
    corpus = read_corpus([tmp_path])
    assert [source.name for source in corpus.sources] == ["good.txt"]
    assert [str(problem) for problem in corpus.problems] == [
        f"{tmp_path / 'bad.txt'}: the file is empty; give a file with text"
    ]


def test_progress_counts_kilobytes_and_ends_at_all_of_them(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("【概况】全年接待外宾。\n（李娜）\n" * 500, encoding="utf-8")
    heard: list[tuple[int, int]] = []
    read_corpus([tmp_path], lambda done, total: heard.append((done, total)))
    total = round(2 * (tmp_path / "a.txt").stat().st_size / 1000)
    assert heard == sorted(heard) and heard[-1] == (total, total)
    assert len(heard) > 4


def test_files_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("2020", "2021"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "year.txt").write_text("【概况】全年接待外宾。\n（李娜）\n", encoding="utf-8")
    corpus = read_corpus([tmp_path])
    assert [source.name for source in corpus.sources] == ["2020/year.txt", "2021/year.txt"]
    assert len({unit.id for unit in corpus.units}) == len({unit.source for unit in corpus.units}) == 2


def test_text_without_headers_can_still_be_searched_by_paragraph() -> None:
    source = read_text("第一段说的是外事工作的情况。\n\n第二段说的是经济工作的情况。\n", "plain.txt")
    assert [(unit.kind, unit.text) for unit in source.units] == [
        ("fragment", "第一段说的是外事工作的情况。"),
        ("fragment", "第二段说的是经济工作的情况。"),
    ]
