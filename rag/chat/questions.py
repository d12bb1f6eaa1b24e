"""A question as the conversation shows it: plain text, of which Markdown and HTML read nothing."""

from __future__ import annotations

import re

ACTIVE = r"[\t-\r!-/:-@\[-`{-~]|(?<!\S) "
"""What Markdown or HTML may read as more than itself: marks, line breaks, and spaces that indent. JavaScript reads this
pattern as Python does (see conversation.py)."""
_SHOWN = re.compile(r"&#(\d{1,3});")
_MARKDOWN = re.compile(r"[\\`*_{}\[\]<>#|~&!$]")


def literal(question: str) -> str:
    """Markdown that shows the question's own characters."""
    return re.sub(ACTIVE, lambda found: f"&#{ord(found[0])};", question)


def original(shown: str) -> str:
    """The question that `literal` shows."""
    return _SHOWN.sub(lambda found: chr(int(found[1])), shown)


def heading(question: str) -> str:
    """The question on one line of a Markdown file, which is read with and without its marks."""
    return plain(" ".join(question.split()))


def plain(text: str) -> str:
    """Text of a Markdown file."""
    return _MARKDOWN.sub(r"\\\g<0>", text)
