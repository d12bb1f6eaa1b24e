import threading
from pathlib import Path
from typing import Any

import gradio as gr
import pytest

from rag.chat.loader import EMPTY, Loader, Progress
from rag.chat.programs import Programs
from rag.chat.wording import WORDS
from rag.errors import CorpusError
from rag.settings import Settings
from rag.shelf import Shelves


def test_without_a_yearbook_nobody_waits_and_all_are_told_until_one_comes(tmp_path: Path) -> None:
    come, assistant = threading.Event(), object()

    def open_late(progress: Progress) -> Any:
        progress(EMPTY, 0, 0)
        come.wait(30)
        return assistant

    loader = Loader(open_late)
    loader.start()
    assert loader.wait(30) and not loader.ready
    assert loader.sentence("zh") == WORDS["zh"]["no_yearbook"]
    with pytest.raises(CorpusError):
        loader.get()
    with pytest.raises(gr.Error, match="no yearbook yet"):
        Programs(loader, Shelves(Settings(index=tmp_path / "index"))).search("问")
    come.set()
    loader.join()
    assert loader.get() is assistant
    assert loader.sentence("zh") == ""
