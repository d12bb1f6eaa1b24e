"""The chat in one browser window, and how to wait for what it shows.

Gradio draws parts of the page anew while answers come, on a slow machine at any moment: what an action leads to is
waited for, and elements are looked up at the moment in which they are used.
"""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.common.exceptions import (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
)
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

SCREENSHOTS = Path(__file__).parent.parent / "screenshots"
PATIENCE = 120
"""Seconds a page may take to show what a test waits for."""
SILENCE = 10
"""Seconds after which nothing more is expected of a stream of events."""
DRAWN_ANEW = (
    ElementClickInterceptedException,
    ElementNotInteractableException,
    JavascriptException,
    NoSuchElementException,
    StaleElementReferenceException,
    IndexError,  # of a list that is not filled yet
)
# A window that is out of sight draws no frames; there the time must do.
TWO_FRAMES = "const frames = (f) => (requestAnimationFrame(() => requestAnimationFrame(f)), setTimeout(f, 1000));"
DRAWN = TWO_FRAMES + "const done = arguments[0]; frames(() => setTimeout(done, 50));"
AT_REST = f"""{TWO_FRAMES} const [one, done] = arguments;
const place = () => {{ const {{ x, y, width }} = one.getBoundingClientRect(); return `${{x}} ${{y}} ${{width}}`; }};
const before = place(); frames(() => done(one.isConnected && place() === before));"""
# As pasted: 100,000 keystrokes would take minutes.
WRITE = """const box = document.querySelector("#ask textarea");
const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value");
set.call(box, arguments[0]); box.dispatchEvent(new Event("input", { bubbles: true })); box.focus(); return true;"""


