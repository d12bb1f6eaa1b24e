"""The growth of time and memory as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from embeddings.errors import ProjectError
from eval.speed.clock import Figures

KINDS = (".svg", ".png", ".pdf")


class PlotError(ProjectError):
    """The picture can't be drawn."""


def check(path: Path) -> None:
    """Raises PlotError, before hours of measuring, where `draw` would."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        cure = "pip install -e '.[report]', or leave out --plot"
        raise PlotError(f"plot {path}: matplotlib is missing; {cure}") from None
    if path.suffix not in KINDS:
        raise PlotError(f"plot {path}: no kind of picture; end the name in {', '.join(KINDS)}")


def draw(sizes: Sequence[Figures], path: Path) -> None:
    """Three panels over the number of units: a question's stages in ms, the start's and refresh' steps in seconds,
    resident megabytes. `sizes` are growth.measure's."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (question, steps, memory) = pyplot.subplots(1, 3, figsize=(15, 5), layout="constrained")
    units = [found["units"] for found in sizes]
    for stage in dict.fromkeys(name for found in sizes for name in found["shares"]):
        mean = [found["answer"]["mean_ms"] * found["shares"].get(stage, 0.0) for found in sizes]
        question.plot(units, mean, marker="o", label=stage)
    for step in sizes[0]["seconds"]:
        steps.plot(units, [found["seconds"][step] for found in sizes], marker="o", label=step)
    memory.plot(units, [max(found["resident_mb"].values()) for found in sizes], marker="o", label="at most")
    for panel, name in ((question, "ms of a question, mean"), (steps, "seconds"), (memory, "resident megabytes")):
        panel.set(xscale="log", yscale="log", xlabel="units", title=name)
        panel.legend()
    figure.savefig(path)
