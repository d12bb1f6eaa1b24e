"""How the page is laid out.

Each further part is a module of its own with one function that builds it where it is called and wires it up by itself:

    browse.py    build_browse(shared, tab)             the inside of a second tab
    uploads.py   build_uploads(shared, shelves)        a further tab, of the reader's own files; sets `shared.chosen`
    programs.py  build_programs(loader, shelves)       the endpoints for programs, which no reader sees
    look.py      build_look(shared)                    the inside of a tab beside the answer: chart and table of a list
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

import gradio as gr

from rag.chat.browse import build_browse
from rag.chat.conversation import wire_conversation
from rag.chat.document import build_document
from rag.chat.keeping import build_keeping
from rag.chat.languages import wire_languages
from rag.chat.loader import Loader
from rag.chat.look import build_look
from rag.chat.programs import build_programs
from rag.chat.shared import QUIET, Shared
from rag.chat.thumbs import build_thumbs
from rag.chat.uploads import build_uploads, kept_files
from rag.chat.wording import GRADIO, I18N, language_of
from rag.serving.files import keep_to_uploads
from rag.shelf import Shelves
from rag.wording import WRITER_ON

TITLE = "年鉴问答 · Yearbook Q&A"
JS = Path(__file__).parent / "page.js"
KEEP_FILES = (3600, 3600)
"""Seconds between two rounds in which what uploads passed through is deleted, and the age from which it is."""


def build(loader: Loader, examples: Sequence[str], feedback: Path, shelves: Shelves, writer: str = "") -> gr.Blocks:
    """The page. Launch it with `looks.launch_options()`; it answers as soon as `loader` is ready.

    `examples` are questions to start with; `feedback` is the file to which readers' thumbs are appended,
    `shelves` keep the files that they upload; `writer` is the language model that writes, where one does.
    """
    keep_to_uploads()
    with gr.Blocks(title=TITLE, fill_height=True, fill_width=True, delete_cache=KEEP_FILES) as demo:
        build_programs(loader, shelves)
        with gr.Row(elem_id="top"):
            gr.Markdown(I18N("heading"), elem_id="head")
            _status(loader, demo, writer)
            switch = gr.Button(I18N("other_language"), size="sm", min_width=0, elem_id="language")
        wire = gr.HTML(js_on_load=JS.read_text("utf-8"), elem_id="wire", gradio=GRADIO)
        with gr.Tabs(elem_id="tabs") as tabs:
            with gr.Tab(I18N("tab_ask"), id="ask"), gr.Row(elem_id="desk"):
                shared = _shared(loader, demo, tabs, wire, examples)
                with gr.Column(scale=3, elem_id="asking"):
                    build_keeping(shared)
                    shared.chatbot.render()
                    build_thumbs(shared, feedback)
                    shared.understood.render()
                    shared.box.render()
                with gr.Column(scale=2, elem_id="beside"), shared.beside.render():
                    with gr.Tab(I18N("tab_sources"), id="sources"):
                        shared.sources.render()
                    with gr.Tab(I18N("tab_document"), id="document"):
                        build_document(shared)
                    with gr.Tab(I18N("tab_look"), id="look"):
                        build_look(shared)
            with gr.Tab(I18N("tab_browse"), id="browse") as browse:
                build_browse(shared, browse)
            build_uploads(shared, shelves)
        wire_conversation(shared)
        wire_languages(switch)
    return demo


def _shared(loader: Loader, demo: gr.Blocks, tabs: gr.Tabs, wire: gr.HTML, examples: Sequence[str]) -> Shared:
    """What every part of the page may need, not yet in its place."""
    chatbot = gr.Chatbot(
        label=I18N("conversation"),
        show_label=False,
        elem_id="talk",
        height="100%",
        latex_delimiters=[],
        autoscroll=False,
        buttons=["copy"],
        editable="user",
        examples=[{"text": example} for example in examples],
        render=False,
    )
    box = gr.Textbox(
        label=I18N("question"),
        placeholder=I18N("placeholder"),
        show_label=False,
        submit_btn=False,  # until what the browser keeps is back on the page
        autofocus=True,
        max_lines=6,
        elem_id="ask",
        render=False,
    )
    return Shared(
        loader=loader,
        blocks=demo,
        tabs=tabs,
        beside=gr.Tabs(render=False),
        wire=wire,
        chatbot=chatbot,
        box=box,
        sources=gr.HTML(elem_id="sources", apply_default_css=False, render=False),
        understood=gr.HTML(elem_id="understood", apply_default_css=False, render=False),
        turns=gr.State({}),
        chosen=gr.State(None),
        files=kept_files(),
    )


def _status(loader: Loader, demo: gr.Blocks, writer: str) -> None:
    """How far the server has come with opening; once it is open, which language model writes, if one does."""
    state, timer = gr.HTML(elem_id="status"), gr.Timer(1)

    def status(request: gr.Request) -> tuple[str, gr.Timer]:
        sentence = loader.sentence(language_of(request))
        on = WRITER_ON[language_of(request)].format(model=writer) if writer else ""
        said = escape(sentence or on)
        return f'<p class="note" role="status">{said}</p>' if said else "", gr.Timer(active=bool(sentence))

    demo.load(status, None, [state, timer], **QUIET)
    timer.tick(status, None, [state, timer], **QUIET)
