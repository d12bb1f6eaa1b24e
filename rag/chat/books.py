"""What the reader's own files have become, as HTML. Everything that comes from a file is escaped here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from rag.chat.wording import COUNTED, DOUBTS, WORDS
from rag.shelf import Book
from rag.types import Language


def books_html(books: Sequence[Book], language: Language) -> str:
    """A card for each file: its units, what was put together, what is in doubt, and a button that removes it."""
    if not books:
        return f'<p class="note">{WORDS[language]["books_empty"]}</p>'
    return "".join(_card(book, language) for book in books)


def told_html(sentences: Sequence[str]) -> str:
    """What there is to say about the files that just came or went, read out by a screen reader."""
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences)
    return f'<ul role="status">{items}</ul>' if items else ""


def _card(book: Book, language: Language) -> str:
    words, account = WORDS[language], book.account
    counts = [
        COUNTED[language][kind].format(n=account.units[kind]) for kind in COUNTED[language] if kind in account.units
    ]
    sound = words["some_lost"] if account.lost else words["none_lost"]
    lines = [sound.format(all=f"{account.characters:,}", n=account.lost)]
    if account.repaired:
        lines.append(words["put_together"].format(n=account.repaired))
    name, label = escape(book.name, quote=True), escape(words["remove_file"].format(name=book.name), quote=True)
    return (
        f'<article class="book"><header><h3>{name}</h3>'
        f'<button type="button" data-remove="{name}" aria-label="{label}">{words["remove"]}</button></header>'
        f'<p>{_spans(counts)}</p><p class="where">{_spans(lines)}</p>{_doubts(account.doubts, language)}</article>'
    )


def _spans(texts: Sequence[str]) -> str:
    return "".join(f"<span>{escape(text)}</span>" for text in texts)


def _doubts(doubts: Sequence[str], language: Language) -> str:
    if not doubts:
        return ""
    items = "".join(f"<li>{escape(doubt_in(doubt, language))}</li>" for doubt in doubts)
    summary = WORDS[language]["doubts"].format(n=len(doubts))
    return f"<details><summary>{summary}</summary><ul>{items}</ul></details>"


def doubt_in(doubt: str, language: Language) -> str:
    """A doubt of the reader of files, which words them in English, in the page's language."""
    for said, ours in DOUBTS.items() if language == "zh" else ():
        if match := re.fullmatch(said, doubt, re.S):
            return match.expand(ours)
    return doubt
