"""What readers think of answers, in a file that `python -m eval --feedback` makes gold candidates of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from filelock import FileLock

from rag.types import Answer

LONGEST_REMARK = 2000


@dataclass(frozen=True)
class Rating:
    """A reader's thumb for one answer, and what they have to say about it."""

    answer: Answer
    history: tuple[str, ...]
    thumb: Literal["up", "down"]
    remark: str = ""


def append(file: Path, rating: Rating) -> None:
    """One JSON line more; a remark comes as a second line for the same answer. Raises OSError."""
    answer = rating.answer
    record = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "thumb": rating.thumb,
        "remark": rating.remark[:LONGEST_REMARK],
        "question": answer.question,
        "history": list(rating.history),
        "without": answer.understood.get("without", []),
        "language": answer.language,
        "abstained": answer.abstained,
        "answer": answer.text,
        "citations": [{"number": c.number, "quote": c.quote, **c.unit.to_json()} for c in answer.citations],
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{file}.lock"), file.open("a", encoding="utf-8") as out:
        out.write(json.dumps(record, ensure_ascii=False) + "\n")
