"""What the tests of the chat share: a page in a real headless Chromium, and a server that answers on a free port."""

import os
import shutil
import sys
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.chat.layout import build
from rag.chat.loader import Loader, Progress
from rag.chat.looks import launch_options
from rag.errors import QuestionError
from rag.library import open_library
from rag.settings import Settings
from rag.shelf import Shelves
from rag.types import Answer, Citation, Unit

sys.path.insert(0, str(Path(__file__).parent))

from window import Page, wait_for

PICK = """
const found = [...document.querySelectorAll(arguments[0])].find((e) => e.innerText.trim().startsWith(arguments[1]));
found?.click(); return !!found;
"""


@pytest.fixture(scope="session")
def wait() -> Callable[..., Any]:
    return wait_for


@pytest.fixture(scope="session")
def answers() -> Callable[[str], bool]:
    def ask(url: str) -> bool:
        try:
            with urllib.request.urlopen(url, timeout=60) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    return ask


@pytest.fixture
def browse(tmp_path: Path) -> Iterator[Callable[..., Page]]:
    """Opens an address in a fresh browser of the wanted width, colours and language."""
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        reason = "chromium and chromedriver are not installed, so the page can't be driven"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    drivers: list[webdriver.Chrome] = []

    def open_page(
        url: str, width: int = 1280, height: int = 800, dark: bool = False, language: str = "zh-CN", first: str = ""
    ) -> Page:
        """`first` is an address that is opened before, so that the browser knows its user and password."""
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        flags = (
            "headless=new no-sandbox disable-gpu disable-background-networking disable-component-update no-first-run"
        )
        for flag in (*flags.split(), f"lang={language}", f"user-data-dir={tmp_path / str(len(drivers))}"):
            options.add_argument(f"--{flag}")
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
        browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
        drivers.append(browser)
        metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
        if first:
            browser.get(first)
        return Page(browser, url)

    yield open_page
    for browser in drivers:
        browser.quit()


class ScriptedAssistant(Assistant):
    """Cites one hostile fragment, or fails or waits as the question says."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.without: tuple[str, ...] = ()
        self.go_on = threading.Event()
        self.settings = Settings(corpus=(Path("nowhere"),))

    @property
    def units(self) -> tuple[Unit, ...]:
        return ()

    def stream(self, question: str, history: Sequence[str] = (), without: Sequence[str] = ()) -> Iterator[Answer]:
        self.asked.append((question, tuple(history)))
        self.without = tuple(without)
        if "slow" in question:
            self.go_on.wait(60)
        if len(question) > 2000:
            raise QuestionError("too long")
        if "crash" in question:
            raise RuntimeError("a secret detail")
        unit = Unit(
            id="u",
            kind="fragment",
            title="<script>window.hacked = 1</script>",
            section=None,
            text='<img src="http://elsewhere.example/a.png" onerror="window.hacked = 1">',
            authors=(),
            source="hostile.txt",
            lines=(1, 1),
        )
        text = f"{unit.title} {unit.text} ![](http://elsewhere.example/b.png) [1]"
        understood = {"people": [name for name in ("甲", "乙") if f"people:{name}" not in without]}
        yield Answer(question, text, "en", False, (Citation(1, unit.text, unit),), understood=understood)


@pytest.fixture
def feedback(tmp_path: Path) -> Path:
    return tmp_path / "feedback.jsonl"


@pytest.fixture
def serve(free_port: Callable[[], int], feedback: Path) -> Callable[[Callable[[Progress], Assistant]], Any]:
    @contextmanager
    def run(open_assistant: Callable[[Progress], Assistant]) -> Iterator[str]:
        loader = Loader(open_assistant)
        page = build(loader, ["An example?"], feedback, Shelves(Settings(index=feedback.parent / "index")))
        port = free_port()
        page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
        loader.start()
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            page.close(verbose=False)

    return run


@pytest.fixture(scope="session")
def chapter(
    embedder: Embedder,
    chapter_index: Path,
    free_port: Callable[[], int],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """The address of a page that answers from the chapter."""
    folder = tmp_path_factory.mktemp("chapter")
    index = shutil.copytree(chapter_index, folder / "index")
    settings = Settings(corpus=(Path(__file__).parents[2] / "data",), index=index)
    assistant = Assistant(settings, embedder, open_library(settings, embedder))
    loader = Loader(lambda _: assistant)
    page, port = build(loader, [], folder / "feedback.jsonl", Shelves(settings)), free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
    loader.start()
    yield f"http://127.0.0.1:{port}/"
    page.close(verbose=False)


@pytest.fixture(scope="session")
def pick(wait: Callable[..., Any]) -> Callable[[Any, str, str], None]:
    """Has a script click the first thing of a selector whose text begins as given, as soon as it is there."""

    def click(page: Any, selector: str, text: str) -> None:
        wait(lambda: page.js(PICK, selector, text))

    return click


@pytest.fixture
def assistant() -> ScriptedAssistant:
    return ScriptedAssistant()


@pytest.fixture
def page(assistant: ScriptedAssistant, serve: Callable[..., Any], browse: Callable[..., Any]) -> Iterator[Any]:
    with serve(lambda _: assistant) as url:
        yield browse(url)


@pytest.fixture
def answered(page: Any, assistant: ScriptedAssistant) -> Callable[[int], None]:
    """Waits until the assistant has been asked so many times in all and the page shows what came of it: the box may
    take questions until the page has heard of the one that is under way."""

    def until(count: int) -> None:
        wait_for(lambda: len(assistant.asked) >= count)
        page.settle()
        wait_for(page.idle)
        assert len(assistant.asked) == count

    return until
