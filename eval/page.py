"""A run as one HTML page that loads nothing from elsewhere: plots, tables, what went wrong, what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval import plots
from eval.run import Run
from eval.tables import ANSWERING, FINDING, Scores, cell, failures

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:15px system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .6em;text-align:right;"
    "border-bottom:1px solid #8886}td:first-child,th:first-child{text-align:left}"
    "td:first-child{white-space:nowrap}pre{white-space:pre-wrap;overflow-wrap:anywhere}.wide{overflow-x:auto}svg{max-width:100%;min-width:32em;height:auto;display:block}"
)
IN_HISTORY = ("right", "complete", "citation_precision", "mrr@10")


def page(run: Run, history: Sequence[Mapping[str, Any]]) -> str:
    """`history`: the `scores` (all, over everything) and `at` of the runs over the same gold, oldest first, this one
    last. Raises ProjectError where the plotting library is missing."""
    tables = run.tables()
    everything = {**tables["kind"], **tables["all"]}
    parts = [
        _wide(_by("Right, by kind", run, "kind")),
        _wide(_by("Right, by language", run, "language")),
        _wide(_history(history)),
        _cost(run),
        "<h2>Answers</h2>",
        _table("kind", everything, ANSWERING),
        _table("language", tables["language"], ANSWERING),
        "<h2>Retrieval</h2>",
        _table("kind", everything, FINDING),
        _table("language", tables["language"], FINDING),
        f"<h2>Not right</h2><pre>{escape(failures(run.outcomes))}</pre>",
        f"<h2>Made with</h2><pre>{escape(json.dumps(run.made_with, ensure_ascii=False, indent=1))}</pre>",
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Evaluation</title>'
        f"<style>{STYLE}</style><h1>Evaluation</h1>{''.join(parts)}</html>\n"
    )


def _by(title: str, run: Run, group: str) -> str:
    found = run.intervals[group]
    scores = {name: row["right"] for name, row in run.tables()[group].items()}
    return plots.bars(
        f"{title}, with 95% bootstrap intervals",
        {
            f"{name} (n={run.tables()[group][name]['n']})": (value or 0.0, found[name].get("right"))
            for name, value in scores.items()
        },
    )


def _history(history: Sequence[Mapping[str, Any]]) -> str:
    if len(history) < 2:
        return ""
    labels = [one["at"][:16].replace("T", " ") for one in history]
    rows = {name: [one["scores"].get(name) for one in history] for name in IN_HISTORY}
    return plots.lines("Runs over the same gold, oldest first", labels, rows)


def _cost(run: Run) -> str:
    """What each leg is worth: the share right without it."""
    if not run.legs:
        return ""
    whole = run.tables()["all"]["all"]
    rows = {"all legs": whole, **{f"without {leg}": scores for leg, scores in run.legs.items()}}
    chart = plots.bars(
        "Right, with one leg left out", {name: (row["right"] or 0.0, None) for name, row in rows.items()}
    )
    found = "".join(_table("run", rows, columns) for columns in (ANSWERING, FINDING))
    return f"<h2>What each leg is worth</h2>{_wide(chart)}{found}"


def _table(title: str, rows: Mapping[str, Scores], columns: Mapping[str, str]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in (title, *columns.values()))
    body = "".join(
        f"<tr><td>{escape(name)}</td>{''.join(f'<td>{cell(c, scores.get(c))}</td>' for c in columns)}</tr>"
        for name, scores in rows.items()
    )
    return _wide(f"<table><tr>{head}</tr>{body}</table>")


def _wide(content: str) -> str:
    """What scrolls sideways on a narrow screen."""
    return f'<div class="wide">{content}</div>'
