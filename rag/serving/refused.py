"""What is refused, and in which words."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, JSONResponse, Response

if TYPE_CHECKING:
    from starlette.types import Message, Receive

# In both languages: no page, and no chosen language, stands behind most of these.
SAYS = {
    401: "请先登录。 Please log in.",
    403: "这里不接受此请求。 This request is not served here.",
    404: "没有这个地址。 There is nothing at this address.",
    413: "请求太大。 The request is too large.",
    429: "请求过于频繁，请稍候再试。 Too many requests; please wait a moment and try again.",
    503: "服务正在停止，请稍候再试。 The server is stopping; please try again in a moment.",
}
PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width"><title>年鉴问答 · Yearbook Q&amp;A</title></head>
<body style="font-family: system-ui, sans-serif; margin: 3rem auto; max-width: 40rem; padding: 0 1rem">
<h1 style="font-size: 1.2rem">年鉴问答 · Yearbook Q&amp;A</h1><p>{}</p></body></html>"""


class Refused(Exception):
    """A request that goes no further, and the status that says why."""

    def __init__(self, status: int, why: str = "", **headers: str) -> None:
        super().__init__(status)
        self.status, self.why = status, why or SAYS[status]
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    def answer(self, accept: str) -> Response:
        """As a page where a browser opens one, for the page and for programs as JSON."""
        if "text/html" in accept:
            return HTMLResponse(PAGE.format(escape(self.why)), self.status, self.headers)
        return JSONResponse({"detail": self.why}, self.status, self.headers)


def bounded(receive: Receive, most: int) -> Receive:
    """A `receive` that raises Refused when more than `most` bytes come, whatever the request said of its length."""
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise Refused(413)
        return message

    return counted
