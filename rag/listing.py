"""Lists and counts: every unit that carries what the question names, whatever its rank."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag import dates
from rag.attendance import ANY_NUMBER, attendance
from rag.bounds import in_force
from rag.chinese import ALIKE
from rag.lexicon import Lexicon
from rag.parts import parts
from rag.passages import fullest
from rag.places import countries_in
from rag.posts import posts
from rag.question import Question
from rag.relations import GENERIC, OBJECTS, PLACES_ASKED, RELATIONS, TOLD, done_by, is_envoy, is_firm, is_international
from rag.retriever import Retriever
from rag.terms import LITERAL, Term, coverage, lacks_name
from rag.text import matchable, sentences
from rag.types import Evidence, Unit
from rag.ways import FROM_AFAR, in_person, words_of_way

LIST_SHARE = 0.5
"""A unit joins a list when it carries at least this share of the specific words that the best one does."""
TO_PLACES = 0.2
"""The same where what was done to a place of another country is asked: what was sent to each has many names."""
YES_SHARE = 0.9
"""The same where it is asked whether something was so: another event, like it, is no answer."""
SPECIFIC = 1.5
"""The idf from which a word tells units apart: it stands in fewer than about one in five."""
RARE = 4.0
"""The idf from which even a relation's word singles something out, as 贺信 does among letters."""
CARRIED = 0.3
"""Where no person, date or the like selects, the least share of the specific words that the best unit must carry."""


_TIMES = re.compile(
    r"(?:多少|几)(?:次(?!国际)|场|封)|次数|场次|\bhow often\b|"
    r"\bhow many (?:of (?:the|these|those) |\w+ )?(?:times|meetings|letters|visits)\b",
    re.I,
)
_PEOPLE = re.compile(
    r"(?:多少|几)(?:[人名位]|个?(?:国家|城市|企业|公司|单位|机构))|人数|"
    r"\bhow many (?:\w+ ){0,2}?(?:people|participants|guests|countries|firms)\b",
    re.I,
)


_INTERNATIONAL = re.compile(r"国际组织|\binternational organi[sz]ations?\b", re.I)
_PLACES = re.compile(r"哪些(?:地方|地区)|\bwhich (?:\w+ )?places\b", re.I)
_LETTER = re.compile(r"信(?!息)|函|\bletters?\b|\bwr[io]te? to\b|\bwritten to\b", re.I)
_GREETING = re.compile(r"贺词|视频|祝贺|题词|\bvideos?\b|\bgreet\w*|\bcongrat\w*|\bmessages?\b|\binscri\w+", re.I)
"""A greeting by video is no letter."""
_IN_TITLE = re.compile(
    r"(?:标题|题目)[^，。？]{0,4}(?:带|含|包含|有|出现)[^，。？]{0,3}[“《\"']([^”》\"']+)[”》\"']|"
    r"\btitles? [^,.?]{0,20}?(?:contain|includ|with|mention)\w* (?:the words? )?[“\"']([^”\"']+)[”\"']",
    re.I,
)
_AMBASSADOR = re.compile(r"大使(?!馆)|\bambassadors?\b", re.I)
"""A counsellor or an embassy's people are envoys, but no ambassadors."""
_TOGETHER = re.compile(r"一起|一同|共同|同时|两人都|\btogether\b|\bboth\b|\bjointly\b|\bwith each other\b", re.I)
_EITHER = re.compile(r"或者?|各自?|分别|\bor\b|\beither\b|\beach\b|\brespectively\b", re.I)
_ALONE = re.compile(r"只有|仅有?|独自|单独|一个人(?!都|也)|\balone\b|\bby (?:him|her)self\b|\bonly\b", re.I)
ANY_EVENT = r"活动|会议|\b(?:events?|activit(?:y|ies)|conferences?|occasions?)\b"
"""Words that any event is called by; a forum or a ceremony is one of its kind."""
_KINDS = rf"(?:{OBJECTS['event'][0]}|\b(?:{OBJECTS['event'][1]})\b)"
_ANY_OF_KINDS = re.compile(rf"{_KINDS}(?:以及|[和与及或、]|,? (?:and|or) )[\w ]{{0,12}}?{_KINDS}", re.I)
"""论坛和主题活动: whichever of them it is."""


