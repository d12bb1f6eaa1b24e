"""What the writer asks of a language model, whoever serves it: a prompt in, pieces out, one error."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any, Literal

Reason = Literal["unreachable", "refused", "busy", "failing", "slow", "garbage", "cut", "context"]


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: `system` and `user` texts, the most tokens to answer in, and a JSON schema or None."""

    system: str
    user: str
    max_tokens: int
    schema: dict[str, Any] | None = None


@dataclass(frozen=True)
class Piece:
    """The next words of a reply, "" while nothing has come. The last pieces carry the server's count of tokens, and
    `unfinished` where the model was stopped, by its token limit say, in the middle of what it had to say."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0
    unfinished: bool = False


class WriterError(Exception):
    """The endpoint gave no usable reply: `reason` is a short code, the message a line for the log without any key."""

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class LanguageModel(ABC):
    """Something that answers a prompt piece by piece."""

    name: str

    @abstractmethod
    def stream(self, prompt: Prompt, deadline: float) -> Generator[Piece, None, None]:
        """The reply's pieces; closing the iterator cancels the request. `deadline` is in `time.monotonic()`.

        Raises WriterError.
        """
