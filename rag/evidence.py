"""Which units, and which sentences of them, carry the answer, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag import dates, pieces
from rag.absence import Nothing, absent_names, missing
from rag.asking import ASKS_WHAT, ORDER
from rag.attributes import asks_so_many, enumerates
from rag.columns import rows_named
from rag.conditions import demands, rows_meeting
from rag.counting import asked_nouns
from rag.gate import STRICT, anchors, holds_value, shows_relation, supported
from rag.holders import holding
from rag.listing import attending, collect, is_exhaustive, to_places
from rag.measures import numbers
from rag.numerals import count_of
from rag.parts import parts
from rag.passages import quotable, spelled
from rag.question import Question
from rag.ranking import compares, end
from rag.relations import NEGATED, NOT_OF, has_relation
from rag.retriever import Retriever, Scored, best
from rag.terms import coverage, lacks_name
from rag.text import matchable
from rag.titles import tells_of_titles
from rag.topics import mentions, topical
from rag.types import Evidence, Unit
from rag.values import fits
from rag.verdict import sure
from rag.wanted import asked_verb, noun_asked, says_verb, shows_mark, speaks_of, talks

CANDIDATES = 12
"""How many units a fact is looked for in; lists are selected from all of them."""
ENOUGH = 0.5
"""The least score of a sentence that is worth a look; the score is a sum of shares, about 1 for a good answer."""
GOES_ON, MORE = 0.15, 2
"""How much less a sentence may score that goes on with a list in the best one's unit, and how many may."""
SO_MANY_GO_ON = 0.4
"""The same where the question says how many things it asks for: "which two projects"."""
_SO_MANY = re.compile(r"哪([两二三四五六]|[2-6])(?![年月日天])|\b(?:which|what) (two|three|four|five|six)\b", re.I)
_POINTS_BACK = re.compile("上述|前述|以上(?=(?:各|几)?[个家]?(?:城市|友城|国家|单位|人员|企业|地区|机构|部门))")
SAME = 0.06
"""How much less a second unit's sentence may score and still be cited beside the best."""


HALF = 0.5
"""How much of what the best sentence carries another has to carry to be put before it for the value it holds."""


@dataclass(frozen=True)
class Found:
    """`exhaustive`: the items are all that the question selects, not the best of a ranking;
    `certain`: they carry nearly all of the question, so that a yes may be said;
    `absent`: names of the question that the corpus writes otherwise, if it means them at all."""

    items: tuple[Evidence, ...]
    exhaustive: bool
    certain: bool = False
    absent: tuple[str, ...] = ()


def find(question: Question, retriever: Retriever, scored: Scored) -> list[Evidence]:
    """Sentences by how well they carry a fact, best first; none of a unit that lacks a name the question gives."""
    nouns = asked_nouns(question)
    ranked: list[Evidence] = []
    for number in best(scored.scores, CANDIDATES):
        unit, text = retriever.units[number], retriever.texts[number]
        if question.has_anchor and number not in scored.named:
            continue
        if lacks_name(question.terms, text):
            continue
        standing = 1 / (1 + float(np.exp(-scored.scores[number] / 2)))
        about = 0.3 * coverage(question.terms, text) + 0.25 * standing + 0.12 * anchors(question)
        for piece in pieces.answering(question, retriever, number):
            ranked.append(Evidence(unit, piece, about + _carries(question, retriever, unit, piece, nouns)))
    return sorted(ranked, key=lambda evidence: -evidence.score)


def _carries(question: Question, retriever: Retriever, unit: Unit, piece: str, nouns: Sequence[Sequence[str]]) -> float:
    """What a sentence itself adds: the question's words, the people asked about, the relation, the kind of value."""
    known, said = retriever.lexicon.names, matchable(piece)
    # A follow-up's earlier words say which unit is meant, seldom which sentence.
    told_of = matchable(f"{unit.title} {pieces.written_out(question, piece)}")
    score = (0.3 if question.own else 0.45) * coverage(question.terms, told_of)
    score += 0.1 * any(name in piece for name in question.people)
    told = any(term.stands_in(said) for term in noun_asked(question)) or shows_mark(question, piece)
    score += 0.15 if told else 0.0
    score += 0.1 if any(term.named and term.stands_in(matchable(unit.title)) for term in question.terms) else 0.0
    score += 0.15 * coverage(question.own, said)
    if question.spans:
        days = [mention.span for mention in dates.find(piece)]
        score += 0.1 if any(day in question.spans for day in days) else 0.0
    if question.relation:
        score += 0.1 if has_relation(question.relation, piece) else 0.0
    fit = fits(question.asks, question, spelled(unit, piece), known, nouns)
    return score + (0.05 + 0.1 * fit if fit else -0.25)


