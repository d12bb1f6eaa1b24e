"""`python app.py` as a reader meets it: the real server, the real chapter, a real browser."""

import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

import app
from rag.chat.layout import TITLE
from rag.chat.wording import WORDS

EXAMPLE = "which foreign firms did 殷勇 meet?"
FIRST_START = 600
"""Seconds a first start may take on a slow machine: it builds the model and the index."""


def start_app(*flags: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "app.py", *flags],
        cwd=Path(app.__file__).parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def start(free_port: Callable[[], int], answers: Callable[[str], bool], wait: Callable[..., Any]) -> Callable[..., Any]:
    """Starts the chat with its index in a folder, gives (process, address) and ends it."""

    @contextmanager
    def run(index: Path, *flags: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
        port = free_port()
        url = f"http://127.0.0.1:{port}/"
        server = start_app("--port", str(port), "--index", str(index), *flags)
        try:
            wait(lambda: answers(url) or server.poll() is not None, FIRST_START)
            assert server.poll() is None, server.communicate()[1]
            yield server, url
        finally:
            server.kill()
            server.communicate()

    return run


@pytest.fixture(scope="module")
def url(start: Callable[[Path], Any], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a chat whose index isn't there yet."""
    with start(tmp_path_factory.mktemp("served") / "index") as (_, address):
        yield address


def test_the_example_question_is_answered_with_sources_to_open(
    url: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(url)
    assert page.driver.title == TITLE
    wait(lambda: WORDS["zh"]["heading"].split("\n")[1] in page.texts("#head")[0])
    page.press("#talk button", text=EXAMPLE)
    page.one(".source", FIRST_START)
    wait(lambda: page.idle() and page.texts("#status") == [""], FIRST_START)
    page.settle()
    page.picture("wide")

    assert any("市领导会见外资企业高管" in title for title in page.texts(".source h3"))
    assert page.all(".source table")
    cited = page.texts('#talk a[href*="#source-"]')
    assert cited
    assert set(cited) == set(page.texts(".source .number"))
    assert all(page.js("return [...document.querySelectorAll('.source')].map((s) => !!s.querySelector('mark'))"))

    page.press('#talk a[href*="#source-"]', -1)
    last = page.js("return [...document.querySelectorAll('#talk a[href*=\"#source-\"]')].at(-1).hash")
    wait(lambda: f"#{page.focus()}" == last and page.seen(last))
    wait(lambda: any(mark.is_displayed() for mark in page.all(f"{last} mark")))
    assert page.errors() == []
    assert page.foreign_requests() == []


def test_a_folded_source_opens_to_its_whole_text(
    url: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(url, language="en-US")
    wait(lambda: page.js("return document.querySelector('#ask textarea').placeholder") == WORDS["en"]["placeholder"])
    page.ask("《北京市国际交往语言环境建设条例》什么时候起实施？", FIRST_START)
    page.one(".source details p")
    assert not page.shown(".source details p")
    page.press(".source details summary")
    wait(lambda: page.shown(".source details p"))
    wait(lambda: "2022年1月1日" in page.texts(".source details p mark")[0])
    page.picture("wide-opened")
    assert page.errors() == []


def test_what_the_chapter_does_not_say_has_its_nearest_units_as_links(
    url: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(url)
    assert page.ask("北京地铁2021年新开了几条线？", FIRST_START)
    wait(lambda: page.texts("#sources .note") == [WORDS["zh"]["sources_nearest"]])
    assert page.js("return document.documentElement.scrollHeight") <= 800
    near = "return [...document.querySelectorAll(\"#talk .bot a[href*='-near-']\")].map((e) => e.hash.slice(1))"
    wait(lambda: page.js(near) == page.sources() != [])
    assert page.all(".source .number") == []
    page.press("#talk .bot a[href*='-near-']")
    wait(lambda: page.focus() == page.sources()[0])
    page.picture("unanswered")
    assert page.errors() == []


def test_a_question_is_corrected_by_a_click_and_a_source_opens_in_its_document(
    url: str, browse: Callable[..., Any], wait: Callable[..., Any]
) -> None:
    page = browse(url, language="en-US", dark=True)
    page.ask(EXAMPLE, FIRST_START)
    wait(lambda: page.texts(".understood .part") == ["person 殷勇×", "met×", "firm×"])
    before = len(page.sources())
    page.press(".understood .part")
    wait(lambda: page.idle() and len(page.sources()) > before)
    page.settle()
    page.one("#sources > * details.fold")
    page.press(".source [data-open]", 1)
    wait(lambda: page.seen("#document .own"))
    wait(lambda: page.texts("#document h3") == ["beijing-yearbook-2022-foreign-affairs.txt"])
    page.picture("document")
    page.press("#talk .bot a[href*='#source-']")
    wait(lambda: page.shown("#source-1-1"))
    assert page.errors() == []
    assert page.foreign_requests() == []


def test_a_page_that_stays_open_answers_from_the_newest_index(
    tmp_path: Path, start: Callable[..., Any], browse: Callable[..., Any]
) -> None:
    corpus, index = tmp_path / "small.txt", tmp_path / "index"
    corpus.write_text("【植树活动举行】5月27日，140余名外交官在金盏森林公园植树。\n\n（王　淼）\n", encoding="utf-8")
    with start(index, "--corpus", str(corpus)) as (_, address):
        page = browse(address)
        assert "5月27日" in page.ask("植树活动是哪天？", FIRST_START)
        assert "9月30日" not in page.ask("短视频大赛是哪天？")
        more = "\n【短视频大赛举办】9月30日，市外办举办短视频大赛。\n\n（杨焕昌）\n"
        corpus.write_text(corpus.read_text("utf-8") + more, encoding="utf-8")
        refresh = [sys.executable, "-m", "embeddings", "refresh", "--corpus", str(corpus), "--index", str(index)]
        subprocess.run(refresh, cwd=Path(app.__file__).parent, check=True, capture_output=True)
        assert "9月30日" in page.ask("短视频大赛是哪天举办的？")
        assert page.errors() == []


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
def test_an_empty_corpus_is_said_on_the_page_until_a_yearbook_comes(
    tmp_path: Path,
    start: Callable[..., Any],
    browse: Callable[..., Any],
    wait: Callable[..., Any],
    width: int,
    language: str,
) -> None:
    words, corpus = WORDS[language], tmp_path / "corpus"
    corpus.mkdir()
    with start(tmp_path / "index", "--corpus", str(corpus)) as (server, address):
        page = browse(address, width=width, language="zh-CN" if language == "zh" else "en-US")
        wait(lambda: words["no_yearbook"] in page.texts("#status"), FIRST_START)
        assert page.ask("植树活动是哪天？") == words["no_yearbook"]
        assert page.js("return document.documentElement.scrollWidth") <= width
        page.picture(f"empty-{width}-{language}")
        (corpus / "small.txt").write_text("【植树活动举行】5月27日，外交官在金盏森林公园植树。\n", encoding="utf-8")
        wait(lambda: page.texts("#status") == [""], FIRST_START)
        assert "5月27日" in page.ask("植树活动是哪天？")
        assert page.errors() == []
        assert server.poll() is None


CONTRAST = """
const luminance = (rgb) => rgb.map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const parse = (css) => css.match(/[\\d.]+/g).map(Number);
const behind = (e) => { for (; e; e = e.parentElement) {
  const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c.slice(0, 3);
} return [255, 255, 255]; };
const a = luminance(parse(getComputedStyle(arguments[0], arguments[1]).color).slice(0, 3));
const b = luminance(behind(arguments[0]));
return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_phone_shows_answer_and_sources_without_sideways_scrolling(
    url: str, browse: Callable[..., Any], wait: Callable[..., Any], dark: bool
) -> None:
    page = browse(url, width=390, height=844, dark=dark)
    page.ask(EXAMPLE, FIRST_START)
    assert page.js("return document.documentElement.scrollWidth") <= 390
    assert page.js("return document.body.classList.contains('dark')") is dark
    assert page.one("#beside").location["y"] > page.one("#talk").location["y"]
    last = page.all(".source")[-1].rect
    assert page.js("return document.documentElement.scrollHeight") >= last["y"] + last["height"] > 844
    colours = "dark" if dark else "light"
    page.picture(f"phone-{colours}")
    for selector in ("#head p", "#talk .bot li", "#talk .bot a", ".source h3", ".source .where", ".source mark"):
        wait(lambda one=selector: page.js(CONTRAST, page.one(one)) >= 4.5)  # WCAG 2.2, 1.4.3, level AA
    wait(lambda: page.js(CONTRAST, page.one("#ask textarea"), "::placeholder") >= 4.5)
    page.press("#talk .bot a")
    wait(lambda: page.focus().startswith("source-") and page.seen(f"#{page.focus()}"))
    page.picture(f"phone-{colours}-source")
    page.press(".source [data-back]")
    wait(lambda: page.js("return document.activeElement === document.querySelector('#talk .bot a')"))
    wait(lambda: page.seen("#talk .bot a"))
    page.press(".source [data-open]")
    page.one("#document .own")
    wait(lambda: page.seen("#document [data-back]"))
    page.settle()
    assert page.js("return document.documentElement.scrollWidth") <= 390
    assert page.errors() == []


def session_processes(session: int) -> set[int]:
    """The living processes of a session; the sixth field of /proc/N/stat is its id."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, owner = stat.read_text("utf-8", errors="replace").rpartition(")")[2].split()[:4]
        except OSError:  # it ended meanwhile
            continue
        if int(owner) == session and state != "Z":
            found.add(int(stat.parent.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks processes up in /proc, which only Linux has")
def test_ending_the_server_leaves_no_process(
    start: Callable[[Path], Any], wait: Callable[..., Any], tmp_path: Path
) -> None:
    with start(tmp_path / "index") as (server, _):
        assert server.pid in session_processes(server.pid)
        server.terminate()
        server.wait(120)
        wait(lambda: not session_processes(server.pid))


@pytest.mark.parametrize(
    ("flags", "code", "named"),
    [
        (["--port", "{free}", "--corpus", "nowhere.txt"], 1, "nowhere.txt"),
        (["--port", "many"], 2, "--port"),
        (["--port", "{free}", "--auth-file", "README.md"], 1, "--hash-password"),
        (["--port", "{free}", "--host", "0.0.0.0", "--auth-header", "X-User"], 1, "--trust-proxy"),
        (["--port", "{taken}"], 1, "--port"),
    ],
)
def test_a_start_that_cannot_work_ends_in_one_line(
    flags: list[str], code: int, named: str, free_port: Callable[[], int], tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = {"taken": taken.getsockname()[1], "free": free_port()}
        server = start_app(*(flag.format(**ports) for flag in flags), "--index", str(tmp_path / "index"))
        _, told = server.communicate(timeout=FIRST_START)
    assert server.returncode == code
    assert named in told
    assert len(told.strip().splitlines()) == 1, told
