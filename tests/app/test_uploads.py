"""A reader's own files on the page: the real model and chapter, a real browser, one server for all tests."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.chat.layout import build
from rag.chat.loader import Loader
from rag.chat.looks import launch_options
from rag.chat.wording import COUNTED, WORDS
from rag.library import open_library
from rag.settings import Settings
from rag.shelf import Shelves

ZH, EN = WORDS["zh"], WORDS["en"]
OWN = "【灯谜会举办】3月8日，区文化馆举办灯谜会，收到谜语913条，来自12个街道的居民参加。\n\n（赵　甲）\n"
QUESTION = "灯谜会收到多少条谜语？"
TICKED = """return [...document.querySelectorAll("#asked label:has(input)")].map(
  (label) => [label.innerText.trim(), label.querySelector("input").checked])"""
# What the page shows meanwhile is kept by an observer: a test that looks from outside may look too late.
OBSERVE = """window.steps = new Set();
const told = document.querySelector("#told");
new MutationObserver(() => {
  window.steps.add(told.innerText);
  const bar = told.querySelector(".progress-level")?.getBoundingClientRect();
  if (bar && bar.bottom > document.querySelector("#books").getBoundingClientRect().top) window.overlap = bar.bottom;
})
  .observe(told, { subtree: true, childList: true, characterData: true });"""
CHAPTER = "which foreign firms did 殷勇 meet?"


@pytest.fixture(scope="module")
def served(
    tmp_path_factory: pytest.TempPathFactory,
    embedder: Embedder,
    chapter_index: Path,
    free_port: Callable[[], int],
) -> Callable[..., Any]:
    """Serves the page over the chapter; settings of the test's own go on top."""
    folder = tmp_path_factory.mktemp("uploads")
    settings = Settings(index=shutil.copytree(chapter_index, folder / "index"))
    chapter = Assistant(settings, embedder, open_library(settings, embedder))

    @contextmanager
    def run(name: str, **settings: Any) -> Iterator[str]:
        loader = Loader(lambda _: chapter)
        page = build(loader, [], folder / "feedback.jsonl", Shelves(Settings(index=folder / name, **settings)))
        port = free_port()
        page.launch(server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options())
        loader.start()
        try:
            yield f"http://127.0.0.1:{port}/"
        finally:
            page.close(verbose=False)

    return run


@pytest.fixture(scope="module")
def url(served: Callable[..., Any]) -> Iterator[str]:
    with served("private", upload_mb=1) as address:
        yield address


