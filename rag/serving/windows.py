"""Whose window is whose: where readers log in, nobody takes part in another one's by its name.

Gradio knows a window by a name that the browser makes up (`session_hash`); who names it reads its answers.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.requests import Request

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope

NAME = "session_hash"
WATCHED = "/gradio_api/heartbeat/"
MOST = 10_000
"""Windows that are remembered; one that was not heard of for that many others is as good as new."""


class Windows:
    """Each window belongs to the user who named it first."""

    def __init__(self) -> None:
        self._users: OrderedDict[str, str] = OrderedDict()

    def are_of(self, user: str, names: list[str]) -> bool:
        """Whether all of them are this user's, as they are from now on where they were nobody's."""
        if any(self._users.get(name, user) != user for name in names):
            return False
        for name in names:
            self._users[name] = user
            self._users.move_to_end(name)
        while len(self._users) > MOST:
            self._users.popitem(last=False)
        return True


async def named(scope: Scope, receive: Receive) -> tuple[list[str], Receive]:
    """The windows that a request names, wherever Gradio looks for them; and a `receive` that gives its body again."""
    names = parse_qs(scope["query_string"].decode("latin-1")).get(NAME, [])
    if scope["path"].startswith(WATCHED):
        names.append(scope["path"].removeprefix(WATCHED).strip("/"))
    if scope["method"] != "POST" or scope["path"].startswith("/gradio_api/upload"):
        return names, receive
    body = await Request(scope, receive).body()
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        said = None
    if isinstance(said, dict) and said.get(NAME) is not None:
        names.append(str(said[NAME]))
    return names, _again(body, receive)


def _again(body: bytes, receive: Receive) -> Receive:
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Any:
        return messages.pop() if messages else await receive()

    return again
