"""The extractive answer: a frame in the question's language around verbatim pieces, each with its [n]."""

from __future__ import annotations

from collections.abc import Sequence

from rag import dates, wording
from rag.counting import asked_nouns
from rag.evidence import Found, Nothing
from rag.lexicon import Lexicon
from rag.parties import count, firms, said_count
from rag.question import Question
from rag.saying import Speaker
from rag.types import Answer, Citation, Evidence, Unit
from rag.values import bold

SAME_WORDS = 0.5
"""The least share of a row's character pairs that an entry of the same day has to repeat to tell of the same event."""
ABSTAIN = {"zh": "资料中没有说明。", "en": "The sources don't say."}
"""The one refusal phrase of each language."""
LONGEST_NAME = 40
"""Characters of an unknown name that a refusal repeats."""


def compose(question: Question, found: Found, lexicon: Lexicon) -> Answer:
    """The answer that the evidence makes."""
    if found.exhaustive and (len(found.items) > 1 or question.asks == "how many"):
        return listing(question, found.items, lexicon)
    return fact(question, found, lexicon)


def fact(question: Question, found: Found, lexicon: Lexicon) -> Answer:
    """A short answer: for each piece of evidence the quoted clause, the asked value in bold."""
    numbers, speaker, nouns = _Numbers(), Speaker(question, lexicon), asked_nouns(question)
    lines = [wording.YES[question.language]] if question.asks == "yes/no" and found.certain else []
    for piece in found.items:
        values = bold(question.asks, question, piece, lexicon.people, nouns)
        if question.byline and piece.unit.authors:
            said = speaker.signed(piece.unit)
        elif piece.unit.kind == "row":
            said = speaker.row(piece.unit, values)
        else:
            said = speaker.quoted(piece, values)
        lines.append(f"{said}[{numbers.of(piece)}]")
    return _answer(question, "\n\n".join([*_notes(question), *lines]), numbers)


def listing(question: Question, evidence: Sequence[Evidence], lexicon: Lexicon) -> Answer:
    """The count first, then one line per item in order of date, each with its [n]; one event told twice is one item."""
    numbers, speaker = _Numbers(), Speaker(question, lexicon)
    lines = []
    titles_only = bool(question.authors or (question.section and not question.relation))
    for told in same_events(sorted(evidence, key=_when)):
        cited = "".join(f"[{numbers.of(piece)}]" for piece in told)
        unit = told[0].unit
        said = speaker.row(unit, ()) if unit.kind == "row" else speaker.entry(told[0], titles_only)
        lines.append(f"- {said}{cited}{_doubt(told[0], question)}")
    head = [*_notes(question), _count(question, evidence, len(lines)), ""]
    return _answer(question, "\n".join([*head, *lines]), numbers)


def same_events(evidence: Sequence[Evidence]) -> list[list[Evidence]]:
    """Pieces that tell of one event put together: an entry's sentence and a table's row of one day and like words."""
    events: list[list[Evidence]] = []
    for piece in evidence:
        for event in events:
            if same_event(event[0], piece):
                event.append(piece)
                event.sort(key=lambda e: e.unit.kind != "row")
                break
        else:
            events.append([piece])
    return events


def same_event(one: Evidence, other: Evidence) -> bool:
    """Whether a row and an entry tell of the same event: the row's day stands in the entry, and half of its words."""
    if {one.unit.kind, other.unit.kind} != {"row", "entry"}:
        return False
    row, entry = (one, other) if one.unit.kind == "row" else (other, one)
    days = {mention.span for mention in dates.find(entry.unit.text) if mention.span.is_day}
    mine = [mention.span for mention in dates.find(row.unit.date or "")]
    if not mine or mine[0] not in days:
        return False
    activity = row.unit.activity or row.unit.text
    pairs = {activity[i : i + 2] for i in range(len(activity) - 1)}
    told = f"{entry.unit.title}{entry.unit.text}"
    return sum(pair in told for pair in pairs) >= SAME_WORDS * len(pairs)


def abstain(question: Question, nothing: Nothing, nearest: Sequence[Unit], covered: Sequence[int]) -> Answer:
    """A plain "the sources don't say", with the reason and what stands nearest; no citation."""
    language = question.language
    names = wording.AND[language].join(f"“{name[:LONGEST_NAME]}”" for name in nothing.names if name)
    reason = wording.REASONS[language].get(nothing.reason, "")
    values = {"names": names, "year": covered[0] if covered else ""}
    parts = [ABSTAIN[language] + (wording.SPACE[language] + reason.format(**values) if reason and names else "")]
    if not question.terms and not question.has_anchor and not question.unknown:
        parts.append(wording.HELP[language])
    elif nearest:
        told = [unit.text if unit.kind == "row" else f"【{unit.title}】" for unit in nearest]
        parts.append(wording.NEAREST[language] + wording.SEMICOLON[language].join(dict.fromkeys(told)))
    understood = question.to_json()
    return Answer(question.standalone, "\n\n".join(parts), language, True, (), tuple(nearest), understood)


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


def _notes(question: Question) -> list[str]:
    """What was taken for what: a name a character off, so that the reader can object."""
    wrong = [(written, name) for written, name in question.corrected.items() if written[0] >= "\u3400"]
    return [wording.TAKEN[question.language].format(written=written, name=name) + "\n" for written, name in wrong]


def _when(piece: Evidence) -> tuple[tuple[int, int], int]:
    found = dates.find(piece.unit.date or "") or dates.find(piece.quote) or dates.find(piece.unit.text)
    return (found[0].span.first if found else (13, 1)), piece.unit.lines[0]


def _doubt(piece: Evidence, question: Question) -> str:
    """Where a text says one number and names another, both are said."""
    counts = said_count(piece.quote)
    return wording.FEWER[question.language].format(said=counts[0]) if counts and "firm" in question.objects else ""


def _count(question: Question, evidence: Sequence[Evidence], items: int) -> str:
    parties = [name for piece in evidence for name in firms(piece.unit.activity or piece.quote)]
    if "firm" in question.objects and question.relation == "met" and parties:
        number = count(parties)
        return wording.counted(question.language, "firms", number, items)
    if question.authors or (question.section and not question.relation):
        return wording.counted(question.language, "entries", items, items)
    return wording.counted(question.language, "meetings" if question.relation == "met" else "items", items, items)
