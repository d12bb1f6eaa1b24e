"""The piece of a sentence that answers: the number with its measure, the date, the name, the sum."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import rjieba

from rag import dates
from rag.asking import Asks
from rag.counting import ORDINAL_ASKED, asked_number
from rag.holders import held, held_by, sought
from rag.names import Names
from rag.people import holders, named
from rag.places import countries_in
from rag.question import Question
from rag.relations import PLACES_ASKED, has_relation
from rag.sides import asks_beside, asks_winners, attends, doers, hosts, winners
from rag.text import HAN, matchable
from rag.types import Evidence
from rag.wanted import BUILDER, asks_agent

MONEY = re.compile(r"\d[\d,.]*[百千万亿余多]*(?:美元|欧元|日元|港元|英镑|元)")
_CAUSE = re.compile(
    r"为了|因为|由于|因此|旨在|以便|为[^，。]{2,30}，|根据|应[^，。]{2,20}邀请|以纪念|目的|落实|庆祝|推动|促进|宣介"
)
TELLING = 3.0
"""The idf from which a word of a "who is X" question is taken for X."""
_WHO_IS = re.compile(r"是谁(?=[？?，。,]|$)|是什么人|是何许人|\bwho(?:'s| is| was)\b", re.I)
_YEAR_ASKED = re.compile(r"哪一?年|何年|\b(?:which|what) year\b", re.I)
_DAY_ASKED = re.compile(r"哪一?[天日]|何日|几月几[日号]|几号|\b(?:what|which|exact|on what) (?:day|date)\b", re.I)
_COUNTRY_ASKED = re.compile(r"哪个?国家?|\b(?:which|what) country\b", re.I)
_WHO_THERE = re.compile(r"[还都]?有谁|谁还|哪几位", re.I)
_UNITS = {
    "区县旗": re.compile(r"哪个?[区县]|\b(?:which|what) (?:district|county)\b", re.I),
    "镇乡": re.compile(r"哪个?(?:乡镇|镇(?!长)|乡(?!长))|\b(?:which|what) town(?:ship)?\b", re.I),
    "村": re.compile(r"哪个?村|\b(?:which|what) village\b", re.I),
    "省": re.compile(r"哪个?省|\b(?:which|what) province\b", re.I),
}
"""The last character of a place's name → how a question asks for a place of that kind."""
_SUBDISTRICT_ASKED = re.compile(r"哪个?街道|\b(?:which|what) subdistrict\b", re.I)
_CITY_ASKED = re.compile(r"哪[个座]城市|\b(?:which|what) cit(?:y|ies)\b", re.I)
_BODY = re.compile(
    rf"[{HAN}](?:(?<![举主承开筹协创申兴])办|局|委|会|院|部|处|署|司|厅|区|县|集团|公司|中心|协会|政府|大学|银行|组织|社)"
)
_DOER = re.compile(
    r"谁(?:来)?(?:承?建|通过|批准|审议|投资|出资|设计|主办|承办|施工|运营|经营|生产|开发|研发|负责|中标)|"
    r"(?:\bwho|谁) (?:built|organi[sz]ed|designed|financed|funded|sponsored|runs?|ran|operates?|developed|made|"
    r"produced|passed|approved|adopted|enacted)\b",
    re.I,
)
"""What a body does as often as a person."""
_MONEY_ASKED = re.compile(
    r"\b(?:money|cash|fund(?:s|ing)?|spen[dt]\w*|costs?|paid|pay|prices?|fees?|budget\w*|prizes?|invest\w*|worth|salar\w+)\b",
    re.I,
)
"""What is paid is a sum of money; how much something grew may be a share."""
_PERCENT = re.compile(r"\d[\d.]*%")
_DURATION_ASKED = re.compile(r"how long|多久|多长时间|几天|持续了?多", re.I)
_DURATION = re.compile(r"\d[日月]?(?:至|到|—)|\d+(?:天|周|个月|小时|分钟?|秒|年)(?!度)")
_LENGTH = re.compile(r"\d[\d.]*[万余多]*(?:千米|公里|米|里)(?!粒)")
"""How long is a road: a length as well as a time."""
_FORCE = "(?:施行|实施|生效|执行|实行)"
_FORCE_ASKED = re.compile(
    rf"{_FORCE}|\b(?:implement\w*|effective|(?:in|into) (?:force|effect)|take effect|apply)\b", re.I
)
_PLACE = re.compile(
    rf"(?<!存)在((?:(?!出席|参加|会见|同步|同时|联合|隆重|成功|正式)[{HAN}A-Za-z·—“”]){{2,20}}?)(?:同步|同时|联合|隆重|成功|正式)*(?:举行|举办|召开|开幕|登记|成立|落户|揭牌|启动|展出)|由([{HAN}·]{{2,14}}?)(?:主办|承办)"
)
_THERE = r"(?:(?<![旨存现正所好意])在|于|到|赴|走进|由|设在|调研|考察|参观|走访|[东西南北][起至]|\s)"
"""What stands before a place where something was; a cell of a table needs no word for it."""
_SITE = re.compile(
    rf"{_THERE}[^，。；]*?([{HAN}]{{2,}}"
    "(?:[区县镇乡村]|[馆园院厂站厅]|酒店|饭店|大学|学校|中学|小学|中心|广场|会堂|大厦|会场|基地|都|岸|地区))"
)
"""A building or a stretch of land, behind a word that puts something there."""


