"""Browse: all units with filters and a full-text box, the people and what they did, the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import TYPE_CHECKING, Any, Literal

import gradio as gr

from rag.chat import catalogue
from rag.chat.catalogue import Filters, paged
from rag.chat.loader import Loader
from rag.chat.shared import QUIET, Shared
from rag.chat.shelves import people_html, tables_html, units_html
from rag.chat.wording import I18N, KINDS, WORDS, language_of
from rag.types import Language

if TYPE_CHECKING:
    from rag.retriever import Retriever

View = Literal["units", "people", "tables"]
VIEWS: tuple[View, ...] = ("units", "people", "tables")
SIZES: dict[View, int] = {"units": 20, "people": 60, "tables": 10}
# Buttons of the shelf say where to go; another page begins at its top.
ON_LOAD = """
element.addEventListener("click", (event) => {
  const button = event.target.closest("[data-go]");
  if (button) trigger("go", { to: button.dataset.go });
});
watch("value", () => {
  if (element.getBoundingClientRect().top < 0) element.scrollIntoView({ block: "start" });
});
"""
# In the handlers, `chosen` is an Assistant or None; Gradio evaluates annotations, and Assistant would bring torch.
Chosen = Any
Given = Mapping[Any, Any]
"""What a page's parts hold, by part."""


def shelf_html(books: Retriever, view: View, filters: Filters, number: int, language: Language) -> str:
    """One page of what the filters leave, as the view shows it."""
    if view == "people":
        return people_html(*paged(catalogue.people(books, filters.text), number, SIZES[view]), language)
    if view == "tables":
        return tables_html(*paged(catalogue.tables(books, filters), number, SIZES[view]), language)
    units, page = paged(catalogue.units(books, filters), number, SIZES[view])
    latin = catalogue.latin_name(filters.person or filters.author, books.lexicon)
    return units_html(units, page, filters, language, latin)


@dataclass(frozen=True)
class Boxes:
    """The parts of the tab. `narrowed` holds the Filters that a click in the shelf set, `seen` what filled the tab."""

    view: gr.Radio
    text: gr.Textbox
    filters: gr.Row
    kinds: gr.Dropdown
    sections: gr.Dropdown
    sources: gr.Dropdown
    shelf: gr.HTML
    narrowed: gr.State
    seen: gr.State

    @property
    def typed(self) -> list[Any]:
        """What a reader sets by hand."""
        return [self.view, self.text, self.kinds, self.sections, self.sources]


def build_browse(shared: Shared, tab: gr.Tab) -> None:
    """The inside of `tab`; it is filled when it is first opened, and again when the corpus has become another."""
    boxes = _boxes()
    turn = Browsing(shared.loader, boxes, shared.chosen)
    given = {*boxes.typed, boxes.narrowed, shared.chosen}
    opening: dict[str, Any] = {"outputs": list(vars(boxes).values()), "concurrency_limit": 8, **QUIET}
    tab.select(turn.opened, [boxes.seen, shared.chosen], **opening)
    shared.chosen.change(turn.others, [boxes.seen, shared.chosen], **opening)
    rest = [boxes.narrowed, boxes.filters, boxes.kinds, boxes.sections, boxes.sources]
    boxes.view.input(turn.viewed, boxes.view, rest, **QUIET).then(turn.changed, given, boxes.shelf, **QUIET)
    for box in boxes.typed[1:]:
        box.input(turn.changed, given, boxes.shelf, trigger_mode="always_last", **QUIET)
    boxes.shelf.go(turn.went, given, [*boxes.typed, boxes.filters, boxes.narrowed, boxes.shelf], **QUIET)


def _boxes() -> Boxes:
    with gr.Row(elem_id="browse-top"):
        view = gr.Radio([], label=I18N("browse_view"), show_label=False, container=False, elem_id="browse-view")
        text = gr.Textbox(
            label=I18N("browse_text"),
            placeholder=I18N("browse_text"),
            show_label=False,
            container=False,
            max_lines=1,
            elem_id="browse-text",
        )
    with gr.Row(elem_id="browse-filters", visible=False) as filters:
        kinds, sections, sources = (
            gr.Dropdown([], label=I18N(f"browse_{name}"), multiselect=True) for name in ("kinds", "sections", "sources")
        )
    shelf = gr.HTML(elem_id="shelf", js_on_load=ON_LOAD, apply_default_css=False)
    return Boxes(view, text, filters, kinds, sections, sources, shelf, gr.State(Filters()), gr.State(None))


