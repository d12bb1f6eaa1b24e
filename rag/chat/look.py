"""Look instead of read: the cited items of the last answer as bars and as a table that sorts, filters and downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import gradio as gr
import pandas as pd

from rag.chat.items import BY, FEW, By, counted, items_of
from rag.chat.loader import Loader
from rag.chat.shared import QUIET, Shared, Turns
from rag.chat.sheet import COLUMNS, Sheet
from rag.chat.wording import I18N, WORDS, language_of
from rag.types import Language

WIDTHS: list[str | int] = ["60px", "78px", "216px", "150px", "140px", "200px"]
WHOLE = 4
"""The least height of the axis, in items: a lower one is divided into halves and fifths of an item."""
HIDDEN: Literal["hidden"] = "hidden"
"""Not False, which takes a plot off the page while its observer still measures it."""
# In the handlers, `chosen` is an Assistant or None; Gradio evaluates annotations, and Assistant would bring torch.
Chosen = Any


@dataclass(frozen=True)
class Frame:
    """The parts of the tab."""

    note: gr.HTML
    whole: gr.Column
    by: gr.Radio
    bars: gr.BarPlot
    caption: gr.HTML
    table: gr.Dataframe
    link: gr.HTML


def build_look(shared: Shared) -> None:
    """The inside of the tab with chart and table; it follows the conversation's last answer."""
    frame = _frame()
    turn = Looking(shared.loader, frame)
    given, shown = [shared.turns, shared.chosen], list(vars(frame).values())
    counting = [frame.by, *given]
    # BarPlot may miss new data that come together with a new axis, so the axis follows.
    for drawn in (
        shared.turns.change(turn.answered, given, shown, **QUIET),
        shared.blocks.load(turn.opened, given, shown, **QUIET),
        frame.by.input(turn.counted, counting, [frame.bars, frame.caption], **QUIET),
    ):
        drawn.then(turn.axes, counting, frame.bars, **QUIET)


def _frame() -> Frame:
    note = gr.HTML(elem_id="look-note", apply_default_css=False)
    with gr.Column(visible=HIDDEN, elem_id="look") as whole:
        by = gr.Radio([], label=I18N("bars_by"), show_label=False, container=False, elem_id="look-by")
        bars = gr.BarPlot(x="x", y="y", height=240, elem_id="look-bars", container=False)
        caption = gr.HTML(elem_id="look-caption", apply_default_css=False)
        table = gr.Dataframe(
            type="array",
            interactive=False,
            wrap=True,
            show_search="filter",
            buttons=["fullscreen", "copy"],
            label=I18N("look_table"),
            show_label=False,
            max_height=520,
            elem_id="look-table",
        )
        link = gr.HTML(elem_id="look-link", apply_default_css=False)
    return Frame(note, whole, by, bars, caption, table, link)


@dataclass(frozen=True)
class Looking:
    """The handlers of one page."""

    loader: Loader
    frame: Frame

    def opened(self, turns: Turns, chosen: Chosen, request: gr.Request) -> dict[Any, Any]:
        """What stands here as the page opens; it must not hide the chart of a question that was quicker."""
        shown = self.answered(turns, chosen, request)
        return shown if self.frame.table in shown else {self.frame.note: shown[self.frame.note]}

    def answered(self, turns: Turns, chosen: Chosen, request: gr.Request) -> dict[Any, Any]:
        """Chart, table and file of the last answer, or what would stand here."""
        frame, sheet = self.frame, self._sheet(turns, chosen, language_of(request))
        words = WORDS[sheet.language]
        if not sheet.items:
            return {frame.note: f'<p class="note">{words["look_empty"]}</p>', frame.whole: gr.Column(visible=HIDDEN)}
        telling = [by for by in BY if len(counted(sheet.items, by)) > 1]  # one bar alone says nothing
        value = {"headers": [words[name] for name in COLUMNS], "data": sheet.rows()}
        return {
            frame.note: "",
            frame.whole: gr.Column(visible=True),
            frame.by: gr.Radio(
                [(words[f"by_{by}"], by) for by in telling], value=next(iter(telling), None), visible=bool(telling)
            ),
            **self._drawn(sheet, next(iter(telling), None)),
            frame.table: gr.Dataframe(
                value, datatype=["number", "str", "str", "str", "str", "str"], column_widths=WIDTHS
            ),
            frame.link: sheet.link(),
        }

    def counted(self, by: By, turns: Turns, chosen: Chosen, request: gr.Request) -> dict[Any, Any]:
        """The same items, counted by something else."""
        return self._drawn(self._sheet(turns, chosen, language_of(request)), by)

    def axes(self, by: By | None, turns: Turns, chosen: Chosen, request: gr.Request) -> gr.BarPlot:
        """The axes for the bars that are drawn."""
        sheet = self._sheet(turns, chosen, language_of(request))
        if by is None or not sheet.items:
            return gr.skip()
        words, bars = WORDS[sheet.language], sheet.bars(by)
        return gr.BarPlot(
            sort=[name for name, _ in bars],
            x_title=words[f"by_{by}"],
            y_title=words["count"],
            y_lim=[0, max(WHOLE, *(number for _, number in bars))],
            x_label_angle=0 if by == "month" else -30,
        )

    def _sheet(self, turns: Turns, chosen: Chosen, language: Language) -> Sheet:
        if not turns or len(turns[max(turns)].citations) < FEW:
            return Sheet((), language)
        assistant = chosen or (self.loader.get() if self.loader.ready else None)
        lexicon = assistant.retriever.lexicon if assistant else None
        return Sheet(items_of(turns[max(turns)], lexicon.names if lexicon else ()), language, lexicon)

    def _drawn(self, sheet: Sheet, by: By | None) -> dict[Any, Any]:
        if by is None:
            return {self.frame.bars: gr.BarPlot(visible=HIDDEN), self.frame.caption: ""}
        bars = pd.DataFrame(sheet.bars(by), columns=["x", "y"])
        return {
            self.frame.bars: gr.BarPlot(bars, visible=True),
            self.frame.caption: f'<p class="note">{sheet.said(by)}</p>',
        }
