"""The chat in the browser: `python app.py`, then http://127.0.0.1:7860."""

from __future__ import annotations

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware

from rag import cli, page, settings, wording
from rag.errors import QuestionError, SettingsError
from rag.loader import Loader, Progress
from rag.types import Answer, Language
from rag.wording import WORDS, reader_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from rag.assistant import Assistant

Turns = dict[int, Answer]
"""Answers by the number of their question in the conversation, from 1."""

TITLE = "年鉴问答 · Yearbook Q&A"
FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
CSS = Path(__file__).parent / "rag" / "page.css"
JS = Path(__file__).parent / "rag" / "page.js"
POLICY = (b"content-security-policy", b"default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'")
# Not on a touch screen, where it would bring the keyboard up over the answer.
FOCUS = """() => {
  if (matchMedia("(pointer: coarse)").matches) return;
  const box = document.querySelector("#ask textarea");
  const focus = (tries) => box.disabled && tries ? setTimeout(focus, 50, tries - 1) : box.focus();
  focus(40);
}"""

I18N = gr.I18n(**{"en": WORDS["en"], "zh": WORDS["zh"], "zh-CN": WORDS["zh"], "zh-TW": WORDS["zh"]})

log = logging.getLogger("app")


class SelfContained:
    """Whatever a question or a document holds, an image's address say, the browser fetches nothing from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], POLICY]
            await send(message)

        await self._app(scope, receive, send_with_policy)


def _language(request: gr.Request) -> Language:
    return reader_language(request.headers.get("accept-language"))


def _questions(messages: Sequence[dict[str, Any]]) -> list[str]:
    """What the reader asked in a conversation in Gradio's messages format."""
    asked = (message["content"] for message in messages if message["role"] == "user")
    return [text if isinstance(text, str) else "".join(part.get("text", "") for part in text) for text in asked]


def _ask(loader: Loader, question: str, history: Sequence[str], language: Language) -> Iterator[Answer | str]:
    """The answer as it grows, or the sentence that the reader sees in its place."""
    words = WORDS[language]
    if not question.strip():
        yield words["empty"]
        return
    try:
        yield from loader.get().stream(question, history)
    except QuestionError:
        yield words["bad_question"]
    except Exception:
        log.exception("no answer to %.200r", question)
        yield words["error"]


def _said(answer: Answer, turn: int) -> str:
    """An answer as Markdown, with a quiet line of who wrote it where a language model is on."""
    if not answer.text and answer.writer:
        return page.quiet_line(wording.WRITING[answer.language].format(model=answer.writer.model))
    line = wording.writer_line(answer.writer.to_json() if answer.writer else None, answer.language)
    return page.answer_markdown(answer, turn) + (f"\n\n{page.quiet_line(line)}" if line else "")


def _chat(loader: Loader) -> Callable[..., Iterator[tuple[str, Turns, str]]]:
    """The function behind the conversation: (question, messages, turns) → (Markdown, turns, the sources' HTML)."""

    def chat(
        question: str, messages: list[dict[str, Any]], turns: Turns, request: gr.Request
    ) -> Iterator[tuple[str, Turns, str]]:
        language = _language(request)
        turn = len(_questions(messages)) + 1
        turns = {number: answer for number, answer in turns.items() if number < turn}
        history = [turns[number].question for number in sorted(turns)]
        sources = page.sources_html(turns, language)
        while not loader.wait(0.5):
            yield loader.sentence(language), turns, sources
        for answer in _ask(loader, question, history, language):
            if isinstance(answer, str):
                yield answer, turns, sources
            else:
                turns = {**turns, turn: answer}
                yield _said(answer, turn), turns, page.sources_html(turns, language)

    return chat


def _something_asked(question: str, request: gr.Request) -> dict[str, Any]:
    """Gradio's validation: nothing is sent while there is nothing to send."""
    return gr.validate(bool(question.strip()), WORDS[_language(request)]["empty"])


def _follow(messages: list[dict[str, Any]], turns: Turns, request: gr.Request) -> tuple[gr.Textbox, Any, Any]:
    """What a change of the conversation asks of the rest of the page.

    ChatInterface takes the box's placeholder away with every question; an undo or a new chat leaves sources behind.
    """
    box = gr.Textbox(placeholder=I18N("placeholder"))
    asked = len(_questions(messages))
    if all(number <= asked for number in turns):
        return box, gr.skip(), gr.skip()
    turns = {number: answer for number, answer in turns.items() if number <= asked}
    return box, turns, page.sources_html(turns, _language(request))


