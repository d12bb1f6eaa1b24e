"""The quiet line that says how the last question was understood, each part of it a button that takes it away."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape

from babel.dates import get_month_names

from rag.chat.wording import KINDS_OF_PART, THINGS, WORDS
from rag.types import Answer, Language
from rag.understood import KINDS, Part, parts


def understood_html(answer: Answer | None, language: Language) -> str:
    """One button for each part, those taken away struck through; empty where nothing was understood."""
    if answer is None:
        return ""
    gone = [Part(*key.split(":", 1)) for key in answer.understood.get("without", ())]
    understood = [part for part in parts(answer.understood) if part not in gone]
    shown = [
        (group, missing)
        for missing, some in ((False, understood), (True, gone))
        for group in _recognisable(some, answer.question)
    ]
    if not shown:
        return ""
    shown.sort(key=lambda one: KINDS.index(one[0][0].kind))
    words = WORDS[language]
    buttons = "".join(_button(group, missing, language) for group, missing in shown)
    return f'<p class="understood"><span class="lead">{words["understood"]}</span>{buttons}</p>'


def _recognisable(found: Sequence[Part], question: str) -> list[tuple[Part, ...]]:
    """The parts as a reader would tell them apart: a fragment (市, 105) goes with what follows it in the question
    (市外办, 105岁), and one that nothing follows is not shown."""
    groups = [(part,) for part in found if part.kind != "terms"]
    terms = sorted((part for part in found if part.kind == "terms"), key=lambda part: question.find(part.value))
    words: list[tuple[Part, ...]] = []
    for term in terms:
        before = _said(words[-1]) if words else ""
        if _is_fragment(before) and before + term.value in question:
            words[-1] = (*words[-1], term)
        else:
            words.append((term,))
    return [*groups, *(group for group in words if not _is_fragment(_said(group)))]


def _is_fragment(text: str) -> bool:
    """A single character, or a bare number."""
    return len(text) == 1 or text.isdigit()


def _said(group: Sequence[Part]) -> str:
    return "".join(part.value for part in group)


def _button(group: Sequence[Part], gone: bool, language: Language) -> str:
    text = worded(replace(group[0], value=_said(group)), language)
    does = WORDS[language]["put_back" if gone else "leave_out"].format(part=text)
    keys = escape(json.dumps([part.key for part in group], ensure_ascii=False))
    return (
        f'<button type="button" class="{"gone" if gone else "part"}" data-part="{keys}" '
        f'title="{escape(does)}" aria-label="{escape(does)}">{escape(text)}'
        f'<span aria-hidden="true">{"↺" if gone else "×"}</span></button>'
    )


def worded(part: Part, language: Language) -> str:
    """A part as the reader's language has it: person 殷勇, met, April 6."""
    value = part.value
    if part.kind == "dates":
        value = _dates(value, language)
    elif part.kind in ("relation", "rank", "objects"):
        value = THINGS[language].get(value, value)
    elif part.kind == "table" and language == "en":
        value = re.sub(r"^表(?=\d)", "Table ", value)
    elif part.kind == "years" and language == "zh":
        value += "年"
    return KINDS_OF_PART[language].get(part.kind, "{}").format(value)


def _dates(span: str, language: Language) -> str:
    (month, day), (month2, day2) = (map(int, end.split("-")) for end in span.split("/"))
    if (day, day2) == (1, 31):
        first, last = _month(month, language), _month(month2, language)
    else:
        first, last = _day(month, day, language), _day(month2, day2, language)
    return first if first == last else f"{first}–{last}"


def _day(month: int, day: int, language: Language) -> str:
    return f"{month}月{day}日" if language == "zh" else f"{_month(month, language)} {day}"


def _month(month: int, language: Language) -> str:
    return f"{month}月" if language == "zh" else get_month_names("wide", locale="en")[month]
