"""Of a sentence's numbers the one that counts what a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import rjieba

from rag.bridge import dictionary
from rag.measures import MEASURES, after_number, before_number, numbers
from rag.question import Question
from rag.relations import ACTS
from rag.terms import LITERAL, Term, coverage
from rag.text import HAN, has_han

_PEOPLE_MEASURES = frozenset(("人", "名", "位", "人次"))
_ONE_MEASURE = (_PEOPLE_MEASURES, frozenset(("年", "周年")))
_ASKED_MEASURE = re.compile(
    rf"(?:多少|几|百分之几|多[大高长宽远重深]|人(?=数))(?P<measure>{MEASURES})?\s?(?P<noun>(?:(?!多少)[{HAN}]){{0,8}})"
)
_COUNTS = re.compile(f"多少(?=[{HAN}])")
ASKED_NOUN_EN = re.compile(
    r"\b(?:how many|number of)\s+(.+?)"
    r"(?=\s(?:were|was|did|do|does|are|is|has|have|had|can|will|in|on|at|by|for|from|took|"
    r"came|went|received|got|joined|attended|visited)\b|[?,.;]|$)",
    re.I,
)
SOME = 0.2
"""How well a sentence fits that has several numbers, where nothing says which is asked for."""
NEARLY_ALL = 0.6
"""The share of the question's words from which a sentence's number is taken to count what it words otherwise."""
ONLY = 0.3
"""How well a sentence's only number fits that matches neither measure nor noun."""
_PEOPLE_ASKED = re.compile(
    r"多少(?:人|名|位)|几(?:人|名|位)|人数|how many (?:\w+ ){0,2}?(?:people|persons?|women|men)\b", re.I
)
_JUST_PEOPLE = re.compile(r"\bhow many (?:[a-z]+ )?(?:people|persons|women|men)\b", re.I)
_PEOPLE_ASKED_EN = re.compile(
    r"(?:\bhow many|多少) ?(?:\w+ ){0,2}?"
    r"(?:people|participants?|persons?|attendees|guests|visitors|trainees|students|volunteers|experts|scholars|diplomats|"
    r"teachers|doctors|nurses|workers|staff|officials|cadres|officers|residents|villagers|farmers|athletes|players|"
    r"youngsters|youths|children|delegates|representatives|journalists|foreigners|citizens)\b",
    re.I,
)
_ANYBODY = frozenset(("人", "万人", "人民", "人员", "人数"))
"""Forms of "people", which stand beside numbers of any kind of them."""
_PERSON_NOUN = re.compile("(?:学|人|官|议|会|队|成|演|志愿)员|.{1,3}(?:者|官|嘉宾|代表|观众|学生|教师)|[乘旅游]?客")
_LEAD = 40
"""Characters before 多少 in which the noun stands that it asks for."""
_LOOSE = frozenset("个份件项次家场种条名位人本张")
"""Measures that one writer takes for another's: 多少份申请 and 251件."""
_TIMES = frozenset("次场届期")
_SHARE_ASKED = re.compile(r"百分之几|比例|占比|比重|\b(?:proportion|percentage|percent|share of|fraction)\b", re.I)
_ORDINALS = re.compile(r"第\d+|\b\d+(?:st|nd|rd|th)\b", re.I)
"""第15届 asks for no number, and may well have 15 winners."""
ORDINAL_ASKED = re.compile(r"第(?:几|多少)([届次期批名位轮])")
_YEARS_ASKED = re.compile(r"周年|[多几]少?年|\banniversar|\bhow many years\b|\bhow long\b", re.I)
_AGE_ASKED = re.compile(r"how old|多大(?:年纪|岁数|了)|年龄|几岁|多少岁", re.I)


_SIZES = "公里|千米|厘米|毫米|米|公顷|亩|平方公里|平方千米|平方米|吨|公斤|千克|克"
_DIMENSIONS = tuple(
    (re.compile(rf"{asked}(?!时间|远)", re.I), told)
    for asked, told in (
        (r"多长|\bhow long\b", "长度?|全长|总长|里程"),
        (r"多高|\bhow (?:high|tall)\b", "高度?|身高"),
        (r"多宽|\bhow wide\b", "宽度?"),
        (r"多深|\bhow deep\b", "深度?"),
        (r"多重|\bhow (?:heavy|much did \w+ weigh)\b", "重量?"),
        (r"多大(?:面积)?|面积(?:是|有)?多[大少]|\bhow (?:large|big)\b", "面积|占地"),
    )
)
"""What a question asks the size of → what stands before that size in a text."""


