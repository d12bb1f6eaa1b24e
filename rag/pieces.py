"""Which pieces of a unit may answer a question, before any is weighed."""

from __future__ import annotations

import re

from rag.glossary import opposites
from rag.listing import dated
from rag.numerals import EDITION
from rag.passages import quotable
from rag.question import TELLING, Question
from rag.relations import is_envoy
from rag.retriever import Retriever
from rag.terms import LITERAL
from rag.text import matchable
from rag.types import Unit

_OF_PLACE = re.compile("市?的?(市长|书记|议长|总统|总理|首相|大使)")


def answering(question: Question, retriever: Retriever, number: int) -> list[str]:
    """Pieces of a unit of the right year and days, with the ordinals asked for, and on the matter asked about."""
    return _on_topic(question, retriever, retriever.units[number], _quotable(question, retriever, number))


def _quotable(question: Question, retriever: Retriever, number: int) -> list[str]:
    """Pieces of a unit that may answer: of the right year, with the ordinals asked for, and an envoy where one is."""
    unit = retriever.units[number]
    right = []
    told = dated(question, unit) if question.spans and unit.kind != "row" else quotable(unit)
    counted = of_ordinals(question, unit)
    for piece in told or quotable(unit):
        said = matchable(f"{unit.title} {piece}")
        covered = retriever.covers(number, question.years) or any(str(year) in said for year in question.years)
        envoy = not _asks_envoy(question) or is_envoy(piece)
        if covered and envoy and piece in counted:
            right.append(piece)
    return right


def _asks_envoy(question: Question) -> bool:
    """Whether whom it asks about is an envoy: who he is, or when and where he was met."""
    met = question.asks in ("when", "where") and question.relation == "met"
    return "envoy" in question.objects and (question.asks == "who" or met)


def written_out(question: Question, text: str) -> str:
    """A text with what it writes short in full as well, as the question does: 《条例》 is the 《…条例》 asked about."""
    short = set(re.findall("《([^》]{2,4})》", text))
    full = (t.surface for t in question.terms if t.named and any(t.surface.endswith(name) for name in short))
    return f"{text} {' '.join(full)}"


def of_ordinals(question: Question, unit: Unit) -> list[str]:
    """The pieces of a unit that tell of the ordinals asked for (第三次): each tells of the last one named before it,
    by itself, by an earlier piece or by the title."""
    asked = [term for term in question.terms if term.ordinal]
    if not asked:
        return quotable(unit)
    kept = []
    current = matchable(unit.title)
    for piece in quotable(unit):
        said = matchable(piece)
        if any(term.stands_in(said) for term in asked) or EDITION.search(said):
            current = said
        if all(term.stands_in(current) for term in asked):
            kept.append(piece)
    return kept


def _on_topic(question: Question, retriever: Retriever, unit: Unit, pieces: list[str]) -> list[str]:
    """Of a unit that goes through many matters, the pieces that name what the question is about: its rarest word in an
    overview, what a follow-up names anew, and with whom somebody had to do on the day that is asked for."""
    names = [term for term in question.own if term.named]
    one_of_several = question.asks == "when" and bool(question.people) and question.relation in ("met", "wrote")
    if one_of_several or (question.asks in ("which all", "who") and question.relation == "wrote"):
        names += [term for term in question.terms if term.named]  # one entry may tell of letters to several
    if unit.kind == "overview":
        known = [term for term in question.terms if term.surest >= LITERAL and term.weight >= TELLING]
        names += [max(known, key=lambda term: term.weight)] if known else []
    pieces = [piece for piece in pieces if not any(name in piece for name in question.left_out)]
    locals_ = retriever.lexicon.locals
    if question.besides and "leader" in question.objects:
        pieces = [piece for piece in pieces if {*locals_.within(piece)} - {*question.besides}]
    told = [piece for piece in pieces if any(name in piece for name in question.people)]
    if told and unit.kind != "row":  # what another did is not what is asked
        pieces = [piece for piece in pieces if piece in told or not {*locals_.within(piece)} - {*question.people}]
    whole = matchable(f"{unit.title} {unit.text}")
    for term in names:
        if term.stands_in(whole):
            pieces = [piece for piece in pieces if term.stands_in(matchable(f"{unit.title} {piece}"))]
    if one_of_several and unit.kind != "row":
        pieces = [piece for piece in pieces if _same_offices(question, unit, piece)]
    return [piece for piece in pieces if not _opposite(question, piece, whole)]


def _same_offices(question: Question, unit: Unit, piece: str) -> bool:
    """Whether a piece gives the office of whom a question names by his place, where its unit does: 万象市委书记 is not
    万象市市长."""
    for term in question.terms:
        office = _OF_PLACE.match(question.text.partition(term.surface)[2]) if term.named else None
        pattern = office and rf"(?:{'|'.join(map(re.escape, term.forms))})[^，。；、]{{0,6}}{office[1]}"
        if pattern and re.search(pattern, unit.text) and not re.search(pattern, piece):
            return False
    return True


def _opposite(question: Question, piece: str, whole: str) -> bool:
    """Whether a piece tells the opposite of a word of the question that its unit lacks: 开幕, asked about 闭幕."""
    return any(
        word in piece for term in question.terms if term.surface not in whole for word in opposites(term.surface)
    )
