"""A run as it is printed: tables with their intervals, and the failures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eval.judge import Outcome
from eval.run import Run

FINDING = {
    "n": "n",
    "recall@1": "R@1",
    "recall@5": "R@5",
    "recall@10": "R@10",
    "mrr@10": "MRR",
    "ndcg@10": "nDCG",
}
"""What retrieval is scored by, with each score's heading; the JSON has the long names."""
ANSWERING = {
    "n": "n",
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
"""What answers are scored by."""
WHOLE = {"n", "length", "ms", "errors"}
Scores = Mapping[str, float | int | None]


def table(title: str, rows: Mapping[str, Scores], columns: Mapping[str, str]) -> str:
    """Lines of a table, columns aligned; a score that a group doesn't have is a dash."""
    width = max(len(title), *(len(name) for name in rows))
    heads = f"{title:<{width}} " + " ".join(f"{head:>6}" for head in columns.values())
    lines = [
        f"{name:<{width}} " + " ".join(f"{cell(column, scores.get(column)):>6}" for column in columns)
        for name, scores in rows.items()
    ]
    return "\n".join((heads, *lines))


def cell(column: str, value: float | int | None) -> str:
    """One score as it is printed: three decimals, or a whole number for counts, characters and milliseconds."""
    if value is None:
        return "–"
    return f"{value:.0f}" if column in WHOLE else f"{value:.3f}"


def screen(run: Run) -> str:
    """The tables that `python -m eval` prints, and how far the scores over everything may be chance."""
    tables = run.tables()
    whole = {**tables["kind"], **tables["all"]}
    parts = [
        table("answers", whole, ANSWERING),
        table("language", tables["language"], ANSWERING),
        table("retrieval", whole, FINDING),
        table("language", tables["language"], FINDING),
    ]
    if run.legs:
        rows = {"all legs": tables["all"]["all"], **{f"without {leg}": scores for leg, scores in run.legs.items()}}
        parts.append(table("legs", rows, {**ANSWERING, "mrr@10": "MRR"}))
    total = tables["all"]["all"]
    right = f"right: {cell('', total['right_answerable'])} of the answerable, {cell('', total['right'])} of all"
    errors = [f"{outcome.id} failed: {outcome.error}" for outcome in run.outcomes if outcome.error][:3]
    return "\n\n".join((*parts, _chance(run), "\n".join((right, *errors))))


def _chance(run: Run) -> str:
    found = run.intervals["all"]["all"]
    named = [(name, found[name]) for name in (*FINDING, *ANSWERING) if name in found and name not in WHOLE]
    cells = [f"{name} [{low:.3f}, {high:.3f}]" for name, (low, high) in named]
    rows = [", ".join(cells[at : at + 3]) for at in range(0, len(cells), 3)]
    return "\n".join(("95% bootstrap intervals over all questions:", *(f"  {row}" for row in rows)))


def failures(outcomes: Iterable[Outcome]) -> str:
    """Every question that did not go right: what was asked, expected and got."""
    return "\n\n".join(_failure(outcome) for outcome in outcomes if not outcome.right)


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
