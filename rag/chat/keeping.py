"""Conversations that are kept in the browser: a new one, an earlier one, one exported, one deleted."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

import gradio as gr

from rag.chat import memory, talk
from rag.chat.export import download, markdown
from rag.chat.memory import Kept
from rag.chat.shared import QUIET, Shared, Turns
from rag.chat.talk import Message, Shown
from rag.chat.wording import I18N, WORDS, language_of

STORED = "yearbook-conversations"
SECRET = "kept in the reader's own browser"
"""BrowserState encrypts with it: a fixed one, so that conversations outlive the server's restart."""
# What another tab has told is not told on.
TELL = """(store) => {
  const now = JSON.stringify(store);
  if (now !== window.kept) window.tabs?.postMessage(store);
  window.kept = now;
}"""


def build_keeping(shared: Shared) -> None:
    """The row of buttons over the conversation, and the conversation's way into the browser and back."""
    store = gr.BrowserState([], storage_key=STORED, secret=SECRET)
    name = gr.State("")
    with gr.Row(elem_id="tools"):
        fresh = gr.Button(I18N("new_chat"), size="sm", min_width=0)
        earlier = gr.Dropdown(
            [],
            label=I18N("earlier_chats"),
            show_label=False,
            container=False,
            min_width=0,
            visible=False,
            elem_id="earlier",
        )
        export = gr.Button(I18N("export"), size="sm", min_width=0)
        file = gr.HTML(elem_id="file")
    all_of_it = [*shared.conversation, name, earlier]
    shared.blocks.load(_restore, [store, shared.chatbot, shared.turns], all_of_it, queue=False, **QUIET)
    shared.turns.change(_keep, [store, name, shared.turns], [store, name, earlier], queue=False, **QUIET)
    store.change(None, store, js=TELL)
    shared.wire.kept(_told, [name, shared.turns], [store, name, earlier], queue=False, **QUIET)
    fresh.click(_start, store, all_of_it, queue=False, **QUIET)
    shared.chatbot.clear(_delete, [store, name], [store, *all_of_it], queue=False, **QUIET)
    earlier.input(_open, [store, earlier], all_of_it, queue=False, **QUIET)
    export.click(_export, shared.turns, file, queue=False, **QUIET).then(
        None, js="() => setTimeout(() => document.querySelector('#file a').click(), 100)"
    )


def _new_name() -> str:
    return uuid.uuid4().hex[:8]


def _keep(store: list[Kept], name: str, turns: Turns, request: gr.Request) -> tuple[list[Kept], str, gr.Dropdown]:
    """Where a click was quicker than `_restore`, the conversation has no name yet: it takes its window's."""
    name = name or str(request.session_hash)
    store = memory.kept(store, name, turns)
    return store, name, _earlier(store, name)


def _told(name: str, turns: Turns, event: gr.EventData) -> tuple[list[Kept], str, gr.Dropdown]:
    """What another tab keeps now; where it goes on with this tab's conversation, this tab's becomes one of its own."""
    theirs = memory.recalled(event.store, name)
    if theirs and [answer.question for answer in theirs.values()] != [turns[turn].question for turn in sorted(turns)]:
        name = _new_name()
    return event.store, name, _earlier(event.store, name)


def _earlier(store: Sequence[Kept], name: str) -> gr.Dropdown:
    """The conversations to choose from, the present one chosen; hidden while there is no other."""
    titles = memory.titles(store)
    names = [kept for _, kept in titles]
    return gr.Dropdown(choices=titles, value=name if name in names else None, visible=set(names) - {name} != set())


def _showing(turns: Turns, name: str, store: Sequence[Kept], request: gr.Request) -> tuple[Any, ...]:
    shown: Shown = talk.shown(turns, talk.retold(turns), language_of(request), talk.ready())
    return *shown, name, _earlier(store, name)


def _restore(store: list[Kept], messages: list[Message], turns: Turns, request: gr.Request) -> tuple[Any, ...]:
    """What was last on the page, after a reload; nothing where a click was quicker and an answer is under way."""
    if messages or turns:
        return (gr.skip(),) * (len(Shown._fields) + 2)
    titles = memory.titles(store)
    name = titles[0][1] if titles else _new_name()
    return _showing(memory.recalled(store, name), name, store, request)


def _open(store: list[Kept], name: str, request: gr.Request) -> tuple[Any, ...]:
    return _showing(memory.recalled(store, name), name, store, request)


def _start(store: list[Kept], request: gr.Request) -> tuple[Any, ...]:
    return _showing({}, _new_name(), store, request)


def _delete(store: list[Kept], name: str, request: gr.Request) -> tuple[Any, ...]:
    store = memory.forgotten(store, name)
    return store, *_showing({}, _new_name(), store, request)


def _export(turns: Turns, request: gr.Request) -> str:
    language = language_of(request)
    return download("yearbook-answers.md", "text/markdown", markdown(turns, language), WORDS[language]["export"])
