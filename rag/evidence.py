"""Which units, and which sentences of them, carry the answer, or none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from rag import dates
from rag.bridge import known_names
from rag.counting import asked_nouns, counted
from rag.glossary import opposites
from rag.listing import collect, content, dated, is_exhaustive, mentions
from rag.numerals import ORDINAL
from rag.parts import parts
from rag.passages import quotable, spelled
from rag.places import country_of
from rag.question import NEW_MATTER, TELLING, Question
from rag.relations import NEGATED, has_relation, is_envoy
from rag.retriever import Retriever, Scored
from rag.terms import LITERAL, coverage, lacks_name, literally
from rag.text import has_han, matchable
from rag.types import Evidence, Unit
from rag.values import fits
from rag.wanted import noun_asked, shows_mark, speaks_of, talks

CANDIDATES = 12
"""How many units a fact is looked for in; lists are selected from all of them."""
ENOUGH = 0.5
"""The least score of a sentence that is worth a look; the score is a sum of shares, about 1 for a good answer."""
SUPPORT = 0.5
"""The least share of the question's words (by idf) that the cited unit must carry; a tenth less for each anchor."""
PIECE_SUPPORT = 0.35
"""The least share that the quoted sentence and its title carry of a Chinese question that names nothing."""
WELL = 0.7
"""The share of the question's words from which the unit as a whole bears out each of its sentences."""
AGREED = 0.15
"""How much less support a question needs when the model alone ranks the same unit first."""
ONLY_ONE = 0.3
"""The least share that the only unit has to carry that names the person asked about."""
OWN = 0.2
"""The least share of a follow-up's own words that the cited unit must carry."""
SUPPORT_ORDINAL = 0.65
"""The least share that the sentences about it carry where the question gives an ordinal (第五届)."""
CERTAIN = 0.8
"""The least share of a yes-or-no question's words that its evidence must carry for a yes."""
STRICT = ("how many", "how much", "when", "why", "who")
"""Kinds whose answer is a value of its own: a sentence without one answers nothing."""
TOLD = 0.45
"""The least share that has to be carried where the question says of somebody what the corpus has no word for."""
SURE = 0.5
"""The strength of a term's best form in the corpus below which the corpus has no word for it."""
AHEAD = 1.0
"""How far ahead of the next, in standard deviations, the unit has to be that a question with an acronym means."""
FAR_AHEAD, NEARLY = 1.2, 0.6
"""The same for any other Latin name, and the least share of the other words that the unit then has to carry."""
STANDS_OUT, OTHERWISE = 5.0, 0.5
"""The least score, in standard deviations, and the least share of the other words that a unit has to have to answer a
question whose name the corpus lacks."""
GOES_ON, MORE = 0.15, 2
"""How much less a sentence may score that goes on with a list in the best one's unit, and how many may."""
SAME = 0.06
"""How much less a second unit's sentence may score and still be cited beside the best."""


@dataclass(frozen=True)
class Found:
    """`exhaustive`: the items are all that the question selects, not the best of a ranking;
    `certain`: they carry nearly all of the question, so that a yes may be said;
    `absent`: names of the question that the corpus writes otherwise, if it means them at all."""

    items: tuple[Evidence, ...]
    exhaustive: bool
    certain: bool = False
    absent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nothing:
    """No evidence: why not, in a form both languages can word."""

    reason: str
    names: tuple[str, ...] = ()


def missing(question: Question, retriever: Retriever, scored: Scored) -> Nothing | None:
    """What the question names that the whole corpus lacks: no need to look further."""
    if question.unknown:
        return Nothing("unknown", question.unknown)
    lexicon = retriever.lexicon
    years = [year for year in question.years if not lexicon.years[year]]
    if years:
        return Nothing("year", tuple(map(str, years)))
    if question.table and question.table not in lexicon.captions.values():
        return Nothing("unknown", (question.table,))
    absent = absent_names(question, retriever)
    absent = tuple(name for name in absent if not (has_han(name) and _shortened(name, retriever, scored)))
    known = any(name.lower() in known_names() or country_of(name) or has_han(name) for name in absent)
    if absent and (known or not _told_otherwise(question, retriever, scored)):
        return Nothing("unknown", absent)
    return None


def absent_names(question: Question, retriever: Retriever) -> tuple[str, ...]:
    """Names, quoted titles and ordinals of the question that stand nowhere in the corpus."""
    text = retriever.lexicon.full_text
    return tuple(t.surface for t in question.terms if t.named and not any(form in text for form in t.forms))


