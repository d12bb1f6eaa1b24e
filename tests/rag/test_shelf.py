"""Readers' own files on their shelves: taken in, refused, kept apart, cleared away."""

import os
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from embeddings.errors import IndexUnwritable
from embeddings.model import Embedder
from rag import shelf as shelf_module
from rag.settings import Settings
from rag.shelf import Refused, Shelf, Shelves


def quiet(done: int, total: int) -> None:
    """For those who don't look at the progress."""


@pytest.fixture
def shelves(tmp_path: Path) -> Shelves:
    return Shelves(Settings(index=tmp_path / "index"))


@pytest.fixture
def shelf(shelves: Shelves) -> Shelf:
    return shelves.of("a secret")


@pytest.fixture
def upload(tmp_path: Path, small_text: str) -> Callable[..., Path]:
    """Writes a file as a reader would bring it."""

    def make(name: str = "植树.txt", content: str | bytes | None = None) -> Path:
        content = small_text if content is None else content
        file = tmp_path / "brought" / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return make


@pytest.fixture
def add(shelf: Shelf, embedder: Embedder) -> Callable[..., Any]:
    def run(file: Path, taken: tuple[str, ...] = ()) -> Any:
        return shelf.add(file, embedder, taken, quiet, quiet)

    return run


def left(shelf: Shelf) -> list[str]:
    return [path.name for path in shelf.folder.iterdir() if path.name != "used"] if shelf.folder.exists() else []


def test_a_file_is_taken_in_and_accounted_for(
    shelf: Shelf, embedder: Embedder, upload: Callable[..., Path], small_text: str
) -> None:
    read, embedded = [], []
    book = shelf.add(upload(), embedder, (), lambda *step: read.append(step), lambda *step: embedded.append(step))
    assert shelf.books() == (book,)
    assert book.name == "植树.txt"
    assert book.account.units == {"entry": 2}
    assert (book.account.characters, book.account.lost) == (len("".join(small_text.split())), 0)
    assert read
    assert embedded == [(0, 2), (2, 2)]
    assert upload().exists()


def test_a_name_that_is_taken_gets_a_number(add: Callable[..., Any], upload: Callable[..., Path]) -> None:
    assert add(upload(), ("植树.txt",)).name == "植树 (2).txt"
    assert add(upload(content="【另一条】5月1日，另一件事举行，百余人参加。\n"), ("植树.txt",)).name == "植树 (3).txt"


def test_a_file_called_readme_is_asked_like_any_other(add: Callable[..., Any], upload: Callable[..., Path]) -> None:
    assert add(upload("README.md")).account.units == {"entry": 2}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("programme.exe", b"MZ", "kind"),
        ("none", b"text", "kind"),
        ("empty.txt", b"", "unreadable"),
        ("binary.txt", bytes(range(256)) * 40, "unreadable"),
        ("broken.pdf", b"%PDF-1.7 and no more", "unreadable"),
        ("broken.docx", b"PK\x03\x04 and no more", "unreadable"),
        ("large.txt", b"a" * 1_000_001, "size"),
    ],
)
def test_what_is_refused_leaves_nothing_behind(
    tmp_path: Path, embedder: Embedder, upload: Callable[..., Path], name: str, content: bytes, why: str
) -> None:
    shelf = Shelves(Settings(index=tmp_path / "index", upload_mb=1)).of("")
    with pytest.raises(Refused) as refused:
        shelf.add(upload(name, content), embedder, (), quiet, quiet)
    assert refused.value.why == why
    assert left(shelf) == []


def test_a_word_file_that_unpacks_to_far_more_is_too_large(tmp_path: Path, embedder: Embedder) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b" " * 21_000_000)
    with pytest.raises(Refused, match="size"):
        Shelves(Settings(index=tmp_path / "index", upload_mb=1)).of("").add(bomb, embedder, (), quiet, quiet)


def test_the_same_file_is_taken_once(add: Callable[..., Any], upload: Callable[..., Path], shelf: Shelf) -> None:
    add(upload())
    with pytest.raises(Refused, match="twice"):
        add(upload("under another name.txt"))
    assert len(shelf.books()) == 1


def test_a_full_shelf_takes_no_more(
    add: Callable[..., Any], upload: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "FILES", 1)
    add(upload())
    with pytest.raises(Refused, match="count"):
        add(upload("more.txt", "【另一条】5月1日，另一件事举行，百余人参加。\n"))


def test_too_much_text_is_refused_before_it_is_embedded(
    add: Callable[..., Any], upload: Callable[..., Path], shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf_module, "PASSAGES", 1)
    with pytest.raises(Refused, match="long"):
        add(upload())
    assert left(shelf) == []


def test_a_removed_file_is_gone_from_the_disk(
    add: Callable[..., Any], upload: Callable[..., Path], shelf: Shelf
) -> None:
    add(upload())
    shelf.remove("no such file")
    assert len(shelf.books()) == 1
    shelf.remove("植树.txt")
    assert (shelf.books(), left(shelf)) == ((), [])


def test_what_a_killed_upload_left_is_not_on_the_shelf(
    add: Callable[..., Any], upload: Callable[..., Path], shelf: Shelf
) -> None:
    book = add(upload())
    half = shelf.folder / "half" / "text"
    half.mkdir(parents=True)
    (half / "half.txt").write_text("【", encoding="utf-8")
    assert shelf.books() == (book,)


def test_nobody_sees_the_shelf_of_another(
    add: Callable[..., Any], upload: Callable[..., Path], shelves: Shelves
) -> None:
    add(upload())
    assert len(shelves.of("a secret").books()) == 1
    for secret in ("", "another", "../a secret", shelves.of("a secret").folder.name):
        assert shelves.of(secret).books() == ()
    assert not any("secret" in path.name for path in shelves.folder.iterdir())


def test_a_server_that_shares_has_one_shelf(tmp_path: Path) -> None:
    shelves = Shelves(Settings(index=tmp_path / "index", share_uploads=True))
    assert shelves.of("one").folder == shelves.of("another").folder


def test_shelves_are_cleared_away_once_nobody_used_them_for_days(
    add: Callable[..., Any], upload: Callable[..., Path], shelves: Shelves, shelf: Shelf
) -> None:
    shelves.clear()  # there is none yet
    add(upload())
    shelves.clear(time.time() + 6 * 86_400)
    assert len(shelf.books()) == 1
    long_ago = time.time() - 8 * 86_400
    os.utime(shelf.folder / "used", (long_ago, long_ago))
    shelf.touch()
    shelves.clear()
    assert len(shelf.books()) == 1
    shelves.clear(time.time() + 8 * 86_400)
    assert shelf.books() == ()


@pytest.mark.parametrize("full", [True, False])
def test_a_shelf_that_cannot_be_written_keeps_what_it_has(
    small_disk: Path, read_only: Callable[[], None], embedder: Embedder, upload: Callable[..., Path], full: bool
) -> None:
    shelf = Shelves(Settings(index=small_disk / "index")).of("a secret")
    book = shelf.add(upload(), embedder, (), quiet, quiet)
    if full:
        (small_disk / "filler").write_bytes(b"x" * (small_disk_left(small_disk) - 4096))
    else:
        read_only()
    with pytest.raises((OSError, IndexUnwritable)):
        shelf.add(upload("b.txt", "【另一条】5月1日，另一件事举行，百余人参加。\n" * 200), embedder, (), quiet, quiet)
    shelf.touch()
    assert shelf.books() == (book,)
    assert len(left(shelf)) == 1


def small_disk_left(folder: Path) -> int:
    return shutil.disk_usage(folder).free
