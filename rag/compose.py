"""The extractive answer: a frame in the question's language around verbatim pieces, each with its [n]."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag import dates, wording
from rag.absence import Nothing
from rag.columns import asked_columns
from rag.counting import asked_nouns
from rag.events import differ, on_other_days, same_events
from rag.evidence import Found
from rag.gate import SURE
from rag.listing import times_asked, title_asked
from rag.names import romanise
from rag.parties import count, firms_with_country, said_count
from rag.parts import parts
from rag.places import english_of
from rag.question import Question
from rag.ranking import Most, country_told, day_of, most
from rag.retriever import Retriever
from rag.saying import Speaker, as_nearest, plain
from rag.text import sentences
from rag.types import Answer, Citation, Evidence, Unit
from rag.values import bold

ABSTAIN = {"zh": "资料中没有说明。", "en": "The sources don't say."}
"""The one refusal phrase of each language."""
_OF_FIRMS = re.compile(
    r"企业家|实业家|银行家|金融家|高管|负责人|代表|[几哪]位|总裁|董事长|"
    r"\b(?:executives?|entrepreneurs?|bosses|business(?:wo)?m[ae]n|business leaders?|bankers?|heads? of)\b",
    re.I,
)
"""Those who stand for a firm: they are people."""
_LEADERS_ASKED = re.compile(
    r"(?:哪|几)[些几]?[位名个]?(?:北京|市|主要)*领导|\bwho\b|\b(?:which|what) (?:\w+ ){0,2}?(?:leaders?|officials?)\b",
    re.I,
)
_COUNTRIES_ASKED = re.compile(
    r"(?:哪些|哪几个|多少个?|几个?)国家?(?![级际内])|\b(?:which|what|how many)(?: \w+)? countries\b", re.I
)
LONGEST_NAME = 40
"""Characters of an unknown name that a refusal repeats."""


def compose(question: Question, found: Found, retriever: Retriever) -> Answer:
    """The answer that the evidence makes."""
    if found.exhaustive and question.rank == "most":
        winners = most(question.text, same_events(found.items, retriever), retriever.lexicon)
        if winners:
            return listing(question, replace(found, items=winners.pieces), retriever, winners)
    if found.exhaustive and (len(found.items) > 1 or question.asks == "how many"):
        return listing(question, found, retriever)
    return fact(question, found, retriever)


def fact(question: Question, found: Found, retriever: Retriever) -> Answer:
    """A short answer: for each piece of evidence the quoted clause, the asked value in bold, and who gives another
    day for the same event."""
    lexicon = retriever.lexicon
    numbers, speaker, asked = _Numbers(), Speaker(question, lexicon), parts(question)
    lines = [wording.YES[question.language]] if question.asks == "yes/no" and found.certain else []
    for piece in found.items:
        values = [v for part in asked for v in bold(part.asks, part, piece, lexicon.names, asked_nouns(part))]
        if question.byline and piece.unit.authors:
            said = speaker.signed(piece.unit, of_whom=bool(question.authors) and question.asks != "who")
        elif piece.unit.kind == "row":
            said = speaker.row(piece.unit, values, asked_columns(question, piece.unit))
        else:
            said = speaker.quoted(piece, values)
        lines.append(f"{said}[{numbers.of(piece)}]")
    if question.asks in ("when", "which all") or question.spans:
        for piece in _on_other_days(found.items, retriever):
            said = speaker.row(piece.unit, ()) if piece.unit.kind == "row" else speaker.quoted(piece, ())
            lines.append(f"{wording.OTHER_DAY[question.language]}{said}[{numbers.of(piece)}]")
    return _answer(question, "\n\n".join([*_notes(question, found), *lines]), numbers)


def listing(question: Question, found: Found, retriever: Retriever, winners: Most | None = None) -> Answer:
    """The count first, then one line per item in order of date, each with its [n]; one event told twice is one item.
    `winners`: who stands in most of what was found, where that was asked; the items are theirs alone."""
    numbers, speaker = _Numbers(), Speaker(question, retriever.lexicon)
    lines = []
    evidence = found.items
    listed = {piece.unit.id for piece in evidence}
    titles_only = bool(title_asked(question) or question.authors or (question.section and not question.relation))
    for told in same_events(sorted(evidence, key=_when), retriever):
        if not titles_only:
            told += [piece for piece in _on_other_days(told, retriever) if piece.unit.id not in listed]
        cited = "".join(f"[{numbers.of(piece)}]" for piece in told)
        unit = told[0].unit
        said = speaker.row(unit, ()) if unit.kind == "row" else speaker.entry(told[0], titles_only)
        lines.append(f"- {said}{cited}{_doubt(told, question)}")
    count = _most(question, winners, speaker) if winners else _count(question, evidence, len(lines), speaker)
    said_yes = [f"{wording.YES[question.language]}\n"] if question.asks == "yes/no" and found.certain else []
    head = [*_notes(question, found), *said_yes, count, ""]
    return _answer(question, "\n".join([*head, *lines]), numbers)


def _on_other_days(told: Sequence[Evidence], retriever: Retriever) -> list[Evidence]:
    """Where another unit dates the same event differently: its row, or its first sentence with a date."""
    said = {piece.unit.id for piece in told}
    others = {unit.id: unit for piece in told for unit in on_other_days(piece, retriever)}
    return [Evidence(unit, _dated(unit), 1.0) for unit in others.values() if unit.id not in said]


def _dated(unit: Unit) -> str:
    return unit.text if unit.kind == "row" else next(piece for piece in sentences(unit.text) if dates.find(piece))


def abstain(question: Question, nothing: Nothing, nearest: Sequence[Unit], covered: Sequence[int]) -> Answer:
    """A plain "the sources don't say", with the reason and what stands nearest; no citation."""
    language = question.language
    names = wording.AND[language].join(f"“{plain(name[:LONGEST_NAME])}”" for name in nothing.names if name)
    reason = wording.REASONS[language].get(nothing.reason, "")
    isnt = "isn't" if len(nothing.names) == 1 else "aren't"
    values = {"names": names, "isnt": isnt, "year": covered[0] if covered else ""}
    lines = [ABSTAIN[language] + (wording.SPACE[language] + reason.format(**values) if reason and names else "")]
    if not question.has_anchor and not question.unknown and _is_talk(question):
        lines.append(wording.HELP[language])
    elif nearest:
        named = dict.fromkeys(map(as_nearest, nearest))
        lines.append(wording.NEAREST[language] + wording.SEMICOLON[language].join(named))
    understood = question.to_json()
    return Answer(question.standalone, "\n\n".join(lines), language, True, (), tuple(nearest), understood)


def _is_talk(question: Question) -> bool:
    """Whether nothing that it says stands in the corpus, and it asks for nothing in particular: 谢谢, hello."""
    return question.asks == "what" and all(term.surest < SURE and not term.named for term in question.terms)


class _Numbers:
    """Gives each cited unit its n, in order of first use: one for each quote."""

    def __init__(self) -> None:
        self._citations: dict[tuple[str, str], Citation] = {}

    def of(self, evidence: Evidence) -> int:
        key = evidence.unit.id, evidence.quote
        known = self._citations.get(key)
        if known is None:
            known = Citation(len(self._citations) + 1, evidence.quote, evidence.unit)
            self._citations[key] = known
        return known.number

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(self._citations.values())


def _answer(question: Question, text: str, numbers: _Numbers) -> Answer:
    understood = question.to_json()
    return Answer(question.standalone, text, question.language, False, numbers.citations, understood=understood)


def _notes(question: Question, found: Found) -> list[str]:
    """What was taken for what, so that the reader can object: a name a character off, one the sources don't have."""
    letters = {written: re.sub("[^a-z]", "", written.lower().replace("ü", "v")) for written in question.corrected}
    wrong = [(written, name) for written, name in question.corrected.items() if letters[written] not in romanise(name)]
    notes = [wording.TAKEN[question.language].format(written=written, name=name) for written, name in wrong]
    if found.absent:
        names = wording.AND[question.language].join(plain(name[:LONGEST_NAME]) for name in found.absent)
        notes.append(wording.ABSENT[question.language].format(names=names))
    return [f"{note}\n" for note in notes]


