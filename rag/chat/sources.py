"""The sources of answers as HTML cards. Everything that comes from a question or a document is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from rag.chat.answers import anchor, nearest_anchor
from rag.chat.glosses import gloss
from rag.chat.wording import KINDS, WORDS
from rag.saying import as_nearest
from rag.types import Answer, Citation, Language, Unit

FOLD_OVER = 160
"""Characters of a unit's text above which its card shows only the quote and its surroundings."""
AROUND = 36
"""Characters shown on either side of the quote in a folded card."""
FOLD_LIST, FEW = 8, 5
"""Cards of one answer that are all shown, and how many are where there are more."""


def sources_html(turns: Mapping[int, Answer], language: Language) -> str:
    """The cards of the last answer, then those of earlier answers, each folded under its question."""
    words = WORDS[language]
    if not turns:
        return _note(words["sources_empty"])
    last, *earlier = sorted(turns, reverse=True)
    parts = [_cards(turns[last], last, language) or _nearest(turns[last], last, language)]
    for turn in earlier:
        if cards := _cards(turns[turn], turn, language):
            parts.append(_fold(words["earlier"].format(question=turns[turn].question), cards))
    return "".join(parts)


def card_html(citation: Citation, turn: int, language: Language) -> str:
    """One cited unit: number and title, where it stands, and its text with the quote marked."""
    return _card(anchor(turn, citation.number), citation.unit, citation.quote, language, citation.number)


def title_of(unit: Unit) -> str:
    """What a unit is called: a row's caption bears its table's number."""
    return unit.title if not unit.table or unit.title.startswith(unit.table) else f"{unit.table} {unit.title}"


def where(unit: Unit, language: Language) -> list[str]:
    """What it is, and where it stands: section, byline, day of a row, file, lines or pages."""
    words = WORDS[language]
    facts = [
        KINDS[language][unit.kind],
        *(gloss(unit) if unit.fields and language == "en" else ()),
        None if unit.section == KINDS[language][unit.kind] else unit.section,
        words["by"].format(names=words["and"].join(unit.authors)) if unit.authors else None,
        None if unit.fields else unit.date,
        f"{unit.source} {_places(unit, language)}",
        words["repaired"] if unit.repaired else None,
    ]
    return [fact for fact in facts if fact]


def _card(name: str, unit: Unit, quote: str, language: Language, number: int | None = None) -> str:
    words = WORDS[language]
    body = _row(unit, quote) if unit.fields else _text(unit, quote, language)
    chip = f'<span class="number">{number}</span>' if number else ""
    facts = "".join(f"<span>{escape(fact)}</span>" for fact in where(unit, language))
    return (
        f'<article class="source" id="{name}" tabindex="-1" aria-labelledby="{name}-title" '
        f'data-quote="{escape(quote)}">'
        f'<h3 id="{name}-title">{chip}{escape(title_of(unit))}</h3>{body}<p class="where">{facts}</p>'
        f'<p class="ways"><button type="button" class="open" data-open="{escape(unit.id)}">{words["open"]}</button>'
        f'<button type="button" class="open" data-back="{name}">{words["back"]}</button></p></article>'
    )


def _fold(summary: str, cards: str) -> str:
    return f'<details class="fold"><summary>{escape(summary)}</summary>{cards}</details>'


def _nearest(answer: Answer, turn: int, language: Language) -> str:
    """What an abstention names as nearest, as cards without numbers; else that there is nothing to cite."""
    near = [(place, unit) for place, unit in enumerate(answer.nearest) if as_nearest(unit) in answer.text]
    note = _note(WORDS[language]["sources_nearest" if near else "sources_none"])
    return note + "".join(_card(nearest_anchor(turn, place), unit, "", language) for place, unit in near)


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _cards(answer: Answer, turn: int, language: Language) -> str:
    """An answer's cards; of a long list the first few, the others folded under their number."""
    cards = [card_html(citation, turn, language) for citation in answer.citations]
    if len(cards) <= FOLD_LIST:
        return "".join(cards)
    first, rest = cards[:FEW], cards[FEW:]
    return "".join(first) + _fold(WORDS[language]["more_sources"].format(n=len(rest)), "".join(rest))


def _text(unit: Unit, quote: str, language: Language) -> str:
    whole = _marked(unit.text, quote)
    start = unit.text.find(quote)
    if len(unit.text) <= FOLD_OVER or start < 0:
        return f'<p class="text">{whole}</p>'
    words = WORDS[language]
    first, last = max(0, start - AROUND), start + len(quote) + AROUND
    excerpt = "…" * (first > 0) + unit.text[first:last] + "…" * (last < len(unit.text))
    return (
        f'<details class="text"><summary><span class="excerpt">{_marked(excerpt, quote)}</span>'
        f'<span class="more">{words["more"]}</span><span class="less">{words["less"]}</span></summary>'
        f"<p>{whole}</p></details>"
    )


def _row(unit: Unit, quote: str) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in unit.fields)
    cells = "".join(
        f'<td data-column="{escape(name)}">{_marked_cell(cell, quote)}</td>' for name, cell in unit.fields.items()
    )
    notes = "".join(f'<p class="where">{escape(note)}</p>' for note in unit.notes)
    return (
        f'<div class="row"><table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table></div>{notes}'
    )


def _marked(text: str, quote: str) -> str:
    before, found, after = text.partition(quote) if quote else (text, "", "")
    return escape(before) + (f"<mark>{escape(found)}</mark>" if found else "") + escape(after)


def _marked_cell(cell: str, quote: str) -> str:
    """A cell with the quote marked; a quote that runs over several cells marks each of them whole."""
    return _marked(cell, cell if cell in quote else quote)


def _places(unit: Unit, language: Language) -> str:
    words = WORDS[language]
    places = [_range("line", *lines, language) for lines in unit.ranges or (unit.lines,)]
    if unit.pages:
        places.insert(0, _range("page", *unit.pages, language))
    return words["and"].join(places)


def _range(name: str, first: int, last: int, language: Language) -> str:
    return WORDS[language][name if first == last else f"{name}s"].format(first=first, last=last)
