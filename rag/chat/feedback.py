"""What readers think of answers, in a file that `python -m eval --feedback` makes gold candidates of."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Literal

from filelock import FileLock

from rag.types import Answer

LONGEST_REMARK = 2000
PATIENCE = 10
"""Seconds to wait for another who writes."""
BLOCK = 65_536


@dataclass(frozen=True)
class Rating:
    """A reader's thumb for one answer, and what they have to say about it."""

    answer: Answer
    history: tuple[str, ...]
    thumb: Literal["up", "down"]
    remark: str = ""


def append(file: Path, rating: Rating) -> None:
    """One JSON line more; a remark comes as a second line for the same answer.

    Raises OSError; the file then holds what it held.
    """
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
    line = json.dumps(record, ensure_ascii=False) + "\n"
    file.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{file}.lock", timeout=PATIENCE), file.open("ab+") as out:
        end = _end(out)
        out.truncate(end)
        try:
            out.write(line.encode("utf-8", "backslashreplace"))  # a lone surrogate has no bytes in UTF-8
            out.flush()
        except OSError:
            os.ftruncate(out.fileno(), end)
            raise


def _end(out: BinaryIO) -> int:
    """Where the last whole line ends: a writer that was killed may have left a part of one behind it. A whole one that
    lacks its line end, an editor's say, is given it."""
    tail, at = b"", out.seek(0, os.SEEK_END)
    while at and b"\n" not in tail:
        at, size = max(0, at - BLOCK), min(at, BLOCK)
        out.seek(at)
        tail = out.read(size) + tail
    tail = tail.rpartition(b"\n")[2]
    try:
        json.loads(tail)
    except ValueError:
        return out.seek(0, os.SEEK_END) - len(tail)
    out.write(b"\n")
    return out.seek(0, os.SEEK_END)
