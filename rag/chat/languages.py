"""The page in the language that its reader chose: a cookie that stands for the language of the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import gradio as gr
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "language"
LOCALES = {"zh": "zh-CN", "en": "en"}
"""The languages, by the names under which Gradio knows them."""
# The conversation is kept in the browser, so that a reload loses nothing.
SWITCH = f"""() => {{
  const next = navigator.language.startsWith("zh") ? "en" : "zh";
  document.cookie = `{COOKIE}=${{next}}; path=/; max-age=31536000; SameSite=Strict`;
  location.reload();
}}"""


def wire_languages(switch: gr.Button) -> None:
    """Makes a button change the language."""
    switch.click(None, js=SWITCH)


class ChosenLanguage:
    """Tells server and page the chosen language where they look for the browser's: in the header of each request, and
    in `navigator.language`, which Gradio reads once, as the page starts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        chosen = _chosen(scope)
        if chosen is None:
            await self._app(scope, receive, send)
            return
        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["accept-language"] = chosen
        if "text/html" in headers.get("accept", ""):
            headers["accept-encoding"] = "identity"
            send = _speaking(chosen, send)
        await self._app({**scope, "headers": headers.raw}, receive, send)


def _chosen(scope: Scope) -> str | None:
    if scope["type"] != "http":
        return None
    # Not by http.cookies, which raises at what another server of the same host may have left.
    chosen = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE)
    return chosen if chosen in LOCALES else None


def _speaking(language: str, send: Send) -> Send:
    """A `send` that puts a line of script in front of everything else in an HTML page."""
    says = f'Object.defineProperty(navigator, "language", {{ value: "{LOCALES[language]}" }})'
    start: Message = {}

    async def send_page(message: Message) -> None:
        nonlocal start
        if message["type"] == "http.response.start":
            start = message
            return
        if start:
            body = message.get("body", b"").replace(b"<head>", f"<head><script>{says}</script>".encode(), 1)
            headers = MutableHeaders(raw=list(start["headers"]))
            if "content-length" in headers and not message.get("more_body"):
                headers["content-length"] = str(len(body))
            await send({**start, "headers": headers.raw})
            start, message = {}, {**message, "body": body}
        await send(message)

    return send_page
