"""A run as it is printed: tables with their intervals, and the failures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eval.comparing import NOTE
from eval.judge import Outcome
from eval.run import Run
from eval.scores import Interval, bearing, columns

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
TOTAL_HEADS = ("over all questions", "short", "n", "score", "95% interval")
LEG_HEADS = ("left out", "score", "with", "without", "change", "95% interval", "p", "verdict")
OF_A_LEG = ("right", "citation_precision", "false_abstentions", "mrr@10")
"""The scores by which a leg's worth is shown; the JSON has all."""
Scores = Mapping[str, float | int | None]


def table(title: str, rows: Mapping[str, Scores], heads: Mapping[str, str]) -> str:
    """Lines of a table, columns aligned; a score that a group doesn't have is a dash."""
    width = max(len(title), *(len(name) for name in rows))
    top = f"{title:<{width}} " + " ".join(f"{head:>6}" for head in heads.values())
    lines = [
        f"{name:<{width}} " + " ".join(f"{cell(column, scores.get(column)):>6}" for column in heads)
        for name, scores in rows.items()
    ]
    return "\n".join((top, *lines))


def cell(column: str, value: float | int | None) -> str:
    """One score as it is printed: three decimals, or a whole number for counts, characters and milliseconds."""
    if value is None:
        return "–"
    return f"{value:.0f}" if column in WHOLE else f"{value:.3f}"


def screen(run: Run) -> str:
    """The tables that `python -m eval` prints, from the single kinds to the scores over everything."""
    tables = run.tables()
    whole = {**tables["kind"], **tables["all"]}
    parts = [
        table("answers", whole, ANSWERING),
        table("language", tables["language"], ANSWERING),
        table("retrieval", whole, FINDING),
        table("language", tables["language"], FINDING),
    ]
    if run.worth:
        parts.append(f"{_columns(LEG_HEADS, leg_rows(run))}\n{NOTE}")
    errors = [f"{outcome.id} failed: {outcome.error}" for outcome in run.outcomes if outcome.error][:3]
    return "\n\n".join((*parts, _columns(TOTAL_HEADS, total_rows(run)), *errors))


def total_rows(run: Run) -> list[tuple[str, ...]]:
    """Every score over all questions under TOTAL_HEADS: its names, how many questions bear on it, its interval."""
    scores, found = run.tables()["all"]["all"], run.intervals["all"]["all"]
    bear = {name: bearing(column) for name, column in columns(run.outcomes).items()}
    named = {**FINDING, **ANSWERING}
    return [
        (name, named.get(name, ""), str(n), cell(name, scores[name]), _range(name, found.get(name)))
        for name, n in bear.items()
        if n
    ]


def leg_rows(run: Run) -> list[tuple[str, ...]]:
    """What some scores lose without each leg, under LEG_HEADS."""
    return [
        (
            leg,
            name,
            f"{d.a:.3f}",
            f"{d.b:.3f}",
            f"{d.b - d.a:+.3f}",
            f"{d.interval[0]:+.3f} to {d.interval[1]:+.3f}",
            f"{d.p:.3f}",
            d.verdict,
        )
        for leg, worth in run.worth.items()
        for name in OF_A_LEG
        if (d := worth.of(name))
    ]


def _range(name: str, interval: Interval | None) -> str:
    if interval is None:
        return "one question"
    if interval[0] == interval[1]:
        return "all alike"  # no draw can differ: nothing is known of how far chance goes
    return " to ".join(cell(name, end) for end in interval)


def _columns(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Lines of a table of texts: words to the left, numbers to the right."""
    widths = [max(map(len, texts)) for texts in zip(heads, *rows, strict=True)]
    left = [any(row[at][:1].isalpha() for row in rows) for at in range(len(heads))]
    placed = (
        "  ".join(
            f"{text:{'<' if leftward else '>'}{width}}"
            for text, width, leftward in zip(line, widths, left, strict=True)
        )
        for line in (heads, *rows)
    )
    return "\n".join(line.rstrip() for line in placed)


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
