"""Questions for who holds an office, and for what office somebody holds: found in all of the text by what is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import rjieba

from rag.parts import parts
from rag.passages import quotable
from rag.places import bare_place
from rag.posts import OFFICE, Post, posts, posts_of
from rag.question import Question
from rag.retriever import Retriever
from rag.terms import Term, coverage, lacks_name
from rag.text import HAN, matchable
from rag.types import Evidence, Unit

IN_ENGLISH = {
    "vice mayor": "副市长",
    "vice-mayor": "副市长",
    "deputy mayor": "副市长",
    "mayor": "市长",
    "party secretary": "市委书记|书记",
    "party chief": "市委书记|书记",
    "director": "主任|局长|所长|院长",
    "head": "主任|局长|处长|所长|院长|会长|负责人",
    "chief executive": "行政长官|首席执行官|总裁",
    "chief executive officer": "首席执行官|总裁",
    "ceo": "首席执行官|总裁",
    "chairman": "董事长|主席|会长",
    "chairwoman": "董事长|主席|会长",
    "ambassador": "大使",
    "president": "总裁|会长|总统|社长|行长",
    "prime minister": "总理",
    "speaker": "议长",
    "governor": "知事|省长|州长",
    "principal": "校长",
}
"""Offices that questions ask the holder of, and what stands before his name."""
_VAGUE = frozenset(("head",))
"""A head may well be told of in other words: 贺兰芝任首任处长."""
_EN = "|".join(sorted(IN_ENGLISH, key=len, reverse=True))
_OF_EN = re.compile(
    rf"\b(?:who(?:'s| is| was| were| are)?|name of) (?:the |then )?"
    rf"(?:[\w&.'’-]+ ){{0,4}}?({_EN})(?: of\b| at\b|(?=\?|$))",
    re.I,
)
_HEAD_EN = re.compile(r"\bwho (?:heads|leads|headed|is in charge of) (?!the (?:meeting|team))", re.I)
_OF_ZH = re.compile(
    rf"(?:谁是|哪位是)(?P<a>[^，。：？?]*?(?:{OFFICE}))[？?]?$|"
    rf"(?P<b>[^，。：？?]*?(?:{OFFICE}))(?:的(?:名字|姓名)|叫什么|叫啥|姓什么|是谁|是哪位|是何人|是哪一位)"
)
_LEAD = re.compile(r"^.*的(?!$)|^(?:请问|那么?|(?:你|有谁)?知道|告诉我)+")
_NOW = re.compile(r"的?(?:(?:现|时|新|首|前|第一|当时的?|那|这)[任位])?的?$")
"""What tells one holder from the next: 万象市的新任市委书记."""
_DOES = re.compile(r"见|出席|参加|致辞|讲|主持|签|写|来|带队|担任|获|颁|负责|[谁哪在]")
"""What stands before an office then is no body: 出席会议的市长."""
_ALWAYS_NAMED = re.compile(
    "(?:市长|书记|行政长官|大使|公使|总统|总理|议长|知事|校长|部长|主任|局长|区长|县长|镇长|乡长|州长|省长|院长|馆长|所长|站长|"
    "台长|厂长|队长|秘书长|理事长|总裁|董事长|首席执行官|主席|行长|社长|会长|总经理)$"
)
"""Offices whose holder a text names right behind them, if at all."""
_WHAT_ZH = re.compile(
    r"什么(?:职务|职位|头衔|身份|官|职称)|(?:担任|任)(?:什么|何)职?|"
    rf"(?:哪里|哪儿|哪个?(?:单位|城市|公司|企业|国家?|大学|学校)|哪家\w{{0,3}}|什么单位)的(?!哪)[{HAN}]{{1,5}}?[？?]?$"
)
_WHO_ZH = re.compile(rf"^(?:请问)?(?P<name>[{HAN}·]{{2,12}}?)(?:是谁|是什么人|是何许人|是(?:干|做)什么的)[？?]?$")
_WHAT_EN = re.compile(
    r"\b(?:what|which) (?:official )?(?:position|post|office|title|job|role|rank)s?\b(?!.*\b(?:won|show|film|book)\b)|"
    r"\b(?:position|post|office|title|job|occupation) (?:of|does|did)\b",
    re.I,
)
_WHO_EN = re.compile(r"^\W*who(?:'s| is| was)\b", re.I)
_NAMED_FIRST = re.compile(rf"^(?:请问)?(?P<name>[{HAN}·]{{2,12}}?)(?:担任|任什么|是[哪什])")
COVERED = 0.7
"""The least share of an English question's words beside the office that the body before it has to carry."""
MOST = 2
"""How many pieces are quoted that tell of different offices or holders."""


@dataclass(frozen=True)
class Sought:
    """The offices asked for, "" for whichever heads the body, and the body: in characters, or by
    `terms` in English; `always_named`: a text that doesn't name somebody right behind the office names no holder."""

    offices: tuple[str, ...]
    body: str
    terms: tuple[Term, ...] = ()
    always_named: bool = True


