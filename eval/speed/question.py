"""From a question to its answer: over the embedding of the question alone, and what share each stage has."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from eval import dataset
from eval.speed.clock import Figures, Stages, milliseconds, quantile, resident_mb, seconds
from rag.settings import Settings

if TYPE_CHECKING:
    from rag.assistant import Assistant

ROUNDS = 2
COLD = {"zh": "殷勇会见了哪些外资企业？", "en": "Which foreign firms did Yin Yong meet?"}
"""The first question of a process, in each language."""


def measure(settings: Settings) -> Figures:
    """The first question in each language, then all of tune.jsonl, each right after the embedding of its text."""
    from rag.assistant import Assistant

    assistant = Assistant.open(settings)
    cold: Figures = {}
    for language, asked in COLD.items():
        begun = time.perf_counter()
        assistant.ask(asked)
        cold[language] = round(1000 * (time.perf_counter() - begun), 1)
    found = answering(assistant, tune())
    return {**found, "first_question_ms": cold, "resident_mb": resident_mb()}


def tune() -> list[str]:
    """The questions of tune.jsonl that stand on their own."""
    golds = dataset.load([file for file in dataset.gold_files([]) if file.stem == "tune"])
    return [gold.question for gold in golds if not gold.history]


def answering(assistant: Assistant, asked: Sequence[str], rounds: int = ROUNDS) -> Figures:
    """Ratios of the quantiles of answering over those of embedding, the stages' shares of answering, and both in ms.

    Embedding and answering alternate, so that what else the machine does hits both alike; the first round warms up.
    """
    stages = Stages()
    embedding: list[float] = []
    answers: list[float] = []
    for number in range(rounds + 1):
        forget(assistant)
        for text in asked:
            with seconds(embedding):
                assistant.embedder.embed_queries([text])
            with seconds(answers), stages.watching(_stages() if number else []):
                assistant.ask(text)
    embedding, answers = embedding[len(asked) :], answers[len(asked) :]
    again = _again(assistant, asked)
    return {
        "over_one_embedding": {
            name: round(quantile(answers, share) / quantile(embedding, share), 2)
            for name, share in (("p50", 0.5), ("p95", 0.95))
        },
        "asked_again_over_one_embedding": round(quantile(again, 0.5) / quantile(embedding, 0.5), 2),
        "shares": stages.shares(sum(answers)),
        "answer": milliseconds(answers),
        "embedding": milliseconds(embedding),
        "questions": len(answers),
    }


def forget(assistant: Assistant) -> None:
    """Makes the assistant read anew what it was asked before, as questions of other people would be."""
    assistant._read.cache_clear()


def _again(assistant: Assistant, asked: Sequence[str]) -> list[float]:
    """Seconds that each question takes that was asked just before."""
    took: list[float] = []
    for text in asked:
        assistant.ask(text)
        with seconds(took):
            assistant.ask(text)
    return took


def _stages() -> list[tuple[object, str, str]]:
    """The public functions of the pipeline, and the stage that each is."""
    from embeddings.memory import FlatIndex
    from embeddings.model import LocalEmbedder
    from rag import assistant, compose, evidence
    from rag.retriever import Retriever

    return [
        (LocalEmbedder, "read", "embedding"),
        (assistant, "readings", "understanding"),
        (assistant, "enriched", "words by meaning"),
        (FlatIndex, "similarities", "vectors"),
        (Retriever, "score", "scores"),
        (evidence, "gather", "evidence"),
        (compose, "compose", "composing"),
        (compose, "abstain", "composing"),
        (assistant, "faults", "proof"),
    ]