def _told_otherwise(question: Question, retriever: Retriever, scored: Scored) -> bool:
    """Whether all but a Latin name that no dictionary knows points to one unit, which may well write it otherwise:
    it stands out, or far ahead of the next, and carries nearly all that the question says beside the name."""
    if question.asks == "yes/no":
        return False
    absent = [term.surface for term in question.terms if term.named and not term.forms]
    rest = [term for term in question.terms if term.forms or not term.named]
    best = int(scored.plain.argmax())
    first, second = np.sort(scored.plain)[::-1][:2] if len(scored.plain) > 1 else (0.0, 0.0)
    carried = coverage(rest, retriever.texts[best])
    if all(name.upper() in question.text and name.isascii() for name in absent) and first - second >= AHEAD:
        return carried >= OTHERWISE  # an acronym (WIPO, TB) is seldom how a Chinese text writes a name
    if len(scored.named) == 1 and len(question.anchors) > 1:
        return True
    stands_out = first >= STANDS_OUT or (first - second >= FAR_AHEAD and carried >= NEARLY)
    return scored.dense_best == best and stands_out and carried >= OTHERWISE


def _shortened(name: str, retriever: Retriever, scored: Scored) -> bool:
    """Whether a name that the corpus lacks is short for what the likeliest unit is called: 栖马, 栖州国际马拉松."""
    title = retriever.units[int(scored.plain.argmax())].title
    return len(name) > 1 and re.search(".*".join(map(re.escape, name)), title) is not None


def find(question: Question, retriever: Retriever, scored: Scored) -> list[Evidence]:
    """Sentences by how well they carry a fact, best first; none of a unit that lacks a name the question gives."""
    nouns = asked_nouns(question)
    order = np.argsort(-scored.scores, kind="stable")[:CANDIDATES]
    ranked: list[Evidence] = []
    for number in map(int, order):
        unit, text = retriever.units[number], retriever.texts[number]
        if question.has_anchor and number not in scored.named:
            continue
        if lacks_name(question.terms, text):
            continue
        standing = 1 / (1 + float(np.exp(-scored.scores[number] / 2)))
        about = 0.3 * coverage(question.terms, text) + 0.25 * standing + 0.12 * _anchors(question)
        for piece in _on_topic(question, unit, _quotable(question, retriever, number)):
            ranked.append(Evidence(unit, piece, about + _carries(question, retriever, unit, piece, nouns)))
    return sorted(ranked, key=lambda evidence: -evidence.score)


def _on_topic(question: Question, unit: Unit, pieces: list[str]) -> list[str]:
    """Of a unit that goes through many matters, the pieces that name what the question is about: its rarest word in an
    overview, and what a follow-up names anew."""
    names = [term for term in question.own if term.named]
    if unit.kind == "overview":
        known = [term for term in question.terms if term.surest >= LITERAL and term.weight >= TELLING]
        names += [max(known, key=lambda term: term.weight)] if known else []
    whole = matchable(f"{unit.title} {unit.text}")
    for term in names:
        if term.stands_in(whole):
            pieces = [piece for piece in pieces if term.stands_in(matchable(f"{unit.title} {piece}"))]
    return [piece for piece in pieces if not _opposite(question, piece, whole)]


def _opposite(question: Question, piece: str, whole: str) -> bool:
    """Whether a piece tells the opposite of a word of the question that its unit lacks: 开幕, asked about 闭幕."""
    return any(
        word in piece for term in question.terms if term.surface not in whole for word in opposites(term.surface)
    )


def _quotable(question: Question, retriever: Retriever, number: int) -> list[str]:
    """Pieces of a unit that may answer: of the right year, with the ordinals asked for, and an envoy where one is."""
    unit = retriever.units[number]
    right = []
    told = dated(question, unit) if question.spans and unit.kind != "row" else quotable(unit)
    counted = _of_ordinals(question, unit)
    for piece in told or quotable(unit):
        said = matchable(f"{unit.title} {piece}")
        covered = retriever.covers(number, question.years) or any(str(year) in said for year in question.years)
        envoy = "envoy" not in question.objects or question.asks != "who" or is_envoy(piece)
        if covered and envoy and piece in counted:
            right.append(piece)
    return right


def _of_ordinals(question: Question, unit: Unit) -> list[str]:
    """The pieces of a unit that tell of the ordinals asked for (第三次): each tells of the last one named before it,
    by itself, by an earlier piece or by the title."""
    asked = [term for term in question.terms if term.ordinal]
    if not asked:
        return quotable(unit)
    kept = []
    current = matchable(unit.title)
    for piece in quotable(unit):
        said = matchable(piece)
        if any(term.stands_in(said) for term in asked) or ORDINAL.search(said):
            current = said
        if all(term.stands_in(current) for term in asked):
            kept.append(piece)
    return kept


