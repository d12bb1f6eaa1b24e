"""The wire to an OpenAI-compatible endpoint: the one file that knows its library. Limits, retries, cancellation."""

from __future__ import annotations

import asyncio
import os
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from rag.settings import KEY_VARIABLE, Settings

if TYPE_CHECKING:
    import openai

RETRIES = 2
"""On a connection that fails, 429 and 5xx; the library waits in between, and never retries once a token has come."""
TICK = 0.5
"""Seconds after which an empty piece is given while nothing comes, so that whoever reads may stop."""


@dataclass(frozen=True)
class Prompt:
    """What a model is asked: `system` and `user` texts, the most tokens to answer in, and a JSON schema or None."""

    system: str
    user: str
    max_tokens: int
    schema: dict[str, Any] | None = None


@dataclass(frozen=True)
class Piece:
    """The next words of a reply, "" while nothing has come; the last piece carries the server's count of tokens."""

    text: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


Reason = Literal["unreachable", "refused", "busy", "failing", "slow", "garbage", "cut", "context"]


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


class Endpoint(LanguageModel):
    """An OpenAI-compatible server, with the limits of the settings. Safe to share by threads: a reply has its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.name = settings.llm_model

    def stream(self, prompt: Prompt, deadline: float) -> Generator[Piece, None, None]:
        import openai  # noqa: F401  (it takes seconds the first time, which are not the server's)

        with asyncio.Runner() as runner:
            reply = _Reply(self._settings, prompt, deadline)
            try:
                while (piece := runner.run(reply.next())) is not None:
                    yield piece
            finally:
                runner.run(reply.close())


class _Reply:
    """One request on an event loop of its own, which runs only while somebody waits for the next piece."""

    def __init__(self, settings: Settings, prompt: Prompt, deadline: float) -> None:
        self._settings, self._prompt, self._deadline = settings, prompt, deadline
        self._pieces = self._read()
        self._waiting: asyncio.Task[Piece] | None = None
        self._limit = min(time.monotonic() + settings.llm_first_token_seconds, deadline)

    async def next(self) -> Piece | None:
        """The next piece, an empty one after a tick, None at the end."""
        if self._waiting is None:
            self._waiting = asyncio.ensure_future(anext(self._pieces))
        left = self._limit - time.monotonic()
        done, _ = await asyncio.wait({self._waiting}, timeout=max(0.0, min(TICK, left)))
        if not done:
            if left <= TICK:
                raise WriterError("slow", f"{self._settings.llm_model}: nothing came within the time limit")
            return Piece("")
        task, self._waiting = self._waiting, None
        try:
            piece = task.result()
        except StopAsyncIteration:
            return None
        self._limit = min(time.monotonic() + self._settings.llm_between_tokens_seconds, self._deadline)
        return piece

    async def close(self) -> None:
        """Cancels what is under way and closes the connection."""
        if self._waiting is not None:
            self._waiting.cancel()
            await asyncio.wait({self._waiting})
        await self._pieces.aclose()  # type: ignore[attr-defined]

    async def _read(self) -> AsyncIterator[Piece]:
        import openai

        try:
            async with _client(self._settings) as client:
                chunks = await client.chat.completions.create(**_request(self._settings, self._prompt))
                finished = False
                async for chunk in chunks:
                    piece, done = _piece(chunk)
                    finished = finished or done
                    if piece.text or piece.prompt_tokens:
                        yield piece
                if not finished:
                    raise WriterError("cut", f"{self._settings.llm_model}: the reply broke off")
        except openai.APIStatusError as error:
            raise WriterError(_refusal(error.status_code), f"{self._settings.llm_model}: {error.status_code}") from None
        except openai.APIConnectionError as error:
            raise WriterError("unreachable", f"{self._settings.llm_url}: {error}") from None
        except WriterError:
            raise
        except openai.OpenAIError as error:
            raise WriterError("failing", f"{self._settings.llm_model}: {type(error).__name__}") from None
        except (ValueError, AttributeError, TypeError, IndexError, KeyError) as error:  # no JSON, or not of this shape
            raise WriterError("garbage", f"{self._settings.llm_model}: {type(error).__name__}") from None
        except Exception as error:  # whatever the transport raises in the middle of a reply
            raise WriterError("cut", f"{self._settings.llm_model}: {type(error).__name__}") from None


def _client(settings: Settings) -> openai.AsyncOpenAI:
    import openai

    limits = openai.Timeout(None, connect=settings.llm_connect_seconds)
    key = os.environ.get(KEY_VARIABLE) or "none"  # a local server asks for none, the library for something
    return openai.AsyncOpenAI(base_url=settings.llm_url, api_key=key, timeout=limits, max_retries=RETRIES)


def _request(settings: Settings, prompt: Prompt) -> dict[str, Any]:
    messages = [{"role": "system", "content": prompt.system}, {"role": "user", "content": prompt.user}]
    request: dict[str, Any] = {
        "model": settings.llm_model,
        "messages": messages,
        "temperature": settings.llm_temperature,
        "max_tokens": prompt.max_tokens,
        "stream": True,
        "stream_options": {"include_usage": True},
    }
    if prompt.schema and settings.llm_json == "json_object":
        request["response_format"] = {"type": "json_object"}
    elif prompt.schema and settings.llm_json == "json_schema":
        schema = {"name": "reply", "schema": prompt.schema, "strict": True}
        request["response_format"] = {"type": "json_schema", "json_schema": schema}
    return request


def _piece(chunk: Any) -> tuple[Piece, bool]:
    """A chunk's words and token counts, and whether it ends the reply."""
    choice = chunk.choices[0] if chunk.choices else None
    text = (choice.delta.content if choice and choice.delta else None) or ""
    usage = chunk.usage
    counts = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
    return Piece(text, *counts), bool(choice and choice.finish_reason)


def _refusal(status: int) -> Reason:
    if status == 429:
        return "busy"
    return "failing" if status >= 500 else "refused"
