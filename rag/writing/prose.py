"""A model's prose, claim by claim while it arrives: a claim that is proven stays, any other is withheld."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Sequence

from rag import wording
from rag.citations import CITED
from rag.evidence import Found
from rag.names import Names, spellings
from rag.question import Question
from rag.retriever import Retriever
from rag.saying import plain
from rag.types import Answer, Citation, Evidence, Unit
from rag.writing import prompts
from rag.writing.packing import Record
from rag.writing.proof import doubts, lacking

_END = re.compile(r"(?:\s*\[\d+\])+\s*[.。；;]?(?=\s*[^\s\[.。；;])|\n")
_MARKER = re.compile(r"^\s*(?:[-*•]|\d+[.)、])\s+")
_GROUPED = re.compile(r"\[(\d+(?:\s*[,，、]\s*\d+)+)\]")
Judge = Callable[[str, Sequence[Record]], Generator[None, None, bool]]
"""Whether a claim stands, known after any number of waits."""


class ProseDraft:
    """Proven claims under the extractive answer's own head: what a name was taken for, a yes, a list's count."""

    schema = None
    declined = False

    def __init__(self, question: Question, found: Found, floor: Answer, retriever: Retriever) -> None:
        self._question, self._found, self._floor, self._lexicon = question, found, floor, retriever.lexicon
        self._listed = found.exhaustive and len(found.items) > 1
        self._lines: dict[int, tuple[str, str]] = {}
        self._numbered: dict[tuple[str, str], Citation] = {}
        self._introduced: set[str] = set()
        self.withheld: list[tuple[str, str]] = []
        self.system = prompts.PROSE[question.language]
        self.begin(())

    def begin(self, records: Sequence[Record]) -> None:
        """A new reply, about these records."""
        self._records = {record.number: record for record in records}
        self._text = ""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """All that the extractive answer cites, another day for the same event among it."""
        return tuple(Evidence(citation.unit, citation.quote, 1.0) for citation in self._floor.citations)

    def ask(self, records: Sequence[Record]) -> str:
        """The request's text."""
        spoken = self._question.language
        told = "\n".join(record.text for record in records)
        if spoken == "en":
            said = " ".join(f"{record.unit.text} {' '.join(record.unit.authors)}" for record in records)
            names = [name for name in self._lexicon.everyone.within(said) if name in self._people]
            spelt = ", ".join(f"{name} = {spellings(name)[0]}" for name in names)
            told += prompts.NAMES.format(names=spelt) if spelt else ""
        each = prompts.EACH[spoken].format(count=len(records)) if self._found.exhaustive else ""
        more = f"{each}{prompts.SIGNED[spoken]}"
        return prompts.ASK[spoken].format(records=told, question=self._question.standalone, more=f"\n{more}")

    def add(self, text: str, judge: Judge) -> Generator[None, None, None]:
        """The next words of the reply; yields while a claim is judged."""
        self._text += text
        while end := _END.search(self._text):
            claim, self._text = self._text[: end.end()], self._text[end.end() :]
            yield from self._take(claim, judge)

    def finish(self, judge: Judge, *, whole: bool) -> Generator[None, None, None]:
        """The reply's end: what is left is a claim, unless the model was stopped in the middle of it."""
        claim, self._text = self._text, ""
        if whole:
            yield from self._take(claim, judge)
        elif claim.strip():
            self.withheld.append(("it breaks off", claim.strip()))

    @property
    def shown(self) -> int:
        """How many claims are proven."""
        return len(self._lines)

    @property
    def text(self) -> str:
        """The answer so far."""
        if not self._lines:
            return ""
        head = [line for line in self._floor.text.splitlines() if line and not CITED.search(line)]
        bullet, gap = ("- ", "") if self._listed else ("", "\n")
        lines = [f"{bullet}{claim}{signs}{gap}" for _, (claim, signs) in sorted(self._lines.items())]
        mark = [*([""] if self._listed else []), wording.TRANSLATED] if self._question.language == "en" else []
        return "\n".join([*head, *([""] if head else []), *lines, *mark]).strip()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What `text` cites."""
        return tuple(self._numbered.values())

    def missing(self) -> list[str]:
        """What the extractive answer says and this one doesn't."""
        return lacking(self._floor, self.text, self.citations, self._lexicon.names)

    @property
    def _people(self) -> Names:
        return self._lexicon.locals

    def _take(self, written: str, judge: Judge) -> Generator[None, None, None]:
        claim = _MARKER.sub("", _GROUPED.sub(_apart, written)).strip()
        numbers = list(dict.fromkeys(int(n) for n in CITED.findall(claim)))
        claim = re.sub(r"\s+([.。；;，,])", r"\1", CITED.sub("", claim)).strip().rstrip("；;，,、")
        if not re.search(r"\w", claim):
            return
        cited = [self._records[n] for n in numbers if n in self._records]
        if not numbers:  # a claim that one record alone proves rests on that one
            given = list(self._records.values())
            proving = [record for record in given if not self._doubts(claim, [record])]
            cited = next((found for found in (proving, given) if len(found) == 1), [])
        why = ["it cites what was not given"] if len(cited) < len(numbers) else []
        why = why or self._doubts(claim, cited)
        if not why and not (yield from judge(claim, cited)):
            why = ["the model itself does not find it in the source"]
        if why:
            self.withheld.append(("; ".join(why), claim))
            return
        units = [record.unit for record in cited]
        signs = "".join(f"[{self._cite(record, claim)}]" for record in cited)
        if self._question.language == "en":
            claim = f"{claim} {''.join(f'「{plain(unit.activity)}」' for unit in units if unit.activity)}".rstrip()
        place = self._place(units)
        said, earlier = self._lines.get(place, (self._with_characters(claim, units), ""))
        self._lines[place] = said, earlier + signs

    def _doubts(self, claim: str, cited: Sequence[Record]) -> list[str]:
        return doubts(claim, [record.shown for record in cited], self._lexicon, self._question.language)

    def _place(self, units: Sequence[Unit]) -> int:
        """The line of the extractive list that tells what these units tell: a free one of theirs, else their first,
        since one event that two records tell is one item. Claims about a fact stand one after the other."""
        if not self._listed:
            return len(self._lines)
        cited = {c.number: c.unit.id for c in self._floor.citations}
        wanted = {unit.id for unit in units}
        own = [
            place
            for place, line in enumerate(self._floor.text.splitlines())
            if wanted & {cited.get(int(n)) for n in CITED.findall(line)}
        ]
        return next((place for place in own if place not in self._lines), own[0])

    def _cite(self, record: Record, claim: str) -> int:
        """The number of the record's piece that shares most with a claim, part 3's own among equals."""
        pairs = {claim[i : i + 2] for i in range(len(claim) - 1)}
        best = max((*record.needed, *record.pieces), key=lambda piece: sum(pair in piece for pair in pairs))
        quote = best if self._question.language == "zh" and best in record.unit.text else record.needed[0]
        key = record.unit.id, quote
        if key not in self._numbered:
            self._numbered[key] = Citation(len(self._numbered) + 1, quote, record.unit)
        return self._numbered[key].number

    def _with_characters(self, claim: str, units: Sequence[Unit]) -> str:
        """In English, each person of the book in pinyin with the characters where the name first stands."""
        if self._question.language != "en":
            return claim
        said = " ".join(f"{unit.text} {' '.join((*unit.people, *unit.authors))}" for unit in units)
        for name in sorted({*self._people.within(f"{said}\n{claim}")} - self._introduced):
            form = next((f for f in spellings(name) if f in claim), None) if name in said else None
            written = form or (name if name in claim and spellings(name) else None)
            if written and not (form and name in claim):
                self._introduced.add(name)
                claim = claim.replace(written, f"{form or spellings(name)[0]} ({name})", 1)
        return claim


def _apart(match: re.Match[str]) -> str:
    """[1, 2] as [1][2]."""
    return "".join(f"[{n}]" for n in re.findall(r"\d+", match[1]))
