"""A conversation with its sources as a Markdown document."""

from __future__ import annotations

from rag.chat.questions import heading as plain_heading
from rag.chat.shared import Turns
from rag.chat.sources import title_of, where
from rag.chat.wording import WORDS
from rag.types import Answer, Citation, Language


def markdown(turns: Turns, language: Language) -> str:
    """Each question as a heading, its answer, and the sources with quote, place and file."""
    parts = [f"# {WORDS[language]['title']}"]
    for turn in sorted(turns):
        parts += _turn(turns[turn], language)
    return "\n\n".join(parts) + "\n"


def _turn(answer: Answer, language: Language) -> list[str]:
    sources = [_source(citation, language) for citation in answer.citations]
    heading = [f"### {WORDS[language]['sources_name']}"] if sources else []
    return [f"## {plain_heading(answer.question)}", answer.text, *heading, *sources]


def _source(citation: Citation, language: Language) -> str:
    quote = "\n".join(f"> {line}" for line in citation.quote.splitlines())
    return f"**[{citation.number}] {title_of(citation.unit)}**\n{quote}\n\n{' · '.join(where(citation.unit, language))}"
