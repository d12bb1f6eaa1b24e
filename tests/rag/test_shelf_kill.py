"""An upload, or the removal of one, killed at any moment: each file on the shelf is whole and has its own vectors."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import numpy as np
from killer import Killer, made

from embeddings.generations import open_index
from rag.settings import Settings
from rag.shelf import Shelves

# Two files come and go without end.
UPLOADS = """
from pathlib import Path
import faiss
from rag.library import refresh_library
from rag.reading import read_text
from rag.settings import Settings
from rag.shelf import Shelves

def work(folder):
    shelf = Shelves(Settings(index=Path(folder) / "index")).of("a secret")
    read_text("【会见】3月1日，市长会见外宾。", "loads.txt")
    while True:
        for name in ("植树.txt", "大赛.txt"):
            shelf.remove(name)
            shelf.add(Path(folder) / "brought" / name, Made(), (), lambda *_: None, lambda *_: None)
"""


def test_a_killed_upload_leaves_whole_files_on_the_shelf(tmp_path: Path, small_text: str) -> None:
    brought, vector = tmp_path / "brought", made()["vector"]
    brought.mkdir()
    texts = {"植树.txt": small_text, "大赛.txt": small_text.replace("1", "2") * 3}
    for name, text in texts.items():
        (brought / name).write_text(text, encoding="utf-8")
    shelves = Shelves(Settings(index=tmp_path / "index"))
    shelf, seen = shelves.of("a secret"), set()
    with Killer(UPLOADS) as killer:
        for _ in killer.kills(str(tmp_path), longest=0.2, enough=lambda: any(seen)):
            books = shelf.books()
            seen.add(tuple(book.name for book in books))
            for book in books:
                assert book.file.read_text("utf-8") == texts[book.name]
                index = open_index(book.folder / "index", model_fingerprint="made")
                assert len(index.documents) == sum(book.account.units.values()) == texts[book.name].count("【")
                expected = np.stack([vector(text) for text in index.passages])  # type: ignore[operator]
                assert np.array_equal(index.vectors, expected)
            if len(books) > 15:
                for book in books:
                    shutil.rmtree(book.folder)
    assert any(seen)
    whole = {book.folder for book in shelf.books()}
    shelves.clear(time.time() + 2 * 86_400)  # what was left half goes within two days
    assert {path for path in shelf.folder.iterdir() if path.is_dir()} == whole
