"""The quiet line that says how the last question was understood, each part of it a button that takes it away."""

from __future__ import annotations

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
    shown = [*parts(answer.understood), *gone]
    if not shown:
        return ""
    shown.sort(key=lambda part: KINDS.index(part.kind))
    words = WORDS[language]
    buttons = "".join(_button(part, part in gone, language) for part in shown)
    return f'<p class="understood"><span class="lead">{words["understood"]}</span>{buttons}</p>'


def _button(part: Part, gone: bool, language: Language) -> str:
    text = worded(part, language)
    does = WORDS[language]["put_back" if gone else "leave_out"].format(part=text)
    return (
        f'<button type="button" class="{"gone" if gone else "part"}" data-part="{escape(part.key)}" '
        f'title="{escape(does)}" aria-label="{escape(does)}">{escape(text)}'
        f'<span aria-hidden="true">{"↺" if gone else "×"}</span></button>'
    )


def worded(part: Part, language: Language) -> str:
    """A part as the reader's language has it: person 殷勇, met, April 6."""
    value = part.value
    if part.kind == "dates":
        value = _dates(value, language)
    elif part.kind in ("relation", "objects"):
        value = THINGS[language].get(value, value)
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
