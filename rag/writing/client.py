"""The wire to an OpenAI-compatible endpoint: the one file that knows its library. Limits, retries, cancellation."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Generator
from typing import TYPE_CHECKING, Any

from embeddings.remote import is_here
from rag.settings import Settings
from rag.writing.model import LanguageModel, Piece, Prompt, Reason, WriterError
from rag.writing.thoughts import Thoughts

if TYPE_CHECKING:
    import openai

RETRIES = 2
"""On a connection that fails, 429 and 5xx; the library waits in between, and never retries once a token has come."""
TICK = 0.5
"""Seconds after which an empty piece is given while nothing comes, so that whoever reads may stop."""
CHARACTERS_A_TOKEN = 16
"""The most that a token is taken to hold: a reply that is longer than was asked for is left."""


class Endpoint(LanguageModel):
    """An OpenAI-compatible server, with the limits of the settings. Safe to share by threads: a reply has its own."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.name = settings.llm_model

    def stream(self, prompt: Prompt, deadline: float) -> Generator[Piece, None, None]:
        import openai  # noqa: F401  (it takes seconds the first time, which are not the server's)

        with asyncio.Runner() as runner:
            # What the transport leaves open when it is hung up on is closed with the loop; its quarrels are nobody's.
            runner.get_loop().set_exception_handler(lambda *_: None)
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
        self._patience = settings.llm_first_token_seconds
        self._room = prompt.max_tokens * CHARACTERS_A_TOKEN

    async def next(self) -> Piece | None:
        """The next piece, an empty one after a tick, None at the end."""
        if self._waiting is None:
            self._waiting = asyncio.ensure_future(anext(self._pieces))
        begun = time.monotonic()
        left = min(self._patience, self._deadline - begun)
        done, _ = await asyncio.wait({self._waiting}, timeout=max(0.0, min(TICK, left)))
        self._patience -= time.monotonic() - begun  # what whoever reads does in between is not the server's time
        if not done:
            if left <= TICK:
                raise WriterError("slow", f"{self._settings.llm_model}: nothing came within the time limit")
            return Piece("")
        task, self._waiting = self._waiting, None
        try:
            piece = task.result()
        except StopAsyncIteration:
            return None
        self._patience = self._settings.llm_between_tokens_seconds
        self._room -= len(piece.text)
        if self._room < 0:
            raise WriterError("garbage", f"{self._settings.llm_model}: the reply is longer than was asked for")
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
                begun, finished, thoughts = False, False, Thoughts()
                async for chunk in chunks:
                    piece, done = _piece(chunk, thoughts)
                    begun, finished = True, finished or done
                    if piece:
                        yield piece
                if not begun:
                    raise WriterError("garbage", f"{self._settings.llm_model}: what came is no reply")
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
    key = settings.llm_key or "none"  # a local server asks for none, the library for something
    http = openai.DefaultAsyncHttpxClient(
        timeout=limits,
        follow_redirects=False,
        trust_env=not is_here(settings.llm_url),
        event_hooks={"response": [_by_status_alone]},
    )
    client = openai.AsyncOpenAI(
        base_url=settings.llm_url, api_key=key, timeout=limits, max_retries=RETRIES, http_client=http
    )
    client.organization = client.project = None  # another service's, which the library reads from the environment
    return client


async def _by_status_alone(response: Any) -> None:
    """A server's own word on whether to try again is not heard: a refusal is one."""
    response.headers.pop("x-should-retry", None)


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


def _piece(chunk: Any, thoughts: Thoughts) -> tuple[Piece | None, bool]:
    """A chunk's words and token counts, "" where the model only thinks, and whether it ends the reply."""
    choice = chunk.choices[0] if chunk.choices else None
    delta = choice.delta if choice else None
    said = (delta.content if delta else None) or ""
    thinks = said or getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None)
    usage, ended = chunk.usage, choice.finish_reason if choice else None
    counts = (usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else (0, 0)
    piece = Piece(thoughts.left_out(said), *counts, unfinished=ended in ("length", "content_filter"))
    return piece if thinks or counts[0] or piece.unfinished else None, bool(ended)


def _refusal(status: int) -> Reason:
    if status == 429:
        return "busy"
    return "failing" if status >= 500 else "refused"
