"""A question as the model reads it: not only its vector, but each token's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]
Places = tuple[tuple[int, int], ...]
PLAIN_QUESTIONS = (
    "Which companies did the mayor meet, and when?",
    "How many people attended the opening ceremony?",
    "Where was the training course held?",
    "Who signed the agreement with the city of Paris?",
    "What is the name of the hotel?",
    "Why was the meeting cancelled?",
    "哪些企业参加了论坛？",
    "活动是什么时候在哪里举办的？",
    "一共有多少人获奖？",
    "投资金额是多少？",
    "这项工作取得了什么成果？",
    "新建了几所学校和医院？",
)
"""Questions about nothing in particular: the mean of their tokens is what all questions' tokens have in common."""


@dataclass(frozen=True, eq=False)
class Reading:
    """A question as the model reads it: its unit vector (dimension,), and for each token of the text a unit vector
    (tokens, dimension) with its place there, (first, past the last); no tokens where the model gives none."""

    vector: Vectors
    tokens: Vectors
    places: Places


def own_tokens(tokenizer: Any, prompt: str, text: str, features: dict[str, Any]) -> tuple[Vectors, Places]:
    """The unit vectors of a text's own tokens, without the prompt's and the special ones, and their places in it.

    `features` is what sentence-transformers gives for prompt and text with `output_value=None`; nothing where it has
    no token vectors, or the tokenizer can't tell places.
    """
    if "token_embeddings" not in features or not getattr(tokenizer, "is_fast", False):
        return np.zeros((0, len(features["sentence_embedding"])), np.float32), ()
    places = tokenizer(prompt + text, truncation=True, return_offsets_mapping=True)["offset_mapping"]
    start = len(prompt)
    own = [number for number, (first, last) in enumerate(places) if last > first and last > start]
    vectors = unit(features["token_embeddings"][own])
    return vectors, tuple((max(0, places[number][0] - start), places[number][1] - start) for number in own)


def unit(vectors: Any) -> Vectors:
    """Vectors, or one, of a tensor or an array, at length 1."""
    found = np.asarray(vectors.float().cpu().numpy() if hasattr(vectors, "cpu") else vectors, np.float32)
    lengths = np.maximum(np.linalg.norm(found, axis=-1, keepdims=True), 1e-12)
    return np.asarray(found / lengths, np.float32)
