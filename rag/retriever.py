"""Dense and lexical scores of every unit, mixed, with what the question names lifted to the top."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.index import Cosines, Where
from rag import dates
from rag.keyword import Keywords
from rag.lexicon import Lexicon, searchable
from rag.meanings import Meanings
from rag.parties import firms, key
from rag.question import Question
from rag.settings import Leg
from rag.tables import Tables
from rag.terms import SURELY, Term, lacks_name
from rag.text import fold, matchable
from rag.types import Hit, Unit
from rag.whole import Whole

LEXICAL_SHARE = 0.35
"""Best on public sets in both languages, once an English question's words are bridged into Chinese ones."""
NAMED_BONUS = 3.0
"""In standard deviations: a unit with all that the question names comes before any without."""
WANTED = 300
"""Units whose cosine is asked for even where the index finds others nearer."""

Scores = NDArray[np.float32]
Look = Callable[[Sequence[int], Where], Cosines]


@dataclass(frozen=True)
class Scored:
    """Every unit's score for one question, and which of them carry all that it names; `plain`: without that bonus;
    `dense_best`: the unit nearest by the model alone."""

    scores: Scores
    named: tuple[int, ...]
    plain: Scores
    dense_best: int


class Retriever:
    """Scores over a fixed list of units. Without `meanings` words stand for themselves and their translations
    alone. `without`: legs that are left out, to measure them."""

    def __init__(
        self,
        units: Sequence[Unit],
        meanings: Meanings | None = None,
        without: Collection[Leg] = (),
    ) -> None:
        self.units = tuple(units)
        self._without = without
        self.lexicon = Lexicon(units)
        # Whom a name stands for, no other word means.
        known = Meanings() if meanings is None or "dense" in without else meanings
        self.meanings = known.without({*self.lexicon.people, *self.lexicon.authors})
        self.texts = tuple(matchable(searchable(unit)) for unit in units)
        self._whole = Whole(self.texts)
        self.tables = Tables(self.units)
        self._numbers = {unit.id: number for number, unit in enumerate(units)}
        named = [key(firm) for unit in units for firm in firms(unit.activity or "")]
        foreign = [part for name in self.lexicon.told for part in name.split("·")]
        self.keywords = Keywords(
            [" ".join((unit.title, text)) for unit, text in zip(units, self.texts, strict=True)], [*named, *foreign]
        )
        self._by_source: dict[str, list[Unit]] = defaultdict(list)
        for unit in units:
            self._by_source[unit.source].append(unit)
        self._covered = _covered_years(units)
        self.spans = tuple(
            tuple(m.span for m in dates.find(unit.date or "") or dates.find(text))
            for unit, text in zip(units, self.texts, strict=True)
        )
        self._by_span: dict[dates.Span, list[int]] = defaultdict(list)
        for number, told in enumerate(self.spans):
            for span in told:
                self._by_span[span].append(number)

    def text_of(self, unit: Unit) -> str:
        """All of a unit's words, in the form in which terms are looked for."""
        return self.texts[self.number_of(unit)]

    def number_of(self, unit: Unit) -> int:
        """A unit's place in the order of the source."""
        return self._numbers[unit.id]

    def holding(self, name: str) -> list[int]:
        """The numbers of the units that have a name in their words, in order."""
        return self._whole.holding(name)

    def of_source(self, source: str) -> list[Unit]:
        """The units of one source, in their order."""
        return self._by_source[source]

    def covers(self, number: int, years: Sequence[int]) -> bool:
        """Whether a unit's source tells of one of these years, or none is asked for."""
        return not years or self._covered.get(self.units[number].source) in years

    def covers_any(self, years: Sequence[int]) -> bool:
        """Whether there is a source that tells of one of these years."""
        return any(self._covered.get(source) in years for source in self._by_source)

    def score(self, question: Question, look: Look) -> Scored:
        """`look`: the `similarities` of the index with the question's vector."""
        lexical = self.keywords.score(fold(question.standalone))
        named = self.select(question)
        cosines = look(self._wanted(lexical, named), _where(question))
        dense = cosines.values
        share = 1.0 if "dense" in self._without else 0.0 if "lexical" in self._without else LEXICAL_SHARE
        mixed = (1 - share) * _standardised(dense, cosines.mean, cosines.spread)
        mixed += share * _standardised(lexical, float(lexical.mean()), float(lexical.std()))
        plain = mixed.copy()
        if named and len(named) < len(self.units):
            mixed[list(named)] += NAMED_BONUS
        nearest = plain if "dense" in self._without else dense
        return Scored(mixed, named, plain, int(nearest.argmax()))

    def _wanted(self, lexical: Scores, named: Sequence[int]) -> list[int]:
        """The units whose cosines have to be exact whether or not they are near: the likest by their words, of all and
        of those that carry what is named."""
        chosen = set(best(lexical, WANTED))
        if len(named) < len(self.units):
            chosen |= {named[place] for place in best(lexical[list(named)], WANTED)}
        return sorted(chosen)

    def select(self, question: Question) -> tuple[int, ...]:
        """Units that carry every person, date, author, section and table asked about; all where none is."""
        if "filters" in self._without:
            return tuple(range(len(self.units)))
        found: Iterable[int] = range(len(self.units))
        if question.authors:
            found = sorted(set().union(*(self.lexicon.authors.get(name, ()) for name in question.authors)))
        for name in question.people:
            found = sorted(set(self._whole.holding(name)).intersection(found))
        if question.section:
            found = [number for number in found if question.section == self.units[number].section]
        if question.tables:
            tables = ((number, self.units[number]) for number in found)
            found = [number for number, unit in tables if {unit.table, unit.title} & {*question.tables}]
        if question.spans:
            days = (held for span, held in self._by_span.items() if dates.falls([span], question.spans))
            found = sorted(set().union(*days).intersection(found))
        return tuple(found)

    def naming(self, terms: Sequence[Term], numbers: Sequence[int]) -> Sequence[int]:
        """Those of the numbers whose units hold a form of every name, ordinal or quoted title among the terms."""
        for term in terms:
            if term.named:
                strengths = term.strengths or (1.0,) * len(term.forms)
                sure = [form for form, strength in zip(term.forms, strengths, strict=True) if strength >= SURELY]
                numbers = sorted(set().union(*map(self._whole.holding, sure)).intersection(numbers))
        return [number for number in numbers if not lacks_name(terms, self.texts[number])]

    def nearest(self, scored: Scored, k: int) -> list[Unit]:
        """The k units likest the question's words, whether or not they carry what it names."""
        return [self.units[number] for number in best(scored.plain, k)]

    def hits(self, scored: Scored, k: int) -> list[Hit]:
        """The k best units, best first; equal scores keep the order of the source."""
        return [Hit(self.units[n], round(float(scored.scores[n]), 4)) for n in best(scored.scores, k)]


def best(scores: Scores, k: int) -> list[int]:
    """The numbers of the k highest scores, the highest first; equal ones keep their order."""
    least = np.partition(scores, -k)[-k] if 0 < k < len(scores) else -np.inf
    able = np.flatnonzero(scores >= least)
    return able[np.argsort(-scores[able], kind="stable")][:k].tolist()


def _standardised(scores: Scores, mean: float, spread: float) -> Scores:
    return (scores - mean) / spread if spread > 0 else np.zeros_like(scores)


def _where(question: Question) -> Where:
    """What of a question's names an index can look for itself."""
    return Where(section=(question.section,) if question.section else (), people=question.people)


def _covered_years(units: Sequence[Unit]) -> dict[str, int]:
    """Source → the year it tells of: the one it names most often."""
    named: dict[str, Counter[int]] = defaultdict(Counter)
    for unit in units:
        named[unit.source].update(map(int, dates.YEAR.findall(f"{unit.title} {unit.text}")))
    return {source: counts.most_common(1)[0][0] for source, counts in named.items() if counts}
