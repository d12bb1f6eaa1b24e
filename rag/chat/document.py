"""A source opened at one of its units: the text around it as it stands in the file, the unit marked."""

from __future__ import annotations

from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.chat.shared import QUIET, Shared, Turns
from rag.chat.sources import title_of
from rag.chat.wording import WORDS, language_of
from rag.documents import Place, surroundings
from rag.errors import ProjectError
from rag.types import Language, Unit

if TYPE_CHECKING:
    from rag.assistant import Assistant

# As soon as its tab is on the screen, for the first time too: Gradio makes a tab's inside when it is first looked at.
TO_THE_UNIT = """
const show = (tries) => {
  const own = element.querySelector(".own");
  if (own?.offsetParent) own.scrollIntoView({ block: "center" });
  else if (own && tries) setTimeout(show, 50, tries - 1);
};
watch("value", () => setTimeout(show, 50, 40));
show(40);
"""


def find(name: str, turns: Turns, assistant: Assistant) -> Unit | None:
    """The unit of that id, among what was cited first: an answer may be older than the index."""
    cited = (citation.unit for turn in sorted(turns, reverse=True) for citation in turns[turn].citations)
    near = (unit for answer in turns.values() for unit in answer.nearest)
    return next((unit for unit in chain(cited, near, assistant.units) if unit.id == name), None)


def document_html(unit: Unit | None, assistant: Assistant, language: Language, answered: bool = True) -> str:
    """The document at that unit, with a way back to what was `answered`; or a sentence on why it can't be shown."""
    words = WORDS[language]
    if unit is None:
        return f'<p class="note">{words["document_gone"]}</p>'
    try:
        places = surroundings(assistant.settings.corpus_paths, unit)
    except (ProjectError, OSError):
        return f'<p class="note">{words["document_gone"]}</p>'
    gap = f'<p class="gap">{words["elsewhere"]}</p>'
    back = f'<button type="button" class="open" data-back="">{words["back"]}</button>' if answered else ""
    return (
        f'<article class="document"><h3>{escape(unit.source)}</h3>'
        f'<p class="where">{escape(title_of(unit))}</p>{gap.join(map(_place, places))}{back}</article>'
    )


def _place(place: Place) -> str:
    lines = "".join(
        f'<li value="{number}"{" class=own" if own else ""}>{escape(text.strip())}</li>'
        for number, text, own in place.lines
    )
    return f"<ol>{lines}</ol>"


def build_document(shared: Shared) -> None:
    """The inside of the tab that shows a document; whatever opens a unit, on any tab, comes here."""
    document = gr.HTML(elem_id="document", js_on_load=TO_THE_UNIT, apply_default_css=False)

    def opened(turns: Turns, chosen: Any, event: gr.EventData, request: gr.Request) -> tuple[str, gr.Tabs, gr.Tabs]:
        language = language_of(request)
        html = f'<p class="note">{WORDS[language]["document_gone"]}</p>'
        if chosen or shared.loader.ready:
            assistant = chosen or shared.loader.get()
            html = document_html(find(event.unit, turns, assistant), assistant, language, bool(turns))
        return html, gr.Tabs(selected="document"), gr.Tabs(selected="ask")

    def waiting(request: gr.Request) -> str:
        return f'<p class="note">{WORDS[language_of(request)]["document_empty"]}</p>'

    shared.blocks.load(waiting, None, document, **QUIET)
    shared.wire.open(opened, [shared.turns, shared.chosen], [document, shared.beside, shared.tabs], **QUIET)
