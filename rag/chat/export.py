"""What a reader takes away: a file in a link, and a conversation with its sources as a Markdown document."""

from __future__ import annotations

import base64
import re
from html import escape

from rag.chat.questions import heading, plain
from rag.chat.shared import Turns
from rag.chat.sources import title_of, where
from rag.chat.wording import WORDS
from rag.types import Answer, Citation, Language

_CITED = re.compile(r"\[\d+\](?![\[(:])")
"""What is left of a text's brackets: a number that no address follows."""


def download(name: str, kind: str, text: str, label: str) -> str:
    """A link that is the file itself, so that nothing of an answer is left on the server."""
    data = base64.b64encode(text.encode("utf-8", "replace")).decode()  # a lone surrogate has no bytes in UTF-8
    return (
        f'<a class="download" download="{escape(name)}" href="data:{kind};charset=utf-8;base64,{data}">'
        f"{escape(label)}</a>"
    )


def markdown(turns: Turns, language: Language) -> str:
    """Each question as a heading, its answer, and the sources with quote, place and file."""
    parts = [f"# {WORDS[language]['title']}"]
    for turn in sorted(turns):
        parts += _turn(turns[turn], language)
    return "\n\n".join(parts) + "\n"


def _turn(answer: Answer, language: Language) -> list[str]:
    sources = [_source(citation, language) for citation in answer.citations]
    name = [f"### {WORDS[language]['sources_name']}"] if sources else []
    return [f"## {heading(answer.question)}", _said(answer.text), *name, *sources]


def _said(text: str) -> str:
    """An answer's text, of which nothing but what it sets in bold is Markdown or HTML: no picture is fetched where the
    file is opened."""
    pieces = zip(_CITED.split(text), [*_CITED.findall(text), ""], strict=True)
    return "".join(plain(piece).replace(r"\*", "*") + number for piece, number in pieces)


def _source(citation: Citation, language: Language) -> str:
    quote = "\n".join(f"> {plain(line)}" for line in citation.quote.splitlines())
    title, place = heading(title_of(citation.unit)), plain(" · ".join(where(citation.unit, language)))
    return f"**[{citation.number}] {title}**\n{quote}\n\n{place}"