@lru_cache(maxsize=256)
def _apart(text: str) -> str:
    """A question with a space before the noun it counts where that begins as a measure does: 多少口罩, 多少年轻人."""
    return _COUNTS.sub(lambda m: f"{m.group()} " if _noun(text[m.end() : m.end() + 4]) else m.group(), text)


def _noun(text: str) -> bool:
    word = rjieba.cut(text)[0] if text else ""
    return len(word) > 1 and word in dictionary() and not re.fullmatch(f"(?:{MEASURES}|次)+", word)


def _tellable(question: Question, sentence: str) -> list[re.Match[str]]:
    """Numbers that may be the answer: none that the question gives itself, no age, and of anniversaries only if it
    asks for one or for years."""
    years = _YEARS_ASKED.search(question.text) is not None
    return [
        match
        for match in numbers(sentence)
        if (years or match["measure"] != "周年")
        and match["measure"] != "岁"
        and sentence[match.start() - 1 : match.start()] != "第"
        and not re.search(rf"(?<![\d.]){re.escape(match['n'])}(?![\d.])", _ORDINALS.sub(" ", question.text))
    ]


def asked_number(question: Question, sentence: str, nouns: Sequence[Sequence[str]] = ()) -> tuple[float, str] | None:
    """The number in the sentence that counts what was asked for, after how well it fits; None where none does.

    `nouns`: for an English question, the Chinese forms of each word that follows "how many". The fit is about 1 for
    the right measure or for every noun beside the number.
    """
    if _AGE_ASKED.search(question.text):
        age = re.search(r"\d+岁|距今约?[\d.]+万?年", sentence)
        return (1.0, age.group()) if age else None
    if _SHARE_ASKED.search(question.text):
        share = re.search(r"\d[\d.]*%|百分之[\d.]+", sentence)
        return (1.0, share.group()) if share else None
    ordinal = ORDINAL_ASKED.search(question.text)
    if ordinal:
        found = re.search(rf"第[\d一二三四五六七八九十]+{ordinal[1]}", sentence)
        return (1.0, found.group()) if found else None
    size = _dimension(question, sentence)
    if size:
        return 1.0, size
    told = _tellable(question, sentence)
    counts = question.language == "zh" or "多少" in question.text
    fitting: dict[re.Match[str], float] = {}
    for asked in _ASKED_MEASURE.finditer(_apart(question.text)) if counts else ():
        meant = _meant(question, asked["noun"])
        for match in told:
            fitting[match] = max(fitting.get(match, 0.0), _fit_zh(match, asked, sentence, meant))
    if not any(fitting.values()) and _PEOPLE_ASKED_EN.search(question.text):
        people = [match for match in told if match["measure"] in _PEOPLE_MEASURES]
        kinds = [forms for forms in nouns if not _ANYBODY & {*forms}]
        fitting = {match: 1.0 + (_fit_en(match, sentence, kinds) / 2 if kinds else 0.0) for match in people}
    if not any(fitting.values()) and nouns and not _JUST_PEOPLE.search(question.text):
        fitting = {match: _fit_en(match, sentence, nouns) for match in told}
    best = _best(question, sentence, fitting)
    return best or _only_number(question, sentence) or _some_number(question, sentence)


def _best(question: Question, sentence: str, fitting: Mapping[re.Match[str], float]) -> tuple[float, str] | None:
    """The number that fits best; of several that do, the one whose own clause says most of the question. What stands
    behind 其中 is counted by the noun before it: 会议31场，其中报国务院审批4场."""
    among = sentence.find("其中")
    fits, clauses = dict(fitting), _clauses(question, sentence, list(fitting))
    for match in fits if among >= 0 else ():
        whole = [
            fit for m, fit in fitting.items() if m.start() < among < match.start() and m["measure"] == match["measure"]
        ]
        fits[match] = max(fits[match], *whole, 0.0)
    best = max(fits, key=lambda match: (fits[match], clauses[match]), default=None)
    return (fits[best], best.group()) if best and fits[best] else None


