"""A question understood: its language and kind, and everything it names."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from rag import dates
from rag.asides import held_up, in_earnest, without_order
from rag.asking import BYLINE, ORDER, WHATEVER, Asks, asks, in_chinese, in_english
from rag.attendance import attendance, without_number
from rag.errors import QuestionError
from rag.extract import extract
from rag.keyword import Keywords
from rag.lexicon import Lexicon
from rag.naming import (
    APPOSITION,
    countries_out,
    dates_in,
    expanded,
    matter_out,
    others_asked,
    people_in,
    single,
    without_in,
)
from rag.offices import role_in, titles
from rag.ranking import Rank, rank_in
from rag.relations import TOLD, objects_in, relation_in, spaced
from rag.terms import Term
from rag.text import fold, language, matchable
from rag.whereabouts import meant_section, meant_table, section_in, tables_in, without_columns

MAX_CHARACTERS = 2000
_SIGNING = re.compile("sign|writ|wrote|author|pen|contribut|articles?$|pieces?$|写|署|参与|负责$|条$")
_OF_A_WORK = re.compile(r"《[^》]*》|剧本|小说|歌词|作曲|原著")
_ENTRY = re.compile(r"条目|词条|署名|撰稿|执笔|\bentr(?:y|ies)\b|byline|signed", re.I)
"""谁写的 asks for the author of an entry, unless it is said of a work that the yearbook tells of."""
_WENT = re.compile(r"去[了过]?|露面|\b(?:go|went|gone|appear\w*|at)\b", re.I)
CONTEXT = 0.3
"""What a word weighs that stands beside an asking sentence with a telling word, against one in it."""
TELLING = 3.0
"""The idf from which a word says what a question is about: it stands in fewer than about one in twenty units."""

NEW_MATTER = 6.0
"""The idf of a follow-up's own words, put together, from which they are a matter of their own: 来华签证邀请函呢."""


@dataclass(frozen=True)
class Question:
    """What a question asks and what it names. `people` are names the corpus knows, in its own characters.

    `rank`: whether it asks for the first or the last of what is found, or for who has most of it.
    `own` are the terms of a follow-up that are not its history's: what is found has to carry them too.
    `more_tables`: those named beside `table`, whose rows count as well.
    `left_out` are people and events that may not be in what is found, `besides` those beside whom others are asked for,
    `not_of` countries that it may not be of; `unknown` holds names that the corpus lacks; `corrected` maps what was
    written to the name it was taken for; `own_place` is the one that the yearbook is about.
    """

    text: str
    standalone: str
    language: Literal["zh", "en"]
    asks: Asks
    byline: bool = False
    whatever: bool = False
    people: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    spans: tuple[dates.Span, ...] = ()
    years: tuple[int, ...] = ()
    section: str | None = None
    table: str | None = None
    more_tables: tuple[str, ...] = ()
    relation: str | None = None
    rank: Rank | None = None
    objects: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    own: tuple[Term, ...] = ()
    unknown: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    not_of: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)
    own_place: str = ""

    @property
    def has_anchor(self) -> bool:
        """Whether it names a person, a byline, a date, a section or a table, which select units on their own."""
        return bool(self.people or self.authors or self.spans or self.section or self.table)

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table that it names."""
        return (self.table, *self.more_tables) if self.table else ()

    @property
    def anchors(self) -> tuple[str, ...]:
        """Everything that selects units, as the answer's language writes it."""
        days = (dates.english(span) if self.language == "en" else dates.chinese(span) for span in self.spans)
        return tuple(name for name in (*self.people, *self.authors, *days, self.section, *self.tables) if name)

    def to_json(self) -> dict[str, Any]:
        """For `ask --json` and the chat: what was understood, without the inner weights."""
        data = asdict(self)
        data.pop("text")
        data["dates"] = [f"{a[0]}-{a[1]}/{b[0]}-{b[1]}" for a, b in ((s.first, s.last) for s in self.spans)]
        for inner in ("spans", "own", "own_place", "whatever", "byline"):
            data.pop(inner)
        data["terms"] = [term.surface for term in self.terms]
        return data


def check(text: str) -> str:
    """The folded question. Raises QuestionError where there is none, or it is longer than MAX_CHARACTERS, as it was
    written or folded: one character may stand for eighteen."""
    folded = fold(text[: MAX_CHARACTERS + 1])
    size = max(len(text), len(folded))
    if size > MAX_CHARACTERS:
        raise QuestionError(f"question: {size:,} characters are too many; ask in at most {MAX_CHARACTERS:,}")
    if not re.search(r"\w", folded):
        raise QuestionError("question: it is empty; type a question, for example 殷勇会见了哪些外资企业？")
    return folded