def gather(question: Question, retriever: Retriever, scored: Scored) -> Found | Nothing:
    """All the evidence for a question, or why there is none."""
    nothing = missing(question, retriever, scored)
    if nothing:
        return nothing
    tabled = _tabled(question, retriever)
    if tabled:
        return tabled
    posts = tuple(holding(question, retriever))
    if posts:
        return Found(posts, exhaustive=False)
    if NOT_OF.search(question.text) or (question.asks != "yes/no" and NEGATED.search(question.text)):
        return Nothing("weak")  # sources tell what happened; what did not is more than they say
    if question.asks == "what" and ORDER.search(question.text) and not ASKS_WHAT.search(question.text):
        return Nothing("weak")
    if compares(question.text) and len(question.people) > 1:
        return Nothing("weak")  # no record holds two people's meetings against each other
    absent = absent_names(question, retriever)
    question = replace(question, terms=tuple(term for term in question.terms if term.surface not in absent))
    result = _gathered(question, retriever, scored)
    if isinstance(result, Found):
        texts = [retriever.text_of(piece.unit) for piece in result.items]
        told = tells_of_titles(question, result.items, texts)
        return replace(result, absent=absent) if told else Nothing("weak")
    if not question.years or retriever.covers_any(question.years):
        return result
    return Nothing("year", tuple(map(str, question.years)))


def _tabled(question: Question, retriever: Retriever) -> Found | None:
    """What stands in a plain table's cells: of the rows that meet a condition, or of those named by a cell."""
    rows = tuple(rows_named(question, retriever))
    met = None if rows and not demands(question) else rows_meeting(question, retriever)
    if met:
        return Found(met.items, exhaustive=met.all_of_them)
    return Found(rows, exhaustive=False) if rows else None


def _gathered(question: Question, retriever: Retriever, scored: Scored) -> Found | Nothing:
    if question.has_anchor and not scored.named and not (len(question.people) > 1 and is_exhaustive(question)):
        return Nothing("apart" if len(question.anchors) > 1 else "unknown", question.anchors)
    if is_exhaustive(question):
        items = collect(question, retriever, scored.named)
        if question.rank in ("first", "last"):
            items = end(question.rank, items)
        if items and question.asks == "yes/no" and not sure(question, retriever, items[0]):
            return Nothing("weak")
        several = len(items) > 1 and any(term.named for term in question.terms)
        lone = len({piece.unit.id for piece in items}) == 1 and items[0].unit.kind != "row" and not several
        free = not (question.people or question.besides or question.authors or question.section or question.table)
        if items and talks(question) and not _speaks(question, items, retriever):
            return Nothing("weak")
        if items and question.asks != "which all" and not _speaks(question, items, retriever):
            return Nothing("weak")
        if items and not (lone and free and question.asks == "which all" and not to_places(question)):
            return Found(tuple(items), exhaustive=True, certain=sure(question, retriever, items[0]))
        if not items and question.besides:
            return Nothing("weak")
        lone = len(question.anchors) > 1 and len(scored.named) == 1
        lone = lone and shows_relation(question, retriever.units[scored.named[0]])
        if not items and not lone and question.has_anchor and (question.relation or question.authors or question.table):
            return Nothing("weak")
    elif question.asks == "which all" and not question.has_anchor and not attending(question):
        items = topical(question, retriever)
        if len(items) > 1 and _speaks(question, items, retriever):
            return Found(tuple(items), exhaustive=True)
    elif question.asks == "which all" and question.people and len(parts(question)) == 1:
        items = mentions(question, retriever, scored.named)
        if len({piece.unit.id for piece in items}) > 1 and _speaks(question, items, retriever):
            return Found(tuple(items), exhaustive=True)
    asked = parts(question)
    question = replace(question, asks=asked[0].asks, text=asked[0].text)
    ranked = [piece for piece in find(question, retriever, scored) if piece.score >= ENOUGH]
    ranked = _fitting_first(question, retriever, ranked)
    if not ranked or not supported(question, retriever, scored, ranked[0]):
        return Nothing("weak")
    chosen = tuple(_chosen(question, asked, ranked, retriever))
    if not _speaks(question, chosen, retriever):
        return Nothing("weak")
    return Found(chosen, exhaustive=False, certain=sure(question, retriever, chosen[0]))


