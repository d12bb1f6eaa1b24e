"""The reader's own files: uploaded, understood, asked across with any choice of sources, removed again."""

from __future__ import annotations

import logging
import secrets
import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from rag.chat.books import books_html, told_html
from rag.chat.loader import Loader
from rag.chat.shared import QUIET, Shared
from rag.chat.steps import Steps, Stopped
from rag.chat.wording import I18N, WORDS, language_of
from rag.errors import CorpusError, ProjectError
from rag.serving.guard import USER
from rag.shelf import FILES, Book, Refused, Shelf, Shelves
from rag.types import Language

if TYPE_CHECKING:
    from rag.assistant import Assistant

Store = dict[str, Any]
"""What the browser keeps: the `secret` that opens the reader's shelf, and the names of the sources `left_out`."""
STORED = "yearbook-files"
ENCRYPTED_WITH = "kept in the reader's own browser"
"""BrowserState's key: a fixed one, so that a shelf is found again after the server's restart."""
REMOVE = """element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (button) trigger("remove", { name: button.dataset.remove });
});"""
SHOWN = """() => ({ __type__: "update", visible: true })"""
log = logging.getLogger("app")


class Shown(NamedTuple):
    """What the panel shows, in the order of its components; `chosen` is whom the reader asks."""

    store: Store
    told: str
    books: str
    sources: Any
    about: str
    chosen: Any


def kept_files() -> gr.BrowserState:
    """What the browser keeps. It stands on the first tab: what a closed tab holds is not there as the page starts."""
    return gr.BrowserState({}, storage_key=STORED, secret=ENCRYPTED_WITH)


def build_uploads(shared: Shared, shelves: Shelves) -> None:
    """A tab of own files. Sets `shared.chosen` where a reader has own files or leaves sources out."""
    panel = Panel(shared.loader, shelves)
    with gr.Tab(I18N("tab_uploads"), id="uploads") as tab, gr.Row(elem_id="uploads"):
        with gr.Column(scale=3):
            about = gr.HTML(elem_id="about")
            drop = gr.File(label=I18N("upload"), file_count="multiple", height=150, elem_id="drop")
            stop = gr.Button(I18N("stop_upload"), size="sm", visible=False, elem_id="stop-upload")
            told = gr.HTML(elem_id="told")
            books = gr.HTML(elem_id="books", js_on_load=REMOVE)
        with gr.Column(scale=2):
            sources = gr.CheckboxGroup(label=I18N("asked_sources"), info=I18N("asked_sources_info"), elem_id="asked")
    store = shared.files
    shown = [store, told, books, sources, about, shared.chosen]
    shared.blocks.load(panel.restore, store, shown, concurrency_limit=None, **QUIET)
    tab.select(panel.show, store, shown, **QUIET)
    drop.upload(None, None, stop, js=SHOWN)
    stop.click(panel.stop, None, stop, queue=False, **QUIET)
    drop.upload(
        panel.add,
        [drop, store],
        [drop, stop, *shown],
        show_progress="full",
        show_progress_on=told,
        api_visibility="private",
    )
    books.remove(panel.remove, store, shown, **QUIET)
    sources.input(panel.choose, [sources, store], shown, **QUIET)


