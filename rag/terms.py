"""The words of a question that evidence has to carry, each with the forms it may take in the corpus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import rjieba

from rag.keyword import Keywords
from rag.text import HAN, has_han

_SKIPPED_TAGS = ("u", "p", "c", "d", "r", "x", "y", "e", "o", "w", "zg", "f", "k", "q")
_EMPTY = frozenset(
    [
        "是",
        "有",
        "为",
        "在",
        "了",
        "的",
        "和",
        "与",
        "被",
        "把",
        "请",
        "请问",
        "告诉",
        "问",
        "说",
        "知道",
        "介绍",
        "一下",
        "情况",
        "内容",
        "什么",
        "哪些",
        "哪",
        "哪个",
        "哪家",
        "哪位",
        "哪里",
        "多少",
        "几",
        "谁",
        "何时",
        "何地",
        "何人",
        "怎么",
        "怎样",
        "如何",
        "吗",
        "呢",
        "吧",
        "都",
        "共",
        "一共",
        "总共",
        "分别",
        "所有",
        "全部",
        "列出",
        "列举",
        "名单",
        "具体",
        "主要",
        "关于",
        "年",
        "月",
        "日",
        "时候",
        "时间",
        "年鉴",
        "本章",
        "本",
        "该",
        "其",
        "次",
        "名",
        "人",
        "家",
        "个",
        "位",
        "场",
        "项",
        "条",
        "件",
        "份",
        "进行",
        "开展",
        "做",
        "了解",
        "包括",
        "方面",
        "以及",
        "并",
        "是否",
        "有没有",
        "通过",
        "相关",
        "有关",
        "这",
        "那",
        "她",
        "他",
        "它",
        "他们",
        "谈谈",
        "到",
        "过",
        "会",
        "能",
        "可以",
        "应",
        "要",
        "大约",
        "约",
        "全年",
        "年内",
        "当年",
        "一",
    ]
)
_QUOTED = re.compile(r"《([^》]+)》|“([^”]+)”|「([^」]+)」|\"([^\"]+)\"")
_ORDINAL = re.compile(r"第([\d〇一二三四五六七八九十]+)([届次期批])")
_YEARS_SINCE = re.compile(r"(\d+)\s*周年")
_EN_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b(\s+anniversar\w*)?", re.I)
_CAPITAL = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][A-Za-z&.'’-]+(?:\s+[A-Z][A-Za-z&.'’-]+)*")
_DIGITS = "〇一二三四五六七八九"


@dataclass(frozen=True)
class Term:
    """`forms`: any one of them in a text carries the term; `named`: it is a name, an ordinal or a quoted title,
    which no answer may leave aside; `weight`: how rare it is (idf)."""

    surface: str
    forms: tuple[str, ...]
    weight: float
    named: bool = False

    def stands_in(self, text: str) -> bool:
        """Whether the folded text carries any of the forms."""
        return any(form in text for form in self.forms)


def chinese_numeral(value: int) -> str:
    """1 to 99 as Chinese numerals: 15 → 十五."""
    tens, ones = divmod(value, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _ordinal_forms(value: str, measures: str) -> tuple[str, ...]:
    numbers = [value] + ([chinese_numeral(int(value))] if value.isdigit() and int(value) < 100 else [])
    return tuple(f"第{number}{measure}" for number in numbers for measure in measures)


def extract(question: str, keywords: Keywords) -> list[Term]:
    """Terms of a question from which people, dates and roles have been taken out."""
    found: list[Term] = []
    question = _take(question, _QUOTED, found, lambda m: _quoted(m, keywords))
    question = _take(question, _ORDINAL, found, lambda m: _named(m.group(), _ordinals(m)))
    question = _take(question, _YEARS_SINCE, found, lambda m: _named(m.group(), (f"{m[1]}周年",)))
    question = _take(question, _EN_ORDINAL, found, _english_ordinal)
    found.extend(_chinese(question, keywords))
    found.extend(_english(question, keywords))
    return list({term.forms or (term.surface,): term for term in found}.values())


def _take(question, pattern, found, make):  # type: ignore[no-untyped-def]
    found.extend(make(match) for match in pattern.finditer(question))
    return pattern.sub(" ", question)


def _named(surface: str, forms: tuple[str, ...]) -> Term:
    return Term(surface, forms, 6.0, named=True)


def _quoted(match: re.Match[str], keywords: Keywords) -> Term:
    inner = next(group for group in match.groups() if group).strip()
    return Term(inner, (inner,), 6.0, named=has_han(inner))


def _ordinals(match: re.Match[str]) -> tuple[str, ...]:
    from rag.dates import number

    value = match[1] if match[1].isdigit() else str(number(match[1]))
    return _ordinal_forms(value, match[2])


def _english_ordinal(match: re.Match[str]) -> Term:
    if match[2]:
        return _named(match.group(), (f"{match[1]}周年",))
    return _named(match.group(), _ordinal_forms(match[1], "届次期批") + (f"{match[1]}周年",))


def _chinese(question: str, keywords: Keywords) -> Iterator[Term]:
    for piece in re.findall(rf"[{HAN}0-9A-Za-z+%.·]*[{HAN}][{HAN}0-9A-Za-z+%.·]*", question):
        for word, tag in rjieba.tag(piece):
            word = word.lower()
            if word in _EMPTY or (tag.startswith(_SKIPPED_TAGS) and tag != "x") or not re.search(rf"[{HAN}\w]", word):
                continue
            if word in keywords.vocabulary:
                yield Term(
                    word, (word,), keywords.idf(word), named=tag.startswith(("nr", "ns", "nt", "nz")) and len(word) > 1
                )
                continue
            parts = [
                part
                for part in rjieba.cut_for_search(word)
                if part != word and part in keywords.vocabulary and len(part) > 1
            ]
            if parts:
                yield from (Term(part, (part,), keywords.idf(part)) for part in parts)
            else:
                yield Term(
                    word, (), keywords.idf(word), named=tag.startswith(("nr", "ns", "nt", "nz")) and len(word) > 1
                )


def _english(question: str, keywords: Keywords) -> Iterator[Term]:
    latin = re.sub(f"[{HAN}]+", " ", question)
    capitals = {word.lower() for match in _CAPITAL.finditer(latin) for word in re.split(r"[\s-]+", match.group())}
    for phrase, group in keywords.bridge.translate(latin):
        own = tuple(word for word in phrase.split() if word in keywords.vocabulary)
        forms = own + tuple(sorted(group, key=lambda word: -group[word]))
        named = any(word in capitals for word in phrase.split())
        weight = max(
            (keywords.idf(f) * group.get(f, 1.0) for f in forms), default=keywords.idf("") * (1.0 if named else 0.5)
        )
        yield Term(phrase, forms, weight, named=named)


def coverage(terms: list[Term], text: str) -> float:
    """The share of the terms' weight that a text carries, 0 to 1; 0 where there are no terms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.stands_in(text)) / total if total else 0.0
