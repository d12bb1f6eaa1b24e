"""Thumbs up or down for an answer, and a remark if the reader has one."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr

from rag.chat import talk
from rag.chat.feedback import Rating, append
from rag.chat.shared import QUIET, Shared, Turns
from rag.chat.talk import Message
from rag.chat.wording import I18N, WORDS, language_of

log = logging.getLogger("app")


def build_thumbs(shared: Shared, file: Path) -> None:
    """A line for the remark that opens under the conversation with a thumb and closes when it is sent."""
    rated = gr.State(None)
    remark = gr.Textbox(
        label=I18N("remark"),
        placeholder=I18N("remark"),
        show_label=False,
        container=False,
        submit_btn=True,
        max_lines=3,
        visible=False,
        elem_id="remark",
    )

    def closed() -> tuple[None, gr.Textbox]:
        return None, gr.Textbox(visible=False)

    def note(rating: Rating, request: gr.Request) -> bool:
        words = WORDS[language_of(request)]
        try:
            append(file, rating)
        except OSError as error:
            log.error("%s: no room for a thumb (%s); make room or give another --feedback", file, error)
            gr.Warning(words["not_noted"])
            return False
        gr.Info(words["thanks"], duration=3)
        return True

    def rate(
        messages: list[Message], turns: Turns, event: gr.LikeData, request: gr.Request
    ) -> tuple[Rating | None, gr.Textbox]:
        place = event.index if isinstance(event.index, int) else event.index[0]
        turn = talk.count(messages[: place + 1])
        answered = turn in turns and talk.is_answer(turns[turn])
        if not answered or event.liked not in (True, False):  # a sentence of the page's, or a thumb taken back
            return closed()
        history = tuple(turns[n].question for n in sorted(turns) if n < turn and talk.is_answer(turns[n]))
        rating = Rating(turns[turn], history, "up" if event.liked is True else "down")
        noted = note(rating, request)
        # A translated label does not outlive the box's coming into sight: it is worded here.
        send = WORDS[language_of(request)]["send"]
        return (rating, gr.Textbox(value="", visible=True, submit_btn=send)) if noted else closed()

    def say(text: str, rating: Any, request: gr.Request) -> gr.Textbox:
        if text.strip() and rating:
            note(replace(rating, remark=text.strip()), request)
        return gr.Textbox(value="", visible=False)

    shared.chatbot.like(rate, [shared.chatbot, shared.turns], [rated, remark], **QUIET)
    shared.turns.change(closed, None, [rated, remark], queue=False, **QUIET)  # the remark is about the answer before
    remark.submit(say, [remark, rated], remark, **QUIET)
