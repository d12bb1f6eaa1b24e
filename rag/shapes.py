"""Answers and hits as JSON, under the names that commands and programs rely on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rag.types import Answer, Hit


def answer_json(identity: Any, answer: Answer) -> dict[str, Any]:
    """What `ask` gives."""
    citations = [{"number": c.number, "quote": c.quote, **c.unit.to_json()} for c in answer.citations]
    return {
        "id": identity,
        "question": answer.question,
        "answer": answer.text,
        "language": answer.language,
        "abstained": answer.abstained,
        "citations": citations,
        "understood": answer.understood,
        "ms": answer.ms,
        **({"writer": answer.writer.to_json()} if answer.writer else {}),
    }


def search_json(identity: Any, hits: Sequence[Hit], ms: float) -> dict[str, Any]:
    """What `search` gives; `ms` are milliseconds."""
    return {
        "id": identity,
        "hits": [{"score": hit.score, **hit.unit.to_json()} for hit in hits],
        "ms": round(ms, 1),
    }