@dataclass(frozen=True)
class Browsing:
    """The handlers of one page. `chosen` holds whom the reader asks."""

    loader: Loader
    boxes: Boxes
    chosen: gr.State

    def opened(self, seen: Any, chosen: Chosen, request: gr.Request) -> Iterator[dict[Any, Any]]:
        """What there is to choose from, and the first page; until then how far the server has come."""
        language = language_of(request)
        while not chosen and not self.loader.wait(0.5):
            yield {self.boxes.shelf: _note(self.loader.sentence(language))}
        if not chosen and not self.loader.ready:
            yield {self.boxes.shelf: _note(self.loader.sentence(language))}
            return
        books = self._books(chosen)
        # Something in any case: of a generator that yields nothing Gradio empties every output.
        yield self._filled(books, language) if seen != _mark_of(books) else {self.boxes.seen: seen}

    def others(self, seen: Any, chosen: Chosen, request: gr.Request) -> Iterator[dict[Any, Any]]:
        """Other sources are shown where the tab is filled already; else it will be when it is opened."""
        if seen is None:
            yield {self.boxes.seen: seen}
        else:
            yield from self.opened(seen, chosen, request)

    def viewed(self, view: View) -> tuple[Filters, gr.Row, list[str], list[str], list[str]]:
        """Another view begins with everything; only units have filters."""
        return Filters(), gr.Row(visible=view == "units"), [], [], []

    def changed(self, given: Given, request: gr.Request, number: int = 1) -> str:
        """A page of what the boxes ask for now, the first unless a number is given."""
        boxes = self.boxes
        filters = replace(
            given[boxes.narrowed],
            text=given[boxes.text],
            kinds=tuple(given[boxes.kinds]),
            sections=tuple(given[boxes.sections]),
            sources=tuple(given[boxes.sources]),
        )
        books = self._books(given[self.chosen])
        return shelf_html(books, given[boxes.view], filters, number, language_of(request))

    def went(self, given: Given, event: gr.EventData, request: gr.Request) -> dict[Any, Any]:
        """After a click in the shelf: another page; or all that a person, a byline or a table has, without filters."""
        what, _, value = str(event.to).partition(":")
        boxes = self.boxes
        if what == "page":
            return {boxes.shelf: self.changed(given, request, int(value))}
        narrow = {"person": Filters(person=value), "author": Filters(author=value), "table": Filters(table=value)}
        filters = narrow.get(what, Filters())
        return {
            boxes.view: "units",
            boxes.text: "",
            boxes.kinds: [],
            boxes.sections: [],
            boxes.sources: [],
            boxes.filters: gr.Row(visible=True),
            boxes.narrowed: filters,
            boxes.shelf: shelf_html(self._books(given[self.chosen]), "units", filters, 1, language_of(request)),
        }

    def _books(self, chosen: Chosen) -> Retriever:
        return (chosen or self.loader.get()).retriever

    def _filled(self, books: Retriever, language: Language) -> dict[Any, Any]:
        """Everything as it stands before a reader has chosen anything."""
        boxes, words, files = self.boxes, WORDS[language], catalogue.sources(books)
        unknown = {catalogue.NONE: words["no_section"]}
        return {
            boxes.view: gr.Radio([(words[f"view_{name}"], name) for name in VIEWS], value="units"),
            boxes.text: "",
            boxes.filters: gr.Row(visible=True),
            boxes.kinds: gr.Dropdown(_choices(catalogue.kinds(books), KINDS[language]), value=[]),
            boxes.sections: gr.Dropdown(_choices(catalogue.sections(books), unknown), value=[]),
            boxes.sources: gr.Dropdown(_choices(files, {}), value=[], visible=len(files) > 1),
            boxes.shelf: shelf_html(books, "units", Filters(), 1, language),
            boxes.narrowed: Filters(),
            boxes.seen: _mark_of(books),
        }


def _mark_of(books: Retriever) -> int:
    """Tells one set of units from another: an id changes with its text."""
    return hash(tuple(unit.id for unit in books.units))


def _choices(counts: Mapping[str, int], names: Mapping[Any, str]) -> list[tuple[str, str]]:
    """What a box offers, each with how many units it leaves."""
    return [(f"{names.get(value, value)} ({count})", value) for value, count in counts.items()]


def _note(text: str) -> str:
    return f'<p class="note" role="status">{escape(text)}</p>'