def sought(question: Question) -> Sought | None:
    """The office whose holder a question asks for (谁是太古集团总裁, "Who is the mayor of Paris?"); None where it asks
    otherwise."""
    if question.people or question.asks == "yes/no":
        return None
    match = _OF_ZH.search(question.text)
    if match:
        return _sought_zh(question, (match["a"] or match["b"]).replace(" ", ""))
    found, heads = _OF_EN.search(question.text), _HEAD_EN.search(question.text)
    if question.language != "en" or not (found or heads) or (found and question.relation):
        return None
    said = (found[1] if found else heads.group()).lower()  # type: ignore[union-attr]
    terms = tuple(term for term in question.terms if term.surface not in said)
    if not found:
        return Sought(("",), "", terms, always_named=False)
    return Sought(tuple(IN_ENGLISH[said].split("|")), "", terms, always_named=said not in _VAGUE)


def _sought_zh(question: Question, called: str) -> Sought | None:
    office = re.search(rf"(?:副|市委|区委|县委|省委|执行|行政)?(?:{OFFICE})$", called)
    if not office:
        return None
    body = _LEAD.sub("", _NOW.sub("", called[: office.start()]))
    terms = tuple(
        term
        for term in question.terms
        if (term.surface in matchable(body) and len(term.surface) > 1) or (not body and term.named)
    )
    always = _ALWAYS_NAMED.search(office.group()) is not None and not question.relation
    return None if _DOES.search(called[: office.start()]) else Sought((office.group(),), body, terms, always)


def held_by(asked: Sought, text: str, known: Iterable[str], own: str, *, loosely: bool = False) -> list[Post]:
    """The posts of a text that are the ones sought; `own` is the place that the yearbook is about; `loosely` also those
    of 实验室 where 国家重点实验室 is asked about, in a text known to be about it."""

    def is_it(body: str) -> bool:
        return _same_body(asked, body, own) or (loosely and len(body) > 1 and asked.body.endswith(body))

    if not any(office in text for office in asked.offices):
        return []
    return [post for post in posts(text, known) if any(map(is_it, _bodies(asked, post)))]


def _bodies(asked: Sought, post: Post) -> Iterator[str]:
    """What stands before each office of a post that is one of those sought."""
    if "" in asked.offices:
        yield from [] if "副" in post.offices[0] or post.body.endswith("副") else [post.body + post.offices[0]]
    for place, told in enumerate((post.body + post.offices[0], *post.offices[1:])):
        for office in filter(None, asked.offices):
            body = told.removesuffix(office)
            if told.endswith(office) and not body.endswith("副"):
                yield body if body or not place else post.body


def _same_body(asked: Sought, body: str, own: str) -> bool:
    ours = {"", "市", own, f"{own}市"}
    wanted = re.sub(f"^{re.escape(own)}市?", "", asked.body) if own else asked.body
    terms = [term for term in asked.terms if not own or own not in map(bare_place, term.forms)]
    if wanted in ours and not terms:
        return body in ours
    if wanted and body in (asked.body, wanted, f"市{wanted}"):
        return True
    said = matchable(body)
    words = [word for word in rjieba.cut(wanted.removeprefix("市")) if len(word) > 1]
    if words and all(word.lower() in said for word in words):
        return True
    return bool(terms) and not lacks_name(terms, said) and coverage(terms, said) >= COVERED


def told_of(question: Question) -> str | None:
    """Whose office a question asks for: 张某担任什么职务, 张某是谁, "What position does X hold?"; None for another
    question."""
    if question.relation not in (None, "organised") or len(question.people) > 1:
        return None
    english = question.language == "en"
    if (_WHAT_EN if english else _WHAT_ZH).search(question.text):
        named = _NAMED_FIRST.match(question.text)
    elif english:
        return question.people[0] if question.people and not question.terms and _WHO_EN.search(question.text) else None
    else:
        named = _WHO_ZH.match(question.text)
        if not named:
            return None
    return question.people[0] if question.people else named["name"] if named else None


def holding(question: Question, retriever: Retriever) -> list[Evidence]:
    """The pieces that name who holds the office asked for, or that say what office somebody holds; [] where the
    question asks neither or the text has none."""
    if question.spans or len(parts(question)) > 1 or question.table:
        return []
    asked, name = sought(question), told_of(question)
    known = retriever.lexicon.names
    found: dict[str, Evidence] = {}
    for number in _telling(asked, name, retriever):
        unit = retriever.units[number]
        if not retriever.covers(number, question.years):
            continue
        for piece in quotable(unit):
            text = _told(unit, piece)
            held = held_by(asked, text, known, question.own_place) if asked else posts_of(name, text) if name else []
            for post in held:
                found.setdefault(post.name if asked else post.said, Evidence(unit, piece, 1.0))
    return list(dict.fromkeys(found.values()))[:MOST]


def _telling(asked: Sought | None, name: str | None, retriever: Retriever) -> Iterable[int]:
    """The numbers of the units that may tell it, in order."""
    if asked and "" in asked.offices:
        return range(len(retriever.units))
    words = asked.offices if asked else [name] if name else []
    return sorted({number for word in words for number in retriever.holding(word)})


def _told(unit: Unit, piece: str) -> str:
    """A row's people stand before its activity, with no office."""
    return unit.activity if unit.activity and unit.activity in piece else piece


def held(question: Question, piece: Evidence, known: Iterable[str]) -> list[str] | None:
    """What of a piece answers a question for an office or its holder, to be set in bold; None for another question."""
    text = _told(piece.unit, piece.quote)
    asked = sought(question)
    if asked:
        names = [post.name for post in held_by(asked, text, known, question.own_place, loosely=True)]
        return names if names or asked.always_named else None
    name = told_of(question)
    found = [post.said for post in posts_of(name, text)] if name else []
    return found or None