def build(loader: Loader, examples: Sequence[str] = (), writer: str = "") -> gr.Blocks:
    """The page, with the name of the model that writes where one does. Launch it with `launch_options()`; it answers
    as soon as `loader` is ready."""

    def status(request: gr.Request) -> tuple[str, gr.Timer]:
        sentence = loader.sentence(_language(request))
        shown = sentence or (wording.WRITER_ON[_language(request)].format(model=writer) if writer else "")
        return f'<p class="note" role="status">{escape(shown)}</p>' if shown else "", gr.Timer(active=bool(sentence))

    def greet(request: gr.Request) -> tuple[str, gr.Timer, str]:
        return *status(request), page.sources_html({}, _language(request))

    with gr.Blocks(title=TITLE, fill_height=True, fill_width=True) as demo:
        with gr.Row(elem_id="top"):
            gr.Markdown(I18N("heading"), elem_id="head")
            state = gr.HTML(elem_id="status")
        turns = gr.State({})
        with gr.Row(elem_id="desk"):
            with gr.Column(scale=3):
                sources = gr.HTML(elem_id="sources", render=False)
                chat = gr.ChatInterface(
                    _chat(loader),
                    chatbot=gr.Chatbot(
                        label=I18N("conversation"),
                        show_label=False,
                        elem_id="talk",
                        height="100%",
                        latex_delimiters=[],
                        buttons=["copy"],
                    ),
                    textbox=gr.Textbox(
                        label=I18N("question"),
                        placeholder=I18N("placeholder"),
                        submit_btn=str(I18N("send")),
                        stop_btn=str(I18N("stop")),
                        autofocus=True,
                        elem_id="ask",
                    ),
                    additional_inputs=[turns],
                    additional_outputs=[turns, sources],
                    examples=[[example] for example in examples],
                    editable=True,
                    validator=_something_asked,
                    show_progress="minimal",
                    concurrency_limit=8,
                    api_name="chat",
                )
            with gr.Column(scale=2, elem_id="beside"):
                gr.Markdown(I18N("sources"))
                sources.render()
        timer = gr.Timer(1)
        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "undocumented"}
        demo.load(greet, None, [state, timer, sources], **quiet)
        timer.tick(status, None, [state, timer], **quiet)
        follow = chat.chatbot.change(
            _follow, [chat.chatbot, turns], [chat.textbox, turns, sources], queue=False, **quiet
        )
        follow.then(None, js=FOCUS)
    return demo


def launch_options() -> dict[str, Any]:
    """What `Blocks.launch` needs for this page: looks and translations, all served from this machine."""
    theme = gr.themes.Base(primary_hue="sky", neutral_hue="slate", font=FONTS, font_mono=("ui-monospace", "monospace"))
    theme.set(body_text_color_subdued="*neutral_600", input_placeholder_color="*neutral_500")
    theme.set(body_text_color_subdued_dark="*neutral_300", input_placeholder_color_dark="*neutral_400")
    return {
        "theme": theme,
        "css_paths": CSS,
        "js": JS.read_text("utf-8"),
        "app_kwargs": {"middleware": [Middleware(SelfContained)]},
        "i18n": I18N,
        "footer_links": [],
        "quiet": True,
    }


def _examples(paths: Sequence[Path]) -> list[str]:
    """The questions that a corpus folder suggests in its examples.json."""
    files = [path / "examples.json" for path in paths]
    return [question for file in files if file.is_file() for question in json.loads(file.read_text("utf-8"))]


def _parse(arguments: Sequence[str] | None) -> settings.Settings:
    parser = cli.Parser(prog="app.py", description="The yearbook chat in the browser.")
    cli.add_corpus(parser)
    cli.add_index(parser)
    cli.add_model(parser)
    cli.add_writer(parser)
    parser.add_argument("--host", metavar="H", help="the address to listen on; default: 127.0.0.1")
    parser.add_argument("--port", metavar="N", type=int, help="the port to listen on; default: 7860")
    return settings.load(**vars(parser.parse_args(arguments)))


def _open_assistant(config: settings.Settings) -> Callable[[Progress], Assistant]:
    def open_assistant(progress: Progress) -> Assistant:
        from rag.assistant import Assistant  # brings torch and the model: seconds that the page must not wait for

        with cli.progress_bar("preparing the yearbook", "passages") as draw:

            def show(stage: str, done: int, total: int) -> None:
                draw(done, total)
                progress(stage, done, total)

            return Assistant.open(config, show)

    return open_assistant


def serve(arguments: Sequence[str] | None = None) -> None:
    """Serve the page until it is interrupted. Raises ProjectError when a flag is wrong or the assistant can't open."""
    config = _parse(arguments)
    loader = Loader(_open_assistant(config))
    demo = build(loader, _examples(config.corpus_paths), config.llm_model)
    try:
        demo.launch(
            server_name=config.host,
            server_port=config.port,
            share=False,
            ssr_mode=False,
            prevent_thread_lock=True,
            **launch_options(),
        )
    except OSError:
        raise SettingsError(f"port {config.port} on {config.host} is taken or not ours; give another --port") from None
    print(f"http://{config.host}:{config.port}", flush=True)
    loader.start()
    loader.get()
    demo.block_thread()


if __name__ == "__main__":
    sys.exit(cli.run("app.py", serve))
