"""A run as people read it: a table on the screen, the failures, a JSON file, one self-contained HTML page."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from embeddings.errors import ProjectError
from eval.judge import Outcome
from eval.run import Run

COLUMNS = {
    "n": "n",
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr@10": "MRR",
    "ndcg@10": "nDCG",
    "right": "right",
    "complete": "compl",
    "wrong": "wrong",
    "citation_precision": "citP",
    "citation_recall": "citR",
    "list_precision": "listP",
    "list_recall": "listR",
    "abstention_precision": "absP",
    "abstention_recall": "absR",
    "false_abstentions": "falseA",
    "length": "chars",
    "ms": "ms",
    "errors": "err",
}
"""Every score and its heading on the screen; `scores` in the JSON has the long names."""
WHOLE = {"n", "length", "ms", "errors"}
STYLE = (
    "body{font:15px system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .6em;text-align:right;"
    "border-bottom:1px solid #ccc}td:first-child,th:first-child{text-align:left}pre{white-space:pre-wrap}"
)
Scores = Mapping[str, float | int | None]


def table(title: str, rows: Mapping[str, Scores]) -> str:
    """Lines of a table, columns aligned; a score that a group doesn't have is a dash."""
    width = max(len(title), *(len(name) for name in rows))
    heads = f"{title:<{width}} " + " ".join(f"{head:>6}" for head in COLUMNS.values())
    lines = [
        f"{name:<{width}} " + " ".join(f"{cell(column, scores.get(column)):>6}" for column in COLUMNS)
        for name, scores in rows.items()
    ]
    return "\n".join((heads, *lines))


def cell(column: str, value: float | int | None) -> str:
    """One score as it is printed: three decimals, or a whole number for counts, characters and milliseconds."""
    if value is None:
        return "–"
    return f"{value:.0f}" if column in WHOLE else f"{value:.3f}"


def screen(run: Run) -> str:
    """The tables that `python -m eval` prints."""
    tables = run.tables()
    first = table("kind", {**tables["kind"], **tables["all"]})
    total = tables["all"]["all"]
    right = f"right: {cell('', total['right_answerable'])} of the answerable, {cell('', total['right'])} of all"
    errors = [f"{outcome.id} failed: {outcome.error}" for outcome in run.outcomes if outcome.error][:3]
    return "\n\n".join((first, table("language", tables["language"]), "\n".join((right, *errors))))


def failures(outcomes: Iterable[Outcome]) -> str:
    """Every question that did not go right: what was asked, expected and got."""
    return "\n\n".join(_failure(outcome) for outcome in outcomes if not outcome.right)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Writes the file, folders made as needed. Raises ProjectError when it can't be written."""
    _write(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")


def write_report(folder: Path, run: Run) -> None:
    """report.json and report.html in the folder. Raises ProjectError when they can't be written."""
    write_json(folder / "report.json", run.to_json())
    _write(folder / "report.html", page(run))


def page(run: Run) -> str:
    """The run as one HTML page that loads nothing from elsewhere."""
    tables = run.tables()
    bodies = [_html_table("kind", {**tables["kind"], **tables["all"]}), _html_table("language", tables["language"])]
    made = escape(json.dumps(run.made_with, ensure_ascii=False, indent=1))
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title><style>{STYLE}</style>'
        f"<h1>Evaluation</h1>{''.join(bodies)}<h2>Not right</h2><pre>{escape(failures(run.outcomes))}</pre>"
        f"<h2>Made with</h2><pre>{made}</pre></html>\n"
    )


def _html_table(title: str, rows: Mapping[str, Scores]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in (title, *COLUMNS.values()))
    body = "".join(
        f"<tr><td>{escape(name)}</td>{''.join(f'<td>{cell(c, scores.get(c))}</td>' for c in COLUMNS)}</tr>"
        for name, scores in rows.items()
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _failure(outcome: Outcome) -> str:
    lines = [f"{outcome.id}: {outcome.question}", f"  why       {'; '.join(_reasons(outcome))}"]
    lines += [f"  expected  {' | '.join(item)}" for item in outcome.missing]
    lines.append("  got       " + ("(abstained) " if outcome.abstained else "") + outcome.answer.replace("\n", " ⏎ "))
    return "\n".join([*lines, "  cited     " + "; ".join(outcome.cited)])


def _reasons(outcome: Outcome) -> list[str]:
    if outcome.error:
        return [outcome.error]
    if not outcome.answerable:
        return ["answered what has no answer" if outcome.wrong else "an abstention with citations"]
    checks = {
        "abstained": outcome.abstained,
        f"says {outcome.said_forbidden}": outcome.wrong,
        f"{len(outcome.missing)} expected not said": bool(outcome.missing),
        f"citation recall {cell('', outcome.citation_recall)}": outcome.citation_recall != 1,
        f"citation precision {cell('', outcome.citation_precision)}": (outcome.citation_precision or 0) < 0.5,
        f"{outcome.length} characters beyond quotes": not outcome.short,
    }
    return [reason for reason, bad in checks.items() if bad]


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ProjectError(f"{path}: can't be written ({error.strerror}); give another path") from None
