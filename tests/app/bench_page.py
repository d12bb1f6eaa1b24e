"""How fast the page is, beside a chat that only echoes: python tests/app/bench_page.py. By hand, no test.

Milliseconds in a headless Chromium on this machine: from opening to a box that can be written in, and from Enter to the
question in the conversation, to the spinner, and to the answer's first text. What the echo takes is Gradio's own share.
"""

from __future__ import annotations

import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).parents[2]
QUESTIONS = (
    "which foreign firms did 殷勇 meet?",
    "《北京市国际交往语言环境建设条例》什么时候起实施？",
    "2021年3月27日谁会见了德勤的董事长？",
    "北京地铁2021年新开了几条线？",
)
OPENINGS = 3
ECHO = """
import sys, gradio as gr
with gr.Blocks() as demo:
    box = gr.Textbox(elem_id="ask", submit_btn=True)
    gr.ChatInterface(lambda text, history: text, chatbot=gr.Chatbot(elem_id="talk"), textbox=box)
demo.launch(server_port=int(sys.argv[1]), ssr_mode=False)
"""
WATCH = """
window.seen = {};
const box = document.querySelector("#ask textarea"), talk = document.querySelector("#talk");
const said = () => [...talk.querySelectorAll("[data-testid=bot]")].filter((e) => e.textContent.trim()).length;
const before = said(), asked = talk.querySelectorAll("[data-testid=user]").length;
const enter = ({ key }) => { if (key === "Enter") window.seen.enter ??= performance.now(); };
box.addEventListener("keydown", enter, { capture: true });
window.watcher?.disconnect();
window.watcher = new MutationObserver(() => {
  const now = performance.now();
  if (talk.querySelectorAll("[data-testid=user]").length > asked) window.seen.taken ??= now;
  if (talk.querySelector(".pending")) window.seen.spinner ??= now;
  if (said() > before) window.seen.answer ??= now;
});
window.watcher.observe(talk, { childList: true, subtree: true, characterData: true });
"""


def main() -> None:
    """Prints a table: ours, and the echo's."""
    print(f"{'median, ms':12}{'usable':>10}{'question':>10}{'spinner':>10}{'answer':>10}")
    with tempfile.TemporaryDirectory() as folder:
        ours = ["app.py", "--index", str(Path(folder) / "index"), "--port"]
        for name, command in (("this page", ours), ("echo", ["-c", ECHO])):
            print(f"{name:12}" + "".join(f"{value:10.0f}" for value in measured(command)))


def measured(command: list[str]) -> list[float]:
    """Medians over openings and questions of one server."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, *command, str(port)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        wait(lambda: opens(url))
        driver = browser(url)
        try:
            wait(lambda: not driver.find_elements(By.CSS_SELECTOR, "#status .note"))
            asked(driver, QUESTIONS[0])  # the first one warms caches up
            times = [asked(driver, question) for question in QUESTIONS * 2]
        finally:
            driver.quit()
        openings = [opening(url) for _ in range(OPENINGS)]
    finally:
        server.kill()
        server.wait()
    return [statistics.median(openings), *(statistics.median(column) for column in zip(*times, strict=True))]


def opening(url: str) -> float:
    """From the start of loading until the box takes letters, in a browser that has never seen the page."""
    driver = browser(url)
    try:
        wait(lambda: driver.execute_script("return !!document.querySelector('#ask textarea:enabled')"), 0.01)
        return float(driver.execute_script("return performance.now()"))
    finally:
        driver.quit()


def asked(driver: webdriver.Chrome, question: str) -> list[float]:
    """From Enter to the question in the conversation, to the spinner, and to the answer's first text."""
    wait(lambda: driver.find_elements(By.CSS_SELECTOR, "#ask .submit-button"))
    driver.execute_script(WATCH)
    box = driver.find_element(By.CSS_SELECTOR, "#ask textarea")
    box.send_keys(question)
    time.sleep(0.3)
    box.send_keys(Keys.ENTER)
    wait(lambda: driver.execute_script("return window.seen.answer"))
    seen = driver.execute_script("return window.seen")
    time.sleep(1)
    return [seen.get(what, seen["answer"]) - seen["enter"] for what in ("taken", "spinner", "answer")]


def browser(url: str) -> webdriver.Chrome:
    """A fresh Chromium without the driver's own wait for the whole page."""
    options = webdriver.ChromeOptions()
    options.page_load_strategy = "none"
    options.binary_location = str(shutil.which("chromium"))
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-background-networking", "lang=zh-CN"):
        options.add_argument(f"--{flag}")
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which("chromedriver")))
    driver.get(url)
    wait(lambda: driver.find_elements(By.CSS_SELECTOR, "#ask textarea"), 0.01)
    return driver


def opens(url: str) -> bool:
    """Whether the server answers."""
    try:
        with urllib.request.urlopen(url, timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


def wait(condition: object, pause: float = 0.1) -> None:
    """Until the condition holds."""
    end = time.monotonic() + 600
    while not condition():  # type: ignore[operator]
        if time.monotonic() > end:
            raise SystemExit("waited ten minutes in vain")
        time.sleep(pause)


if __name__ == "__main__":
    main()
