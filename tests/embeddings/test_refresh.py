from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embeddings.errors import IndexBusy, IndexUnwritable, ModelError
from embeddings.generations import current_generation, open_index
from embeddings.index import Document
from embeddings.model import Embedder, LocalEmbedder, Progress
from embeddings.reading import Vectors
from embeddings.refresh import Report, refresh
from embeddings.store import locked

ROOT = Path(__file__).parents[2]
FIRST = [
    Document({"id": "1", "kind": "entry"}, ("市领导会见外宾", "会见纪要")),
    Document({"id": "2", "kind": "row"}, ("表5 殷勇 芬兰",)),
]
SECOND = [FIRST[1], Document({"id": "3", "kind": "entry"}, ("友好城市", "会见纪要"))]


def bring(folder: Path, documents: list[Document], embedder: Embedder, **more: Any) -> Report:
    return refresh(folder, documents, embedder, settings={"tokens": 400}, **{"corpus": {"files": {}}, **more})


def files(folder: Path) -> dict[str, tuple[int, int]]:
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in folder.rglob("*") if path.is_file()}


def test_only_what_is_new_is_embedded(tmp_path: Path, embedder: Embedder) -> None:
    calls: list[tuple[int, int]] = []
    first = bring(tmp_path, FIRST, embedder)
    assert (first.embedded, first.kept, first.dropped, first.passages, first.documents) == (3, 0, 0, 3, 2)
    second = bring(tmp_path, SECOND, embedder, progress=lambda done, total: calls.append((done, total)))
    assert (second.embedded, second.kept, second.dropped, second.passages, second.documents) == (1, 2, 1, 3, 2)
    assert calls == [(0, 1), (1, 1)]
    index = open_index(tmp_path, model_fingerprint=embedder.fingerprint)
    assert index.generation == second.generation
    assert [document["id"] for document in index.documents] == ["2", "3"]
    assert (index.vectors * embedder.embed_passages(index.passages)).sum(1).min() > 0.9998


def test_words_are_embedded_once_and_go_with_their_texts(tmp_path: Path, embedder: Embedder) -> None:
    bring(tmp_path, FIRST, embedder, words=["外宾", "会见", "外宾"])
    first = open_index(tmp_path)
    assert first.words == ("会见", "外宾")
    assert np.allclose(first.word_vectors, embedder.embed_words(first.words), atol=1e-3)  # kept in half precision
    report = bring(tmp_path, FIRST, embedder, words=["外宾", "友城"])
    second = open_index(tmp_path)
    assert (report.changed, report.embedded, second.words) == (True, 0, ("友城", "外宾"))
    assert np.array_equal(second.word_vectors[1], first.word_vectors[1])
    assert not bring(tmp_path, FIRST, embedder, words=["友城", "外宾"]).changed


def test_a_text_that_stands_twice_is_embedded_once(tmp_path: Path, embedder: Embedder) -> None:
    report = bring(tmp_path, [Document({"id": "1"}, ("同文", "同文")), Document({"id": "2"}, ("同文",))], embedder)
    assert (report.embedded, report.passages) == (1, 3)
    vectors = open_index(tmp_path).vectors
    assert np.array_equal(vectors[0], vectors[1])
    assert np.array_equal(vectors[0], vectors[2])


def test_no_change_writes_nothing(tmp_path: Path, embedder: Embedder) -> None:
    bring(tmp_path, FIRST, embedder)
    before = files(tmp_path)
    report = bring(tmp_path, [Document({**d.payload}, d.passages) for d in FIRST], embedder)
    assert (report.embedded, report.kept, report.dropped, report.changed) == (0, 3, 0, False)
    assert files(tmp_path) == before