def people(sentence: str, known: Iterable[str]) -> list[str]:
    """Known people the sentence names, in order."""
    return Names.of(known).within(sentence)


def fits(
    asked: Asks, question: Question, sentence: str, known_people: Iterable[str], nouns: Sequence[Sequence[str]] = ()
) -> float:
    """How well a sentence holds the kind of value asked for: 0 where it holds none, 1 where it does."""
    if asked == "how many" or ORDINAL_ASKED.search(question.text):
        found = asked_number(question, sentence, nouns)
        return min(found[0], 2.0) if found else 0.0
    if asked == "how much":
        if MONEY.search(sentence):
            return True
        share = question.language == "en" and not _MONEY_ASKED.search(question.text)
        return share and _PERCENT.search(sentence) is not None
    if asked == "when":
        if _DURATION_ASKED.search(question.text):
            return (_DURATION.search(sentence) or _LENGTH.search(sentence)) is not None
        if _YEAR_ASKED.search(question.text):
            return any(not sentence.startswith("年度", m.end()) for m in dates.YEAR.finditer(sentence))
        if _DAY_ASKED.search(question.text):
            return bool(dates.find(sentence))
        years = (match.group() for match in re.finditer(r"\d{4}年|年内|年底|全年", sentence))
        return bool(dates.find(sentence)) or any(year not in question.text for year in years)
    if asked == "why":
        return _CAUSE.search(sentence) is not None
    if asked == "who":
        return _tells_who(question, sentence, known_people)
    if asked == "where":
        return _tells_where(question, sentence)
    if asked == "which all" and PLACES_ASKED.search(question.text):
        return min(len(countries_in(sentence)), 2) / 2
    if asked == "which all":
        return min(len(re.findall("、|；|和|及|》《|”“", sentence)), 2) / 2
    return True


def _tells_where(question: Question, sentence: str) -> bool:
    """Whether a sentence names a place of the kind asked for that the question doesn't name itself."""
    asked = matchable(question.text)
    if _COUNTRY_ASKED.search(question.text):
        return any(country not in asked for country in countries_in(sentence))
    if _SUBDISTRICT_ASKED.search(question.text):
        return any(match.group() not in asked for match in re.finditer(rf"[{HAN}]{{2}}街道", sentence))
    ends = next((ends for ends, pattern in _UNITS.items() if pattern.search(question.text)), None)
    if ends:
        return any(name not in asked for name in _ending(ends, sentence))
    if _PLACE.search(sentence) or any(match[1] not in asked for match in _SITE.finditer(sentence)):
        return True
    given = [term for term in question.terms if term.stands_in(sentence)]
    places = [word for word, tag in rjieba.tag(sentence) if tag == "ns" and not countries_in(word)]
    places = [word for word in places if word not in asked and not any(word in term.forms for term in given)]
    if _CITY_ASKED.search(question.text):
        return bool(hosts(sentence) if question.relation == "organised" and "由" in sentence else places)
    return any(re.search(rf"{_THERE}[^，。；、]*?{re.escape(word)}", sentence) for word in places)


def _ending(ends: str, sentence: str) -> Iterator[str]:
    """The names of places in a sentence that end as asked, whether or not the tagger sets their last character apart:
    怀柔区, which it takes for a person, or 枫岭 / 县."""
    tagged = rjieba.tag(sentence)
    for (word, tag), (after, _) in zip(tagged, [*tagged[1:], ("", "")], strict=True):
        if tag in ("ns", "nr", "nz", "nt") and (word[-1] in ends or after[:1] in tuple(ends)):
            yield word if word[-1] in ends else word + after[0]


