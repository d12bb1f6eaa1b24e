"""An Answer's text as the conversation shows it: Markdown whose [n] are links, and nothing else of the text is."""

from __future__ import annotations

import re
from html import escape

from rag.chat.glosses import gloss
from rag.saying import as_nearest
from rag.types import Answer
from rag.wording import WRITING, writer_line

_CITED = re.compile(r"\[(\d+)\]")
_MEANS_SOMETHING = re.compile(r"[\\`\[\]_~|#]")


def answer_markdown(answer: Answer, turn: int) -> str:
    """The answer's text with each cited [n], and each unit that stands nearest, as a link to its card, with a hint in
    an English answer; below it who wrote it where a language model is on.

    Other brackets, tags and addresses lose their meaning.
    """
    if not answer.text and answer.writer:
        return _quiet(WRITING[answer.language].format(model=answer.writer.model))
    numbers = {citation.number for citation in answer.citations}

    def link(match: re.Match[str]) -> str:
        number = int(match[1])
        return f"[{number}](#{anchor(turn, number)})" if number in numbers else rf"\[{number}\]"

    pieces: list[str] = []
    end = 0
    for match in _CITED.finditer(answer.text):
        pieces += [_plain(answer.text[end : match.start()]), link(match)]
        end = match.end()
    text = _with_nearest("".join([*pieces, _plain(answer.text[end:])]), answer, turn)
    by = writer_line(answer.writer.to_json() if answer.writer else None, answer.language)
    return f"{text}\n\n{_quiet(by)}" if by else text


def _with_nearest(text: str, answer: Answer, turn: int) -> str:
    """What an abstention names as nearest as a list of links, from the first that it names to its end."""
    named = {_plain(as_nearest(unit)): (place, unit) for place, unit in reversed([*enumerate(answer.nearest)])}
    starts = [text.index(name) for name in named if name in text]
    if not starts:
        return text
    lines = [text[: min(starts)].rstrip(), ""]
    for name, (place, unit) in sorted(named.items(), key=lambda near: near[1][0]):
        hint = f" ({' · '.join(gloss(unit))})" if answer.language == "en" else ""
        lines += [f"- [{name}](#{nearest_anchor(turn, place)}){hint}"] if name in text else []
    return "\n".join(lines)


def anchor(turn: int, number: int) -> str:
    """The id of a source's card on the page: the source `number` of the conversation's answer `turn`, from 1."""
    return f"source-{turn}-{number}"


def nearest_anchor(turn: int, place: int) -> str:
    """The id of the card of what stands nearest to an unanswered question, `place` from 0."""
    return f"source-{turn}-near-{place}"


def _quiet(text: str) -> str:
    """A line that is not part of the answer: in italics, its own marks taken away."""
    return f"*{_plain(text.replace('*', ''))}*"


def _plain(text: str) -> str:
    """Markdown that shows a tag, an image, a link, code or an address of the text as the characters it is written with.

    A backslash too: before a bracket of the text it would undo the one that is put there.
    """
    text = _MEANS_SOMETHING.sub(r"\\\g<0>", escape(text, quote=False))
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")
