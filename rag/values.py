"""The piece of a sentence that answers: the number with its measure, the date, the name, the sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag import dates
from rag.question import Asks, Question
from rag.terms import Term
from rag.text import HAN
from rag.types import Evidence

_MEASURES = (
    "人次|平方米|个百分点|亿美元|亿元|万元|美元|个|家|位|名|人|场|次|项|条|件|份|届|期|批|种|类|组|章|国|座|支|幅|部|只|篇|起|所|张|"
    "岁|点位|语种|倍|%|月|天|年|元|架|辆|本|册|棵|公里|吨"
)
NUMBER = re.compile(
    rf"(?:(?<![签条合契公预缔邀])约|(?<![附最邻])近|超过|超|逾|不少于|至少)?"
    rf"(?P<n>\d[\d,]*(?:\.\d+)?|(?<![第{HAN}])[一二三四五六七八九十两百千]+(?=[个家位名场次项条件届批]))"
    rf"(?P<scale>[百千万亿]+)?(?P<more>余|多)?(?P<scale2>[万亿])?(?P<measure>{_MEASURES})?"
)
MONEY = re.compile(r"\d[\d,.]*[百千万亿余多]*(?:美元|欧元|日元|港元|英镑|元)")
_PEOPLE_MEASURES = frozenset(("人", "名", "位", "人次"))
_ASKED_MEASURE = re.compile(rf"(?:多少|几|百分之几|人(?=数))(?P<measure>{_MEASURES})?(?P<noun>[{HAN}]{{0,8}})")
_ASKED_NOUN_EN = re.compile(
    r"\b(?:how many|number of)\s+(.+?)"
    r"(?=\s(?:were|was|did|do|does|are|is|has|have|had|can|will|in|on|at|by|for|from|took|"
    r"came|went|received|got|joined|attended|visited)\b|[?,.;]|$)",
    re.I,
)
_CAUSE = re.compile(
    r"为了|因为|由于|因此|旨在|以便|为[^，。]{2,30}，|根据|应[^，。]{2,20}邀请|以纪念|目的|落实|庆祝|推动|促进|宣介"
)
ONLY = 0.3
"""How well a sentence's only number fits that matches neither measure nor noun."""
_PEOPLE_ASKED = re.compile(
    r"多少(?:人|名|位)|几(?:人|名|位)|人数|how many (?:\w+ ){0,2}?(?:people|persons?|women|men)\b", re.I
)
_LOOSE = frozenset("个份件项次家场种条名位人")
"""Measures that one writer takes for another's: 多少份申请 and 251件."""
_ORDINAL_ASKED = re.compile(r"第几([届次期批])")
FOCUS = 2.5
"""The idf from which the first word of an English "what is the …" is a detail of its own: phone number, not total."""
TELLING = 3.0
"""The idf from which a word of a "who is X" question is taken for X."""
_PEOPLE_ASKED_EN = re.compile(
    r"\bhow many (?:\w+ ){0,2}?(?:people|participants?|persons?|attendees|guests|visitors|trainees|students)\b", re.I
)
_AGE_ASKED = re.compile(r"how old|多大年纪|年龄|几岁|多少岁", re.I)
_WHO_IS = re.compile(r"是谁|是什么人|是何许人|\bwho(?:'s| is| was)\b", re.I)
_BODY = re.compile(rf"[{HAN}](?:办|局|委|会|院|部|处|集团|公司|中心|协会|政府|大学|银行|组织|社)")
_WHAT_EN = re.compile(r"\W*(?:and |but |so )?what(?:'s)?\b(?! (?:else )?(?:happened|took place))", re.I)
_FOCUS_ZH = re.compile(
    rf"([{HAN}]{{2,6}})(?:是什么|是多少|在哪里|在哪儿|在什么地方|叫什么)|(?:哪[所部首本种座]|什么)([{HAN}]{{2,5}})"
)
_PERCENT = re.compile(r"\d[\d.]*%")
_DURATION_ASKED = re.compile(r"how long|多久|多长时间|几天|持续了?多", re.I)
_DURATION = re.compile(r"\d[日月]?(?:至|到|—)|\d+(?:天|周|个月|小时|分钟|年)(?!度)")
_OFFICES = {
    "mayor": "市长",
    "chief executive": "行政长官|首席执行官",
    "ambassador": "大使",
    "president": "总裁|会长|总统",
    "prime minister": "总理",
    "speaker": "议长",
    "governor": "知事|省长|州长",
    "principal": "校长",
}
"""Offices that questions ask the holder of, and what stands before his name."""
_TITLE_ASKED_EN = re.compile(
    rf"\b(?:who(?:'s| is| was| were| are)?|name of) (?:the |then )?(?:\w+ )?({'|'.join(_OFFICES)}) of\b", re.I
)
_TITLE_ASKED_ZH = re.compile(
    r"(市长|行政长官|大使|总统|总理|议长|知事|校长|部长)(?:叫什么|是谁|是哪位|是何人)|谁是[^，。？?]*?(市长|行政长官|大使|总统|总理|议长|知事|校长|部长)"
)
_PLACE = re.compile(
    rf"(?<!存)在([{HAN}A-Za-z·—“”]{{2,20}}?)(?:举行|举办|召开|开幕|登记|成立|落户|揭牌|启动|展出)|由([{HAN}·]{{2,14}}?)(?:主办|承办)"
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
    if _AGE_ASKED.search(question.text):
        age = re.search(r"\d+岁", sentence)
        return (1.0, age.group()) if age else None
    ordinal = _ORDINAL_ASKED.search(question.text)
    if ordinal:
        found = re.search(rf"第[\d一二三四五六七八九十]+{ordinal[1]}", sentence)
        return (1.0, found.group()) if found else None
    for asked in _ASKED_MEASURE.finditer(question.text) if question.language == "zh" or "多少" in question.text else ():
        for match in numbers(sentence):
            fit = _fit_zh(match, asked, sentence)
            if fit and (best is None or fit > best[0]):
                best = fit, match.group()
    if best is None and _PEOPLE_ASKED_EN.search(question.text):
        counted = [m.group() for m in numbers(sentence) if m["measure"] in _PEOPLE_MEASURES]
        best = (1.0, counted[0]) if counted else None
    for match in (m for m in numbers(sentence) if m["measure"] != "岁") if nouns and best is None else ():
        after = re.split("[，。；]", sentence[match.start("n") : match.end() + 24])[0]
        near, before = after[: match.end() - match.start("n") + 8], sentence[max(0, match.start() - 12) : match.start()]
        fit = sum(
            max((1.0 if form in near else 0.6 if form in after else 0.5 if form in before else 0.0) for form in forms)
            for forms in nouns
        ) / len(nouns)
        if fit and (best is None or fit > best[0]):
            best = fit, match.group()
    return best or _only_number(question, sentence)


def _only_number(question: Question, sentence: str) -> tuple[float, str] | None:
    """The one number of a sentence, where the question words what it counts otherwise: 交了多少份 for 251件."""
    counted = [match for match in numbers(sentence) if match["measure"]]
    people_asked = _PEOPLE_ASKED.search(question.text) is not None
    if len(counted) != 1 or people_asked != (counted[0]["measure"] in _PEOPLE_MEASURES):
        return None
    asked = _ASKED_MEASURE.search(question.text)
    if asked and asked["measure"] not in _LOOSE and len(asked["noun"]) < 3:
        return None
    return ONLY, counted[0].group()


def _fit_zh(match: re.Match[str], asked: re.Match[str], sentence: str) -> float:
    measure, wanted = match["measure"] or "", "人" if asked.group().startswith("人") else asked["measure"] or ""
    after = sentence[match.end() : match.end() + 10]
    noun = asked["noun"]
    if not wanted and not noun:  # 就诊率是多少: the noun stands before
        lead = re.search(
            rf"([{HAN}]{{2,6}}?)(?:一共|总共|大约|约|共|是|为|有|达|达到|了|过)*$",
            asked.string[: asked.start()].rstrip(),
        )
        if lead and lead[1][-1] in "员人者生表宾" and measure in _PEOPLE_MEASURES:
            return 1.0
        said = sentence[max(0, match.start() - 14) : match.start()]
        return 1.0 if lead and any(lead[1][i:] in said for i in range(len(lead[1]) - 1)) else 0.0
    fit = 0.0
    unit = re.sub("^[百千万亿]+", "", noun)[:1]
    if not wanted and unit and sentence.startswith(unit, match.end()):
        return 1.0
    if wanted and (measure == wanted or {measure, wanted} <= _PEOPLE_MEASURES):
        fit += 1.0
    for size in range(len(noun), 1, -1):
        near = after if measure else after[:size]
        if noun[:size] in near or noun[:size] in sentence[max(0, match.start() - 10) : match.start()]:
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
        return MONEY.search(sentence) is not None or (question.language == "en" and bool(_PERCENT.search(sentence)))
    if asked == "when":
        if _DURATION_ASKED.search(question.text):
            return _DURATION.search(sentence) is not None
        return bool(dates.find(sentence) or re.search(r"\d{4}年|年内|年底|全年", sentence))
    if asked == "why":
        return _CAUSE.search(sentence) is not None
    if asked == "who":
        return _tells_who(question, sentence, known_people)
    if asked == "where":
        return re.search("在[^，。；]{2,}", sentence) is not None or _PLACE.search(sentence) is not None
    if asked == "which all":
        return len(re.findall("、|；|和|及", sentence)) > 1
    return True


def _tells_who(question: Question, sentence: str, known_people: Iterable[str]) -> bool:
    title = asked_title(question)
    if title:
        return _with_title(title, sentence, question) is not None
    if question.relation == "attended" and re.search("来自|参加|出席|参会", sentence):
        return True
    if _WHO_IS.search(question.text) and any(
        term.weight >= TELLING and term.stands_in(sentence) for term in question.terms
    ):
        return True
    body = question.relation is not None and _BODY.search(sentence) is not None
    return bool(people(sentence, known_people)) or body


def asked_title(question: Question) -> str | None:
    """The office whose holder a question asks for ("Who is the mayor of Paris?"); None where it asks otherwise."""
    if question.relation or question.people:
        return None
    match = _TITLE_ASKED_ZH.search(question.text)
    if match:
        return match[1] or match[2]
    found = _TITLE_ASKED_EN.search(question.text)
    return _OFFICES[found[1].lower()] if found else None


def _with_title(title: str, sentence: str, question: Question) -> str | None:
    """The name that stands right after an office, and after the place that the question gives: 首尔市市长吴世勋."""
    places = [term for term in question.terms if term.named]
    for match in re.finditer(rf"(?:{title})([{HAN}·]{{2,12}}?)(?=[、，。；）和向等致出会在与并分主作]|$)", sentence):
        before = sentence[max(0, match.start() - 12) : match.start()]
        if all(place.stands_in(re.split("[、，。；]", before)[-1]) for place in places):
            return match[1]
    return None


def bold(
    asked: Asks, question: Question, piece: Evidence, known_people: Iterable[str], nouns: Sequence[Sequence[str]] = ()
) -> list[str]:
    """The values to set in bold, verbatim from the quote; empty where the whole of it is the answer."""
    sentence = piece.quote
    if asked == "how many":
        found = asked_number(question, sentence, nouns)
        return [found[1]] if found else []
    if asked == "how much":
        return [m.group() for m in MONEY.finditer(sentence)] or [m.group() for m in _PERCENT.finditer(sentence)]
    if asked == "when":
        return _dates(sentence)
    if asked == "who":
        return _who(question, piece, known_people)
    if asked == "where":
        return [group for m in _PLACE.finditer(sentence) for group in m.groups() if group]
    return []


def _dates(sentence: str) -> list[str]:
    """Its dates, each with the year before it; years where there are no dates."""
    found = dict.fromkeys(
        re.sub("^.*?((?:\\d{4}年)?)$", r"\1", sentence[: m.start]) + sentence[m.start : m.end]
        for m in dates.find(sentence)
    )
    return list(found) or [
        m.group() + "年" for m in dates.YEAR.finditer(sentence) if sentence[m.end() :].startswith("年")
    ]


def _who(question: Question, piece: Evidence, known_people: Iterable[str]) -> list[str]:
    """The other side of what the question names: of a row its own people, or whom they met."""
    title = asked_title(question)
    named = _with_title(title, piece.quote, question) if title else None
    if named:
        return [named]
    unit = piece.unit
    if unit.kind == "row":
        if not question.people:
            return list(unit.people)
        return [name for name in people(unit.activity or "", known_people) if name not in question.people]
    return [name for name in people(piece.quote, known_people) if name not in (*question.people, question.text)]


def focus(question: Question) -> Term | None:
    """The detail that a question asks for by name, which its evidence has to speak of: address in "What is the
    address of X", 影片 in 哪部影片; None where the question word itself says what is wanted."""
    if question.asks not in ("what", "where"):
        return None
    if question.language == "en":
        first = question.terms[0] if question.terms and _WHAT_EN.match(question.text) else None
        return first if first and first.weight >= FOCUS else None
    match = _FOCUS_ZH.search(re.split("[？?]", question.text)[0])
    named = next((group for group in match.groups() if group and not group.endswith("的")), "") if match else ""
    return next((term for term in reversed(question.terms) if term.surface and term.surface in named), None)


def asked_nouns(question: Question) -> list[tuple[str, ...]]:
    """For an English "how many X": the Chinese forms of X's words, as the terms have them."""
    match = _ASKED_NOUN_EN.search(question.text)
    if not match:
        return []
    words = set(re.findall(r"[\w-]+", match[1].lower()))
    return [term.forms for term in question.terms if term.forms and term.surface.split()[-1] in words]