def _tells_who(question: Question, sentence: str, known_people: Iterable[str]) -> bool:
    office = sought(question)
    if office and (office.always_named or held_by(office, sentence, known_people, question.own_place)):
        return bool(held_by(office, sentence, known_people, question.own_place, loosely=True))
    if asks_winners(question):
        return bool(winners(sentence, named(sentence, known_people)))
    if question.relation == "attended" and re.search("来自|参加|出席|参会", sentence):
        return True
    if _is_asked(question) and any(term.weight >= TELLING and term.stands_in(sentence) for term in question.terms):
        return True
    a_person = asks_agent(question) and question.relation != "organised"  # 培训班的讲师
    acts = question.relation not in (None, "spoke") or {"organisation", "firm"} & set(question.objects)
    does = _DOER.search(question.text) or BUILDER.search(question.text)
    body = bool(does or (acts and not a_person)) and _BODY.search(sentence) is not None
    if question.relation == "organised" and "organisation" in question.objects:
        return body and has_relation("organised", sentence)
    others = (
        name
        for name in named(sentence, known_people)
        if not any(name in known or known in name for known in question.people)
    )
    return any(others) or body


def _is_asked(question: Question) -> bool:
    """Whether it asks who somebody is, by name: 吴世勋是谁, not 项目负责人是谁 or 主办单位是谁."""
    return question.relation != "organised" and _WHO_IS.search(question.text) is not None and not asks_agent(question)


def bold(
    asked: Asks, question: Question, piece: Evidence, known_people: Iterable[str], nouns: Sequence[Sequence[str]] = ()
) -> list[str]:
    """The values to set in bold, verbatim from the quote; empty where the whole of it is the answer."""
    sentence = piece.quote
    told = held(question, piece, known_people) if asked in ("who", "what", "where", "which all") else None
    if told is not None:
        return told
    if asked == "how many":
        found = asked_number(question, sentence, nouns)
        return [found[1]] if found and found[1] else []
    if asked == "how much":
        return [m.group() for m in MONEY.finditer(sentence)] or [m.group() for m in _PERCENT.finditer(sentence)]
    if asked == "when":
        days = _years(sentence) if _YEAR_ASKED.search(question.text) else _dates(sentence)
        return _of_its_force(question, sentence, days)
    if asked == "who" or (asked == "which all" and _WHO_THERE.search(question.text)):
        return _who(question, piece, known_people)
    if asked == "where":
        if _COUNTRY_ASKED.search(question.text):
            countries = [name for name in countries_in(sentence) if name not in matchable(question.text)]
            return countries or ([piece.unit.country] if piece.unit.country else [])
        return [group for m in _PLACE.finditer(sentence) for group in m.groups() if group]
    return []


def _of_its_force(question: Question, sentence: str, found: Sequence[str]) -> list[str]:
    """Of several dates the one from which something is in force, where that is asked; where it isn't, the others."""
    asked = _FORCE_ASKED.search(question.text) is not None
    ends = (re.search(rf"{re.escape(day)}(?:起|开始)?[^，。；\d]{{0,4}}{_FORCE}", sentence) for day in found)
    kept = [day for day, force in zip(found, ends, strict=True) if bool(force) == asked]
    return kept or list(found)


def _dates(sentence: str) -> list[str]:
    """Its dates, each with the year before it; years where there are no dates."""
    found = dict.fromkeys(
        re.sub("^.*?((?:\\d{4}年)?)$", r"\1", sentence[: m.start]) + sentence[m.start : m.end]
        for m in dates.find(sentence)
    )
    return list(found) or _years(sentence)


def _years(sentence: str) -> list[str]:
    return [m.group() + "年" for m in dates.YEAR.finditer(sentence) if sentence[m.end() :].startswith("年")]


def _who(question: Question, piece: Evidence, known_people: Iterable[str]) -> list[str]:
    """The side that the question asks for: of a row its own people, or whom they met; of an event its hosts."""
    unit, given = piece.unit, {*question.people, *question.besides}
    if question.relation == "organised" and (by := hosts(piece.quote)):
        return by
    if unit.kind == "row":
        if asks_beside(question) or not question.people:
            found = [name for name in unit.people if name not in given]
        else:
            found = [name for name in people(unit.activity or "", known_people) if name not in given]
    else:
        told = people(piece.quote, known_people)
        told += [name for name in holders(piece.quote) if not any(name in one or one in name for one in told)]
        found = [name for name in told if name not in given]
    if asks_winners(question):
        return winners(piece.quote, found)
    if question.relation == "organised":
        return [name for name in found if not attends(name, piece.quote)]
    return _of_the_named(question, piece.quote, doers(question, piece.quote, found))


def _of_the_named(question: Question, sentence: str, names: list[str]) -> list[str]:
    """Of people told of one after the other those beside what the question names: of several mayors the Korean ones."""

    def before(name: str) -> str:
        return re.split("[、，；。向]", sentence[: sentence.find(name)])[-1]

    given = [term for term in question.terms if term.named and term.forms]
    beside = [name for name in names if any(term.stands_in(before(name)) for term in given)]
    return beside or names