def _when(piece: Evidence) -> tuple[tuple[int, int], int]:
    return day_of(piece) or (13, 1), piece.unit.lines[0]


def _doubt(told: Sequence[Evidence], question: Question) -> str:
    """Where a text says one number and names another, or two sources give two days, both are said."""
    language, counts = question.language, said_count(told[0].quote)
    firms_asked = "firm" in question.objects and not _countries(question)
    said = wording.FEWER[language].format(said=counts[0]) if counts and firms_asked else ""
    for other in told[1:]:
        if differ(told[0].unit, other.unit):
            quote = _dated(other.unit)
            mention = dates.find(quote)[0]
            day = quote[mention.start : mention.end] if language == "zh" else dates.english(mention.span)
            said += wording.DATED[language].format(title=other.unit.title, date=day)
    return said


def _countries(question: Question) -> set[str]:
    """The countries that a question names, by their Chinese names."""
    return {form for term in question.terms if term.named for form in term.forms if form in english_of()}


def _most(question: Question, winners: Most, speaker: Speaker) -> str:
    names = wording.AND[question.language].join(map(speaker.thing, winners.names))
    return wording.MOST[question.language].format(names=names, n=winners.times)


def _party(question: Question) -> str:
    """What is counted where firms were met: they, or who stands for them; nothing where it is who met them."""
    if _LEADERS_ASKED.search(question.text):
        return "records"
    return "guests" if _OF_FIRMS.search(question.text) else "firms"


def _count(question: Question, evidence: Sequence[Evidence], items: int, speaker: Speaker) -> str:
    if _COUNTRIES_ASKED.search(question.text) and all(piece.unit.kind == "row" for piece in evidence):
        countries = [country_told(piece) for piece in evidence]
        told = dict.fromkeys(name for names in countries for name in names)
        if all(countries):
            names = wording.AND[question.language].join(map(speaker.thing, told))
            return wording.counted(question.language, "countries", len(told), items, names)
    wanted = _countries(question)
    parties = [
        name
        for piece in evidence
        for name, country in firms_with_country(piece.unit.activity or piece.quote)
        if not wanted or (country or piece.unit.country) in wanted
    ]
    if "firm" in question.objects and question.relation == "met" and parties and not times_asked(question):
        return wording.counted(question.language, _party(question), count(parties), items)
    if title_asked(question) or question.authors or (question.section and not question.relation):
        return wording.counted(question.language, "entries", items, items)
    return wording.counted(question.language, "meetings" if question.relation == "met" else "items", items, items)
