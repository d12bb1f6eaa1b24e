"""The words of a question that evidence has to carry, each with the forms it may take in the corpus."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import rjieba

from rag import dates
from rag.bridge import CAPITAL, capitals, english_words, is_common, known_names, rarity, surnames
from rag.glossary import synonyms
from rag.keyword import Keywords
from rag.places import countries_of
from rag.text import HAN

_SKIPPED_TAGS = ("u", "p", "c", "d", "r", "x", "y", "e", "o", "w", "zg", "f", "k", "q")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_EMPTY = frozenset(
    """
    去 来 又 一个 一家 一位 一名 两个 先后 事 事情 是 有 为 在 了 的 和 与 被 把 请 请问 告诉 问 说 知道 介绍 一下 情况
    内容 什么 哪些 哪 怎么 怎样 如何 吗 呢 吧 都 共 共有 一共 总共 分别 所有 全部 列出 列举 名单 具体 主要 关于
    年 月 日 时候 时间 地点 日期 年鉴 本章 本 该 其 其中 次 名 人 家 个 位 场 项 条 件 份 进行 开展 做 了解 包括
    方面 以及 并 是否 通过 相关 有关 到 过 会 能 可以 应 要 大约 约 全年 年内 当年 一 谈谈 叫 名字 叫什么 一起
    写 提到 记载 说明 资料 类别 称为 叫做 分为 曾 曾经 有过 一些 若干 方 之间 前后 最后 最终 每 个别 多久 条目
    对方 词条 帮 帮我 查 查查 找 看看 问问 来自 属于 期间 数量 人数 见 开 办 里 中 上 下
    """.split()
)
"""Words of a Chinese question that name nothing."""
_ASKING = re.compile(
    r"[这那](?:一)?[封个场次位些项条件家份届天部](?!月)|"
    r"(?:由|是|有|跟|和|与|向)?(?:谁|哪一?(?:天|日|年|月|个月|位|个|家|座|国|条|项|些|几\w)|什么时候|什么地方|哪里|哪儿|何时|"
    r"何地|何人|何处|多少钱|多少|几(?=[个家位名场次项人所条届份批种类件组月号日章只座支篇行幅部张])|为什么|为何|怎么样|有没有|"
    r"多少[个家位名场次项所条届份批种类件组只座支篇行幅部张台间辆]|是不是|是否|吗|前一天|后一天|第二天|次日|当天|同一天)"
)
_QUOTED = re.compile(
    rf"《\s*([^》\s][^》]*)》|“\s*([^”\s][^”]*)”|「\s*([^」\s][^」]*)」|[\"']([^\"'{HAN}]*[{HAN}][^\"']*)[\"']"
)
_MIXED = re.compile(r"(?<![A-Za-z0-9])(?:\d+[A-Za-z]+|[A-Za-z]+\d+)(?![A-Za-z0-9])(?<!st)(?<!nd)(?<!rd)(?<!th)")
"""5G, C20: a segmenter cuts them in two."""
_PHASE = re.compile(r"(?<![第\d十二三四五])([一二三四五])期(?=工程|项目|建设|规划|[，。的])")
ORDINAL = re.compile(r"第([\d〇一二三四五六七八九十]+)([届次期批])")
_YEARS_SINCE = re.compile(r"([\d一二三四五六七八九十]+)\s*周年")
_EN_ORDINAL = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b(\s+anniversar\w*)?", re.I)
_EN_ASKING = re.compile(
    r"\b(?:which|what|exact) (?:date|day|month|year|time|city|country|place|person|number|kind|exactly)\b", re.I
)
_AMPERSAND = re.compile(r"\b[A-Z][A-Za-z]+ & [A-Z][A-Za-z]+")
_EN_WORDS = {
    word: number
    for number, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth".split(), 1)
}
_EN_WRITTEN = re.compile(rf"\b({'|'.join(_EN_WORDS)})\b(?! (?:half|quarter|time))", re.I)
_CARDINALS = {
    word: number
    for number, word in enumerate(
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split(),
        2,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_EN_YEARS = re.compile(rf"\b({'|'.join(_CARDINALS)}|\d+) years(?! old\b| ago\b)", re.I)
_CAPITAL = re.compile(r"(?<![.!?] )(?<!^)\b[A-Z][A-Za-z&]+(?:[\s-]+[A-Z][A-Za-z&]+)*")
_DIGITS = "〇一二三四五六七八九"
CHINA = frozenset(("china", "chinese"))
"""What every Chinese yearbook is about binds nothing: Chinese-American is 美籍."""
FIRST = ("首次", "首届", "首部", "首批", "首个", "首任", "首位", "首家", "首例", "首条", "首座")
NAMED_WEIGHT = 6.0
"""The idf given to quoted titles and ordinals, about that of a word that stands in one unit of 600."""
UNKNOWN_PLAIN = 0.3
"""What an English word that no dictionary links to the corpus weighs beside a rare one."""
ABSENT = 0.85
"""What a common word that the corpus lacks weighs beside a rare one: the source may well say it otherwise."""
LONE = 0.5
"""What a word of a single character weighs beside a longer one: it stands in many words by chance."""
SLIP = 0.3
"""What a word weighs that neither the corpus nor the dictionary knows."""
LITERAL = 0.8
"""The strength from which a form is the term itself, or its translation."""
SURELY = 0.3
"""The strength from which a form is taken for the term itself."""
SYNONYM = 0.8
"""How surely a word of like meaning carries a term."""
COMMON = 2.0
"""A name with less idf than this stands in every eighth unit or more: the yearbook's own subject, no constraint."""