def _anchors(question: Question) -> int:
    return sum(map(bool, (question.people, question.spans, question.section, question.table)))


def _carries(question: Question, retriever: Retriever, unit: Unit, piece: str, nouns: Sequence[Sequence[str]]) -> float:
    """What a sentence itself adds: the question's words, the people asked about, the relation, the kind of value."""
    known, said = retriever.lexicon.people, matchable(piece)
    # A follow-up's earlier words say which unit is meant, seldom which sentence.
    score = (0.3 if question.own else 0.45) * coverage(question.terms, matchable(f"{unit.title} {piece}"))
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
    if question.asks != "yes/no" and NEGATED.search(question.text):
        return Nothing("weak")  # sources tell what happened; what did not is more than they say
    absent = absent_names(question, retriever)
    question = replace(question, terms=tuple(term for term in question.terms if term.surface not in absent))
    result = _gathered(question, retriever, scored)
    if isinstance(result, Found):
        return replace(result, absent=absent)
    if not question.years or any(retriever.covers(n, question.years) for n in range(len(retriever.units))):
        return result
    return Nothing("year", tuple(map(str, question.years)))


def _gathered(question: Question, retriever: Retriever, scored: Scored) -> Found | Nothing:
    if question.has_anchor and not scored.named:
        return Nothing("apart" if len(question.anchors) > 1 else "unknown", question.anchors)
    if is_exhaustive(question):
        items = collect(question, retriever, scored.named)
        if items and question.asks == "yes/no" and not _sure(question, retriever, items[0]):
            return Nothing("weak")
        lone = len({piece.unit.id for piece in items}) == 1 and items[0].unit.kind != "row"
        free = not (question.people or question.authors or question.section or question.table)
        if items and talks(question) and not _speaks(question, items, retriever):
            return Nothing("weak")
        if items and question.asks != "which all" and not _speaks(question, items, retriever):
            return Nothing("weak")
        if items and not (lone and free and question.asks == "which all"):
            return Found(tuple(items), exhaustive=True, certain=_sure(question, retriever, items[0]))
        lone = len(question.anchors) > 1 and len(scored.named) == 1
        if not items and not lone and question.has_anchor and (question.relation or question.authors or question.table):
            return Nothing("weak")
    elif question.asks == "which all" and not question.has_anchor:
        items = mentions(question, retriever)
        if len(items) > 1 and _speaks(question, items, retriever):
            return Found(tuple(items), exhaustive=True)
    asked = parts(question)
    question = replace(question, asks=asked[0].asks, text=asked[0].text)
    ranked = [piece for piece in find(question, retriever, scored) if piece.score >= ENOUGH]
    ranked = _fitting_first(question, retriever, ranked)
    if not ranked or not _supported(question, retriever, scored, ranked[0]):
        return Nothing("weak")
    chosen = tuple(_chosen(question, asked, ranked, retriever))
    if not _speaks(question, chosen, retriever):
        return Nothing("weak")
    return Found(chosen, exhaustive=False, certain=_sure(question, retriever, chosen[0]))


def _fitting_first(question: Question, retriever: Retriever, ranked: list[Evidence]) -> list[Evidence]:
    """Where the best sentence lacks the value asked for, the best of its unit that has it is put before it."""
    known, nouns = retriever.lexicon.people, asked_nouns(question)
    if (
        not ranked
        or question.asks not in STRICT
        or fits(question.asks, question, spelled(ranked[0].unit, ranked[0].quote), known, nouns)
    ):
        return ranked
    same = (piece for piece in ranked if piece.unit.id == ranked[0].unit.id)
    first = next(
        (piece for piece in same if fits(question.asks, question, spelled(piece.unit, piece.quote), known, nouns)), None
    )
    return [first, *(piece for piece in ranked if piece is not first)] if first else ranked


def _speaks(question: Question, items: Sequence[Evidence], retriever: Retriever) -> bool:
    texts = [retriever.text_of(piece.unit) for piece in items]
    return speaks_of(question, items, texts, tuple(retriever.lexicon.people))


def _sure(question: Question, retriever: Retriever, piece: Evidence) -> bool:
    """Whether a piece carries nearly all that a yes-or-no question says, the people among it."""
    told = content(question)
    return all(name in piece.quote for name in question.people) and (
        not told or literally(told, retriever.text_of(piece.unit)) >= CERTAIN
    )