def wait_for(condition: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The condition's first true value; an error that comes of a page being drawn anew counts as not yet."""
    end = time.monotonic() + seconds
    while True:
        error, value = None, None
        try:
            if value := condition():
                return value
        except DRAWN_ANEW as caught:
            error = caught
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain, last for {error or value!r}") from error
        time.sleep(0.1)


class Traffic:
    """What a browser has asked servers for, by its own log."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.sent: list[tuple[str, str]] = []
        self.open: dict[str, str] = {}
        self.heard: dict[str, float] = {}
        self.stopped: set[str] = set()

    def read(self) -> None:
        for entry in self.driver.get_log("performance"):
            event = json.loads(entry["message"])["message"]
            name, told = event["method"], event["params"]
            request = told.get("requestId", "")
            self.heard[request] = entry["timestamp"] / 1000
            if name == "Network.requestWillBeSent":
                self.sent.append((request, told["request"]["url"]))
                self.open[request] = told["request"]["url"]
            elif name in ("Network.loadingFinished", "Network.loadingFailed"):
                self.open.pop(request, None)
                if told.get("blockedReason") == "csp":
                    self.stopped.add(request)
            elif name == "Page.frameNavigated" and "parentId" not in told["frame"]:
                self.open.clear()  # nothing comes any more of what the page before asked for

    def under_way(self) -> list[str]:
        """Requests without a whole reply; but not Gradio's heartbeat, which never has one, nor the stream that it now
        and then opens once too often and on which nothing comes."""
        self.read()
        quiet = {request for request in self.open if time.time() - self.heard[request] > SILENCE}
        return [
            url
            for request, url in self.open.items()
            if "/heartbeat/" not in url and not ("/queue/data" in url and request in quiet)
        ]


class Page:
    """The chat in one browser window."""

    def __init__(self, driver: webdriver.Chrome, url: str) -> None:
        self.driver, self.url, self.traffic = driver, url, Traffic(driver)
        self.open(url)

    def open(self, url: str) -> None:
        self.driver.get(url)
        wait_for(self.alive)

    def alive(self) -> bool:
        """Whether the page is more than drawn: its script runs, and what the browser keeps has come back to it."""
        return self.js("return !!window.tabs") and self.idle()

    def all(self, selector: str) -> list[Any]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def one(self, selector: str, seconds: float = PATIENCE) -> Any:
        return wait_for(lambda: next(iter(self.all(selector)), None), seconds)

    def press(self, selector: str, number: int = 0, text: str = "") -> None:
        """A click on an element, with a text that begins so, as soon as it is there and no longer moves."""

        def click() -> bool:
            one = [one for one in self.all(selector) if not text or one.text.strip().startswith(text)][number]
            return self.driver.execute_async_script(AT_REST, one) and one.click() is None

        wait_for(click)

    def type(self, selector: str, *keys: str) -> None:
        wait_for(lambda: self.one(selector).send_keys(*keys) or True)

    def rest_on(self, selector: str, number: int = 0) -> None:
        """Brings the pointer over an element."""
        wait_for(lambda: ActionChains(self.driver).move_to_element(self.all(selector)[number]).perform() is None)

    def js(self, script: str, *arguments: Any) -> Any:
        return self.driver.execute_script(script, *arguments)

    def texts(self, selector: str) -> list[str]:
        return self.js("return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText.trim())", selector)

    def value(self, selector: str = "#ask textarea") -> str:
        return self.js("return document.querySelector(arguments[0]).value", selector)

    def replies(self) -> list[str]:
        return self.texts("#talk .bot.message")

    def asked(self) -> list[str]:
        return self.texts("#talk [data-testid=user]")

    def sources(self) -> list[str]:
        return self.js("return [...document.querySelectorAll('.source')].map((e) => e.id)")

    def idle(self) -> bool:
        """Whether the box takes the next question: while an answer is on its way its button stops it."""
        return self.js("return !!document.querySelector('#ask .submit-button')")

    def settle(self) -> None:
        """Until nothing is under way to the server and the page shows all that came: only then what isn't there stays
        away, and a reload cuts nothing off, which Gradio would log as an error."""
        try:
            wait_for(self._settled)
        except AssertionError as error:
            raise AssertionError(f"still under way: {self.traffic.under_way()}") from error

    def _settled(self) -> bool:
        if self.traffic.under_way():
            return False
        before = len(self.traffic.sent)
        self.driver.execute_async_script(DRAWN)
        return not self.traffic.under_way() and len(self.traffic.sent) == before

    def reload(self) -> None:
        self.settle()
        self.driver.refresh()
        wait_for(self.alive)

    def focused(self) -> Any:
        return self.driver.switch_to.active_element

    def focus(self) -> str:
        """The id of what has the focus."""
        return self.js("return document.activeElement.id")

    def send(self, question: str) -> None:
        wait_for(self.idle)
        wait_for(lambda: self.js(WRITE, question))
        self.type("#ask textarea", Keys.ENTER)

    def ask(self, question: str, seconds: float = PATIENCE) -> str:
        """The reply, once the box takes the next question and everything beside the reply has come."""
        before = len(self.replies())
        self.send(question)
        wait_for(lambda: len(self.replies()) > before and self.idle(), seconds)
        self.settle()
        return self.replies()[-1]

    def seen(self, selector: str) -> bool:
        """Whether some of the first such element is in the window now."""
        script = "const box = document.querySelector(arguments[0]).getBoundingClientRect();"
        return self.js(f"{script} return box.bottom > 0 && box.top < innerHeight", selector)

    def shown(self, selector: str) -> bool:
        """Whether there is such an element and the first one is not hidden."""
        return any(element.is_displayed() for element in self.all(selector)[:1])

    def picture(self, name: str) -> None:
        SCREENSHOTS.mkdir(exist_ok=True)
        self.driver.save_screenshot(str(SCREENSHOTS / f"{name}.png"))

    def errors(self) -> list[str]:
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]

    def foreign_requests(self) -> list[str]:
        """What left for another host; a request that the page's own policy stopped did not leave."""
        self.traffic.read()
        sent = {url for request, url in self.traffic.sent if request not in self.traffic.stopped}
        assert any(url.startswith(self.url) for url in sent)
        hosts = {urlsplit(self.url).netloc, ""}
        web = [url for url in sent if urlsplit(url).scheme in ("http", "https", "ws", "wss")]
        return [url for url in web if urlsplit(url).netloc not in hosts]
