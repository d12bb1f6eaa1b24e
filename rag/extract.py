"""A question taken apart into terms: what it quotes and numbers, its names, its Chinese and its English words."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from rag.chinese import chinese_terms
from rag.english import english_terms
from rag.keyword import Keywords
from rag.numerals import numerals, plan_in_marks
from rag.terms import NAMED_WEIGHT, Term
from rag.text import HAN

_ASKING = re.compile(
    r"[这那](?:一)?(?:[封个场次位些项条件家份届天部](?!月)|张(?=[表图照]))|"
    r"(?:在|是)?哪一?个?(?:区县|[区县镇乡村省](?![长委级区域]))|"
    r"(?:由|是|有|跟|和|与|向)?(?:谁|哪一?(?:天|日|年|月|个月|位|个|家|座|国|条|项|些|几\w)|什么时候|什么地方|哪里|哪儿|何时|"
    r"何地|何人|何处|多少钱|"
    r"多少[个家位名场次项所条届份批种类件组只座支篇行幅部张台间辆](?<!项(?=目))(?<!条(?=目))(?<!部(?=门))(?<!家(?=庭))|"
    r"(?:多少|几)封|多少|"
    rf"(?<!茶)几(?=[{HAN}])(?![何乎率维十百千万亿]|内亚)|为什么|为何|怎么样|有没有|"
    r"是不是|是否|吗|前一天|后一天|第二天|次日|当天|同一天)"
)
_QUOTED = re.compile(
    rf"《\s*([^》\s][^》]*)》|“\s*([^”\s][^”]*)”|「\s*([^」\s][^」]*)」|[\"']([^\"'{HAN}]*[{HAN}][^\"']*)[\"']"
)
_MIXED = re.compile(r"(?<![A-Za-z0-9])(?:\d+[A-Za-z]+|[A-Za-z]+\d+)(?![A-Za-z0-9])(?<!st)(?<!nd)(?<!rd)(?<!th)")
"""5G, C20: a segmenter cuts them in two."""
_AMPERSAND = re.compile(r"\b[A-Z][A-Za-z]+ & [A-Z][A-Za-z]+")


def extract(question: str, keywords: Keywords, corpus_text: Container[str]) -> list[Term]:
    """Terms of a question from which people, dates and roles have been taken out."""
    found: list[Term] = []
    question = _take(_unquoted(question, corpus_text), _QUOTED, found, _quoted)
    numbered, question = numerals(question)
    found.extend(numbered)
    question = _take(question, _AMPERSAND, found, lambda m: _joined(m, keywords, corpus_text))
    question = _take(question, _MIXED, found, lambda m: Term(m.group(), (m.group().lower(),), NAMED_WEIGHT, named=True))
    question = re.sub(rf"(?<=[{HAN}][{HAN}])了(?=[{HAN}])", " ", _ASKING.sub(" ", question))
    found.extend(chinese_terms(question, keywords, corpus_text))
    found.extend(english_terms(question, keywords, corpus_text))
    return list({term.forms or (term.surface,): term for term in found}.values())


def _take(text: str, pattern: re.Pattern[str], found: list[Term], make: Callable[[re.Match[str]], Term]) -> str:
    found.extend(make(match) for match in pattern.finditer(text))
    return pattern.sub(" ", text)


def _unquoted(question: str, corpus_text: Container[str]) -> str:
    """Without the marks around Latin words that the corpus lacks: a translated title is told by its words."""

    def plain(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group)
        foreign = not re.search(f"[{HAN}]", inner) and " " in inner.strip() and inner.strip().lower() not in corpus_text
        return f" {inner} " if foreign else match.group()

    return _QUOTED.sub(plain, question)


def _quoted(match: re.Match[str]) -> Term:
    inner = next(group for group in match.groups() if group).strip()
    closed = re.sub(rf"(?<=[{HAN}]) | (?=[{HAN}])", "", inner)
    plan = plan_in_marks(closed)
    if plan:
        return plan
    return Term(closed, tuple(dict.fromkeys((closed.lower(), inner.lower()))), NAMED_WEIGHT, named=True)


def _joined(match: re.Match[str], keywords: Keywords, corpus_text: Container[str]) -> Term:
    """Legal & General is one name, whatever its words mean apart."""
    name = match.group().lower()
    return Term(match.group(), (name,) if name in corpus_text else (), keywords.idf(""), named=True)
