"""In which way something took place: in one room or by video, and how a question asks for either."""

from __future__ import annotations

import re

from rag.question import Question

FROM_AFAR = re.compile(r"视频|线上|连线|\bvideo\b|\bon[- ]screen\b|\bonline\b|\bremotely\b|\bvirtual", re.I)
"""A meeting by video is no meeting in a room: where the question says which, so does the record."""
IN_PERSON = re.compile(
    r"亲自|本人|亲临|现场(?:出席|参[加会]|致辞|会见|观看)|到现场|当面|线下|到场|来到?[了过没]*(?:北京|中国|华|京|吗)|(?:到|去|赴|飞|抵)[达往了过]*(?:北京|中国)|到访|"
    r"\b(?:in person|physically|face[ -]to[ -]face|on[ -]site|c[oa]me to|travel\w*|fl[ey]w? to|visit(?:ed)?)\b",
    re.I,
)
"""Asks whether somebody was there himself, which a speech by video doesn't bear out."""
_EITHER_WAY = re.compile(r"无论|不管|不论|还是|或者?|\bwhether\b|\bor\b", re.I)
_NOT_AFAR = re.compile(
    r"(?:不是|并非|非|不算|除了?)(?:通过|以)?(?:视频|线上|连线)|\bnot (?:by|over|via|through|on) video|"
    r"\bnot (?:online|virtual)",
    re.I,
)


def in_person(question: Question) -> bool | None:
    """Whether it asks for what took place in one room (True) or by video (False); None where it doesn't say."""
    if FROM_AFAR.search(question.text) and _EITHER_WAY.search(question.text):
        return None
    if _NOT_AFAR.search(question.text) or (question.asks != "yes/no" and IN_PERSON.search(question.text)):
        return True
    return False if FROM_AFAR.search(question.text) else None


def words_of_way(question: Question) -> str:
    """The words that say in which way something took place, where that selects by itself: 线下, face to face."""
    if question.relation not in ("met", "attended") or not in_person(question):
        return ""
    return " ".join(match.group().lower() for p in (IN_PERSON, FROM_AFAR) for match in p.finditer(question.text))