def is_exhaustive(question: Question) -> bool:
    """Whether the answer is every unit that carries what the question names, rather than one passage."""
    if question.authors or (question.section and not question.relation) or title_asked(question):
        return True
    if question.asks == "which all" and question.people and not question.relation and not _singles_out(question):
        return True
    if question.asks == "what" and question.spans and question.whatever:
        return True
    told = question.relation in TOLD
    if question.rank:
        return True
    if question.asks in ("who", "what", "yes/no") and told and (question.people or question.spans):
        return True
    if question.whatever and (question.people or question.table):
        return True
    named = any(term.named for term in question.terms)
    by_way = question.relation == "met" and in_person(question) is not None
    plain = tuple(term for term in question.terms if not term.named)
    if told and attendance(question.text):
        return True
    if question.asks in ("who", "which all") and told and question.besides and not _singles_out(question):
        return True
    if question.asks == "who" and question.relation == "met" and (named or _row_like(question)):
        return not _singles_out(replace(question, terms=plain))  # who met people from Britain
    if question.asks not in ("which all", "how many") or attending(question):
        return False
    inherited = bool(question.own) and not dates.find(question.text)
    if question.table or (question.spans and question.asks == "which all" and not inherited):
        return True
    if question.asks == "how many":
        if question.spans and not question.relation and "event" in question.objects and not _singles_out(question):
            return True  # 10月有几项活动
        times = "leader" in question.objects and _TIMES.search(question.text)
        one = len(parts(question)) == 1  # two numbers asked for are read, not counted: 共多少场，其中几场
        selects = question.people or question.spans or ((named or by_way or times) and one)
        return bool(question.relation and selects) and _counts_events(question)
    if question.has_anchor:
        return bool(question.relation) and not (inherited and not question.people)
    selects = (named and question.objects) or _row_like(question) or to_places(question) or by_way
    return bool(question.relation and selects)


def _singles_out(question: Question) -> bool:
    """Whether any of its words but the names tells one unit from another."""
    return any(term.weight >= SPECIFIC and term.surest >= LITERAL for term in content(question))


def times_asked(question: Question) -> bool:
    """Whether a question asks how often something took place, rather than with whom: 几次, how many meetings."""
    return _TIMES.search(question.text) is not None


def title_asked(question: Question) -> str | None:
    """What an entry's title has to hold, where that is all that is asked: 标题里带“培训班”的条目."""
    match = _IN_TITLE.search(question.text)
    return next(group for group in match.groups() if group) if match else None


def _counts_events(question: Question) -> bool:
    """Whether "how many" counts what the relation tells of: times, or those on its other side; not sums or shares."""
    if _TIMES.search(question.text):
        return True
    if question.relation == "chaired":
        return True
    if question.relation == "attended":
        return "event" in question.objects and not _PEOPLE.search(question.text)
    who = bool(question.people) or "leader" in question.objects
    of_kind = bool(question.objects) or any(term.named for term in question.terms)  # 几位英国人
    return question.relation in ("met", "wrote") and of_kind and who


def _row_like(question: Question) -> bool:
    return question.relation in ("met", "wrote") and bool({"firm", "envoy", "country"} & set(question.objects))


def to_places(question: Question) -> bool:
    """Whether places are asked for that something was done to: whom did they send supplies?"""
    if question.relation != "donated" or question.asks != "which all":
        return False
    return bool({"country", "city"} & set(question.objects) or _PLACES.search(question.text))


