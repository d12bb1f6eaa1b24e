"""A question that leans on earlier ones, made to stand on its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import rjieba

from rag.bridge import dictionary
from rag.dates import Span, number
from rag.extract import extract
from rag.instead import is_elliptic, put_in_place
from rag.keyword import Keywords
from rag.lexicon import Lexicon
from rag.listing import RARE, SPECIFIC, content
from rag.numerals import moved
from rag.question import NEW_MATTER, TELLING, Question, understand
from rag.ranking import rank_in
from rag.relations import TOLD
from rag.terms import Term
from rag.wanted import asks_agent
from rag.ways import FROM_AFAR

_LEANS = re.compile(
    r"^(?:那|还|又|另|再|其中|然后|以及|同一|前一天|后一天|次日|第二天|.天(?:以|之)?[前后])|[她他它]|呢[？?]?$|这个|这项|这次|这场|这是|该|上述|同时|会上|会议上|当天|当场|"
    r"^(?:and|also|what about|how about|who else|what else|which other|then|but)\b|"
    r"\b(?:he|she|they|them|his|her|their|it|its|there|that|those|this|these)\b",
    re.I,
)
_OTHER_OFFICE = re.compile(r"(?:那么?)?(副市长|市长|市委书记|书记|主任|会长)(?:呢|是谁|叫什么)?[？?]?$")
_EDITION = re.compile(
    r"(上|前)一?[届次期]|(下|后)一?[届次期]|\b(previous|last) (?:edition|one|session)|\b(next) (?:edition|one|session)",
    re.I,
)
_BESIDES = re.compile(
    r"^\W*(?:除了?|除去|除开).{1,12}?(?:还|又|另|外)|"
    r"^\W*(?:besides|apart from|other than|except(?: for)?)\b|\bbesides \w+",
    re.I,
)
"""Who else was there: somebody of the earlier answer is named beside whom the question is about."""
_ONLY = re.compile(r"^(?:那么?)?[只仅](?:要|看|说|算|列|讲|问|限)(?:一下)?|^(?:just|only)\b(?: the ones)?", re.I)
"""只说美国的: the earlier answer, narrowed."""
_AMONG = re.compile(r"^\W*(?:那么?)?其中|\b(?:of|among) (?:them|those|these)\b", re.I)
_WITH = re.compile(
    r"(?:和|与|跟|同|有)[^，。？]{1,12}?(?:一起|一同|一道|共同|都|在场|的)|\bwith\b|\balso\b|\btoo\b", re.I
)
"""Of what was found, that which somebody else was part of as well."""
_PLACED = re.compile("第|first")
"""第一名 is the first of what was spoken of."""
EARLIER = 20
"""Questions of the history that are looked at, the last ones: nobody leans on what is further back."""
SHORT = 3
"""Terms up to which a question that names nothing is first taken as a follow-up."""
ANY_YEAR = 2023
"""Days are counted in a common year: the yearbook's own day before March 1 is all but always February 28."""
_STEPS = (
    (re.compile(r"前一天|the day before", re.I), -1),
    (re.compile(r"后一天|次日|第二天|the (?:next day|day after)", re.I), 1),
)
_YEARS_ON = (
    (re.compile("[前上]一年|去年|the (?:year before|previous year)|last year|a year earlier", re.I), -1),
    (re.compile("[后下]一年|[明来次翌]年|the (?:year after|following year)|next year|a year later", re.I), 1),
)
_DAYS_ON = re.compile(
    r"(?P<n>\d+|[一二两三四五六七八九十]+)天(?:以|之)?(?P<zh>前|后)|"
    r"(?P<en>\d+|a|one|two|three|four|five|six|seven) days? (?P<way>later|after|earlier|before)",
    re.I,
)
_EN_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven".split(), 1)} | {"a": 1}
_BARE_DAY = re.compile(r"(?<![月\d.])(\d{1,2})[日号]|\bon the (\d{1,2})(?:st|nd|rd|th)\b(?! of)", re.I)
"""他26日又去了哪个: a day of the month that the earlier question names."""


def readings(text: str, history: Sequence[str], lexicon: Lexicon, keywords: Keywords) -> list[Question]:
    """The ways to take a question, likeliest first: on its own, or with what it leaves open taken from `history`
    (earlier questions, oldest first). A word that points back makes the second the only one; so does having
    nothing of its own. Of the history the last few are looked at."""
    earlier: Question | None = None
    for question in history[-EARLIER:]:
        before = _readings(question, earlier, lexicon, keywords)[0]
        earlier = before if _leads(before) else earlier
    return _readings(text, earlier, lexicon, keywords)


