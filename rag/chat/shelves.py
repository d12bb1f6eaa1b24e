"""The pages of the catalogue as HTML. Everything that comes from a document or a reader is escaped here.

An element with `data-go="what:value"` asks browse.py for another page, person, author or table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Final

from rag import dates
from rag.chat.catalogue import Filters, Page, Person, Role, Table
from rag.chat.sources import FOLD_OVER, title_of, where
from rag.chat.wording import WORDS
from rag.text import sentences
from rag.types import Language, Unit

AROUND = 60
"""Characters shown before the first word found in a folded text."""
ENDS = " 。；："
"""What ends a title that stands in the text."""
ROWS = 30
"""Rows of a table that are shown at once."""
GOES: Final[dict[Role, str]] = {"named": "person", "wrote": "author"}


def units_html(units: Sequence[Unit], page: Page, filters: Filters, language: Language, latin: str = "") -> str:
    """A page of units as cards; above them whose they are, if a person's, a byline's or a table's.

    `latin` is that name in letters.
    """
    found = _found(filters)
    cards = "".join(_card(unit, found, language) for unit in units)
    return _narrowed(units, filters, language, latin) + _framed(
        f'<div class="shelf">{cards}</div>', page, "units", language
    )


def people_html(people: Sequence[Person], page: Page, language: Language) -> str:
    """A page of names; a click shows what the units say of one."""
    words = WORDS[language]
    names = "".join(
        f'<button type="button" data-go="{GOES[person.role]}:{escape(person.name)}"><b>{escape(person.name)}</b>'
        f"{_latin(person.latin, language)}"
        f"<small>{words[f'units_{person.role}'].format(n=person.units)}</small></button>"
        for person in people
    )
    return _framed(f'<div class="names">{names}</div>', page, "people", language)


def tables_html(tables: Sequence[Table], page: Page, language: Language) -> str:
    """A page of tables, each folded under its caption."""
    return _framed("".join(_table(table, language) for table in tables), page, "tables", language)


def question_about(unit: Unit, language: Language) -> str:
    """A question that a unit answers; "" for a row that bears no date or no name."""
    words = WORDS[language]
    if not unit.fields:
        # Of a text that opens with its own title, the plain question gets just that title quoted.
        first, *more = sentences(unit.text)
        titled = more and first.strip(ENDS) == unit.title
        return words["ask_details" if titled else "ask_entry"].format(title=unit.title)
    found = dates.find(unit.date or "")
    if not (found and unit.people):
        return ""
    day = unit.date if language == "zh" else dates.english(found[0].span)
    return words["ask_row"].format(person=unit.people[0], day=day)


def _framed(things: str, page: Page, what: str, language: Language) -> str:
    """Things with how many there are above them, and below them the way to the pages before and after."""
    words = WORDS[language]
    if not page.total:
        return f'<p class="note" role="status">{words["browse_none"]}</p>'
    total = words[f"total_{what}"].format(n=f"{page.total:,}")
    if page.pages == 1:
        return f'<p class="note" role="status">{total}</p>{things}'
    told = words["page_of"].format(number=page.number, pages=page.pages)
    ways = "".join(
        f'<button type="button" data-go="page:{number}"{"" if 1 <= number <= page.pages else " disabled"}>'
        f"{words[name]}</button>"
        for name, number in (("page_before", page.number - 1), ("page_after", page.number + 1))
    )
    return (
        f'<p class="note" role="status">{total} · {told}</p>{things}'
        f'<nav class="pager" aria-label="{words["pages_name"]}">{ways}<span>{told}</span></nav>'
    )


def _narrowed(units: Sequence[Unit], filters: Filters, language: Language, latin: str) -> str:
    """Whose units these are, a question about them, and the way back to all."""
    words = WORDS[language]
    if filters.person:
        name, question = filters.person, words["ask_person"].format(person=filters.person)
    elif filters.author:
        name = words["by"].format(names=filters.author)
        # Which rows or overviews someone wrote is no question that an answer lists.
        written = any(unit.kind == "entry" for unit in units)
        question = words["ask_author"].format(person=filters.author) if written else ""
    elif filters.table and units:
        name, question = title_of(units[0]), _about_table(units[0], language)
    else:
        return ""
    return (
        f'<div class="narrowed"><h3>{escape(name)}{_latin(latin, language)}</h3>{_ask(question, language)}'
        f'<button type="button" data-go="all:">{words["browse_all"]}</button></div>'
    )


def _card(unit: Unit, found: re.Pattern[str] | None, language: Language) -> str:
    facts = where(unit, language)
    if unit.fields:
        told = [unit.date, *unit.people, unit.country]
        title = " · ".join(part for part in told if part) or title_of(unit)
        text, facts = unit.activity or " ".join(unit.fields.values()), [title_of(unit), *facts[1:]]
    else:
        title, text = title_of(unit), unit.text
    places = "".join(f"<span>{escape(fact)}</span>" for fact in facts)
    opened = f'<button type="button" class="open" data-open="{escape(unit.id)}">{WORDS[language]["open"]}</button>'
    return (
        f'<article class="source"><h3>{_marked(title, found)}</h3>{_text(text, found, language)}'
        f'<p class="where">{places}</p>'
        f'<p class="ways">{_ask(question_about(unit, language), language)}{opened}</p></article>'
    )


def _ask(question: str, language: Language) -> str:
    if not question:
        return ""
    asked = escape(question)
    return (
        f'<button type="button" class="open" data-ask="{asked}" title="{asked}">{WORDS[language]["ask_this"]}</button>'
    )


def _text(text: str, found: re.Pattern[str] | None, language: Language) -> str:
    """A text, folded to a piece that shows the first word found in it where it is long."""
    whole = _marked(text, found)
    if len(text) <= FOLD_OVER:
        return f'<p class="text">{whole}</p>'
    words, match = WORDS[language], found.search(text) if found else None
    first = max(0, match.start() - AROUND) if match else 0
    excerpt = "…" * (first > 0) + text[first : first + FOLD_OVER] + "…" * (first + FOLD_OVER < len(text))
    return (
        f'<details class="text"><summary><span class="excerpt">{_marked(excerpt, found)}</span>'
        f'<span class="more">{words["more"]}</span><span class="less">{words["less"]}</span></summary>'
        f"<p>{whole}</p></details>"
    )


def _table(table: Table, language: Language) -> str:
    words, rows = WORDS[language], table.rows
    columns = list(dict.fromkeys(name for row in rows for name in row.fields))
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in columns)
    lines = "".join(
        "<tr>"
        + "".join(f'<td data-column="{escape(name)}">{escape(row.fields.get(name, ""))}</td>' for name in columns)
        + "</tr>"
        for row in rows[:ROWS]
    )
    told = words["total_rows"].format(n=len(rows))
    all_rows = f'<button type="button" class="open" data-go="table:{escape(rows[0].id)}">{words["all_rows"]}</button>'
    left = len(rows) - ROWS
    more = f'<p class="note">{words["more_rows"].format(n=left)}</p>' if left > 0 else ""
    return (
        f'<details class="source table"><summary><h3>{escape(title_of(rows[0]))}</h3>'
        f'<p class="where"><span>{told}</span><span>{escape(rows[0].source)}</span></p></summary>'
        f'<p class="ways">{_ask(_about_table(rows[0], language), language)}{all_rows}</p>'
        f'<div class="row"><table><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>{more}</details>'
    )


def _about_table(row: Unit, language: Language) -> str:
    return WORDS[language]["ask_table"].format(table=row.table or row.title)


def _latin(latin: str, language: Language) -> str:
    """A name in letters beside its characters, for readers of English."""
    return f" <i>{escape(latin)}</i>" if latin and language == "en" else ""


def _found(filters: Filters) -> re.Pattern[str] | None:
    """What to mark: the words looked for, and the person."""
    words = [word for word in (*filters.text.split(), filters.person) if word]
    return re.compile("|".join(map(re.escape, words)), re.I) if words else None


def _marked(text: str, found: re.Pattern[str] | None) -> str:
    """The escaped text with everything found in it marked."""
    if found is None:
        return escape(text)
    pieces, end = [], 0
    for match in found.finditer(text):
        pieces += [escape(text[end : match.start()]), f"<mark>{escape(match.group())}</mark>"]
        end = match.end()
    return "".join([*pieces, escape(text[end:])])
