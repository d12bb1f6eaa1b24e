"""Gradio's own components with what a hostile value may name."""

from collections.abc import Iterator
from pathlib import Path

import anyio
import gradio as gr
import pytest
from gradio.blocks import Block

from rag.serving.files import keep_to_uploads


@pytest.fixture
def uploads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    names = ("move_resource_to_block_cache", "async_move_resource_to_block_cache")
    before = [getattr(Block, name) for name in names]
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    keep_to_uploads()
    yield tmp_path / "uploads"
    for name, function in zip(names, before, strict=True):
        setattr(Block, name, function)


def test_an_upload_is_taken(uploads: Path) -> None:
    uploads.mkdir()
    file = uploads / "a.txt"
    file.write_text("a", encoding="utf-8")
    box = gr.File(render=False)
    assert box.move_resource_to_block_cache(file) == str(file)
    assert anyio.run(box.async_move_resource_to_block_cache, str(file)) == str(file)
    assert box.move_resource_to_block_cache(None) is None


def test_no_address_and_no_other_file_is(uploads: Path, tmp_path: Path) -> None:
    (tmp_path / "beside.txt").write_text("a", encoding="utf-8")
    box = gr.File(render=False)
    for named in (
        "http://127.0.0.1:1/a.txt",
        "https://elsewhere.example/a.txt",
        str(tmp_path / "beside.txt"),
        str(uploads / ".." / "beside.txt"),
        str(uploads) + "-beside",
        "app.py",
        "/etc/passwd",
    ):
        with pytest.raises(gr.Error):
            box.move_resource_to_block_cache(named)
        with pytest.raises(gr.Error):
            anyio.run(box.async_move_resource_to_block_cache, named)
    assert not uploads.exists()