@dataclass(frozen=True)
class Term:
    """`forms`: any one of them in a lower-cased text carries the term; `weight`: how rare it is (idf);
    `named`: it is a name, an ordinal or a quoted title, which no answer may leave aside; `ordinal`: the very
    sentence has to carry it, since 第四届 of one thing says nothing of another; `strengths`: how surely each form
    means the term, 0 to 1 (1 each where none are given); `others`: longer names that end in a form and mean something else (都柏林 is no 柏林)."""

    surface: str
    forms: tuple[str, ...]
    weight: float
    named: bool = False
    ordinal: bool = False
    strengths: tuple[float, ...] = ()
    others: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether a folded, lower-cased text carries a form that surely means the term."""
        return self.strength_in(text) >= SURELY

    @property
    def surest(self) -> float:
        """How surely the corpus can say the term at all, by the best of its forms; 0 where it has none."""
        return max(self.strengths, default=1.0) if self.forms else 0.0

    def strength_in(self, text: str) -> float:
        """0 to 1: how surely a text carries the term, by the best of its forms there."""
        for other in self.others:
            text = text.replace(other, " ")
        strengths = self.strengths or (1.0,) * len(self.forms)
        return max((s for form, s in zip(self.forms, strengths, strict=True) if form in text), default=0.0)


def extract(question: str, keywords: Keywords, corpus_text: str) -> list[Term]:
    """Terms of a question from which people, dates and roles have been taken out."""
    found: list[Term] = []
    question = _take(_unquoted(question, corpus_text), _QUOTED, found, _quoted)
    question = _take(question, ORDINAL, found, _ordinal)
    question = _take(question, _PHASE, found, lambda m: _counted(m.group(), (m.group(), f"第{m.group()}")))
    question = _take(question, _YEARS_SINCE, found, _years_since)
    question = _take(question, _EN_ORDINAL, found, _english_ordinal)
    question = _take(question, _EN_WRITTEN, found, _softened)
    question = _take(question, _EN_YEARS, found, _years)
    question = _take(question, _AMPERSAND, found, lambda m: _joined(m, keywords, corpus_text))
    question = _take(question, _MIXED, found, lambda m: Term(m.group(), (m.group().lower(),), NAMED_WEIGHT, named=True))
    question = re.sub(rf"(?<=[{HAN}][{HAN}])了(?=[{HAN}])", " ", _ASKING.sub(" ", question))
    found.extend(_chinese(question, keywords, corpus_text))
    found.extend(_english(question, keywords))
    return list({term.forms or (term.surface,): term for term in found}.values())


def coverage(terms: Sequence[Term], text: str) -> float:
    """The share of the terms' weight that a text carries, 0 to 1; 0 where there are no terms."""
    total = sum(term.weight for term in terms)
    return sum(term.weight * term.strength_in(text) for term in terms) / total if total else 0.0


def literally(terms: Sequence[Term], text: str) -> float:
    """As `coverage`, but only forms that mean the very term count: what is likely said is no yes."""
    total = sum(term.weight for term in terms)
    return sum(term.weight for term in terms if term.strength_in(text) >= LITERAL) / total if total else 0.0


def lacks_name(terms: Sequence[Term], text: str) -> bool:
    """Whether a text leaves aside a name, an ordinal or a quoted title that the terms give."""
    return any(term.named and not term.stands_in(text) for term in terms)


def chinese_numeral(value: int) -> str:
    """1 to 99 as Chinese numerals: 15 → 十五."""
    tens, ones = divmod(value, 10)
    head = "" if not tens else ("" if tens == 1 else _DIGITS[tens]) + "十"
    return head + (_DIGITS[ones] if ones or not tens else "")


def _take(text: str, pattern: re.Pattern[str], found: list[Term], make: Callable[[re.Match[str]], Term]) -> str:
    found.extend(make(match) for match in pattern.finditer(text))
    return pattern.sub(" ", text)


