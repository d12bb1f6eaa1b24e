"""How the page is laid out, and what is wired to what.

Each further part is a module of its own with one function that builds it where it is called and wires it up by itself:

    browse.py    build_browse(parts: Parts) -> None    the inside of a second tab
    uploads.py   build_uploads(parts: Parts) -> None   a panel for the reader's own files; sets `parts.chosen`
    look.py      build_look(parts: Parts) -> None      the chart and the table under the sources of a list answer
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from rag.chat import talk
from rag.chat.loader import Loader
from rag.chat.parts import Parts
from rag.chat.sources import sources_html
from rag.chat.wording import I18N, language_of

TITLE = "年鉴问答 · Yearbook Q&A"
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
"""For events that no reader waits for and no program calls."""
# Not on a touch screen, where it would bring the keyboard up over the answer.
FOCUS = """() => {
  if (matchMedia("(pointer: coarse)").matches) return;
  const box = document.querySelector("#ask textarea");
  const focus = (tries) => box.disabled && tries ? setTimeout(focus, 50, tries - 1) : box.focus();
  focus(40);
}"""


def build(loader: Loader, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page. Launch it with `looks.launch_options()`; it answers as soon as `loader` is ready."""
    with gr.Blocks(title=TITLE, fill_height=True, fill_width=True) as demo:
        with gr.Row(elem_id="top"):
            gr.Markdown(I18N("heading"), elem_id="head")
            _status(loader, demo)
        with gr.Tabs(elem_id="tabs") as tabs:  # noqa: SIM117  more tabs follow
            with gr.Tab(I18N("tab_ask"), id="ask"):
                parts = Parts(loader, tabs, _box(), gr.State({}), gr.State(None))
                sources = gr.HTML(elem_id="sources", render=False)
                with gr.Row(elem_id="desk"):
                    with gr.Column(scale=3):
                        _conversation(parts, sources, examples)
                    with gr.Column(scale=2, elem_id="beside"):
                        gr.Markdown(I18N("sources"))
                        sources.render()
                        # build_look(parts)
            # with gr.Tab(I18N("tab_browse"), id="browse"): build_browse(parts)
            # with gr.Tab(I18N("tab_uploads"), id="uploads"): build_uploads(parts)
        demo.load(_no_sources, None, sources, **QUIET)
    return demo


def _no_sources(request: gr.Request) -> str:
    return sources_html({}, language_of(request))


def _status(loader: Loader, demo: gr.Blocks) -> None:
    """How far the server has come with opening, until it is open."""
    state, timer = gr.HTML(elem_id="status"), gr.Timer(1)

    def status(request: gr.Request) -> tuple[str, gr.Timer]:
        sentence = loader.sentence(language_of(request))
        return f'<p class="note" role="status">{sentence}</p>' if sentence else "", gr.Timer(active=bool(sentence))

    demo.load(status, None, [state, timer], **QUIET)
    timer.tick(status, None, [state, timer], **QUIET)


def _box() -> gr.Textbox:
    return gr.Textbox(
        label=I18N("question"),
        placeholder=I18N("placeholder"),
        submit_btn=str(I18N("send")),
        stop_btn=str(I18N("stop")),
        autofocus=True,
        elem_id="ask",
        render=False,
    )


def _conversation(parts: Parts, sources: gr.HTML, examples: Sequence[str]) -> None:
    """The chatbot, its box and its examples; the turns and the sources follow it."""
    chat = gr.ChatInterface(
        talk.chat(parts.loader),
        chatbot=gr.Chatbot(
            label=I18N("conversation"),
            show_label=False,
            elem_id="talk",
            height="100%",
            latex_delimiters=[],
            buttons=["copy"],
        ),
        textbox=parts.box,
        additional_inputs=[parts.turns, parts.chosen],
        additional_outputs=[parts.turns, sources],
        examples=[[example] for example in examples],
        editable=True,
        validator=talk.something_asked,
        show_progress="minimal",
        concurrency_limit=8,
        api_name="chat",
    )
    changed = chat.chatbot.change(
        talk.follow, [chat.chatbot, parts.turns], [parts.box, parts.turns, sources], queue=False, **QUIET
    )
    changed.then(None, js=FOCUS)
