"""Plots of scores as SVG text that can stand in a page; they read on a light and on a dark ground alike."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from eval.scores import Interval
from rag.errors import ProjectError

INK, COLOURS = "#010203", ("#2f7fb8", "#c2711f", "#4d9955", "#a05fa8")
"""INK becomes the page's own colour of text; the others read on white and on black."""
WIDTH = 5.0
"""Inches: a plot that fills a phone's width can still be read."""
STYLE: Any = {
    "svg.fonttype": "none",  # text stays text: searchable, in the reader's own font
    "svg.hashsalt": "eval",
    "font.size": 9,
    **dict.fromkeys(("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK),
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def bars(rows: Mapping[str, tuple[float, Interval | None]]) -> str:
    """A bar a row with its value, and its interval where it has one; scores from 0 to 1. Raises ProjectError."""
    with _figure(0.5 + 0.3 * len(rows)) as (axes, out):
        for place, (value, interval) in enumerate(rows.values()):
            axes.barh(place, value, height=0.6, color=COLOURS[0])
            if interval and interval[0] < interval[1]:
                axes.plot(interval, (place, place), color=INK, marker="|", clip_on=False)
            axes.text(1.04, place, f"{value:.3f}", va="center", transform=axes.get_yaxis_transform())
        axes.set_yticks(range(len(rows)), list(rows))
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_xlim(0, 1)
    return out.getvalue()


def lines(labels: Sequence[str], rows: Mapping[str, Sequence[float | None]]) -> str:
    """A line a row over the labels, oldest first; a score that a run lacks is a gap. Raises ProjectError."""
    with _figure(3.2) as (axes, out):
        for (name, values), colour in zip(rows.items(), COLOURS, strict=False):
            there = [float("nan") if value is None else value for value in values]
            axes.plot(range(len(labels)), there, marker="o", markersize=3, color=colour, label=name)
        step = -(-len(labels) // 5)
        axes.set_xticks(range(0, len(labels), step), labels[::step])
        axes.margins(x=0.1)
        axes.figure.legend(frameon=False, ncols=2, loc="outside lower left")
    return out.getvalue()


@contextmanager
def _figure(height: float) -> Iterator[tuple[Any, io.StringIO]]:
    """Axes to draw on, and where the SVG stands once the context is left."""
    try:
        from matplotlib import rc_context
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure
    except ImportError:
        raise ProjectError("--report: matplotlib is not installed; run: pip install -e .[report]") from None
    out = io.StringIO()
    with rc_context(STYLE):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        yield figure.subplots(), out
        whole = io.StringIO()
        FigureCanvasSVG(figure).print_svg(whole, metadata={"Date": None, "Creator": None})
    svg = whole.getvalue()
    out.write(svg[svg.index("<svg") :].replace(INK, "currentColor"))