def _supported(question: Question, retriever: Retriever, scored: Scored, best: Evidence) -> bool:
    """Whether the best sentence's unit carries enough of the question, and the sentence the value asked for."""
    known, nouns = retriever.lexicon.people, asked_nouns(question)
    if (
        question.asks in STRICT
        and not question.byline
        and not fits(question.asks, question, spelled(best.unit, best.quote), known, nouns)
    ):
        return False
    piece = matchable(f"{best.unit.title} {best.quote}")
    things = counted(question) if question.asks == "how many" else []
    if things and not any(term.stands_in(retriever.text_of(best.unit)) for term in things):
        return False
    if any(term.ordinal for term in question.terms):
        with_ordinal = matchable(f"{best.unit.title} {' '.join(_of_ordinals(question, best.unit))}")
        if coverage(question.terms, with_ordinal) < SUPPORT_ORDINAL:
            return False
    if len(scored.named) == 1 and (question.table or len(question.anchors) > 1):
        return True
    told = question.relation is not None and has_relation(question.relation, best.quote)
    if (
        (_anchors(question) > 1 and told)
        or (len(scored.named) == 1 and question.people and told)
        or (question.people and not question.terms)
    ):
        return True
    unit = retriever.text_of(best.unit)
    shown = question.relation is None or has_relation(question.relation, f"{best.unit.title} {best.unit.text}")
    if question.asks == "who" and not shown:
        return False
    # What somebody did that the whole corpus has no word for is not told: 陈吉宁毕业于…
    if (
        question.people
        and not question.relation
        and any(term.surest < SURE and not term.named and len(term.surface) > 1 for term in question.terms)
        and coverage(question.terms, unit) < TOLD
    ):
        return False
    if question.people and len(scored.named) == 1 and coverage(question.terms, unit) >= ONLY_ONE:
        return True
    free = not _anchors(question) and not any(term.named for term in question.terms)
    sparse = coverage(question.terms, unit) < WELL
    if question.language == "zh" and free and sparse and coverage(question.terms, piece) < PIECE_SUPPORT:
        return False
    agreed = retriever.units[scored.dense_best].id == best.unit.id
    own = [term for term in content(question) if term in question.own and term.forms]
    if own and coverage(own, unit) < OWN and not (agreed and sum(term.weight for term in own) < NEW_MATTER):
        return False
    named = sum(term.named and term.stands_in(unit) for term in question.terms)
    needed = SUPPORT - 0.1 * min(_anchors(question) + named, 3)
    # Words reach the text by being the same, or through a dictionary; the model reads past them. Where both point to
    # the same unit, a smaller share of the words will do.
    if agreed:
        needed -= AGREED
    return coverage(question.terms, unit) >= needed


def _chosen(question: Question, asked: list[Question], ranked: list[Evidence], retriever: Retriever) -> list[Evidence]:
    """The best sentence, those of its unit that answer what else is asked, and another unit's that carries as much."""
    best = ranked[0]
    chosen = [best]
    if len(asked) > 1:
        chosen = _answering(asked[0], best.unit, [], retriever) or [best]
    for part in asked[1:]:
        chosen += _answering(part, best.unit, chosen, retriever)
    if question.asks == "which all" and len(asked) == 1:
        same = [piece for piece in ranked[1:] if piece.unit.id == best.unit.id and piece.score >= best.score - GOES_ON]
        chosen += same[:MORE]
    carried = coverage(question.terms, retriever.text_of(best.unit))
    for piece in ranked[1:]:
        if piece.score < best.score - SAME:
            break
        if piece.unit.id != best.unit.id and coverage(question.terms, retriever.text_of(piece.unit)) >= carried:
            return [*chosen, piece]
    return chosen


def _answering(part: Question, unit: Unit, chosen: Sequence[Evidence], retriever: Retriever) -> list[Evidence]:
    """The sentence of a unit that answers one more thing asked, unless a chosen one does or none can."""
    known, nouns = retriever.lexicon.people, asked_nouns(part)
    able = [piece for piece in quotable(unit) if fits(part.asks, part, piece, known, nouns)]
    scores = {piece: _carries(part, retriever, unit, piece, nouns) for piece in able}
    if not scores:
        return []
    best = max(able, key=lambda piece: scores[piece])
    if any(scores.get(piece.quote, 0.0) >= scores[best] for piece in chosen):
        return []
    return [Evidence(unit, best, scores[best])]
