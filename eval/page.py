"""A run as one HTML page that loads nothing from elsewhere: plots, tables, what went wrong, what it was made with."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval import plots
from eval.comparing import NOTE
from eval.run import Run
from eval.scores import intervals, summarise
from eval.tables import ANSWERING, FINDING, LEG_HEADS, TOTAL_HEADS, Scores, cell, failures, leg_rows, total_rows

STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:15px system-ui,sans-serif;margin:2em auto;max-width:75em;padding:0 1em}"
    "table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .6em;text-align:right;white-space:nowrap;"
    "border-bottom:1px solid #8886}td:first-child,th:first-child{text-align:left}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere}.wide{overflow-x:auto}"
    ".plots{display:flex;flex-wrap:wrap;gap:1em 3em}figure{margin:0;width:30em;max-width:100%}"
    "figcaption{font-weight:bold;margin:.5em 0}svg{width:100%;height:auto;display:block}"
)
IN_HISTORY = ("right", "complete", "citation_precision", "mrr@10")
BARS = "a bar without an end mark: all its questions went the same way, so the bootstrap tells nothing of chance"


def page(run: Run, history: Sequence[Mapping[str, Any]]) -> str:
    """`history`: the `scores` over everything, `at` and `commit` of the runs over the same gold and corpus, oldest
    first, this one last. Raises ProjectError where the plotting library is missing."""
    tables = run.tables()
    everything = {**tables["kind"], **tables["all"]}
    parts = [
        f"<p>{escape(_about(run))}</p>",
        _plots({**_by(run, "kind"), **_by(run, "language"), **_history(history)}),
        f"<p>End marks and intervals: 95%, bootstrap over the questions; {BARS}.</p>",
        _table(TOTAL_HEADS, total_rows(run)),
        _legs(run),
        "<h2>Answers</h2>",
        _scores("kind", everything, ANSWERING),
        _scores("language", tables["language"], ANSWERING),
        "<h2>Retrieval</h2>",
        _scores("kind", everything, FINDING),
        _scores("language", tables["language"], FINDING),
        f"<h2>Not right</h2><pre>{escape(failures(run.outcomes)) or 'none'}</pre>",
        f"<h2>Made with</h2><pre>{escape(json.dumps(run.made_with, ensure_ascii=False, indent=1))}</pre>",
    ]
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Evaluation</title>'
        f"<style>{STYLE}</style><h1>Evaluation</h1>{''.join(parts)}</html>\n"
    )


def _about(run: Run) -> str:
    made = run.made_with
    right = sum(outcome.right for outcome in run.outcomes)
    return (
        f"{right} of {len(run.outcomes)} questions right. Gold: {', '.join(made['gold'])}. "
        f"Corpus: {', '.join(made['corpus']['files'])}. {_when(made)}."
    )


def _when(made: Mapping[str, Any]) -> str:
    return " ".join((made["at"][:16].replace("T", " "), "UTC,", made["commit"] or "no commit known"))


def _by(run: Run, group: str) -> dict[str, str]:
    scores, found = run.tables()[group], run.intervals[group]
    rows = {f"{name} ({row['n']})": (row["right"] or 0.0, found[name].get("right")) for name, row in scores.items()}
    return {f"Right, by {group} (of how many questions)": plots.bars(rows)}


def _history(history: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    if len(history) < 2:
        return {}
    labels = [f"{one['at'][:10]}\n{one.get('commit') or one['at'][11:16]}" for one in history]
    rows = {name: [one["scores"].get(name) for one in history] for name in IN_HISTORY}
    return {"Runs over the same gold and corpus, oldest first": plots.lines(labels, rows)}


def _legs(run: Run) -> str:
    """What the run loses without each leg, and which questions."""
    if not run.legs:
        return ""
    lost = "".join(
        f"<p><b>without {leg}</b> no longer right: {escape(', '.join(worth.lost) or 'none')}; "
        f"newly right: {escape(', '.join(worth.gained) or 'none')}</p>"
        for leg, worth in run.worth.items()
    )
    charts = _plots({f"{name}, with one leg left out": _without(run, name) for name in ("right", "mrr@10")})
    return f"<h2>What each leg is worth</h2>{charts}{_table(LEG_HEADS, leg_rows(run))}<p>{NOTE}</p>{lost}"


def _without(run: Run, name: str) -> str:
    runs = {"all legs": run.outcomes, **{f"without {leg}": outcomes for leg, outcomes in run.legs.items()}}
    rows = {what: (summarise(some)[name] or 0.0, intervals(some).get(name)) for what, some in runs.items()}
    return plots.bars(rows)


def _plots(drawn: Mapping[str, str]) -> str:
    figures = (f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>" for title, svg in drawn.items())
    return f'<div class="plots">{"".join(figures)}</div>'


def _scores(title: str, rows: Mapping[str, Scores], heads: Mapping[str, str]) -> str:
    cells = [(name, *(cell(column, scores.get(column)) for column in heads)) for name, scores in rows.items()]
    return _table((title, *heads.values()), cells)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table that scrolls sideways on a narrow screen."""
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join(f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in row)}</tr>" for row in rows)
    return f'<div class="wide"><table><tr>{head}</tr>{body}</table></div>'
