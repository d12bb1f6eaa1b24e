"""What `Blocks.launch` needs for this page: looks and translations, all served from this machine."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from starlette.middleware import Middleware

from rag.chat.languages import ChosenLanguage
from rag.chat.wording import I18N
from rag.serving.guard import Guard
from rag.serving.passwords import Passwords
from rag.settings import Settings, load

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FONTS = ("system-ui", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")
CSS = sorted(Path(__file__).parent.glob("*.css"))
# Gradio's page is made of inline scripts and styles, and evaluates the js of its events.
POLICY = (
    "default-src 'self'; script-src 'self' blob: 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
)


class SelfContained:
    """Whatever a question or a document holds, an image's address say, the browser fetches nothing from elsewhere."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
            await send(message)

        await self._app(scope, receive, send_with_policy)


def launch_options(config: Settings | None = None, stopping: threading.Event | None = None) -> dict[str, Any]:
    """The arguments of `launch` that are the page's own; with `stopping` set the server takes nothing new.

    Raises SettingsError where the file of users is no such file.
    """
    config = config or load()
    users = Passwords(config.auth_file) if config.auth_file else None
    guard = Middleware(Guard, config=config, stopping=stopping or threading.Event(), passwords=users)
    theme = gr.themes.Base(primary_hue="sky", neutral_hue="slate", font=FONTS, font_mono=("ui-monospace", "monospace"))
    theme.set(body_text_color_subdued="*neutral_600", input_placeholder_color="*neutral_600")
    theme.set(body_text_color_subdued_dark="*neutral_300", input_placeholder_color_dark="*neutral_300")
    return {
        "theme": theme,
        "css_paths": CSS,
        "app_kwargs": {"middleware": [Middleware(SelfContained), guard, Middleware(ChosenLanguage)]},
        "i18n": I18N,
        "footer_links": [],
        "quiet": True,
        "enable_monitoring": False,
        "run_history": False,
    }
