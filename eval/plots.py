"""Plots of scores as SVG text that can stand in a page; they read on a light and on a dark ground alike."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from eval.scores import Interval
from rag.errors import ProjectError

GREY, COLOURS = "#7a7a7a", ("#2f7fb8", "#c2711f", "#4d9955", "#a05fa8")
STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: searchable, in the reader's own font
    "svg.hashsalt": "eval",
    "font.size": 9,
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), GREY),
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def bars(title: str, rows: Mapping[str, tuple[float, Interval | None]]) -> str:
    """A bar a row with its value, and its interval where it has one; scores from 0 to 1. Raises ProjectError."""
    with _figure(title, 7.5, 0.8 + 0.32 * len(rows)) as (axes, out):
        for place, (value, interval) in enumerate(rows.values()):
            axes.barh(place, value, height=0.6, color=COLOURS[0])
            if interval:
                low, high = interval
                axes.errorbar(value, place, xerr=[[value - low], [high - value]], color=GREY, capsize=3)
            axes.text(1.02, place, f"{value:.3f}", va="center", transform=axes.get_yaxis_transform())
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, 1)
    return out.getvalue()


def lines(title: str, labels: Sequence[str], rows: Mapping[str, Sequence[float | None]]) -> str:
    """A line a row over the labels, oldest first; a score that a run lacks is a gap. Raises ProjectError."""
    with _figure(title, 7.5, 3.2) as (axes, out):
        for (name, values), colour in zip(rows.items(), COLOURS, strict=False):
            there = [float("nan") if value is None else value for value in values]
            axes.plot(range(len(labels)), there, marker="o", markersize=3, color=colour, label=name)
        step = max(1, len(labels) // 8)
        axes.set_xticks(range(0, len(labels), step), labels[::step], rotation=20, ha="right")
        axes.set_ylim(0, 1.02)
        axes.legend(frameon=False, ncols=len(rows), loc="lower left")
    return out.getvalue()


@contextmanager
def _figure(title: str, width: float, height: float) -> Iterator[tuple[Any, io.StringIO]]:
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError:
        raise ProjectError("--report: matplotlib is not installed; run: pip install -e .[report]") from None
    out = io.StringIO()
    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.subplots()
        axes.set_title(title, loc="left", fontsize=10)
        yield axes, out
        whole = io.StringIO()
        FigureCanvasSVG(figure).print_svg(whole, metadata={"Date": None, "Creator": None})
    svg = whole.getvalue()
    out.write(svg[svg.index("<svg") :])