def _counted(surface: str, forms: tuple[str, ...]) -> Term:
    return Term(surface, forms, NAMED_WEIGHT, named=True, ordinal=True)


def _unquoted(question: str, corpus_text: str) -> str:
    """Without the marks around Latin words that the corpus lacks: a translated title is told by its words."""

    def plain(match: re.Match[str]) -> str:
        inner = next(group for group in match.groups() if group)
        foreign = not re.search(f"[{HAN}]", inner) and " " in inner.strip() and inner.strip().lower() not in corpus_text
        return f" {inner} " if foreign else match.group()

    return _QUOTED.sub(plain, question)


def _quoted(match: re.Match[str]) -> Term:
    inner = next(group for group in match.groups() if group).strip()
    closed = re.sub(rf"(?<=[{HAN}]) | (?=[{HAN}])", "", inner)
    return Term(closed, tuple(dict.fromkeys((closed.lower(), inner.lower()))), NAMED_WEIGHT, named=True)


def _ordinal_forms(value: int, measures: str) -> tuple[str, ...]:
    numbers = [str(value)] + ([chinese_numeral(value)] if 0 < value < 100 else [])
    return tuple(f"第{number}{measure}" for number in numbers for measure in measures)


def _ordinal(match: re.Match[str]) -> Term:
    value = dates.number(match[1])
    if value == 1:
        return Term(match.group(), (*_ordinal_forms(1, match[2]), *FIRST), NAMED_WEIGHT / 2)
    return _counted(match.group(), _ordinal_forms(value, match[2]))


def _years_since(match: re.Match[str]) -> Term:
    value = dates.number(match[1]) if not match[1].isdigit() else int(match[1])
    return _counted(match.group(), _anniversaries(value))


def _anniversaries(value: int) -> tuple[str, ...]:
    return (f"{value}周年", *((f"{chinese_numeral(value)}周年",) if 0 < value < 100 else ()))


def _joined(match: re.Match[str], keywords: Keywords, corpus_text: str) -> Term:
    """Legal & General is one name, whatever its words mean apart."""
    name = match.group().lower()
    return Term(match.group(), (name,) if name in corpus_text else (), keywords.idf(""), named=True)


def _english_ordinal(match: re.Match[str]) -> Term:
    since = _anniversaries(int(match[1]))
    return _counted(match.group(), since if match[2] else (*_ordinal_forms(int(match[1]), "届次期批"), *since))


def _years(match: re.Match[str]) -> Term:
    """ "Fifteen years" may be 15年 or 15周年, and binds nothing."""
    value = _CARDINALS.get(match[1].lower()) or int(match[1])
    return Term(match.group().lower(), (*_anniversaries(value), f"{value}年"), NAMED_WEIGHT / 2)


def _softened(match: re.Match[str]) -> Term:
    """ "Fourth plenary" is an ordinal; "first" may as well be 首次 or 首届, and so binds nothing."""
    value = _EN_WORDS[match[1].lower()]
    forms = (*_ordinal_forms(value, "届次期批"), *(FIRST if value == 1 else ()))
    return Term(match[1], forms, NAMED_WEIGHT / 2, named=value > 1, ordinal=value > 1)


def _chinese(question: str, keywords: Keywords, corpus_text: str) -> Iterator[Term]:
    for piece in re.findall(rf"[{HAN}0-9A-Za-z+%.·]*[{HAN}][{HAN}0-9A-Za-z+%.·]*", question):
        place = 0
        for written, tag in rjieba.tag(piece):
            word = written.lower()
            place += len(written)
            if word in _EMPTY or tag.startswith(_SKIPPED_TAGS) or not re.search(rf"[{HAN}a-z]|\d\d", word):
                continue
            # 引沧入澜用了: where the corpus has 入澜, 澜用 is a slip of the segmenter.
            led = piece[max(0, place - len(written) - 1) : place - len(written) + 1].lower()
            slip = len(led) == 2 and word not in corpus_text and led in corpus_text
            yield from _forms_of(word, "" if slip else tag, keywords, corpus_text)


