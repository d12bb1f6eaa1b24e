"""The piece of a sentence that answers: the number with its measure, the date, the name, the sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag import dates
from rag.question import Asks, Question
from rag.relations import OBJECTS
from rag.text import HAN

_MEASURES = (
    "人次|平方米|个百分点|亿美元|亿元|万元|美元|个|家|位|名|人|场|次|项|条|件|份|届|期|批|种|类|组|章|国|座|支|幅|部|只|篇|起|所|张|"
    "点位|语种|倍|%|月|天|年|元|架|辆|本|册|棵|公里|吨"
)
NUMBER = re.compile(
    rf"(?:约|近|超过|超|逾|不少于|至少)?"
    rf"(?P<n>\d[\d,]*(?:\.\d+)?|(?<![第{HAN}])[一二三四五六七八九十两百千]+(?=[个家位名场次项条件届批]))"
    rf"(?P<scale>[百千万亿]+)?(?P<more>余|多)?(?P<scale2>[万亿])?(?P<measure>{_MEASURES})?"
)
MONEY = re.compile(r"\d[\d,.]*[百千万亿余多]*(?:美元|欧元|日元|港元|英镑|元)")
_PEOPLE_MEASURES = frozenset(("人", "名", "位", "人次"))
_ASKED_MEASURE = re.compile(rf"(?:多少|几|百分之几)(?P<measure>{_MEASURES})?(?P<noun>[{HAN}]{{0,8}})")
_ASKED_NOUN_EN = re.compile(
    r"\b(?:how many|number of)\s+(.+?)(?=\s(?:were|was|did|do|does|are|is|has|have|had|can|will|in|on|at|by|for|from|took|"
    r"came|went|received|got|joined|attended|visited)\b|[?,.;]|$)",
    re.I,
)
_CAUSE = re.compile(r"为了|因为|由于|因此|旨在|以便|为[^，。]{2,30}，|根据|应[^，。]{2,20}邀请|以纪念|目的|落实")
_PLACE = re.compile(
    rf"(?<!存)在([{HAN}A-Za-z·—“”]{{2,20}}?)(?:举行|举办|召开|开幕|进行|登记|成立|落户|内|设|建|组织|揭牌|启动|展出)|由([{HAN}·]{{2,14}}?)(?:主办|承办)"
)


def numbers(text: str) -> list[re.Match[str]]:
    """Numbers with their measures, outside dates and years, in order."""
    taken = [(m.start, m.end) for m in dates.find(text)] + [m.span() for m in dates.YEAR.finditer(text)]
    return [m for m in NUMBER.finditer(text) if not any(a < m.end() and m.start() < b for a, b in taken)]


def asked_number(question: Question, sentence: str, nouns: Sequence[Sequence[str]] = ()) -> tuple[float, str] | None:
    """The number in the sentence that counts what was asked for, after how well it fits; None where none does.

    `nouns`: for an English question, the Chinese forms of each word that follows "how many". The fit is about 1 for
    the right measure or for every noun beside the number.
    """
    best: tuple[float, str] | None = None
    for asked in _ASKED_MEASURE.finditer(question.text) if question.language == "zh" or "多少" in question.text else ():
        for match in numbers(sentence):
            fit = _fit_zh(match, asked, sentence)
            if fit and (best is None or fit > best[0]):
                best = fit, match.group()
    for match in numbers(sentence) if nouns and best is None else ():
        after = re.split("[，。；]", sentence[match.start("n") : match.end() + 24])[0]
        near, before = after[: match.end() - match.start("n") + 8], sentence[max(0, match.start() - 12) : match.start()]
        fit = sum(
            max((1.0 if form in near else 0.6 if form in after else 0.5 if form in before else 0.0) for form in forms)
            for forms in nouns
        ) / len(nouns)
        if fit and (best is None or fit > best[0]):
            best = fit, match.group()
    return best


def _fit_zh(match: re.Match[str], asked: re.Match[str], sentence: str) -> float:
    measure, wanted = match["measure"] or "", asked["measure"] or ""
    after = sentence[match.end() : match.end() + 10]
    noun = asked["noun"]
    fit = 0.0
    if wanted and (measure == wanted or {measure, wanted} <= _PEOPLE_MEASURES):
        fit += 1.0
    for size in range(len(noun), 1, -1):
        if noun[:size] in after or noun[:size] in sentence[max(0, match.start() - 10) : match.start()]:
            fit += 1.0 + size / 10
            break
    return fit


def people(sentence: str, known: Iterable[str]) -> list[str]:
    """Known people the sentence names, in order."""
    return sorted({name for name in known if name in sentence}, key=sentence.index)


def fits(
    asked: Asks, question: Question, sentence: str, known_people: Iterable[str], nouns: Sequence[Sequence[str]] = ()
) -> float:
    """How well a sentence holds the kind of value asked for: 0 where it holds none, 1 where it does."""
    if asked == "how many":
        found = asked_number(question, sentence, nouns)
        return min(found[0], 1.0) if found else 0.0
    if asked == "how much":
        return MONEY.search(sentence) is not None or (
            question.language == "en" and bool(re.search(r"\d[\d.]*%", sentence))
        )
    if asked == "when":
        return bool(dates.find(sentence) or dates.YEAR.search(sentence) or re.search("年内|年底|全年", sentence))
    if asked == "why":
        return _CAUSE.search(sentence) is not None
    if asked == "who":
        return (
            bool(people(sentence, known_people))
            or re.search(rf"由|主办|举办|组织|{OBJECTS['organisation'][0]}|局|办|委", sentence) is not None
        )
    if asked == "which all":
        return len(re.findall("、|；|和|及", sentence)) > 1
    return True


def bold(
    asked: Asks, question: Question, sentence: str, known_people: Iterable[str], nouns: Sequence[Sequence[str]] = ()
) -> list[str]:
    """The values to set in bold, verbatim from the sentence; empty where the whole sentence is the answer."""
    if asked == "how many":
        found = asked_number(question, sentence, nouns)
        return [found[1]] if found else []
    if asked == "how much":
        return [m.group() for m in MONEY.finditer(sentence)] or [m.group() for m in re.finditer(r"\d[\d.]*%", sentence)]
    if asked == "when":
        spans = {sentence[m.start : m.end]: None for m in dates.find(sentence)}
        years = [m.group() + "年" for m in dates.YEAR.finditer(sentence) if sentence[m.end() :].startswith("年")]
        return list(spans) or years
    if asked == "who":
        return [
            name for name in people(sentence, known_people) if name not in question.people and name not in question.text
        ]
    if asked == "where":
        return [group for m in _PLACE.finditer(sentence) for group in m.groups() if group]
    return []


def asked_nouns(question: Question) -> list[tuple[str, ...]]:
    """For an English "how many X": the Chinese forms of X's words, as the terms have them."""
    match = _ASKED_NOUN_EN.search(question.text)
    if not match:
        return []
    words = set(re.findall(r"[\w-]+", match[1].lower()))
    return [term.forms for term in question.terms if term.forms and term.surface.split()[-1] in words]
