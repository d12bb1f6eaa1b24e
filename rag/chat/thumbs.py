"""Thumbs up or down for an answer, and a remark if the reader has one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import talk
from rag.chat.feedback import Rating, append
from rag.chat.parts import QUIET, Parts, Turns
from rag.chat.talk import Message
from rag.chat.wording import I18N, WORDS, language_of


def build_thumbs(parts: Parts, file: Path) -> None:
    """A line for the remark that opens under the conversation with a thumb and closes when it is sent."""
    rated = gr.State(None)
    remark = gr.Textbox(
        label=I18N("remark"),
        placeholder=I18N("remark"),
        show_label=False,
        container=False,
        submit_btn=str(I18N("send")),
        max_lines=3,
        visible=False,
        elem_id="remark",
    )

    def rate(
        messages: list[Message], turns: Turns, event: gr.LikeData, request: gr.Request
    ) -> tuple[Rating | None, gr.Textbox]:
        place = event.index if isinstance(event.index, int) else event.index[0]
        turn = talk.count(messages[: place + 1])
        if (
            turn not in turns or event.liked is None or event.liked == ""
        ):  # a sentence of the page's; a thumb taken back
            return None, gr.Textbox(visible=False)
        history = tuple(turns[number].question for number in sorted(turns) if number < turn)
        rating = Rating(turns[turn], history, "up" if event.liked is True else "down")
        append(file, rating)
        gr.Info(WORDS[language_of(request)]["thanks"], duration=3)
        return rating, gr.Textbox(value="", visible=True)

    def say(text: str, rating: Any, request: gr.Request) -> gr.Textbox:
        if text.strip() and rating:
            append(file, replace(rating, remark=text.strip()))
            gr.Info(WORDS[language_of(request)]["thanks"], duration=3)
        return gr.Textbox(value="", visible=False)

    parts.chatbot.like(rate, [parts.chatbot, parts.turns], [rated, remark], **QUIET)
    remark.submit(say, [remark, rated], remark, **QUIET)