def _fitting_first(question: Question, retriever: Retriever, ranked: list[Evidence]) -> list[Evidence]:
    """Where the best sentence lacks the value asked for, or the verb whose object is, the best of its unit that has it
    is put before it."""
    strict, so_many = question.asks in STRICT, asks_so_many(question)

    def holds(piece: Evidence) -> bool:
        if strict:
            return holds_value(question, piece, retriever)
        return says_verb(question, piece.quote) and (not so_many or enumerates(piece.quote))

    if not ranked or not (strict or so_many or asked_verb(question)) or holds(ranked[0]):
        return ranked
    same = [piece for piece in ranked if piece.unit.id == ranked[0].unit.id]
    # A table's row has no room for what an entry says in words.
    share = coverage(question.terms, retriever.text_of(ranked[0].unit))
    if ranked[0].unit.kind == "row":
        same += [p for p in ranked if coverage(question.terms, retriever.text_of(p.unit)) >= share - SAME]
    carried = _carried(question, ranked[0])
    least = HALF * carried if strict else carried if so_many else 0.0
    able = (piece for piece in same if _carried(question, piece) >= least)
    first = next((piece for piece in able if holds(piece)), None)
    return [first, *(piece for piece in ranked if piece is not first)] if first else ranked


def _carried(question: Question, piece: Evidence) -> float:
    told = pieces.written_out(question, piece.quote)
    # What an ordinal tells from others is settled before.
    terms = [term for term in question.terms if not term.ordinal]
    return coverage(terms, matchable(f"{piece.unit.title} {told}"))


def _speaks(question: Question, items: Sequence[Evidence], retriever: Retriever) -> bool:
    texts = [retriever.text_of(piece.unit) for piece in items]
    return speaks_of(question, items, texts, retriever.lexicon.names)


def _chosen(question: Question, asked: list[Question], ranked: list[Evidence], retriever: Retriever) -> list[Evidence]:
    """The best sentence, those of its unit that answer what else is asked, and another unit's that carries as much."""
    best = ranked[0]
    chosen = [best]
    if len(asked) > 1:
        chosen = _answering(asked[0], best.unit, [], retriever) or [best]
    for place, part in enumerate(asked[1:], 1):
        again = part.asks == "how many" and any(earlier.asks == part.asks for earlier in asked[:place])
        told = [piece.quote for piece in chosen if again and len(numbers(piece.quote)) < 2]
        chosen += _answering(part, best.unit, chosen, retriever, told)
    if question.asks in ("which all", "who", "where", "what"):
        chosen += [piece for piece in _pointed_to(best) if piece.quote not in {told.quote for told in chosen}]
    if question.asks == "which all" and len(asked) == 1:
        so_many = _SO_MANY.search(question.text)
        goes_on, more = (SO_MANY_GO_ON, count_of(so_many[1] or so_many[2]) - 1) if so_many else (GOES_ON, MORE)
        same = [piece for piece in ranked[1:] if piece.unit.id == best.unit.id and piece.score >= best.score - goes_on]
        run = _run(best)
        chosen += (
            run if same[:more] and {piece.quote for piece in same[:more]} <= {p.quote for p in run} else same[:more]
        )
    carried = coverage(question.terms, retriever.text_of(best.unit))
    for piece in ranked[1:]:
        if piece.score < best.score - SAME:
            break
        if piece.unit.id != best.unit.id and coverage(question.terms, retriever.text_of(piece.unit)) >= carried:
            return [*chosen, piece]
    return chosen


def _pointed_to(best: Evidence) -> list[Evidence]:
    """The sentence before one that points back to what it names: 向上述友城捐赠."""
    told = quotable(best.unit)
    place = told.index(best.quote) if best.quote in told else 0
    back = place and _POINTS_BACK.search(best.quote)
    return [Evidence(best.unit, told[place - 1], best.score)] if back else []


def _run(best: Evidence) -> list[Evidence]:
    """The other pieces of the enumeration that the best one stands in, in order: all that semicolons set apart."""
    told = quotable(best.unit)
    place = told.index(best.quote) if best.quote in told else 0
    first = last = place
    while first and told[first - 1].endswith("；"):
        first -= 1
    while last + 1 < len(told) and told[last].endswith("；"):
        last += 1
    return [Evidence(best.unit, piece, best.score) for piece in told[first : last + 1] if piece != best.quote]


def _answering(
    part: Question, unit: Unit, chosen: Sequence[Evidence], retriever: Retriever, told: Sequence[str] = ()
) -> list[Evidence]:
    """The sentence of a unit that answers one more thing asked, unless a chosen one does or none can. `told`: those
    that have no more to tell, as the only number of theirs answers something else."""
    known, nouns = retriever.lexicon.names, asked_nouns(part)
    able = [piece for piece in quotable(unit) if piece not in told and fits(part.asks, part, piece, known, nouns)]
    scores = {piece: _carries(part, retriever, unit, piece, nouns) for piece in able}
    if not scores:
        return []
    best = max(able, key=lambda piece: scores[piece])
    if any(scores.get(piece.quote, 0.0) >= scores[best] for piece in chosen):
        return []
    return [Evidence(unit, best, scores[best])]