def attending(question: Question) -> bool:
    """Whether it asks which places were represented at something: that is told in one sentence, not by a list."""
    places = PLACES_ASKED.search(question.text)
    return question.relation == "attended" and question.asks == "which all" and bool(places) and not question.people


def content(question: Question, *, relation: bool = False) -> list[Term]:
    """The terms that single something out: neither kinds of things nor common adjectives, nor the relation's words
    unless `relation` is to count too."""
    spoken = list(RELATIONS[question.relation]) if question.relation and not relation else []
    spoken += [pattern for kind, patterns in OBJECTS.items() if kind != "event" for pattern in patterns] + [ANY_EVENT]
    pattern = re.compile("|".join(spoken), re.I)
    any_of = _ANY_OF_KINDS.search(question.text)
    whichever = any_of.group().lower() if any_of else ""
    by_way = words_of_way(question)
    return [
        term
        for term in question.terms
        if (term.named or term.surface not in whichever)
        and term.surface not in by_way
        and (term.named or not GENERIC.match(term.surface))
        and (term.named or term.weight >= RARE or not pattern.search(term.surface))
    ]


def collect(question: Question, retriever: Retriever, selected: Sequence[int]) -> list[Evidence]:
    """Every piece of the units that a list question selects (`Retriever.select`), in the order of the source. Of
    several people each one's, where it says so or nothing tells of all of them."""
    apart = len(question.people) > 1 and question.asks != "yes/no" and not _TOGETHER.search(question.text)
    if not apart or not _EITHER.search(question.text):
        found = _collected(question, retriever, selected)
        if found or not apart:
            return found
    each = [replace(question, people=(name,)) for name in question.people]
    found = [piece for one in each for piece in _collected(one, retriever, retriever.select(one))]
    return sorted(dict.fromkeys(found), key=lambda piece: retriever.number_of(piece.unit))


def _collected(question: Question, retriever: Retriever, selected: Sequence[int]) -> list[Evidence]:
    terms = content(question)
    specific = [term for term in terms if term.weight >= SPECIFIC and term.surest >= ALIKE]
    own = [term for term in question.own if term in terms and term.forms]
    found: list[tuple[Evidence, float]] = []
    for number in selected if title_asked(question) else retriever.naming(terms, selected):
        text = retriever.texts[number]
        if own and coverage(own, text) < CARRIED:
            continue
        if not retriever.covers(number, question.years):
            continue
        unit = retriever.units[number]
        found += [
            (Evidence(unit, quote, 1.0), coverage(specific, text))
            for quote in _of_the_names(terms, question, unit, quotes(question, unit, retriever.lexicon))
        ]
    best = max((share for _, share in found), default=0.0)
    open_list = question.has_anchor and question.asks in ("which all", "how many")
    if specific and not open_list and len(question.anchors) < 2 and best < CARRIED:
        return []
    share_of = TO_PLACES if to_places(question) else YES_SHARE if question.asks == "yes/no" else LIST_SHARE
    least = 0.0 if question.authors or title_asked(question) else share_of * best
    return [evidence for evidence, share in found if share >= least]


def _of_the_names(terms: Sequence[Term], question: Question, unit: Unit, quotes: Sequence[str]) -> Sequence[str]:
    """Those of a unit's quotes that carry the names asked for. Where none does, but another sentence of the unit tells
    as much of them, or the unit goes through many matters, the quotes tell of others; else all do."""

    def names(text: str) -> bool:
        return not lacks_name(terms, matchable(text))

    telling = [quote for quote in quotes if names(quote)]
    if telling or not quotes or unit.kind == "overview":
        return telling
    pattern = RELATIONS[question.relation][0] if question.relation else "(?!)"
    others = any(re.search(pattern, piece) and names(piece) for piece in sentences(unit.text))
    return [] if others else quotes


