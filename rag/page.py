"""An Answer as the chat page shows it: Markdown with links for the text, HTML cards for the sources.

Everything that comes from a question or a document is escaped here; nothing else on the page is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

from rag.types import Answer, Citation, Language, Unit
from rag.wording import KINDS, WORDS

FOLD_OVER = 160
"""Characters of a unit's text above which its card shows only the quote and its surroundings."""
AROUND = 36
"""Characters shown on either side of the quote in a folded card."""

_CITED = re.compile(r"\[(\d+)\]")


def answer_markdown(answer: Answer, turn: int) -> str:
    """The answer's text with each cited [n] as a link to its card; other brackets and tags lose their meaning."""
    numbers = {citation.number for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[{number}](#{_anchor(turn, number)})" if number in numbers else rf"\[{number}\]"

    pieces: list[str] = []
    end = 0
    for match in _CITED.finditer(answer.text):
        pieces += [_plain(answer.text[end : match.start()]), link(match)]
        end = match.end()
    return "".join([*pieces, _plain(answer.text[end:])])


def quiet_line(text: str) -> str:
    """A line beside the answer that is not part of it, such as who wrote it: in italics, its marks taken away."""
    return f"*{_plain(text.replace('*', ''))}*"


def sources_html(turns: Mapping[int, Answer], language: Language) -> str:
    """The cards of the last answer, then those of earlier answers, each folded under its question."""
    words = WORDS[language]
    if not turns:
        return _note(words["sources_empty"])
    last, *earlier = sorted(turns, reverse=True)
    parts = [_cards(turns[last], last, language) or _note(words["sources_none"])]
    for turn in earlier:
        if cards := _cards(turns[turn], turn, language):
            summary = escape(words["earlier"].format(question=turns[turn].question))
            parts.append(f'<details class="earlier"><summary>{summary}</summary>{cards}</details>')
    return "".join(parts)


def card_html(citation: Citation, turn: int, language: Language) -> str:
    """One cited unit: number and title, where it stands, and its text with the quote marked."""
    unit = citation.unit
    anchor = _anchor(turn, citation.number)
    title = unit.title if not unit.table or unit.title.startswith(unit.table) else f"{unit.table} {unit.title}"
    body = _row(unit, citation.quote) if unit.fields else _text(unit, citation.quote, language)
    return (
        f'<article class="source" id="{anchor}" tabindex="-1" aria-labelledby="{anchor}-title">'
        f'<h3 id="{anchor}-title"><span class="number">{citation.number}</span>{escape(title)}</h3>'
        f'{body}<p class="where">{_where(unit, language)}</p></article>'
    )


def _anchor(turn: int, number: int) -> str:
    return f"source-{turn}-{number}"


def _plain(text: str) -> str:
    """Markdown that shows a tag, an image, a link or an address of the text as the characters it is written with."""
    text = escape(text, quote=False).replace("[", r"\[").replace("]", r"\]")
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _cards(answer: Answer, turn: int, language: Language) -> str:
    return "".join(card_html(citation, turn, language) for citation in answer.citations)


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


def _where(unit: Unit, language: Language) -> str:
    words = WORDS[language]
    facts = [
        KINDS[language][unit.kind],
        unit.section,
        words["by"].format(names=words["and"].join(unit.authors)) if unit.authors else None,
        f"{unit.source} {_places(unit, language)}",
        words["repaired"] if unit.repaired else None,
    ]
    return "".join(f"<span>{escape(fact)}</span>" for fact in facts if fact)


def _places(unit: Unit, language: Language) -> str:
    words = WORDS[language]
    places = [_range("line", *lines, language) for lines in unit.ranges or (unit.lines,)]
    if unit.pages:
        places.insert(0, _range("page", *unit.pages, language))
    return words["and"].join(places)


def _range(name: str, first: int, last: int, language: Language) -> str:
    return WORDS[language][name if first == last else f"{name}s"].format(first=first, last=last)
