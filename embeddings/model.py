"""The embedding model: what a question and a passage need of it, and any sentence-transformers model as one."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from embeddings import bundled, folders, pool
from embeddings.errors import ModelError
from embeddings.reading import PLAIN_QUESTIONS, Places, Reading, Vectors, own_tokens, unit

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

Progress = Callable[[int, int], None]
REMOTE = "openai+"
BATCH = 16
"""Measured on two cores: 16 texts of a few hundred tokens stay in the caches and beat 32 by a quarter or more."""
SHARE = 4
"""Batches for each process between two words of the progress."""
WORDS = 128
"""Words that are embedded at a time."""
LONGEST_PIECE = 64
"""Characters that one token may stand for, generously: a text is cut to so many before it is tokenized."""


def load(name: str = bundled.NAME, workers: int = 1) -> Embedder:
    """The model of that name: 'bundled', a hub name, a folder, or an endpoint as `openai+http://host/v1#model`. Finds
    its files, loads no weights yet. `workers`: processes, or requests at a time, that embed passages.

    Raises ModelError when there is no such model or the bundled one can't be built.
    """
    if name.startswith(REMOTE):
        from embeddings.remote import RemoteEmbedder

        return RemoteEmbedder(name, workers)
    return LocalEmbedder(name, folders.find(name), workers)


class Embedder(ABC):
    """Turns queries and passages into unit vectors. Safe to share between threads. Everything raises ModelError when
    the model can't be loaded or doesn't answer."""

    name: str

    @property
    @abstractmethod
    def fingerprint(self) -> str:
        """Identifies what makes the vectors: two models with one fingerprint give the same."""

    @property
    @abstractmethod
    def dimension(self) -> int:
        """The vectors' length."""

    @property
    @abstractmethod
    def question_mean(self) -> Vectors:
        """(dimension,) what the tokens of all questions have in common; zeros where the model gives no tokens."""

    @abstractmethod
    def read(self, question: str) -> Reading:
        """The query's vector and its tokens'."""

    @abstractmethod
    def embed_words(self, words: Sequence[str]) -> Vectors:
        """(n, dimension) float32: each word by itself, the mean of its tokens' unit vectors, to hold the tokens of a
        question against; zeros where the model gives no tokens."""

    @abstractmethod
    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32 unit vectors."""

    @abstractmethod
    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """(n, dimension) float32 unit vectors in the texts' order; `progress(done, total)` after every batch."""

    def warm_up(self) -> None:
        """Gets ready, so that the first question need not wait."""
        self.question_mean  # noqa: B018

    def rest(self) -> None:  # noqa: B027
        """Lets go of what only many passages need."""


