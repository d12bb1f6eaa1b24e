"""What a reader of English is told beside Chinese text: the day, the people, the country and the table of a unit."""

from __future__ import annotations

import re

from rag import dates
from rag.chat.wording import KINDS
from rag.names import english_name
from rag.places import english_of
from rag.text import sentences
from rag.types import Unit


def gloss(unit: Unit) -> list[str]:
    """A row by its columns; any other unit by its kind and the first day that it opens with."""
    if not unit.fields:
        found = dates.find(next(iter(sentences(unit.text)), ""))
        return [KINDS["en"][unit.kind], *(dates.english(mention.span) for mention in found[:1])]
    found = dates.find(unit.date or "")
    facts = [
        dates.english(found[0].span) if found else "",
        ", ".join(filter(None, map(english_name, unit.people))),
        english_of().get(unit.country or "", ""),
        re.sub(r"^表\s*(\d+)$", r"Table \1", unit.table or ""),
    ]
    return [fact for fact in facts if fact]
