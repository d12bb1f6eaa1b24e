"""The extractive answers against a writer's, question by question: what a language model adds, and what it costs."""

from __future__ import annotations

import re
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from eval import metrics
from eval.judge import Outcome


def compare(plain: Sequence[Outcome], written: Sequence[Outcome]) -> dict[str, Any]:
    """The scores of both runs over the same questions in order, and where they part. Shares are of all questions;
    `written` is the share that the model's own answer was shown for, `fallback` of those it tried and lost."""
    reports = [outcome.writer for outcome in written if outcome.writer]
    tried = [report for report in reports if report["fallback"] or report["shown"]]
    pairs = list(zip(plain, written, strict=True))
    return {
        "model": reports[0]["model"] if reports else None,
        "mode": reports[0]["mode"] if reports else None,
        "extractive": _scores(plain),
        "writer": _scores(written),
        "tried": len(tried),
        "written": metrics.share(sum(not report["fallback"] for report in tried), len(written)),
        "fallback": metrics.share(sum(bool(report["fallback"]) for report in tried), len(tried)),
        "fallbacks": _count(report["fallback"] for report in tried if report["fallback"]),
        "shown": sum(report["shown"] for report in reports),
        "withheld": sum(len(report["withheld"]) for report in reports),
        "reasons": _count(_kind(one["reason"]) for report in reports for one in report["withheld"]),
        "tokens": [sum(r["prompt_tokens"] for r in reports), sum(r["completion_tokens"] for r in reports)],
        "ms": statistics.median(report["ms"] for report in tried) if tried else 0.0,
        "better": [new.id for old, new in pairs if new.right and not old.right],
        "worse": [new.id for old, new in pairs if old.right and not new.right],
    }


def screen(compared: Mapping[str, Any]) -> str:
    """The comparison as it is printed."""
    rows = ("extractive", "writer")
    columns = list(compared["extractive"])
    lines = [f"{'':12}" + " ".join(f"{column:>9}" for column in columns)]
    for row in rows:
        cells = (compared[row][column] for column in columns)
        lines.append(f"{row:12}" + " ".join(f"{'–' if cell is None else format(cell, '.3f'):>9}" for cell in cells))
    why, reasons = (
        ", ".join(f"{reason} {n}" for reason, n in compared[name].items()) or "none"
        for name in ("fallbacks", "reasons")
    )
    lines += [
        f"{compared['model']} ({compared['mode']}): tried {compared['tried']}, its answer shown for "
        f"{compared['written']:.3f} of all, fallback {compared['fallback']:.3f} of the tried ({why})",
        f"shown {compared['shown']}, withheld {compared['withheld']} ({reasons})",
        f"tokens in {compared['tokens'][0]} out {compared['tokens'][1]}, ms of the tried {compared['ms']:.0f}",
        f"better: {', '.join(compared['better']) or 'none'}; worse: {', '.join(compared['worse']) or 'none'}",
    ]
    return "\n".join(lines)


def _scores(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    precisions = [o.citation_precision for o in outcomes if o.citation_precision is not None]
    return {
        "n": float(len(outcomes)),
        "right": metrics.mean(o.right for o in outcomes),
        "wrong": metrics.mean(o.wrong for o in outcomes),
        "citP": metrics.mean(precisions) if precisions else None,
        "ms": statistics.median(o.ms for o in outcomes) if outcomes else None,
    }


def _kind(reason: str) -> str:
    """A reason without what it is about: which name, which number."""
    first = reason.split("; ")[0]
    return re.sub(r"^(name|date|number) .+ (is not in what it cites)$", r"\1 \2", first)


def _count(reasons: Any) -> dict[str, int]:
    listed = list(reasons)
    return {reason: listed.count(reason) for reason in dict.fromkeys(listed)}