def _readings(text: str, earlier: Question | None, lexicon: Lexicon, keywords: Keywords) -> list[Question]:
    """The ways to take a question after the last one that had anything to go on from."""
    alone = understand(_plainly(text, lexicon) if earlier else text, lexicon, keywords)
    if not earlier or _is_small_talk(alone):
        return [alone]
    office = _OTHER_OFFICE.match(alone.text)
    if office and any(term.named for term in earlier.terms):
        # 市长呢？ after a question about another city's office asks for that city's.
        terms = tuple(extract(alone.text, keywords, lexicon.full_text))
        alone = replace(alone, people=(), terms=terms, text=f"{office[1]}是谁？", asks="who")
    merged = _merge(alone, earlier, lexicon)
    if _LEANS.search(alone.text) or _BESIDES.search(alone.text) or not (alone.terms or alone.people or alone.authors):
        # 那巴西呢？ may ask about another day than the earlier question did.
        dateless = merged.spans and not alone.spans and any(term.named for term in alone.terms)
        return [merged, replace(merged, spans=())] if dateless else [merged]
    if alone.people or alone.authors:
        return [alone]
    named = any(term.named for term in alone.terms)
    # A short question about nothing by name most often goes on with the matter in hand; where it can't, it may be
    # taken on its own only if it has a telling word of its own.
    if len(alone.terms) <= SHORT and not named:
        telling = any(t.weight >= TELLING and t.forms and not _PLACED.match(t.surface) for t in content(alone))
        return [merged, alone] if telling else [merged]
    return [alone, merged]


def _plainly(text: str, lexicon: Lexicon) -> str:
    """A follow-up with 那 apart from a name that a segmenter runs it into (那拜耳呢), and what narrows as 其中."""
    text = _ONLY.sub(lambda m: "of them " if m.group().isascii() else "其中", text.strip())
    first = rjieba.cut(text)[0] if text.startswith("那") else "那"
    return text if len(first) == 1 or first in dictionary() or first in lexicon.full_text else f"那 {text[1:]}"


def _leads(question: Question) -> bool:
    """Whether a question has anything that the next may go on from: thanks, greetings and what the corpus lacks have
    nothing."""
    absent = any(term.named and not term.forms for term in question.terms)
    return question.has_anchor or (not absent and any(term.forms for term in question.terms))


def _is_small_talk(question: Question) -> bool:
    """谢谢: it asks nothing, and no word of it stands in the corpus."""
    silent = is_elliptic(question) and not _LEANS.search(question.text)
    return silent and bool(question.terms) and not any(term.forms for term in question.terms)


def agrees(rewritten: Question, own: Question, said: Sequence[str]) -> bool:
    """Whether somebody else's rewriting of a follow-up asks what `own` does: in the same language, of the same kind,
    about the same people, days and places in the book, and without a number or a name that none of `said` holds."""
    same = (
        getattr(rewritten, name) == getattr(own, name)
        for name in ("language", "asks", "people", "authors", "spans", "years", "section", "tables", "relation")
    )
    words = " ".join(said).lower()
    new = [part for part in re.findall(r"\d+|\b[A-Z][a-z]+", rewritten.text[1:]) if part.lower() not in words]
    named = (term for term in rewritten.terms if term.named)
    return all(same) and not new and not rewritten.unknown and all(t.surface.lower() in words for t in named)