def quotes(question: Question, unit: Unit, lexicon: Lexicon) -> list[str]:
    """The sentences of a unit that show the relation with the people and on the dates asked about."""
    part = title_asked(question)
    if part:
        return sentences(unit.text)[:1] if unit.kind == "entry" and part in unit.title else []
    if question.authors or (question.section and not question.relation):
        listed = unit.kind == "entry" or (unit.kind == "overview" and bool(question.authors))
        return sentences(unit.text)[:1] if listed else []
    if unit.kind == "row":
        return [unit.text] if _shows(question, unit, unit.text, lexicon) else []
    shown = [piece for piece in dated(question, unit) if _shows(question, unit, piece, lexicon)]
    # Each dated sentence tells of an event of its own; what follows without a date goes on with the one before.
    own = [piece for piece in shown if dates.find(piece)]
    if question.relation:
        return own or shown
    return [fullest(shown, unit, question.terms, 0.0)] if shown else []


def dated(question: Question, unit: Unit) -> list[str]:
    """The sentences that fall within the question's dates; an undated sentence keeps the date of the one before. What
    comes into force on a day is told by who asks for that day."""
    if not question.spans:
        return sentences(unit.text)
    kept, current = [], False
    for piece in sentences(unit.text):
        told = dates.find(piece)
        spans = [m.span for m in told if m.span in question.spans or not in_force(piece, m)]
        if spans:
            current = dates.falls(spans, question.spans)
        if current:
            kept.append(piece)
    return kept


def _officials(piece: str) -> bool:
    """Whether a piece names somebody with an office of the city itself: 市人大常委会主任李伟."""
    return any(post.body.startswith("市") for post in posts(piece))


def _shows(question: Question, unit: Unit, piece: str, lexicon: Lexicon) -> bool:
    if any(name not in piece for name in question.people) or any(name in piece for name in question.left_out):
        return False
    if question.besides and not set(lexicon.locals.within(piece)) - set(question.besides):
        return False
    if question.not_of and (told := countries_in(piece)) and {*told} <= {*question.not_of}:
        return False
    alone = unit.kind == "row" and question.people and _ALONE.search(question.text)
    if alone and set(unit.people) - set(question.people):
        return False
    # Hosts of one meeting did not meet each other.
    if question.asks == "yes/no" and len(question.people) > 1 and set(question.people) <= set(unit.people):
        return False
    pattern = RELATIONS[question.relation][0] if question.relation else "(?!)"
    found = re.search(pattern, piece)
    # A table's caption says of all its rows what they tell: 出席国际活动一览表.
    of_table = unit.kind == "row" and (
        re.search(pattern, unit.title)
        or (question.table and question.relation == "attended")
        or re.search(pattern, done_by(unit.fields, question.people))
    )
    if question.relation and not found and not of_table:
        return False
    if "leader" in question.objects and not lexicon.locals.within(piece) and not _officials(piece):
        return False
    least, most = attendance(question.text) or (0, ANY_NUMBER)
    if not least <= len(unit.people) <= most:
        return False
    there = in_person(question) if question.relation in ("met", "attended", "spoke") else None
    if there is not None and there == bool(FROM_AFAR.search(unit.activity or piece)):
        return False
    if there and unit.kind != "row" and not dates.find(piece):
        return False  # a summary of the year tells of both
    letter = _LETTER.search(question.text) and not _GREETING.search(question.text)
    if question.relation == "wrote" and letter and not _LETTER.search(piece):
        return False
    if to_places(question) and not countries_in(piece):
        return False
    # Whoever met a firm is no firm: only what follows the verb, or the row's activity, tells the other party.
    party = unit.activity or (piece[found.start() :] if found else piece)
    if "firm" in question.objects and question.relation in ("met", "wrote") and not is_firm(party):
        return False
    if _INTERNATIONAL.search(question.text) and question.relation == "met" and not is_international(party):
        return False
    if _AMBASSADOR.search(question.text) and "大使" not in party.replace("大使馆", ""):
        return False
    return "envoy" not in question.objects or is_envoy(party)