def _clauses(question: Question, sentence: str, counted: Sequence[re.Match[str]]) -> dict[re.Match[str], float]:
    """What the clause of each number carries of the question's words; one right before it counts twice."""
    spans = [m.span() for m in re.finditer("[^，、；。]+", sentence)]
    shares = {}
    for match in counted:
        clause = next(sentence[a:b] for a, b in spans if a <= match.start() < b).lower()
        said = [term for term in question.terms if term.stands_in(clause)]
        before = sentence[: match.start()].lower()
        beside = any(before.endswith(form) for term in said for form in term.forms)
        shares[match] = sum(term.weight for term in said) * (2 if beside else 1)
    return shares


def _dimension(question: Question, sentence: str) -> str | None:
    """How long, high, wide, deep or heavy the sentence says that something is, where that is asked."""
    for pattern, told in _DIMENSIONS:
        found = re.search(rf"(?:{told})(?:约|近|达|为|超过|共)?(\d[\d,.]*[百千万亿余多]*(?:{_SIZES}))", sentence)
        if found and pattern.search(question.text):
            return found[1]
    return None


def _fit_en(match: re.Match[str], sentence: str, nouns: Sequence[Sequence[str]]) -> float:
    """How well a number counts the nouns of an English question, by where their Chinese forms stand."""
    after = re.split(r"[，。；]|、(?=[^，。；、]*\d)", sentence[match.start("n") : match.end() + 24])[0]
    near = after[: match.end() - match.start("n") + 8]
    before = re.split(r"(?<=\d)[^，。；、\d]{0,3}、", sentence[max(0, match.start() - 12) : match.start()])[-1]
    return sum(max(_beside(form, near, after, before) for form in forms) for forms in nouns) / len(nouns)


def _beside(form: str, near: str, after: str, before: str) -> float:
    """How well a number counts a noun by where that stands: 5G基站4180个, 4180个5G基站, then farther from it."""
    if before.endswith(form):
        return 1.0
    return 0.9 if form in near else 0.6 if form in after else 0.5 if form in before else 0.0


def _only_number(question: Question, sentence: str) -> tuple[float, str] | None:
    """The one number of a sentence, where the question words what it counts otherwise: 交了多少份 for 251件."""
    counted = [match for match in _tellable(question, sentence) if match["measure"]]
    people_asked = _PEOPLE_ASKED.search(question.text) is not None
    if len(counted) > 1:
        counted = _beside_terms(question, sentence, counted)
    if len(counted) != 1 or people_asked != (counted[0]["measure"] in _PEOPLE_MEASURES):
        return None
    asked = _ASKED_MEASURE.search(_apart(question.text))
    measure = asked["measure"] if asked else None
    if measure not in _LOOSE and (measure or (asked and len(asked["noun"]) < 3)):
        return None
    if measure in _TIMES and counted[0]["measure"] not in _TIMES:
        return None  # 11个工作组 tells no number of meetings
    if asked and _of_other_things(
        asked, after_number(sentence, counted[0].end()), before_number(sentence, counted[0].start())
    ):
        return None
    return ONLY, counted[0].group()


def _some_number(question: Question, sentence: str) -> tuple[float, str] | None:
    """Where the question gives no measure (降到了多少, 直径多大), any number may be the one; which is not said."""
    asked = _ASKED_MEASURE.search(_apart(question.text))
    lead = re.sub(r"[是为有约达到了\s]*$", "", question.text[: asked.start()]).lower() if asked else ""
    unsaid = [t for t in question.terms if lead.endswith(t.surface) and not t.stands_in(sentence.lower())]
    if unsaid and (not unsaid[0].forms or coverage(question.terms, sentence.lower()) < NEARLY_ALL):
        return None  # 年薪是多少: a number is nothing beside 年薪
    bare = asked is None or (not asked["measure"] and not re.match("人|名|位|次|家|个", asked["noun"]))
    return (SOME, "") if bare and not _PEOPLE_ASKED.search(question.text) and _tellable(question, sentence) else None