def _merge(question: Question, earlier: Question, lexicon: Lexicon) -> Question:
    besides = _BESIDES.search(question.text) is not None
    among = _AMONG.search(question.text) is not None
    joined = besides or (among and _WITH.search(question.text) is not None)
    people, relation = _people(question, earlier, joined), _relation(question, earlier, besides)
    rank = rank_in(question.text)[0] if relation in TOLD and people else None
    if rank:  # 最后一次呢: no word to look for
        question = replace(question, terms=tuple(t for t in question.terms if not rank_in(t.surface)[0]))
    spans = question.spans or _shifted(question.text, earlier.spans) or earlier.spans
    elliptic = is_elliptic(question)
    earlier = earlier if besides or among else put_in_place(question, earlier)
    named = any(term.named for term in question.terms)
    # Nothing but another person is asked what the first was asked: 陈吉宁呢？
    anew = spans != earlier.spans or (question.people and not elliptic) or named or _telling(question) >= NEW_MATTER
    asks = earlier.asks if elliptic else question.asks
    return replace(
        question,
        standalone=f"{earlier.standalone} {question.text}",
        # By video then says nothing of another day.
        text=" ".join((FROM_AFAR.sub(" ", earlier.text), question.text)) if asks != question.asks else question.text,
        asks=asks,
        whatever=earlier.whatever if elliptic else question.whatever,
        people=people,
        authors=question.authors or earlier.authors,
        spans=spans,
        years=question.years or _other_year(question.text, earlier.years, lexicon) or earlier.years,
        section=question.section or earlier.section,
        table=question.table or earlier.table,
        more_tables=question.more_tables if question.table else earlier.more_tables,
        relation=relation,
        rank=question.rank or rank,
        objects=question.objects or earlier.objects,
        terms=question.terms + _left(question, earlier, replaced=not joined and bool(anew)),
        own=() if besides and earlier.relation else question.terms,
        unknown=question.unknown + earlier.unknown,
    )


def _telling(question: Question) -> float:
    """What its words that single something out weigh, put together."""
    return sum(term.weight for term in content(question) if term.weight >= SPECIFIC and term.forms)


def _people(question: Question, earlier: Question, joined: bool) -> tuple[str, ...]:
    """Whom a follow-up is about: those it names or, where it names none or they are `joined`, those of before."""
    # 那又是哪位领导见的: another than before
    other = question.asks == "who" and "leader" in question.objects and not _BESIDES.search(question.text)
    before = () if other else earlier.people
    return tuple(dict.fromkeys((*before, *question.people))) if joined else question.people or before


def _relation(question: Question, earlier: Question, besides: bool) -> str | None:
    # Of another day and with a verb of its own it asks for what else was done: 10月份他们又请谁参观？
    moved_on = bool(question.spans) and question.spans != earlier.spans and _telling(question) >= RARE
    # The guides of what somebody organised, or its winner, are others.
    moved_on = moved_on or (earlier.relation not in TOLD and question.asks == "who" and asks_agent(question))
    return (besides and earlier.relation) or question.relation or (None if moved_on else earlier.relation)


def _left(question: Question, earlier: Question, *, replaced: bool) -> tuple[Term, ...]:
    """The earlier question's terms that the follow-up doesn't give anew; where what it names has taken their place,
    `replaced`, a hint from now on."""
    own = {term.surface for term in question.terms}
    edition = _EDITION.search(question.text)
    step = 0 if edition is None else -1 if edition[1] or edition[3] else 1
    left = tuple(moved(term, step) for term in earlier.terms if term.surface not in own)
    return tuple(replace(t, named=False, ordinal=False, weight=t.weight / 2) for t in left) if replaced else left


def _shifted(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The day that a follow-up counts from the earlier question's: 前一天, 三天以后, 26日; () where it counts none."""
    if not spans:
        return ()
    bare = _BARE_DAY.search(text)
    if bare:
        day = (spans[0].first[0], int(bare[1] or bare[2]))
        return (Span(day, day),) if 1 <= day[1] <= 31 else ()
    step = next((days for pattern, days in _STEPS if pattern.search(text)), 0) or _days_on(text)
    if not step or not spans[0].is_day:
        return ()
    try:
        moved = date(ANY_YEAR, *spans[0].first) + timedelta(days=step)
    except ValueError:  # 2月30日 has no day before it
        return ()
    return (Span((moved.month, moved.day), (moved.month, moved.day)),)


def _other_year(text: str, years: Sequence[int], lexicon: Lexicon) -> tuple[int, ...]:
    """The year before or after the one spoken of, which is the yearbook's own unless the earlier question gives one."""
    step = next((step for pattern, step in _YEARS_ON if pattern.search(text)), 0)
    told = years or [year for year, _ in lexicon.years.most_common(1)]
    return tuple(year + step for year in told) if step else ()


def _days_on(text: str) -> int:
    match = _DAYS_ON.search(text)
    if not match:
        return 0
    if match["n"]:
        return number(match["n"].replace("两", "二")) * (1 if match["zh"] == "后" else -1)
    days = _EN_NUMBERS.get(match["en"].lower()) or int(match["en"])
    return days * (1 if match["way"].lower() in ("later", "after") else -1)