@pytest.mark.parametrize(
    ("documents", "corpus"),
    [
        ([Document({**FIRST[0].payload, "section": "x"}, FIRST[0].passages), FIRST[1]], {"files": {}}),
        (FIRST[::-1], {"files": {}}),
        (FIRST, {"files": {"a.txt": "0" * 64}}),
    ],
)
def test_a_change_beside_the_texts_embeds_nothing(
    tmp_path: Path, embedder: Embedder, documents: list[Document], corpus: dict[str, Any]
) -> None:
    bring(tmp_path, FIRST, embedder)
    report = bring(tmp_path, documents, embedder, corpus=corpus)
    assert (report.embedded, report.kept, report.changed) == (0, 3, True)
    index = open_index(tmp_path)
    assert list(index.documents) == [document.payload for document in documents]
    assert index.manifest.corpus == corpus
    assert (index.vectors * embedder.embed_passages(index.passages)).sum(1).min() > 0.9998


def test_nothing_new_needs_no_model(tmp_path: Path, embedder: Embedder) -> None:
    bring(tmp_path, FIRST, embedder)
    script = f"""
import sys
from pathlib import Path
from embeddings.index import Document
from embeddings.model import load
from embeddings.refresh import refresh
report = refresh(Path({str(tmp_path)!r}), [Document({FIRST[1].payload!r}, {FIRST[1].passages!r})], load("bundled"),
                 settings={{}}, corpus={{}})
assert (report.embedded, report.kept, report.dropped, report.changed) == (0, 1, 2, True), report
assert "torch" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=True, timeout=600)


class Other(LocalEmbedder):
    """Another model, as far as an index can tell."""

    fingerprint = "another"


class Failing(Other):
    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        raise ModelError("model 'x': gone; give another")


def test_another_model_rebuilds_and_says_so(tmp_path: Path, embedder: Embedder) -> None:
    bring(tmp_path, FIRST, embedder)
    report = bring(tmp_path, FIRST, Other(embedder.name, embedder.folder))
    assert (report.embedded, report.kept, report.changed) == (3, 0, True)
    assert report.rebuilt and "another" in report.rebuilt
    assert open_index(tmp_path).manifest.fingerprint == "another"


def test_a_model_that_fails_leaves_the_old_index(tmp_path: Path, embedder: Embedder) -> None:
    generation = bring(tmp_path, FIRST, embedder).generation
    with pytest.raises(ModelError):
        bring(tmp_path, SECOND, Failing(embedder.name, embedder.folder))
    assert open_index(tmp_path, model_fingerprint=embedder.fingerprint).generation == generation


def test_of_two_refreshes_the_second_waits_or_says_so(tmp_path: Path, embedder: Embedder) -> None:
    with locked(tmp_path, 1), pytest.raises(IndexBusy, match=str(tmp_path)):
        bring(tmp_path, FIRST, embedder, patience=0.1)
    with ThreadPoolExecutor(2) as pool:
        reports = list(pool.map(lambda _: bring(tmp_path, FIRST, embedder), range(2)))
    assert sorted(report.embedded for report in reports) == [0, 3]
    assert len({report.generation for report in reports}) == 1


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(IndexUnwritable, match="file"):
        bring(tmp_path / "file" / "index", FIRST, embedder)


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, embedder: Embedder) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(IndexUnwritable, match=r"thesis\.txt"):
        bring(tmp_path, FIRST, embedder)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_full_disk_leaves_the_old_index(tmp_path: Path, embedder: Embedder) -> None:
    generation = bring(tmp_path, FIRST, embedder).generation
    script = f"""
import resource, sys
from pathlib import Path
from embeddings.errors import ProjectError
from embeddings.index import Document
from embeddings.model import load
from embeddings.refresh import refresh
resource.setrlimit(resource.RLIMIT_FSIZE, (3000, 3000))  # the third vector no longer fits
try:
    refresh(Path({str(tmp_path)!r}), [Document({{"id": "1"}}, ("会见纪要", "会见纪要"))], load("bundled"),
            settings={{}}, corpus={{}})
except ProjectError as error:
    sys.exit(str(error))
"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 1
    assert done.stderr.startswith(f"index {tmp_path}: can't be written (File too large)")
    assert done.stderr.count("\n") == 1
    assert current_generation(tmp_path) == generation
    assert open_index(tmp_path).passages[0] == "市领导会见外宾"
    assert not list(tmp_path.glob("unfinished-*"))
