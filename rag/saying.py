"""How one piece of evidence is said in the question's language: a quoted clause, a table row, an entry, a byline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from rag import dates
from rag.amounts import amounts
from rag.lexicon import Lexicon
from rag.names import english_name
from rag.passages import heading, is_plain
from rag.places import english_of
from rag.question import Question
from rag.relations import done_by
from rag.types import Evidence, Unit

_VERBS = (
    ("视频会见", "met by video"),
    ("会见", "met"),
    ("视频出席", "attended by video"),
    ("出席", "attended"),
    ("致信", "wrote to"),
    ("主持", "chaired"),
)
"""The verbs that yearbook tables open an activity with, longer ones first."""


class Speaker:
    """Says pieces for one answer; in English a person's name carries its characters where it first stands."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._english = question.language == "en"
        self._lexicon = lexicon
        self._introduced: set[str] = set()
        self._colon = ": " if self._english else "："

    def name(self, name: str) -> str:
        """Pinyin for the corpus' own people; a foreign name in characters stays as it is, its pinyin would mislead."""
        if not self._english or name not in self._lexicon.locals or not english_name(name):
            return name
        if name in self._introduced:
            return english_name(name)
        self._introduced.add(name)
        return f"{english_name(name)} ({name})"

    def thing(self, name: str) -> str:
        """A person, country or month as the answer's language has it."""
        if not self._english:
            return name
        mentions = dates.find(name)
        return dates.english(mentions[0].span) if mentions else english_of().get(name) or self.name(name)

    def quoted(self, piece: Evidence, values: Sequence[str]) -> str:
        """The verbatim clause with its values in bold, after the entry's title."""
        quote = f"「{emphasised(plain(piece.quote), values)}」"
        if not self._english:
            return f"据【{heading(piece.unit, piece.quote)}】：{quote}"
        said = self._values(values)
        return f"{said}【{heading(piece.unit, piece.quote)}】{quote}"

    def row(self, unit: Unit, values: Sequence[str], asked: Collection[str] = ()) -> str:
        """A table row as a sentence: date, people, what they did; values in bold, of a plain table's row the cells of
        the columns asked for."""
        when = unit.date or ""
        activity, verb = plain(unit.activity or unit.text), done_by(unit.fields, unit.people)
        activity = activity if activity.startswith(verb) else f"{verb}{activity}"
        where = unit.country or ""
        if is_plain(unit):
            # A bare 6.7 says nothing without its column's name.
            told = {name: plain(cell) for name, cell in unit.fields.items() if cell}
            told.update({name: f"**{told[name]}**" for name in asked if name in told})
            cells = ("; " if self._english else "；").join(map(self._colon.join, told.items()))
            return cells if asked else emphasised(cells, values)
        if not self._english:
            where = f"（{where}）" if where and where not in activity else ""
            text = f"{when}，{'、'.join(unit.people)}{activity}{where}" if unit.people else unit.text
            return emphasised(text, values)
        mentions = dates.find(when)
        people = ", ".join(self.name(name) for name in unit.people)
        verb, rest = _verb(activity)
        where = f" ({english_of()[where]})" if where in english_of() else f" ({where})" if where else ""
        text = f"{people} {verb} {rest}{where}" if people else unit.text
        date = dates.english(mentions[0].span) if mentions else when
        bold = [self.name(v) if v in self._lexicon.locals else v for v in values] if values else []
        return emphasised(f"{date}: {text}", [*bold, *([date] if when in values else [])])

    def entry(self, piece: Evidence, titles_only: bool) -> str:
        """An entry in a list: its title, and the sentence that puts it there unless the titles are the answer."""
        if titles_only:
            return f"【{piece.unit.title}】"
        return f"【{heading(piece.unit, piece.quote)}】{plain(piece.quote)}"

    def signed(self, unit: Unit, *, of_whom: bool = False) -> str:
        """Whose byline a unit carries; in bold what is asked for: the names, or `of_whom` it is asked, the title."""
        joined = ", ".join(map(self.name, unit.authors)) if self._english else "、".join(unit.authors)
        title, names = (f"**【{unit.title}】**", joined) if of_whom else (f"【{unit.title}】", f"**{joined}**")
        return f"{title} is signed by {names}" if self._english else f"{title}的作者：{names}"

    def _values(self, values: Sequence[str]) -> str:
        """The bold values again in English, where English says them otherwise."""
        said = []
        for value in values:
            mentions = dates.find(value)
            if mentions:
                year = dates.YEAR.search(value)
                said.append(dates.english(mentions[0].span) + (f", {year.group(1)}" if year else ""))
            elif value in self._lexicon.locals:
                said.append(self.name(value))
            else:
                said.extend(amounts(value))
        return f"**{', '.join(dict.fromkeys(said))}**: " if said else ""


def plain(text: str) -> str:
    """The text with a source's own footnote marks set apart from citations: [1] → ［1］."""
    return re.sub(r"\[(\d+)\]", r"［\1］", text)


def as_nearest(unit: Unit) -> str:
    """How an abstention names a unit that stands nearest."""
    return plain(unit.text if unit.kind == "row" else f"【{unit.title}】")


def _verb(activity: str) -> tuple[str, str]:
    for chinese, english in _VERBS:
        if activity.startswith(chinese):
            return f"{english} ({chinese})", activity[len(chinese) :]
    return "—", activity


def emphasised(text: str, values: Iterable[str]) -> str:
    """The text with each value in bold where it first stands; of one within another the longer alone."""
    for value in sorted(dict.fromkeys(values), key=len, reverse=True):
        in_bold = text.split("**")[1::2]
        if value and not any(value in part for part in in_bold):
            text = text.replace(value, f"**{value}**", 1)
    return text