@dataclass(frozen=True)
class Panel:
    """The handlers. One upload is worked on at a time; the others wait, and Gradio says so."""

    loader: Loader
    shelves: Shelves
    stops: dict[str, threading.Event] = field(default_factory=dict)
    """Of each window with an upload under way, or about to be stopped."""

    def restore(self, store: Store, request: gr.Request) -> Shown:
        """A reader who comes back asks what they asked before; for all others the page need not wait for anything."""
        if self._differs(self._shelf(store, request), store.get("left_out") or ()):
            self.loader.wait()
            return self.show(store, request)
        return Shown(*[gr.skip()] * len(Shown._fields))

    def show(self, store: Store, request: gr.Request) -> Shown:
        return self._shown(store, [], request)

    def add(
        self,
        uploads: Sequence[str],
        store: Store,
        request: gr.Request,
        progress: Any = gr.Progress(),  # noqa: B008
    ) -> tuple[Any, ...]:
        language = language_of(request)
        while not self.loader.wait(0.5):
            progress(0, self.loader.sentence(language))
        store = {**store, "secret": store.get("secret") or secrets.token_urlsafe(32)}
        window, told = str(request.session_hash), []
        stopped = self.stops.setdefault(window, threading.Event())
        for number, upload in enumerate(map(Path, uploads), 1):
            which = f"{number}/{len(uploads)} · {upload.name}" if len(uploads) > 1 else upload.name
            told.append(
                self._add(upload, self._shelf(store, request), language, Steps(which, progress, language, stopped))
            )
        del self.stops[window]
        return None, gr.Button(visible=False), *self._shown(store, told, request)

    def stop(self, request: gr.Request) -> gr.Button:
        """The upload of this window ends where it next tells its progress."""
        self.stops.setdefault(str(request.session_hash), threading.Event()).set()
        return gr.Button(visible=False)

    def _add(self, upload: Path, shelf: Shelf, language: Language, steps: Steps) -> str:
        """The sentence that says what became of one upload.

        Gradio deletes its own copy in time (layout.KEEP_FILES), not before: readers who bring the same file share it.
        """
        words, settings = WORDS[language], self.shelves.settings
        limits = {"mb": settings.upload_mb, "files": FILES}
        try:
            base = self.loader.get()
            book = shelf.add(upload, base.embedder, source_names(base), steps.reading, steps.embedding)
            return words["added"].format(name=book.name)
        except Stopped:
            return words["stopped"].format(name=upload.name)
        except Refused as refused:
            return words[f"refused_{refused.why}"].format(name=upload.name, **limits)
        except CorpusError:
            return words["no_yearbook"]
        except (ProjectError, OSError) as error:
            log.error("no room on the shelf for %.200r: %s", upload.name, error)
            return words["refused_error"].format(name=upload.name)
        except Exception:
            log.exception("no room on the shelf for an upload")
            return words["refused_error"].format(name=upload.name)

    def remove(self, store: Store, event: gr.EventData, request: gr.Request) -> Shown:
        language = language_of(request)
        told = WORDS[language]["removed"]
        try:
            self._shelf(store, request).remove(str(event.name))
        except OSError as error:
            log.error("%.200r can't be removed: %s", event.name, error)
            told = WORDS[language]["not_removed"]
        return self._shown(store, [told.format(name=event.name)], request)

    def choose(self, ticked: Sequence[str], store: Store, request: gr.Request) -> Shown:
        language = language_of(request)
        if not ticked:
            return self._shown(store, [WORDS[language]["choose_one"]], request)
        names = [name for name, _ in self._names(self._shelf(store, request).books())]
        store = {**store, "left_out": [name for name in names if name not in ticked]}
        return self._shown(store, [], request)

    def _shelf(self, store: Store, request: gr.Request) -> Shelf:
        """Of this browser and, where readers log in, of this user: two who share a browser share no files."""
        return self.shelves.of("\0".join(filter(None, (str(store.get("secret") or ""), request.headers.get(USER)))))

    def _names(self, books: Sequence[Book]) -> list[tuple[str, bool]]:
        """(source, whether it is the reader's own), the server's own first."""
        base = source_names(self.loader.get()) if self.loader.ready else ()
        return [*((name, False) for name in base), *((book.name, True) for book in books)]

    def _shown(self, store: Store, told: Sequence[str], request: gr.Request) -> Shown:
        language = language_of(request)
        shelf = self._shelf(store, request)
        shelf.touch()
        books, words = shelf.books(), WORDS[language]
        names = self._names(books)
        left_out = {name for name, _ in names} & set(store.get("left_out") or ())
        if len(left_out) == len(names):
            left_out = set()
        store = {**store, "left_out": sorted(left_out)}
        ticked = [name for name, _ in names if name not in left_out]
        choices = [(words["own"].format(name=name) if own else name, name) for name, own in names]
        about = words["about_shared" if self.shelves.settings.share_uploads else "about_own"]
        settings = self.shelves.settings
        limits = {"mb": settings.upload_mb, "files": FILES, "days": settings.upload_days}
        return Shown(
            store=store,
            told=told_html(told),
            books=books_html(books, language),
            sources=gr.CheckboxGroup(choices=choices, value=ticked),
            about=f"<p>{about.format(**limits)}</p>",
            chosen=self._chosen(shelf, frozenset(left_out)),
        )

    def _chosen(self, shelf: Shelf, left_out: frozenset[str]) -> Assistant | None:
        """Whom the reader asks: None for the server's own assistant."""
        from rag.desk import desk  # brings what the page must not wait for

        if self.loader.ready and self._differs(shelf, left_out):
            return desk(self.loader.get(), shelf, left_out)
        return None

    def _differs(self, shelf: Shelf, left_out: Collection[str]) -> bool:
        """Whether a reader's sources are, or may become without their doing, others than the server's."""
        return bool(self.shelves.settings.share_uploads or left_out or shelf.books())


def source_names(assistant: Assistant) -> tuple[str, ...]:
    """The names of an assistant's sources, in their order."""
    return tuple(dict.fromkeys(unit.source for unit in assistant.units))
