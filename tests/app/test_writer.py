"""What the page shows of a language model that writes: growing text, who wrote it, why it did not, and its stop."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.assistant import Assistant
from rag.chat.layout import build
from rag.chat.loader import Loader
from rag.chat.looks import launch_options
from rag.settings import Settings
from rag.shelf import Shelves
from rag.types import Answer, Citation, Unit, WriterReport

UNIT = Unit("u", "entry", "签约", None, "双方签约11项。", ("李韬",), "c.txt", (1, 1))
CITED = (Citation(1, UNIT.text, UNIT),)
DRAFT = WriterReport("model-x", "prose")


class WritingAssistant(Assistant):
    """Grows an answer until told to end, or until the reader stops it."""

    def __init__(self) -> None:
        self.go_on, self.stopped = threading.Event(), threading.Event()
        self.fallback: str | None = None
        self.settings = Settings(corpus=(Path("nowhere"),))

    @property
    def units(self) -> tuple[Unit, ...]:
        return ()

    def stream(self, question: str, history: Sequence[str] = (), without: Sequence[str] = ()) -> Iterator[Answer]:
        try:
            yield Answer(question, "", "en", False, CITED, writer=DRAFT)
            while not self.go_on.is_set():
                time.sleep(0.1)
                yield Answer(question, "Eleven were signed.[1]", "en", False, CITED, writer=DRAFT)
            report = WriterReport("model-x", "prose", 1, (("name x", "y"),), self.fallback)
            yield Answer(question, "Eleven were signed.[1]", "en", False, CITED, writer=report)
        finally:
            self.stopped.set()


@pytest.fixture
def served(free_port: Callable[[], int], tmp_path: Path) -> Iterator[tuple[str, WritingAssistant]]:
    assistant = WritingAssistant()
    loader = Loader(lambda progress: assistant)
    page = build(loader, [], tmp_path / "feedback.jsonl", Shelves(Settings(index=tmp_path / "index")), "model-x")
    port = free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
    loader.start()
    yield f"http://127.0.0.1:{port}/", assistant
    assistant.go_on.set()
    page.close(verbose=False)


def test_an_answer_grows_and_says_who_wrote_it(
    served: tuple[str, WritingAssistant], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    url, assistant = served
    page = browse(url, language="en-US")
    wait(lambda: "model-x" in page.texts("#status")[0])
    page.send("How many?")
    wait(lambda: any("Eleven" in reply for reply in page.replies()))
    assert not page.idle()
    assistant.go_on.set()
    wait(page.idle)
    wait(lambda: all(part in page.replies()[-1] for part in ("Written by model-x", "1 withheld")))
    wait(lambda: page.sources() == ["source-1-1"])


def test_one_line_says_why_the_extractive_answer_stands(
    served: tuple[str, WritingAssistant], browse: Callable[..., Any]
) -> None:
    url, assistant = served
    assistant.fallback = "unreachable"
    assistant.go_on.set()
    reply = browse(url, language="en-US").ask("How many?")
    assert "The extractive answer stands here: model-x can't be reached." in reply


def test_the_stop_button_stops_the_writer(
    served: tuple[str, WritingAssistant], browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    url, assistant = served
    page = browse(url, language="en-US")
    page.send("How many?")
    wait(lambda: any("Eleven" in reply for reply in page.replies()))
    page.press("#ask button.stop-button")
    assert assistant.stopped.wait(120)
    wait(page.idle)
