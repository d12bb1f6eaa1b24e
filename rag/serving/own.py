"""The server's requests to itself: a tool over MCP is answered by Gradio's client, which asks at the server's address.

The reader has passed the guard with the tool's call; the client carries on who it is, and a secret of this process.
"""

from __future__ import annotations

import hmac
import secrets
from typing import TYPE_CHECKING, Any

from gradio_client import Client

if TYPE_CHECKING:
    from starlette.datastructures import Headers

HEADER = "x-yearbook-own"
_SECRET = secrets.token_urlsafe()


def is_own(headers: Headers) -> bool:
    return hmac.compare_digest(headers.get(HEADER, "").encode(), _SECRET.encode())


def let_in() -> None:
    """Makes Gradio's client for tools tell the secret. Needs mcp."""
    import gradio.mcp

    vars(gradio.mcp)["Client"] = _client


def _client(*given: Any, headers: dict[str, str], **more: Any) -> Client:
    return Client(*given, headers={**headers, HEADER: _SECRET}, **more)