def _beside_terms(question: Question, sentence: str, counted: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """Of several numbers, those whose clauses carry most of the question's words: 报国务院审批4场."""
    shares = _clauses(question, sentence, counted)
    best = max(shares.values())
    return [match for match, share in shares.items() if share == best] if best else []


def _meant(question: Question, noun: str) -> list[str]:
    """What else a noun that a Chinese question counts may be called: 青少年 for 年轻人."""
    told = (term for term in question.terms if len(term.surface) > 1 and noun.startswith(term.surface))
    return [form for term in told for form, s in zip(term.forms, term.strengths, strict=False) if s >= LITERAL]


def _fit_zh(match: re.Match[str], asked: re.Match[str], sentence: str, meant: Sequence[str]) -> float:
    measure, wanted = match["measure"] or "", "人" if asked.group().startswith("人") else asked["measure"] or ""
    after, said = after_number(sentence, match.end()), before_number(sentence, match.start())
    noun = asked["noun"]
    verb = re.sub(r"[了过着能]+$", "", asked.string[: asked.start()].rstrip())[-1:]
    if not wanted and has_han(verb) and any(verb + end in said for end in (noun[:1] or "量", "量")):
        return 1.0  # 发多少电: 年发电量; 产多少: 产量
    if not wanted and not noun:  # 就诊率是多少: the noun stands before
        lead = re.search(
            rf"([{HAN}]{{2,6}}?)(?:一共|总共|大约|约|共|是|为|有|达|达到|了|过|能)*$",
            asked.string[max(0, asked.start() - _LEAD) : asked.start()].rstrip(),
        )
        if lead and lead[1][-1] in "员人者生表宾" and measure in _PEOPLE_MEASURES:
            return 1.0
        if lead and lead[1].endswith("人数") and measure not in _PEOPLE_MEASURES:
            return 0.0
        return 1.0 if lead and _ends_in(lead[1], said) else 0.0
    person = _PERSON_NOUN.match(noun)
    if person and not wanted and measure in _PEOPLE_MEASURES:
        return 1.1 if person.group() in after else 1.0
    fit = 0.0
    if wanted and not noun:  # 安全提醒多少条: the noun stands before
        lead = re.search(rf"([{HAN}]{{2,4}})$", asked.string[: asked.start()].rstrip())
        fit += 0.5 if lead and _ends_in(lead[1], said[-6:]) else 0.0
    unit = re.sub("^[百千万亿]+", "", noun)[:1]
    if not wanted and unit and sentence.startswith(unit, match.end()):
        return 1.0
    if wanted in _PEOPLE_MEASURES and measure and measure not in _PEOPLE_MEASURES:
        return 0.0  # 10家单位参加 tells no number of people
    if wanted and (measure == wanted or any({measure, wanted} <= alike for alike in _ONE_MEASURE)):
        fit += 0.0 if _of_other_things(asked, after, said) else 1.0
    for size in range(len(noun), 1, -1):
        near = after if measure else after[:size]
        if noun[:size] in near or noun[:size] in said:
            return fit + 1.0 + size / 10
    return fit + (1.0 if any(form in after or form in said for form in meant) else 0.0)


def _ends_in(noun: str, said: str) -> bool:
    """Whether a noun, or its last two characters at least, stands in what is said."""
    return any(noun[i:] in said for i in range(len(noun) - 1))


def _of_other_things(asked: re.Match[str], after: str, said: str) -> bool:
    """Whether a number counts another thing than the 个 asked for, which the text calls by its own: 11个工作组, asked
    for 几个培训班."""
    noun = asked["noun"]
    if asked["measure"] != "个" or len(noun) < 3 or not re.match(rf"[{HAN}]{{2,}}", after):
        return False
    return not any(noun[i : i + 2] in after + said for i in range(len(noun) - 1))


def counted(question: Question) -> list[Term]:
    """The terms of what a Chinese "how many" question counts: 停车位 in 多少个停车位."""
    asked = None if _SHARE_ASKED.search(question.text) else _ASKED_MEASURE.search(_apart(question.text))
    noun = re.split(f"的|了|在|是|有|{ACTS}", asked["noun"].removeprefix("的"))[0] if asked else ""
    return [term for term in question.terms if len(term.surface) > 1 and noun.endswith(term.surface)]


def asked_nouns(question: Question) -> list[tuple[str, ...]]:
    """For an English "how many X": the Chinese forms of X's words, as the terms have them."""
    match = ASKED_NOUN_EN.search(question.text) or re.search(r"多少\s*([A-Za-z][A-Za-z -]*)", question.text)
    if not match:
        return []
    words = set(re.findall(r"[\w-]+", match[1].lower()))
    said = match[1].lower()
    return [
        term.forms
        for term in question.terms
        if term.forms and (term.surface.split()[-1] in words or (has_han(term.surface) and term.surface in said))
    ]