def understand(text: str, lexicon: Lexicon, keywords: Keywords) -> Question:
    """A question on its own (see followups for one that leans on earlier ones). Raises QuestionError."""
    said = check(text)
    folded = without_order(said, lexicon.full_text)
    text = text if folded == said else folded
    spoken: Literal["zh", "en"] = "en" if language(folded) == "en" else "zh"
    english = spoken == "en"
    folded = in_english(folded) if english else in_chinese(folded)
    folded = APPOSITION.sub(" ", folded)
    rest, people, corrected, unknown = people_in(single(expanded(folded), keywords), lexicon)
    held, last = held_up(folded)
    if held and asks(last, english=english)[0] == "who":
        people, unknown = (in_earnest(names, corrected, held, last) for names in (people, unknown))
    unknown += dates.impossible(folded)
    spans, years, rest = dates_in(rest)
    tables, rest = tables_in(rest)
    section, rest = section_in(rest, lexicon)
    byline = BYLINE.search(rest) is not None and not (_OF_A_WORK.search(rest) and not _ENTRY.search(rest))
    relation = relation_in(rest, english=english) or relation_in(rest, english=not english)
    not_of, rest = countries_out(rest) if relation in TOLD else ((), rest)
    matter, rest = matter_out(rest, lexicon) if relation in TOLD else ("", rest)
    rest = spaced(without_columns(without_number(rest), lexicon))
    rest, holder = role_in(rest, people, lexicon)
    objects = objects_in(rest, english=english) + objects_in(rest, english=not english)
    if tables and objects:  # 表6里有哪些国际组织: of what kind of thing the table tells
        relation = relation or _of_caption(tables[0], lexicon)
    rank, unranked = rank_in(rest)
    if rank and relation in TOLD and (rank == "most" or people or holder or "leader" in objects):
        rest = unranked
    else:
        rank = None  # 首次举办 is told in words
    terms = _terms(BYLINE.sub(" ", rest), keywords, lexicon)
    if not section:
        section, terms = meant_section(folded, terms, lexicon)
    table = tables[0] if tables else None
    if not table and (table := meant_table(folded, terms, lexicon)):
        # What the caption says too says which table is meant, no more.
        caption = matchable(next(caption for caption, name in lexicon.captions.items() if name == table))
        terms = tuple(term for term in terms if term.strength_in(caption) < 1)
        objects = [kind for kind in objects if kind not in objects_in(caption, english=False)]
    kinds = asks(tables_in(folded)[1], english=english)
    if (
        not relation
        and kinds[0] in ("which all", "how many")
        and "event" in objects
        and (people or "leader" in objects)
        and (_WENT.search(rest) or attendance(folded))
    ):
        relation = "attended"  # 去了哪些活动; 去了哪所学校 asks for a place
    by_title = dict.fromkeys(titles(), holder) if holder else {}
    left_out = without_in(folded, [*people, holder] if holder else people, corrected | by_title)
    # Beside whom others are asked for, he may well be in what tells of them.
    besides, left_out = (left_out, ()) if others_asked(folded) else ((), left_out)
    people = [name for name in people if name not in (*left_out, *besides)]
    holder = None if holder in (*left_out, *besides) else holder
    found = tuple(dict.fromkeys([*people, *([holder] if holder else [])]))
    # Whom the corpus knows by bylines alone can only be asked about as an author.
    byline = byline or (bool(people) and all(name in lexicon.authors and name not in lexicon.people for name in people))
    if byline:  # the verb is said by that already
        terms = tuple(term for term in terms if not _SIGNING.match(term.surface))
    return Question(
        text=folded,
        standalone=text.strip(),
        language=spoken,
        asks=kinds[0],
        byline=byline,
        whatever=WHATEVER.search(folded) is not None or (kinds == ["what"] and not relation and not terms),
        people=() if byline else found,
        authors=found if byline else (),
        spans=spans,
        years=years,
        section=section,
        table=table,
        more_tables=tuple(tables[1:]),
        relation=None if byline else relation,
        rank=None if byline else rank,
        objects=tuple(dict.fromkeys(objects)),
        terms=terms,
        unknown=tuple(unknown),
        left_out=(*left_out, matter) if matter else left_out,
        besides=besides,
        not_of=not_of,
        corrected=corrected,
        own_place=keywords.own_place,
    )


def _of_caption(table: str, lexicon: Lexicon) -> str | None:
    """Whom a table of meetings lists was met, whether or not the question says so."""
    caption = next((caption for caption, name in lexicon.captions.items() if name == table), "")
    relation = relation_in(caption, english=False)
    return relation if relation in TOLD else None


def _terms(text: str, keywords: Keywords, lexicon: Lexicon) -> tuple[Term, ...]:
    """Terms of the asking sentences; what stands around them is context: it binds nothing, and unknown words fall."""
    parts = [part for part in re.split(r"(?<=[。！!？?])|[.!][\"”'’)\]}]*\s", text) if part.strip()]
    asking = [part for part in parts if re.search(r"[?？]\s*$", part)] or parts
    found = extract(" ".join(asking), keywords, lexicon.full_text)
    own = {term.surface for term in found}
    rest = (part for part in parts if part not in asking and not ORDER.search(part))
    around = extract(" ".join(rest), keywords, lexicon.full_text)
    share = CONTEXT if any(term.weight >= TELLING and term.forms for term in found) else 1.0
    known = (replace(t, named=False, weight=t.weight * share) for t in around if t.surface not in own)
    return (*found, *(t for t in known if any(form in lexicon.full_text for form in t.forms)))
