"""Gold candidates from what readers thought of answers: drafts that a person completes and `--check` then proves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.dataset import GoldError

Record = Mapping[str, Any]
"""One line of the chat's feedback file (rag/chat/feedback.py)."""


def read(file: Path) -> list[Record]:
    """What the file holds, the last word on each answer: a remark's line takes the place of its thumb's.

    Raises GoldError naming file and line.
    """
    try:
        lines = file.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise GoldError(f"feedback file {file}: {error.strerror or error}; give --feedback the chat's file") from None
    last: dict[str, Record] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            asked = json.dumps([record["question"], record["history"], record["answer"]])
        except (json.JSONDecodeError, KeyError, TypeError):
            if number == len(lines):
                break  # what no line end closes: its writer was killed, and the next to write takes it away
            raise GoldError(f"{file}:{number}: no line of the chat's feedback file; take it out") from None
        last[asked] = record
    return list(last.values())


def candidates(records: Iterable[Record]) -> list[dict[str, Any]]:
    """One gold pair for each answer, in the file's order, with a note on what the reader thought.

    A thumb up takes the answer's citations for what is right. A thumb down knows only what was asked: `expect` and
    `units` stay empty, and the format refuses the pair until somebody fills them in or makes it unanswerable.
    """
    return [_candidate(number, record) for number, record in enumerate(records, 1)]


def _candidate(number: int, record: Record) -> dict[str, Any]:
    up = record["thumb"] == "up"
    cited = record["citations"] if up else []
    keys = list(dict.fromkeys(_key(citation) for citation in cited))
    said = f"; {record['remark']}" if record["remark"] else ""
    left_out = f"; asked without {', '.join(record['without'])}" if record.get("without") else ""
    return {
        "id": f"feedback-{number:03}",
        "kind": _kind(record, keys),
        "language": record["language"],
        "question": record["question"],
        "history": record["history"],
        "answerable": not (up and record["abstained"]),
        "expect": list(dict.fromkeys((citation["quote"],) for citation in cited)),
        "forbid": [],
        "units": [[key] for key in keys],
        "needed": len(keys),
        "note": f"thumb {record['thumb']}{said}{left_out}; the answer was: {record['answer']}",
    }


def _key(citation: Mapping[str, Any]) -> str:
    """The key that names a cited unit (eval/gold/README.md)."""
    if citation["kind"] == "entry":
        return str(citation["title"])
    if citation["kind"] == "row":
        return "/".join(filter(None, (citation["table"], citation["date"], citation["activity"])))
    return f"{citation['kind']}/{citation['text'][:30]}"


def _kind(record: Record, keys: list[str]) -> str:
    """The kind of question as far as the record tells; a person may know better."""
    if record["thumb"] == "up" and record["abstained"]:
        return "unanswerable"
    if record["history"]:
        return "followup"
    if len(keys) > 1:
        return "list"
    if any(citation["kind"] == "row" for citation in record["citations"]):
        return "row"
    return f"fact_{record['language']}"