class LocalEmbedder(Embedder):
    """A sentence-transformers model on this machine; one batch runs at a time."""

    def __init__(self, name: str, folder: Path, workers: int = 1) -> None:
        self.name = name
        self.folder = folder
        self.workers = workers
        self.prompts = folders.prompts(name, folder)
        self._loading = threading.Lock()
        self._running = threading.Lock()
        self._loaded: SentenceTransformer | None = None
        self._light: Tokenizer | None = None
        self._processes: Any = None

    @cached_property
    def fingerprint(self) -> str:
        """Of weights, tokenizer and prompts; read from the files, without loading the model."""
        return folders.fingerprint(self.name, self.folder)

    @cached_property
    def dimension(self) -> int:
        """The vectors' length; loads the model."""
        return int(self._model.get_embedding_dimension() or 0)

    @cached_property
    def max_tokens(self) -> int:
        """The longest input in tokens, prompt and special tokens included; what is longer is cut."""
        return folders.max_tokens(self.folder) or int(self._model.max_seq_length or 512)

    @cached_property
    def passage_tokens(self) -> int:
        """How many of `count_tokens`' tokens a passage may have so that nothing of it is cut."""
        prompt = self.prompts.get("document", "")
        return self.max_tokens - self._count([prompt], special=True)[0]

    @cached_property
    def question_mean(self) -> Vectors:
        tokens = np.concatenate([self.read(question).tokens for question in PLAIN_QUESTIONS])
        return tokens.mean(0) if len(tokens) else np.zeros(self.dimension, np.float32)

    def read(self, question: str) -> Reading:
        text = _cleaned(question, self.max_tokens * LONGEST_PIECE)
        found = self._features([text], "query")[0]
        tokens, places = self._tokens(text, "query", found)
        return Reading(unit(found["sentence_embedding"]), tokens, places)

    def embed_words(self, words: Sequence[str]) -> Vectors:
        vectors = np.zeros((len(words), self.dimension), np.float32)
        order = sorted(range(len(words)), key=lambda number: len(words[number]))
        for start in range(0, len(order), WORDS):
            batch = order[start : start + WORDS]
            for number, found in zip(batch, self._features([words[n] for n in batch], "document"), strict=True):
                tokens, _ = self._tokens(words[number], "document", found)
                if len(tokens):
                    vectors[number] = tokens.mean(0)
        return vectors

    def _features(self, texts: list[str], role: str) -> list[dict[str, Any]]:
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        with self._running:
            found: Any = encode(
                texts,
                prompt=self.prompts.get(role),
                batch_size=len(texts),
                output_value=None,
                show_progress_bar=False,
            )
        return list(found)

    def _tokens(self, text: str, role: str, found: dict[str, Any]) -> tuple[Vectors, Places]:
        prompt = self.prompts.get(role) or ""
        return own_tokens(self._model.tokenizer, prompt, text, found)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed("query", texts, None)

    def embed_passages(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        return self._embed("document", texts, progress)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without prompt and special tokens and uncut; loads no weights where it can."""
        return self._count(texts, special=False)

    def _embed(self, role: str, texts: Sequence[str], progress: Progress | None) -> Vectors:
        clean = [_cleaned(text, self.max_tokens * LONGEST_PIECE) for text in texts]
        if progress:
            progress(0, len(clean))
        vectors = np.zeros((len(clean), self.dimension), np.float32)
        processes = self._pool if role == "document" and self.workers > 1 and len(clean) > BATCH else None
        step = BATCH if processes is None else BATCH * SHARE * self.workers
        encode = self._model.encode_query if role == "query" else self._model.encode_document
        # Texts of about one length make a batch, so that little of it is padding; longest first, so that memory
        # runs out at the start or never.
        order = sorted(range(len(clean)), key=lambda number: -len(clean[number].encode()))
        for start in range(0, len(order), step):
            batch = order[start : start + step]
            with self._running:
                found: Any = encode(
                    [clean[number] for number in batch],
                    prompt=self.prompts.get(role),
                    batch_size=BATCH,
                    show_progress_bar=False,
                    pool=processes,
                    chunk_size=BATCH,
                )
            vectors[batch] = unit(found)  # here, since a length in bfloat16 would be off by some thousandths
            if progress:
                progress(start + len(batch), len(clean))
        return vectors

    def _count(self, texts: Sequence[str], special: bool) -> list[int]:
        if not texts:
            return []  # the library's tokenizers stumble over an empty batch
        clean = [_cleaned(text, None) for text in texts]
        light = self._light_tokenizer()
        if light:
            return [len(encoding) for encoding in light.encode_batch_fast(clean, add_special_tokens=special)]
        with self._running:
            found = self._model.tokenizer(clean, add_special_tokens=special, truncation=False, verbose=False)
        return [len(ids) for ids in found["input_ids"]]

    def _light_tokenizer(self) -> Tokenizer | None:
        """The tokenizer without the library around it, as long as the model itself isn't there."""
        with self._loading:
            path = self.folder / "tokenizer.json"
            if self._loaded is None and self._light is None and path.is_file():
                from tokenizers import Tokenizer

                self._light = Tokenizer.from_file(str(path))
                self._light.no_truncation()
                self._light.no_padding()
            return self._light

    @property
    def _pool(self) -> Any:
        if self._processes is None:
            self._processes = pool.start(self._model, self.workers)
        return self._processes

    def rest(self) -> None:
        if self._processes is not None:
            self._model.stop_multi_process_pool(self._processes)
            self._processes = None

    @property
    def _model(self) -> SentenceTransformer:
        with self._loading:
            if self._loaded is None:
                self._loaded = self._load()
                self._light = None  # the model brings its own
            return self._loaded

    def _precision(self) -> str:
        """bfloat16 where the processor computes in it, which is nearly twice as quick, and the model is the bundled
        one, of which it was measured that it finds the same (README, "How fast it is")."""
        import torch

        able = torch.cpu.get_capabilities()
        quick = any(able.get(name) for name in ("avx512_bf16", "amx_bf16"))
        return "bfloat16" if quick and self.name == bundled.NAME else "float32"

    def _load(self) -> SentenceTransformer:
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        try:
            return SentenceTransformer(
                str(self.folder),
                prompts=self.prompts or None,
                local_files_only=True,  # nothing is looked up on a hub
                trust_remote_code=False,
                model_kwargs={"dtype": self._precision()},
            )
        except Exception as error:  # whatever a broken or foreign folder makes the libraries raise
            cure = "delete the folder, it is built anew" if self.name == bundled.NAME else "give another model"
            reason = folders.first_line(error)
            raise ModelError(f"model {self.name!r} in {self.folder}: can't be loaded ({reason}); {cure}") from error


def _cleaned(text: str, longest: int | None) -> str:
    """The text without outer space (the library strips it too), cut, and encodable: half surrogate pairs become ?."""
    return text.strip()[:longest].encode("utf-8", "replace").decode("utf-8")