def _forms_of(word: str, tag: str, keywords: Keywords, corpus_text: str) -> Iterator[Term]:
    """The word as it stands; else without 市 or 国 at its end; else its parts; else as a word the corpus lacks."""
    # The tagger takes 外国 for a place: what a dictionary glosses without a capital is no name.
    proper = tag.startswith(_NAME_TAGS) and len(word) > 1 and not is_common(word)
    forms = [form for form in (word, word[:-1] if word[-1] in "市省州区县国" and len(word) > 2 else "") if form]
    there = tuple(form for form in forms if form in corpus_text)
    if there:
        weight = max(keywords.idf(form) for form in there) * (LONE if len(word) == 1 else 1.0)
        also = tuple(
            form
            for form in (*synonyms(word), *capitals().get(word, ()), *countries_of(word))
            if form in corpus_text and form not in there
        )
        yield Term(
            word,
            there + also,
            weight,
            # People have been taken out before; a short word that still looks like one to the tagger (惠及) is none.
            named=proper and not tag.startswith(("nz", "nr") if len(word) < 3 else "nz") and weight >= COMMON,
            strengths=(1.0,) * len(there) + (SYNONYM,) * len(also),
            others=keywords.bridge.ending_in(there) if proper else (),
        )
        return
    seat = tuple(city for city in capitals().get(word, ()) if city in corpus_text)
    within = tuple(country for country in countries_of(word) if country in corpus_text)
    if within:
        yield Term(word, within, min(map(keywords.idf, within)), named=True)
        return
    if seat:
        yield Term(word, seat, keywords.idf(seat[0]), named=True, strengths=(CAPITAL,) * len(seat))
        return
    parts = [p for p in rjieba.cut_for_search(word) if p != word and len(p) > 1 and p in corpus_text]
    if not parts and len(word) > 2:
        parts = [word[i : i + 2] for i in range(len(word) - 1) if word[i : i + 2] in keywords.vocabulary]
    firm = re.match(r"(.{2,})(?:公司|集团|银行|大学|协会|基金会|株式会社)$", word)
    if firm and firm[1] not in corpus_text:
        yield Term(word, (), keywords.idf(word), named=True)
    elif parts:
        yield from (Term(part, (part,), keywords.idf(part)) for part in parts)
    else:
        # What is in no dictionary either is most often a slip of the segmenter: 在京办的 cut as 京办.
        slip = tag.startswith("nr") and word[0] not in surnames()
        weight = SLIP if slip else 1.0 if proper else ABSENT if is_common(word) else SLIP
        yield Term(word, (), keywords.idf(word) * weight, named=proper and not slip)


def _english(question: str, keywords: Keywords) -> list[Term]:
    found: list[Term] = []
    latin = _EN_ASKING.sub(" ", re.sub(f"[{HAN}]+", " ", question))
    # One capital word by itself is a name (Apple) even where the dictionary knows it; in a row of them it may not be
    # (Treasury Secretary).
    if re.search(f"[{HAN}]", question):  # in a Chinese sentence a capital says name wherever it stands
        latin = re.sub(r"^\s*(?=[A-Z])", "· ", latin)
    alone = {m.group().lower() for m in _CAPITAL.finditer(latin) if len(re.split(r"[\s-]+", m.group())) == 1}
    capitals = {word.lower() for match in _CAPITAL.finditer(latin) for word in re.split(r"[\s-]+", match.group())}
    for phrase, group in keywords.bridge.translate(latin):
        words = [re.sub(r"['’].*", "", word) for word in phrase.split()]
        # Apple is a name only as far as no dictionary knows the word: Treasury, Table and Party are none.
        capital = any(word in capitals for word in words)
        plain = all(word in english_words() and word not in alone for word in words)
        own = [word for word in words if word in keywords.vocabulary]
        heard = (
            []
            if own or group or not capital or words[0] in known_names()
            else [s for word in words for s in keywords.sounds.find(word)]
        )
        forms = tuple(dict.fromkeys([*own, *sorted(group, key=lambda word: -group[word]), *heard]))
        best = max(group.values(), default=1.0)
        surest = [keywords.idf(form) * best for form in forms if form in own or group.get(form, best) == best]
        # Of several meanings the commonest is the likeliest, and a word of no known meaning is hardly a clue.
        weight = min(surest, default=keywords.idf("") * (1.0 if capital and not plain else UNKNOWN_PLAIN))
        bound = capital and not CHINA & {*words} and (
            (not forms and not plain) or bool(own) or bool(heard) or any(f in keywords.bridge.proper and group.get(f, best) == best for f in forms)
        )
        strengths = tuple(1.0 if form in own else group.get(form, best) / best for form in forms)
        if not capital:
            weight *= max(map(rarity, words), default=1.0)
        found.append(
            Term(
                " ".join(words),
                forms,
                weight,
                bound and (not forms or weight >= COMMON),
                strengths=strengths,
                others=keywords.bridge.ending_in(forms) if bound else (),
            )
        )
    # Of Isabel Crook the corpus may tell by the family name alone.
    rows = [{word.lower() for word in re.split(r"[\s-]+", m.group())} for m in _CAPITAL.finditer(latin)]
    met = {word for row in rows for t in found if row & {*t.surface.split()} and t.named and t.forms for word in row}
    return [term for term in found if term.forms or not term.named or term.surface not in met]
