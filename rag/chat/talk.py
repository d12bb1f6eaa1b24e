"""What happens when a reader asks: the functions behind the conversation."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.chat.answers import answer_markdown
from rag.chat.loader import Loader
from rag.chat.parts import Turns
from rag.chat.sources import sources_html
from rag.chat.wording import I18N, WORDS, language_of
from rag.errors import QuestionError
from rag.types import Answer, Language

if TYPE_CHECKING:
    from rag.assistant import Assistant

log = logging.getLogger("app")


def questions(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What the reader asked in a conversation in Gradio's messages format."""
    asked = (message["content"] for message in messages if message["role"] == "user")
    return [text if isinstance(text, str) else "".join(part.get("text", "") for part in text) for text in asked]


def chat(loader: Loader) -> Callable[..., Iterator[tuple[str, Turns, str]]]:
    """The conversation's function: (question, messages, turns, chosen) → (Markdown, turns, the sources' HTML)."""

    def chat(
        question: str,
        messages: list[dict[str, Any]],
        turns: Turns,
        chosen: Any,  # an Assistant or None; Gradio evaluates annotations, and Assistant would bring torch
        request: gr.Request,
    ) -> Iterator[tuple[str, Turns, str]]:
        language = language_of(request)
        turn = len(questions(messages)) + 1
        turns = {number: answer for number, answer in turns.items() if number < turn}
        history = [turns[number].question for number in sorted(turns)]
        sources = sources_html(turns, language)
        while not chosen and not loader.wait(0.5):
            yield loader.sentence(language), turns, sources
        answer = _ask(lambda: chosen or loader.get(), question, history, language)
        if isinstance(answer, str):
            yield answer, turns, sources
        else:
            turns[turn] = answer
            yield answer_markdown(answer, turn), turns, sources_html(turns, language)

    return chat


def _ask(assistant: Callable[[], Assistant], question: str, history: Sequence[str], language: Language) -> Answer | str:
    """The answer, or the sentence that the reader sees in its place."""
    words = WORDS[language]
    if not question.strip():
        return words["empty"]
    try:
        return assistant().ask(question, history)
    except QuestionError:
        return words["bad_question"]
    except Exception:
        log.exception("no answer to %.200r", question)
        return words["error"]


def something_asked(question: str, request: gr.Request) -> dict[str, Any]:
    """Gradio's validation: nothing is sent while there is nothing to send."""
    return gr.validate(bool(question.strip()), WORDS[language_of(request)]["empty"])


def follow(messages: list[dict[str, Any]], turns: Turns, request: gr.Request) -> tuple[gr.Textbox, Any, Any]:
    """What a change of the conversation asks of the rest of the page.

    ChatInterface takes the box's placeholder away with every question; an undo or a new chat leaves sources behind.
    """
    box = gr.Textbox(placeholder=I18N("placeholder"))
    asked = len(questions(messages))
    if all(number <= asked for number in turns):
        return box, gr.skip(), gr.skip()
    turns = {number: answer for number, answer in turns.items() if number <= asked}
    return box, turns, sources_html(turns, language_of(request))