@pytest.fixture
def files(tmp_path: Path) -> Callable[[dict[str, str | bytes]], list[Path]]:
    def make(contents: dict[str, str | bytes]) -> list[Path]:
        folder = tmp_path / "own"
        folder.mkdir(exist_ok=True)
        for name, content in contents.items():
            (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return [folder / name for name in contents]

    return make


class Panel:
    """The tab of own files in one browser."""

    def __init__(self, page: Any, wait: Callable[..., Any], words: dict[str, str]) -> None:
        self.page, self.wait, self.words = page, wait, words

    def open(self) -> "Panel":
        self.tab("tab_uploads")
        self.wait(lambda: self.page.texts("#asked label"))
        return self

    def tab(self, name: str) -> None:
        self.page.press("#tabs [role=tab]", text=self.words[name])
        self.page.settle()

    def upload(self, *paths: Path) -> list[str]:
        """What the page says about the files, one sentence each."""
        before = self.page.texts("#told")
        self.page.type("#drop input[type=file]", "\n".join(map(str, paths)))
        self.wait(lambda: self.page.texts("#told li") and self.page.texts("#told") != before)
        self.page.settle()
        return self.page.texts("#told li")

    def books(self) -> list[str]:
        return self.page.texts(".book h3")

    def sources(self) -> dict[str, bool]:
        """Each source and whether it is ticked."""
        return dict(self.page.js(TICKED))

    def tick(self, name: str) -> None:
        self.page.press("#asked label:has(input)", [*self.sources()].index(name))
        self.page.settle()


@pytest.fixture
def panel(url: str, browse: Callable[..., Any], wait: Callable[..., Any]) -> Callable[..., Panel]:
    def make(address: str = url, words: dict[str, str] = ZH, **given: Any) -> Panel:
        language = "zh-CN" if words is ZH else "en-US"
        return Panel(browse(address, language=language, **given), wait, words).open()

    return make


def test_an_uploaded_file_is_understood_asked_across_chosen_and_removed(
    panel: Callable[..., Panel], files: Callable[..., list[Path]], wait: Callable[..., Any]
) -> None:
    own = panel()
    page = own.page
    chapter = next(iter(own.sources()))
    assert own.sources() == {chapter: True}
    wait(lambda: page.texts("#books .note") == [ZH["books_empty"]])

    assert own.upload(*files({"灯谜.txt": OWN})) == [ZH["added"].format(name="灯谜.txt")]
    assert own.books() == ["灯谜.txt"]
    assert COUNTED["zh"]["entry"].format(n=1) in page.texts(".book")[0]
    assert ZH["none_lost"].format(all=48, n=0) in page.texts(".book")[0]
    uploaded = ZH["own"].format(name="灯谜.txt")
    assert own.sources() == {chapter: True, uploaded: True}
    page.picture("uploads")

    own.tab("tab_ask")
    assert "913" in page.ask(QUESTION)
    assert "灯谜.txt" in page.texts(".source .where")[0]
    assert "渣打银行" in page.ask(CHAPTER)

    own.open().tick(chapter)
    wait(lambda: own.sources() == {chapter: False, uploaded: True})
    own.tab("tab_ask")
    assert "渣打银行" not in page.ask(CHAPTER)

    own.open().tick(uploaded)
    wait(lambda: page.texts("#told li") == [ZH["choose_one"]])
    assert own.sources() == {chapter: False, uploaded: True}

    page.press(".book [data-remove]")
    wait(lambda: own.books() == [])
    wait(lambda: page.texts("#told li") == [ZH["removed"].format(name="灯谜.txt")])
    wait(lambda: own.sources() == {chapter: True})
    own.tab("tab_ask")
    assert "913" not in page.ask(QUESTION)
    assert page.errors() == []
    assert page.foreign_requests() == []


def test_what_cannot_be_taken_is_named_and_the_rest_is_used(
    panel: Callable[..., Panel], files: Callable[..., list[Path]]
) -> None:
    own = panel(words=EN)
    told = own.upload(
        *files(
            {
                "programme.exe": b"MZ",
                "large.txt": b"a" * 1_000_001,
                "broken.pdf": b"%PDF-1.7 and no more",
                "riddles.md": OWN,
                "again.txt": OWN,
                "<img src=x onerror=hacked=1>.txt": "【另一条】5月1日，另一件事举行，百余人参加。\n",
            }
        )
    )
    assert [sentence.split("”")[0].strip("“") for sentence in told[:5]] == [
        "programme.exe",
        "large.txt",
        "broken.pdf",
        "riddles.md",
        "again.txt",
    ]
    assert [sentence.split("”")[1][:10] for sentence in told[:5]] == [
        EN[f"{word}"].split("”")[1][:10]
        for word in ("refused_kind", "refused_size", "refused_unreadable", "added", "refused_twice")
    ]
    assert "1 MB" in told[1]
    assert "riddles.md" in own.books()
    assert len(own.books()) == 2
    assert own.page.js("return window.hacked") is None
    own.page.picture("uploads-refused")


def test_progress_is_shown_while_a_file_is_read_and_embedded(
    panel: Callable[..., Panel], files: Callable[..., list[Path]]
) -> None:
    own = panel()
    entries = "".join(f"【第{n}次读书会】{n % 12 + 1}月，第{n}次读书会举办，读者{n}人参加。\n\n" for n in range(1, 150))
    own.page.js(OBSERVE)
    own.upload(*files({"读书会.txt": entries}))
    steps = own.page.js("return [...window.steps]")
    assert own.page.js("return window.overlap") is None
    done = [
        re.search(re.escape(ZH["embedding"]).replace(r"\{done\}", r"(\d+)").replace(r"\{total\}", "149"), s)
        for s in steps
    ]
    assert len({match[1] for match in done if match}) > 1, steps
    assert any(ZH["seconds_left"].split("{n}")[0] in step for step in steps), steps


def test_an_upload_under_way_is_stopped(
    panel: Callable[..., Panel], files: Callable[..., list[Path]], wait: Callable[..., Any]
) -> None:
    own = panel()
    page = own.page
    entries = "".join(f"【第{n}次读书会】{n % 12 + 1}月，第{n}次读书会举办，读者{n}人参加。\n\n" for n in range(1, 600))
    small, large = files({"灯谜.txt": OWN, "读书会.txt": entries})
    page.type("#drop input[type=file]", f"{small}\n{large}")
    wait(lambda: "读书会" in page.texts("#told")[0])
    page.press("#stop-upload")
    told = [ZH["added"].format(name="灯谜.txt"), ZH["stopped"].format(name="读书会.txt")]
    wait(lambda: page.texts("#told li") == told)
    page.settle()
    assert own.books() == ["灯谜.txt"]
    assert not page.all("#stop-upload")
    own.upload(*files({"别的.txt": "【歌会举办】4月8日，区文化馆举办歌会。\n"}))
    wait(lambda: page.texts("#told li") == [ZH["added"].format(name="别的.txt")])
    assert page.errors() == []


def test_nobody_else_sees_the_file_and_its_owner_finds_it_again(
    panel: Callable[..., Panel], files: Callable[..., list[Path]], wait: Callable[..., Any]
) -> None:
    own = panel()
    own.upload(*files({"灯谜.txt": OWN}))
    other = panel()
    assert other.books() == []
    assert len(other.sources()) == 1
    other.tab("tab_ask")
    assert "913" not in other.page.ask(QUESTION)

    own.page.reload()
    own.open()
    wait(lambda: own.books() == ["灯谜.txt"])
    own.page.reload()
    own.page.settle()
    assert "913" in own.page.ask(QUESTION)  # without opening the tab of files first


def test_readers_who_bring_the_same_file_at_once_all_have_it(url: str) -> None:
    """Gradio keeps one copy of what they bring."""
    with httpx.Client(base_url=url, timeout=60, headers={"accept-language": "zh"}) as client:
        (add,) = (e["id"] for e in client.get("/config").json()["dependencies"] if e["api_name"] == "add")
        for _ in range(2):
            (path,) = client.post("/gradio_api/upload", files={"files": ("同.txt", OWN.encode())}).json()
        for window in ("one", "two"):
            given = [[{"path": path, "meta": {"_type": "gradio.FileData"}}], {}]
            body = {"fn_index": add, "data": given, "session_hash": window}
            client.post("/gradio_api/queue/join", json=body).raise_for_status()
        for window in ("one", "two"):
            told = client.get("/gradio_api/queue/data", params={"session_hash": window}).text
            assert ZH["added"].format(name="同.txt") in json.dumps(told).encode().decode("unicode_escape")


def test_a_server_that_shares_shows_the_files_to_everyone(
    served: Callable[..., Any],
    panel: Callable[..., Panel],
    files: Callable[..., list[Path]],
    wait: Callable[..., Any],
) -> None:
    with served("shared", share_uploads=True) as address:
        one, another = panel(address), panel(address)
        wait(lambda: ZH["about_shared"][-20:].split("{days}")[1] in one.page.texts("#about")[0])
        one.upload(*files({"灯谜.txt": OWN}))
        another.tab("tab_ask")
        assert "913" in another.page.ask(QUESTION)
        another.open()
        wait(lambda: another.books() == ["灯谜.txt"])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_panel_fits_a_phone_and_a_desk(
    panel: Callable[..., Panel], files: Callable[..., list[Path]], dark: bool, width: int
) -> None:
    own = panel(words=EN if dark else ZH, width=width, height=844, dark=dark)
    long = "一个名字很长很长很长很长很长很长很长很长很长很长很长很长的年鉴文件-2021-final-final-version.txt"
    own.upload(*files({long: OWN, "bad.exe": b"MZ"}))
    assert own.page.js("return document.documentElement.scrollWidth") <= width
    assert own.page.errors() == []
    own.page.picture(f"uploads-{width}-{'dark' if dark else 'light'}")
