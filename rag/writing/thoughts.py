"""What a reasoning model thinks before it answers, where its server sends that as part of the reply."""

from __future__ import annotations

_OPENED, _CLOSED = "<think>", "</think>"


class Thoughts:
    """Takes the thoughts out of one reply while it arrives."""

    def __init__(self) -> None:
        self._held = ""
        self._begun = self._over = False

    def left_out(self, text: str) -> str:
        """The next words without what is thought; "" as long as it can't be told which they are."""
        if self._over:
            return text
        self._held += text
        start = self._held.lstrip()
        if not self._begun and _OPENED.startswith(start[: len(_OPENED)]):
            self._begun = len(start) >= len(_OPENED)
        elif not self._begun:
            return self._say(self._held)
        _, closed, answer = self._held.partition(_CLOSED)
        return self._say(answer.lstrip()) if closed else ""

    def _say(self, text: str) -> str:
        self._over, self._held = True, ""
        return text
