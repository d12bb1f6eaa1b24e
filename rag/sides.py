"""Who of those a sentence names did it, and who had it done to them: hosts, writers, winners and those beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.people import named
from rag.places import bare_place
from rag.posts import posts
from rag.question import Question
from rag.relations import RELATIONS
from rag.text import HAN, matchable
from rag.types import Evidence

_HOST = re.compile(
    rf"由(?P<by>[{HAN}·、“”]{{2,40}}?)(?:联合|共同)?(?:主办|举办|承办)|"
    rf"(?:^|[，；])(?!由)(?P<body>[{HAN}·、“”]{{2,60}}?)(?:联合|共同)?(?:主办|举办|承办)(?![。；，]|$)"
)
_GIVES = r"[^，；。]*?(?:颁奖|颁发|授予|宣布)"
"""What whoever gives a prize, or is there when it is given, does."""
_PRIZE = r"(?:award|prize|medal)s?\b"
_WON = re.compile(
    r"获奖者|获得者|得主|之星|标兵|模范|[冠亚季]军|第[一二三]名|[一二三]等奖|获奖|"
    r"(?:获得?|荣获|赢得|拿[到了]?|得了?|评[为出]|当选)[^，。？]{0,16}(?:奖|称号|勋章|星)|"
    rf"\b(?:winners?|recipients?|laureates?)\b|\b(?:w[io]n|wins|received?|given|awarded)\b.*\b{_PRIZE}",
    re.I,
)
_GIVEN = re.compile(
    r"颁[奖发的]|授[予奖]|(?:给|向|为|与|和|跟)[^，。？]{0,12}(?:获奖者|获得者|得主)|\b(?:hand|present|gave|give)", re.I
)
_WHO = re.compile(r"谁|哪几?位|哪几?[个名]人|[哪那]些人|什么人|何人|名单|名字|姓名|叫[什啥]|\b(?:whom?|names?)\b", re.I)
"""Asks for persons by name."""
_OF_THEM = re.compile(
    r"几[个位名人]|多少|哪[个国]|来自|(?:奖项?|称号|勋章)(?:是?叫[什啥]|的?名[字称])|"
    r"\bnames? of (?:\w+ ){0,3}?(?:award|prize|medal)|\b(?:how many|(?:which|what) countr\w+|c[oa]me from)\b",
    re.I,
)
"""How many they are, where they are from, and what the prize is called."""
_ALONGSIDE = re.compile(
    r"谁[^，。？]{0,4}(?:和|与|跟|同|陪同?着?)|(?:和|与|跟|同|陪)[^，。？]{1,8}?(?:一起|一同|一道|共同)|"
    r"\b(?:together|along|jointly) with\b|\balongside\b|\baccompan\w+\b|\bbesides\b|\bwho else\b[^?]*\bwith\b",
    re.I,
)
_DOER = re.compile(r"(?<![向给为对和与跟见])(?:谁|哪[位名个])|\bwho\b", re.I)
_STOOD_FOR = re.compile(
    rf"代表(?P<zh>[{HAN}]{{2,8}}?)(?:的|出席|参[会加]|来)|"
    r"\brepresent(?:s|ed|ing)? (?P<en>[\w .'-]+?)(?= at | in |[,?]|$)",
    re.I,
)
"""Whom the official asked for represents."""
_TOWARDS = "[向给为]"


def asks_winners(question: Question) -> bool:
    """Whether it asks who won or holds a prize, and not who handed it over or how many did."""
    text = question.text
    if question.asks not in ("who", "which all", "what") or not _WON.search(text) or not _WHO.search(text):
        return False
    return not _GIVEN.search(text) and not _OF_THEM.search(re.sub("哪几[个位名]", "", text))


def winners(sentence: str, names: Iterable[str]) -> list[str]:
    """Those of the named who don't hand the prize over, nor are there when it is."""
    return [name for name in names if not re.search(re.escape(name) + _GIVES, sentence)]


def attends(name: str, sentence: str) -> bool:
    """Whether somebody only comes to what others host."""
    return re.search(re.escape(name) + "[^，；。]*?(?:出席|致辞|参加)", sentence) is not None


def hosts(sentence: str) -> list[str]:
    """The bodies and places that hosted what a sentence tells of: 由波黑首都萨拉热窝市主办."""
    found = (match["by"] or match["body"] for match in _HOST.finditer(sentence))
    return [name for name in found if not re.search("[在于以]|为[^，]*[，]", name)]


def asks_beside(question: Question) -> bool:
    """Whether it asks who was there with whom it names: 谁和蔡奇一起会见了…."""
    match = _ALONGSIDE.search(question.text)
    # 和殷勇一起会见了谁 asks for whom they met.
    whom = match and re.search(rf"(?:{RELATIONS['met'][0]})[了过]?(?:谁|哪)", question.text[match.end() :])
    return bool(question.people) and match is not None and not whom


def doers(question: Question, sentence: str, names: Iterable[str]) -> list[str]:
    """Of the named those on the side that is asked for: who wrote or met, where 谁 stands before the verb."""
    names = list(names)
    asked = _DOER.search(question.text)
    if question.relation not in ("met", "wrote") or question.people:
        return names
    verb = re.search("|".join(RELATIONS[question.relation]), question.text, re.I)
    if not verb or not asked or asked.start() > verb.start():
        return names
    told = re.search(f"{_TOWARDS}|{RELATIONS[question.relation][0]}", sentence)
    return [name for name in names if not told or sentence.find(name) < told.start()]


def names_told(question: Question, items: Sequence[Evidence], known: Iterable[str]) -> bool:
    """Whether the pieces name whoever a question asks the names of: the winners, or who stood for a place; True where
    it asks for no such names."""
    if asks_winners(question):
        return any(_told(piece, winners(piece.quote, named(piece.quote, known))) for piece in items)
    match = _STOOD_FOR.search(question.text)
    if not match or not (_WHO.search(question.text) and question.asks in ("who", "what")):
        return True
    place = (match["zh"] or match["en"]).lower()
    away = (term for term in question.terms if question.own_place not in map(bare_place, term.forms))
    terms = [term for term in away if term.surface in place and term.forms and term.named]
    bodies = [matchable(post.body) for piece in items for post in posts(piece.quote, known)]
    return not terms or any(all(term.stands_in(body) for term in terms) for body in bodies)


def _told(piece: Evidence, names: Sequence[str]) -> bool:
    """A plain table's cells name whom its columns say."""
    return bool(names) or (piece.unit.kind == "row" and not piece.unit.people)
