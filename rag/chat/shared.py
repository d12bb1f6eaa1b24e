"""What the parts of the page share with one another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from rag.chat.loader import Loader
from rag.types import Answer

Turns = dict[int, Answer]
"""Answers by the number of their question in the conversation, from 1."""
QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
"""For events that no reader waits for and no program calls."""


@dataclass(frozen=True)
class Shared:
    """`turns` holds Turns (follow it with `turns.change`); `chosen` holds the Assistant that this reader asks, or None
    for the server's own: `chosen or loader.get()`; `files` is what the browser keeps of it. On
    `wire` the page's own HTML talks to the server (page.js).

    Texts of the page are `I18N("name")`; what a handler words itself is `WORDS[language_of(request)]["name"]`.
    In any HTML, an element with `data-ask="question"` asks that question in the conversation when it is clicked, and
    one with `data-open="unit id"` opens the document at that unit.
    """

    loader: Loader
    blocks: gr.Blocks
    tabs: gr.Tabs
    beside: gr.Tabs
    wire: gr.HTML
    chatbot: gr.Chatbot
    box: gr.Textbox
    sources: gr.HTML
    understood: gr.HTML
    turns: gr.State
    chosen: gr.State
    files: gr.BrowserState

    @property
    def conversation(self) -> list[Any]:
        """What `talk.Shown` fills, in its order."""
        return [self.chatbot, self.turns, self.sources, self.understood, self.box]
