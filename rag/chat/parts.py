"""What the parts of the page share with one another."""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from rag.chat.loader import Loader
from rag.types import Answer

Turns = dict[int, Answer]
"""Answers by the number of their question in the conversation, from 1."""


@dataclass(frozen=True)
class Parts:
    """`turns` holds Turns; `chosen` holds the Assistant that this reader asks, or None for the server's own.

    Texts of the page are `I18N("name")`; what a handler words itself is `WORDS[language_of(request)]["name"]`.
    In any HTML, an element with `data-ask="question"` asks that question in the conversation when it is clicked.
    """

    loader: Loader
    tabs: gr.Tabs
    box: gr.Textbox
    turns: gr.State
    chosen: gr.State
