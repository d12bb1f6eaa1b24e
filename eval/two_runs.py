"""Two runs as --json wrote them: read, held against each other, and printed with what else is different."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from eval.comparing import NOTE, Difference, compare
from eval.judge import Outcome
from rag.errors import ProjectError

MADE_WITH = ("corpus", "gold_sha256", "model", "settings", "versions", "commit")
NO_MATTER = ("settings.index", "settings.host", "settings.port", "settings.feedback")
"""Settings that answers don't depend on."""
HEADS = f"{'score':<20} {'n':>5} {'A':>8} {'B':>8} {'B - A':>8}  {'95% interval':<18} {'p':>6}  verdict"


def read_run(path: Path) -> dict[str, Any]:
    """A run as --json or --report wrote it. Raises ProjectError where it is none."""
    try:
        run = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ProjectError(f"{path}: {error.strerror}; give a file that --json wrote") from None
    except ValueError:
        raise ProjectError(f"{path}: is no JSON; give a file that --json wrote") from None
    if not isinstance(run, dict) or not isinstance(run.get("outcomes"), list) or not run["outcomes"]:
        raise ProjectError(f"{path}: holds no questions' outcomes; give a file that --json wrote")
    return run


def screen(a: Mapping[str, Any], b: Mapping[str, Any]) -> str:
    """Run A against run B as it is printed. Raises ProjectError where they have no question in common.

    Another corpus or gold is told, not refused: the same yearbook as a PDF is one, and what pairs two questions is that
    they are the same words.
    """
    found = compare(*([_outcome(data) for data in run["outcomes"]] for run in (a, b)))
    if len(found.only_a) == len(a["outcomes"]):
        raise ProjectError("--compare: the runs have no question in common; give two runs over the same gold")
    unlike = tuple(_unlike(a, b))
    told = {
        "right in B alone": found.gained,
        "right in A alone": found.lost,
        "asked in A alone, left out": found.only_a,
        "asked in B alone, left out": found.only_b,
    }
    lines = [f"note: {note}" for note in _notes(unlike)] + [HEADS, *map(line, found.differences)]
    lines += [NOTE, "", *(f"{what} ({len(names)}): {', '.join(names) or 'none'}" for what, names in told.items())]
    return "\n".join([*lines, "made with other:" if unlike else "made with the same", *(f"  {one}" for one in unlike)])


def line(d: Difference) -> str:
    """One score's difference under HEADS."""
    low, high = d.interval
    return (
        f"{d.name:<20} {d.n:>5} {d.a:>8.3f} {d.b:>8.3f} {d.b - d.a:>+8.3f}  "
        f"{f'[{low:+.3f}, {high:+.3f}]':<18} {d.p:>6.3f}  {d.verdict}"
    )


def _notes(unlike: Sequence[str]) -> list[str]:
    """What may explain a difference although the program is the same."""
    notes = []
    if any(one.startswith("corpus.sha256") for one in unlike):
        notes.append("the runs read other texts; a difference may come from these")
    if any(one.startswith("gold_sha256") for one in unlike):
        notes.append("the gold files are not the same; of a question asked in both, other things may be expected")
    return notes


def _unlike(a: Mapping[str, Any], b: Mapping[str, Any]) -> Iterator[str]:
    """`name: A's value | B's value` of what the runs were made with, where it isn't the same."""
    olds, news = ({name: value for part in MADE_WITH for name, value in _flat(part, run.get(part))} for run in (a, b))
    for name in {**olds, **news}:
        if olds.get(name) != news.get(name) and name not in NO_MATTER:
            yield f"{name}: {_short(olds.get(name))} | {_short(news.get(name))}"


def _flat(name: str, value: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        yield name, value
        return
    for key, inner in value.items():
        yield from _flat(f"{name}.{key}", inner)


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 50 else f"{text[:12]}…"


def _outcome(data: Mapping[str, Any]) -> Outcome:
    known = {field.name for field in fields(Outcome)}
    try:
        return Outcome(**{name: value for name, value in data.items() if name in known})
    except (AttributeError, TypeError):
        raise ProjectError("--compare: an outcome lacks its names; give files that --json wrote") from None
