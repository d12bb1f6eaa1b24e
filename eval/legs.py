"""What each leg of the pipeline is worth: the same questions asked once more without it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from eval.dataset import Gold
from eval.run import ask_all
from eval.scores import summarise
from rag.settings import Leg, Settings

if TYPE_CHECKING:
    from rag.assistant import Assistant

LEGS: tuple[Leg, ...] = get_args(Leg)


def ablate(
    settings: Settings, golds: Sequence[Gold], opened: Callable[[Settings], Assistant]
) -> dict[str, dict[str, float | int | None]]:
    """The scores over all questions without each leg; a leg that changes what is read gets an index of its own."""
    found: dict[str, dict[str, float | int | None]] = {}
    for leg in LEGS:
        with tempfile.TemporaryDirectory() as folder:
            changed = {"without": (leg,), **({"index": Path(folder) / "index"} if leg == "repair" else {})}
            found[leg] = summarise(ask_all(opened(settings.model_copy(update=changed)), golds))
    return found
