"""What the tests of the chat share: a page in a real headless Chromium, and a server that answers on a free port."""

import json
import os
import shutil
import socket
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

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

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
PATIENCE = 60
"""Seconds a page may take to show what a test waits for."""

PICK = """
const found = [...document.querySelectorAll(arguments[0])].find((e) => e.innerText.trim().startsWith(arguments[1]));
found?.click(); return !!found;
"""


def wait_for(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The condition's first true value; an element that the page replaced meanwhile counts as not yet."""
    end = time.monotonic() + seconds
    while True:
        try:
            if value := condition():
                return value
        except StaleElementReferenceException:
            pass
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def wait() -> Callable[..., Any]:
    return wait_for


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    def find() -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    return find


@pytest.fixture(scope="session")
def answers() -> Callable[[str], bool]:
    def ask(url: str) -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    return ask


class Page:
    """The chat in one browser window."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver, self.url = driver, url
        driver.get(url)
        self.one("#ask textarea")

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str, seconds: float = PATIENCE) -> Any:
        return wait_for(lambda: next(iter(self.all(selector)), None), seconds)

    def press(self, selector: str, number: int = 0) -> None:
        """A click on an element that the page may be about to replace."""
        wait_for(lambda: (found := self.all(selector)) and (found[number].click() or True))

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def texts(self, selector: str) -> list[str]:
        return self.js("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())", selector)

    def replies(self) -> list[str]:
        return self.texts("#talk .bot.message")

    def sources(self) -> list[str]:
        return self.js("return [...document.querySelectorAll('.source')].map((e) => e.id)")

    def idle(self) -> bool:
        """Whether the box takes the next question: while an answer is on its way its button stops it."""
        return self.js("return !!document.querySelector('#ask .submit-button')")

    def settle(self) -> None:
        """Until nothing is under way to the server: a reload would cut it off, and Gradio logs that as an error."""
        count = -1
        while count != (count := self.js("return performance.getEntriesByType('resource').length")):
            time.sleep(1)

    def reload(self) -> None:
        self.settle()
        self.driver.refresh()

    def focused(self) -> Any:
        return self.driver.switch_to.active_element

    def send(self, question: str) -> None:
        wait_for(self.idle)
        # As pasted: 100,000 keystrokes would take minutes.
        self.js(
            "const box = document.querySelector('#ask textarea');"
            "const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');"
            "set.call(box, arguments[0]); box.dispatchEvent(new Event('input', { bubbles: true })); box.focus();",
            question,
        )
        self.one("#ask textarea").send_keys(Keys.ENTER)

    def ask(self, question: str, seconds: float = PATIENCE) -> str:
        """The reply, once the box takes the next question."""
        before = len(self.replies())
        self.send(question)
        wait_for(lambda: len(self.replies()) > before and self.idle(), seconds)
        return self.replies()[-1]

    def seen(self, element: Any) -> bool:
        """Whether some of the element is in the window now."""
        script = "const box = arguments[0].getBoundingClientRect(); return box.bottom > 0 && box.top < innerHeight"
        return self.js(script, element)

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def foreign_requests(self) -> list[str]:
        """What left for another host; a request that the page's own policy stopped did not leave."""
        events = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        stopped = {
            event["params"]["requestId"]
            for event in events
            if event["method"] == "Network.loadingFailed" and event["params"].get("blockedReason") == "csp"
        }
        sent = {
            event["params"]["request"]["url"]
            for event in events
            if event["method"] == "Network.requestWillBeSent" and event["params"]["requestId"] not in stopped
        }
        assert any(request.startswith(self.url) for request in sent)
        hosts = {urlsplit(self.url).netloc, ""}
        web = [request for request in sent if urlsplit(request).scheme in ("http", "https", "ws", "wss")]
        return [request for request in web if urlsplit(request).netloc not in hosts]


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
    embedder: Embedder, free_port: Callable[[], int], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a page that answers from the chapter."""
    folder = tmp_path_factory.mktemp("chapter")
    settings = Settings(corpus=(Path(__file__).parents[2] / "data",), index=folder / "index")
    assistant = Assistant(settings, embedder, open_library(settings, embedder))
    loader = Loader(lambda _: assistant)
    page, port = build(loader, [], folder / "feedback.jsonl", Shelves(settings)), free_port()
    page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
    loader.start()
    yield f"http://127.0.0.1:{port}/"
    page.close(verbose=False)


@pytest.fixture(scope="session")
def pick(wait: Callable[..., Any]) -> Callable[[Any, str, str], None]:
    """Clicks the first thing of a selector whose text begins as given, as soon as it is there."""

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
