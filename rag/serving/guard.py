"""The door: every request passes it before anything else sees it, and is refused unless all of it holds.

Closed addresses, a foreign page's requests, strangers, who asks too often, and bodies that are too large end here.
"""

from __future__ import annotations

import logging
import threading
import time
import uuid
from base64 import b64decode
from binascii import Error as NotBase64
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from anyio import Lock, to_thread
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect

from rag.serving import own
from rag.serving.counts import Counts
from rag.serving.passwords import Passwords
from rag.serving.refused import SAYS, Refused, bounded
from rag.serving.telling import REQUESTS
from rag.serving.windows import Windows, named
from rag.settings import LOOPBACK, Settings
from rag.shelf import FILES

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY = 16_000_000
"""Bytes of a request that brings no files: what a browser keeps of its conversations is the largest."""
OPEN = ("/healthz", "/gradio_api/startup-events")
"""What needs no log-in: a watcher's question, and Gradio's own to itself as it starts."""
# Of Gradio's addresses those that this page has no use for: they fetch for others, write to disk, or tell on others.
CLOSED = tuple(
    "/monitoring /openapi.json /login /logout /gradio_api/deep_link /gradio_api/proxy= /gradio_api/file= "
    "/gradio_api/file/ /gradio_api/run-history /gradio_api/runs /gradio_api/component_server "
    "/gradio_api/process_recording /gradio_api/stream /gradio_api/vibe /gradio_api/undo-vibe "
    "/gradio_api/profiling /gradio_api/dev".split()
)
GONE = 499
"""In the log, the status of a request whose sender left before all of it was there."""
UPLOAD = "/gradio_api/upload"
HEADERS = {"x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
ID, USER = "x-request-id", "x-yearbook-user"
"""The headers in which a request's id and its user, percent-encoded, reach whoever answers it.

What a client sends there is dropped."""
DROPPED = (USER.encode(), own.HEADER.encode(), b"x-forwarded-host", b"x-gradio-server")
"""What no client may say: with the latter two Gradio would write any address into the page as its own."""
log = logging.getLogger("app")


class Guard:
    """ASGI middleware. `passwords` has who may log in, where a password is what they need."""

    def __init__(
        self, app: ASGIApp, config: Settings, stopping: threading.Event, passwords: Passwords | None = None
    ) -> None:
        self._app = app
        self._stopping = stopping
        self._config = config
        self._passwords = passwords
        self._counts = Counts(config)
        self._guessing = Lock()
        self._windows = Windows()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, name, status = time.perf_counter(), uuid.uuid4().hex, 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers.update({**HEADERS, ID: name})
            await send(message)

        user = ""
        try:
            user = await self._admitted(scope)
            receive = bounded(receive, self._largest(scope))
            if user and not own.is_own(Headers(scope=scope)):
                windows, receive = await named(scope, receive)
                if not self._windows.are_of(user, windows):
                    raise Refused(403)
            headers = MutableHeaders(raw=[pair for pair in scope["headers"] if pair[0] not in DROPPED])
            headers.update({ID: name, **({USER: quote(user)} if user else {})})
            await self._app({**scope, "headers": headers.raw}, receive, told)
        except ClientDisconnect:
            status = status or GONE
        except Refused as refused:
            if status:  # half of an answer is out already
                raise
            await refused.answer(Headers(scope=scope).get("accept", ""))(scope, receive, told)
        finally:
            REQUESTS.labels(status=str(status or 500)).inc()
            facts = {"method": scope["method"], "path": scope["path"].partition("=")[0], "status": status or 500}
            facts |= {"request": name, "user": user}
            log.info("request", extra={**facts, "ms": round((time.perf_counter() - begun) * 1000)})

    async def _admitted(self, scope: Scope) -> str:
        """The user whose request this is, "" where nobody has to log in. Raises Refused."""
        headers, path = Headers(scope=scope), scope["path"]
        if path in OPEN:
            return ""
        if own.is_own(headers):
            return unquote(headers.get(USER, ""))
        self._check_names(headers)
        user = await self._user(headers, _address(scope))
        if path.lower().startswith(CLOSED):
            raise Refused(404)
        if scope["method"] == "POST":
            self._count(scope, headers, user or _address(scope))
        return user

    def _count(self, scope: Scope, headers: Headers, who: str) -> None:
        if self._stopping.is_set():
            raise Refused(503, Retry_After="30")
        if not self._counts.asks(who):
            raise Refused(429, Retry_After="60")
        size = int(headers.get("content-length") or 0)
        if size > self._largest(scope):
            raise Refused(413)
        # What doesn't say how much it is counts as the most.
        if scope["path"].startswith(UPLOAD) and not self._counts.brings(who, size or self._largest(scope)):
            raise Refused(429, Retry_After="3600")

    def _check_names(self, headers: Headers) -> None:
        """A page of another origin may not ask in the name of this page's reader, nor one that took on its address."""
        host = headers.get("host", "")
        hosts = self._config.hosts or (LOOPBACK if self._config.is_private else ())
        if hosts and _name(host) not in hosts:
            raise Refused(403, f"{SAYS[403]} host {_name(host)!r}: start the server with --hosts {_name(host)}")
        if (origin := headers.get("origin")) is not None and urlsplit(origin).netloc.lower() != host.lower():
            raise Refused(403)

    async def _user(self, headers: Headers, address: str) -> str:
        if name := self._config.auth_header:
            given = headers.getlist(name)
            if len(given) == 1 and given[0].strip():  # of two, one may be the client's own
                return given[0].strip()
            raise Refused(401)
        if self._passwords is None:
            return ""
        user, password = _basic(headers)
        if user and self._passwords.known(user, password):
            return user
        challenge = {"WWW_Authenticate": 'Basic realm="Yearbook Q&A", charset="UTF-8"'}
        if not user:
            raise Refused(401, **challenge)
        async with self._guessing:  # one at a time: else many at once would all be the first wrong one
            if not self._counts.may_guess(address):
                raise Refused(429, Retry_After="60")
            if await to_thread.run_sync(self._passwords.right, user, password):
                return user
            self._counts.guessed(address)
        raise Refused(401, **challenge)

    def _largest(self, scope: Scope) -> int:
        files = scope["path"].startswith(UPLOAD)
        return BODY + files * FILES * self._config.upload_mb * 1_000_000


def _basic(headers: Headers) -> tuple[str, str]:
    """User and password of HTTP's Basic scheme (RFC 7617); empty where there are none."""
    scheme, _, given = headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = b64decode(given, validate=True).decode().partition(":")
    except (NotBase64, UnicodeDecodeError):
        return "", ""
    return user, password


def _name(host: str) -> str:
    """The name in a Host header, without its port."""
    try:
        return (urlsplit(f"//{unquote(host)}").hostname or "").lower()
    except ValueError:
        return ""


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown",))[0])
