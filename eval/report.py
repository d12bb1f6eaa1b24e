"""A run's files: its JSON, and a folder with the same, a page and the history of the runs reported there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from embeddings.errors import ProjectError
from eval.page import page
from eval.run import Run

HISTORY = "history.jsonl"


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes the file, folders made as needed. Raises ProjectError when it can't be written."""
    _write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_report(folder: Path, run: Run) -> None:
    """report.json, report.html and one more line of history.jsonl in the folder. Raises ProjectError when they can't be
    written or the history there is none."""
    data = run.to_json()
    line = {"at": data["at"], "gold": data["gold"], "scores": data["scores"]["all"]["all"]}
    history = [*_history(folder / HISTORY), line]
    text = page(run, [one for one in history if one["gold"] == line["gold"]])
    write_json(folder / "report.json", data)
    _write(folder / "report.html", text)
    _write(folder / HISTORY, "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in history))


def _history(path: Path) -> list[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        return [{"at": one["at"], "gold": one["gold"], "scores": one["scores"]} for one in found]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, TypeError):
        raise ProjectError(f"{path}: is no history of reports; move it away") from None


def _write(path: Path, text: str) -> None:
    """The whole file or the old one."""
    unfinished = path.with_name(path.name + ".unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        raise ProjectError(f"{path}: can't be written ({error.strerror}); give another path") from None
