"""A model behind an OpenAI-compatible embeddings endpoint: a server of one's own with a card, or a hosted one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np

from embeddings import folders
from embeddings.errors import ModelError
from embeddings.model import REMOTE, Embedder, Progress
from embeddings.reading import Reading, Vectors, unit

if TYPE_CHECKING:
    from openai import OpenAI

KEY_VARIABLE = "YEARBOOK_EMBEDDING_KEY"
BATCH = 64
"""Texts in one request."""
SECONDS, RETRIES = 120.0, 4
PROBE = "年鉴"


class RemoteEmbedder(Embedder):
    """`openai+http://host/v1#model`. An endpoint gives the vectors of texts, not of tokens, so words stand for
    themselves and their translations alone. An e5 gets its prompts, any other model the bare text."""

    def __init__(self, name: str, workers: int = 1) -> None:
        address, _, self.model = name.removeprefix(REMOTE).partition("#")
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or not self.model:
            raise ModelError(f"model {name!r}: no endpoint; give one like openai+http://127.0.0.1:8000/v1#model-name")
        if "@" in parts.netloc or parts.query:
            raise ModelError(f"model {name!r}: holds a key or a password; put that into {KEY_VARIABLE}")
        self.name = name
        self.workers = workers
        self._address = address
        self._prompts = folders.default_prompts(self.model)

    @cached_property
    def fingerprint(self) -> str:
        """Of the model's name at the endpoint and its prompts, so that one server may take another's place."""
        return f"endpoint:{self.model}:{'+'.join(self._prompts.values())}"

    @cached_property
    def dimension(self) -> int:
        return len(self.embed_queries([PROBE])[0])

    @cached_property
    def question_mean(self) -> Vectors:
        return np.zeros(self.dimension, np.float32)

    def read(self, question: str) -> Reading:
        return Reading(self.embed_queries([question])[0], np.zeros((0, self.dimension), np.float32), ())

    def embed_words(self, words: Sequence[str]) -> Vectors:
        return np.zeros((len(words), self.dimension), np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed("query", texts, None)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embed("document", texts, progress)

    def _embed(self, role: str, texts: Sequence[str], progress: Progress | None) -> Vectors:
        prompt = self._prompts.get(role, "")
        clean = [prompt + text.strip().encode("utf-8", "replace").decode() for text in texts]
        found: list[Vectors] = []
        if progress:
            progress(0, len(clean))
        with ThreadPoolExecutor(self.workers) as requests:
            batches = [clean[start : start + BATCH] for start in range(0, len(clean), BATCH)]
            for vectors in requests.map(self._request, batches):
                found.extend(vectors)
                if progress:
                    progress(len(found), len(clean))
        return np.array(found, np.float32) if found else np.zeros((0, self.dimension), np.float32)

    def _request(self, texts: list[str]) -> Vectors:
        """(n, dimension) unit vectors of one request's texts. Raises ModelError."""
        import openai

        try:
            reply = self._client.embeddings.create(model=self.model, input=texts, encoding_format="float")
            rows = sorted(reply.data, key=lambda one: one.index)
            vectors = np.array([row.embedding for row in rows], np.float32)
        except openai.OpenAIError as error:
            raise ModelError(f"model {self.name!r}: {folders.first_line(error)}; {self._cure(error)}") from error
        except (ValueError, TypeError, AttributeError) as error:
            raise ModelError(f"model {self.name!r}: what it sent are no vectors ({error}); give another") from error
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise ModelError(f"model {self.name!r}: sent {vectors.shape} for {len(texts)} texts; give another endpoint")
        return unit(vectors)

    def _cure(self, error: Exception) -> str:
        status = getattr(error, "status_code", None)
        if status in (401, 403):
            return f"put its key into {KEY_VARIABLE}"
        return "look whether the server runs there and has that model; what is embedded already may be kept"

    @cached_property
    def _client(self) -> OpenAI:
        import openai

        http = openai.DefaultHttpxClient(follow_redirects=False, trust_env=not is_here(self._address), timeout=SECONDS)
        client = openai.OpenAI(
            base_url=self._address,
            api_key=os.environ.get(KEY_VARIABLE) or "none",  # a local server asks for none, the library for something
            max_retries=RETRIES,
            timeout=SECONDS,
            http_client=http,
        )
        client.organization = client.project = None  # another service's, which the library reads from the environment
        return client


def is_here(url: str) -> bool:
    """Whether a server is on this machine, so that no proxy of the environment may come in between."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
