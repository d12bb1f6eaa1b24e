"""A question understood: its language and kind, and everything it names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

import rjieba

from rag import dates
from rag.bridge import is_common
from rag.errors import QuestionError
from rag.keyword import Keywords
from rag.lexicon import ROLES, Lexicon
from rag.relations import objects_in, relation_in, spaced
from rag.terms import Term, extract
from rag.text import HAN, fold, has_han, language

MAX_CHARACTERS = 2000
Asks = Literal["who", "when", "where", "how many", "how much", "which all", "why", "yes/no", "what"]

_ASKS_ZH: tuple[tuple[Asks, str], ...] = (
    ("which all", r"哪些|哪几|有谁|列出|列举|列一下|都有|分别|所有|全部|名单|逐一|各是|一览"),
    ("how much", r"多少钱|多少(?:亿|万)?(?:美|日|欧)?元|金额|造价|总额|花了多少"),
    (
        "how many",
        r"多少|几(?=[个家位名场次项人所条届份批种类件组章国座万行幅篇部只支张])|数量|人数|次数|个数|百分之几|比例",
    ),
    ("why", r"为什么|为何|为啥|原因|何故"),
    ("when", r"什么时候|何时|哪天|哪一天|哪日|几月|几号|几日|日期|时间|哪个月|多久|哪一年|哪年"),
    (
        "who",
        r"(?:[者员长官师星人]|大使|主席|总裁|教授|书记)们?(?:都|分别|各)?(?:叫什么|的名字|的姓名)|谁|哪位|何人|什么人|哪个人|哪一位",
    ),
    ("where", r"在哪|哪里|哪儿|何地|何处|什么地方|地点|哪个城市|哪座城市|哪个国家|哪国"),
    ("yes/no", r"吗|是否|有没有|是不是|有无|对不对|会不会"),
)
_PLURAL = r"(?!(?:was|is|does|has|this|its|us|as)\b)[\w-]{2,}(?:s|people)"
_ASKS_EN: tuple[tuple[Asks, str], ...] = (
    ("how much", r"\bhow much\b|\bwhat (?:amount|sum)\b|\bhow expensive\b|\bwhat did .* cost\b|\btotal value\b"),
    ("how many", r"\bhow (?:many|old)\b|(?<!phone )(?<!telephone )\bnumber of\b|\bhow often\b|\bcount\b"),
    ("when", r"\bwhen\b|\b(?:what|which|what's the) (?:exact )?(?:date|day|month|time|year)\b|\bhow long\b"),
    (
        "which all",
        rf"\blist\b|\ball (?:the|of)\b|\bevery\b|\bname the\b|\b(?:which|what) (?:[\w-]+ ){{0,2}}?{_PLURAL}\b|"
        r"\bwho all\b|\bwho were\b|\bwhat (?:are|were)\b",
    ),
    ("why", r"\bwhy\b|\breason\b|\bwhat for\b|\bpurpose\b"),
    (
        "who",
        r"\bwho(?:m|se)?\b|\bwhich (?:person|leader|official|minister|ambassador)\b|"
        r"\bname of (?:the |its )?(?:\w+ ){0,3}?(?:mayor|president|chairman|chief|executive|head|minister|speaker)\b",
    ),
    ("where", r"\bwhere\b|\b(?:which|what) (?:city|country|place|venue|location|park|district)\b"),
    ("yes/no", r"^(?:did|does|do|was|were|is|are|has|have|had|can|could|will)\b"),
)
_WHATEVER = re.compile(
    r"what (?:else )?happened|what went on|what did .* do\b|what took place|"
    r"发生|有什么(?:活动|事|安排)|(?:做|干|开展|举办|举行|组织)了(?:些)?(?:什么|哪些)|有何活动",
    re.I,
)
"""Asks for everything that a date saw, not for one thing."""
_BYLINE = re.compile(
    r"署名|作者|撰稿|撰写|执笔|谁写的|写了?哪些?条目|signed by|bylined?|written by|authors?\b|"
    r"\b(?:wrote|writes?|written|sign(?:s|ed)?)\b(?=.*\b(?:entry|entries|items?|articles?|pieces?)\b|.*条目)|"
    r"(?<=\bentries )(?:did|has|have|was|were)\b(?=.* (?:write|sign|author))|"
    r"(?:条目|entries|entry).*(?:署名|写|\b(?:signed|write|wrote|written)\b)",
    re.I,
)
_ALIAS = re.compile(rf"(?<![A-Za-z])[A-Z][\w.'’&-]*(?: [A-Z&][\w.'’&-]*)* ?\(([{HAN}·]{{2,}})\)")
"""A Latin name with its Chinese one in brackets, as in "Jardine Matheson (怡和集团)": the Chinese one is kept."""
_APPOSITION = re.compile(
    r",\s*(?:the |then )?(?:\w+ )?(?:head|mayor|director|chairman|secretary|president|chief|speaker)\b[^,?]*(?=,)", re.I
)
"""", head of the municipal congress," after a name says who that is, not what is asked."""
_MIXED_ASKING = (
    (re.compile(r"\bhow many\b", re.I), "多少"),
    (re.compile(r"\bwhen\b", re.I), "什么时候"),
    (re.compile(r"\bwhere\b", re.I), "在哪里"),
    (re.compile(r"\bwho(?:m)?\b", re.I), "谁"),
    (re.compile(r"\bwhich\b", re.I), "哪些"),
)
"""English question words inside a Chinese question."""
_IN_SECTION = (
    r"[“《【\"]?{name}[”》】\"]?\s*(?:这一|这个)?\s*(?:部分|分目|栏目|章节|一节|一栏|类目|小节|section)|"
    r"section (?:on |called |titled )?[“\"]?{name}"
)
_ABOUT_TABLE = re.compile(r"表\s*(\d+|十[一二三四五六七八九]?|[一二三四五六七八九])|\btable\s+(\d+)", re.I)
_ABBREVIATED = (
    (re.compile(r"\b(?:USA|US|U\.S\.(?:A\.)?)(?!\w)"), "United States"),
    (re.compile(r"\b(?:UK|U\.K\.)(?!\w)"), "United Kingdom"),
    (re.compile(r"\bUAE\b"), "United Arab Emirates"),
)
"""Countries that English writes in capitals; "us" without them is nobody's country."""
_DOUBLED = re.compile(rf"(?<=[{HAN}][{HAN}])\s+\(?[A-Z][A-Za-z&.]+\)?(?=\s*[{HAN}])")
"""A Latin name between Chinese words, as in 德勤 Deloitte 在北京: most often the same name once more."""


@dataclass(frozen=True)
class Question:
    """What a question asks and what it names. `people` are names the corpus knows, in its own characters.

    `own` are the terms of a follow-up that are not its history's: what is found has to carry them too.
    `unknown` holds names that the corpus lacks; `corrected` maps what was written to the name it was taken for.
    """

    text: str
    standalone: str
    language: Literal["zh", "en"]
    asks: Asks
    also_asks: tuple[Asks, ...] = ()
    byline: bool = False
    whatever: bool = False
    people: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    spans: tuple[dates.Span, ...] = ()
    years: tuple[int, ...] = ()
    section: str | None = None
    table: str | None = None
    relation: str | None = None
    objects: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    own: tuple[Term, ...] = ()
    unknown: tuple[str, ...] = ()
    corrected: dict[str, str] = field(default_factory=dict)

    @property
    def has_anchor(self) -> bool:
        """Whether it names a person, a byline, a date, a section or a table, which select units on their own."""
        return bool(self.people or self.authors or self.spans or self.section or self.table)

    def to_json(self) -> dict[str, Any]:
        """For `ask --json` and the chat: what was understood, without the inner weights."""
        data = asdict(self)
        data.pop("text")
        data["dates"] = [f"{a[0]}-{a[1]}/{b[0]}-{b[1]}" for a, b in ((s.first, s.last) for s in self.spans)]
        for inner in ("spans", "own", "whatever", "byline"):
            data.pop(inner)
        data["terms"] = [term.surface for term in self.terms]
        return data


def check(text: str) -> str:
    """The folded question. Raises QuestionError where there is none, or it is longer than MAX_CHARACTERS."""
    if len(text) > MAX_CHARACTERS:
        raise QuestionError(f"question: {len(text):,} characters are too many; ask in at most {MAX_CHARACTERS:,}")
    folded = fold(text)
    if not re.search(r"\w", folded):
        raise QuestionError("question: it is empty; type a question, for example 殷勇会见了哪些外资企业？")
    return folded


def understand(text: str, lexicon: Lexicon, keywords: Keywords) -> Question:
    """A question on its own (see followups for one that leans on earlier ones). Raises QuestionError."""
    folded = check(text)
    spoken: Literal["zh", "en"] = "en" if language(folded) == "en" else "zh"
    english = spoken == "en"
    if not english:
        for pattern, chinese in _MIXED_ASKING:
            folded = pattern.sub(chinese, folded)
    folded = _APPOSITION.sub(" ", folded)
    rest, people, corrected, unknown = _people(_single(_expanded(folded), keywords), lexicon)
    unknown += dates.impossible(folded)
    spans, years, rest = _dates(rest)
    table, rest = _table(rest)
    section, rest = _section(rest, lexicon)
    byline = _BYLINE.search(rest) is not None
    relation = relation_in(rest, english=english) or relation_in(rest, english=not english)
    rest = spaced(rest)
    rest, holder = _role(rest, people, lexicon)
    terms = _terms(_BYLINE.sub(" ", rest), keywords, lexicon)
    section = section or _meant_section(folded, terms, lexicon)
    kinds = asks(folded, english=english)
    found = tuple(dict.fromkeys([*people, *([holder] if holder else [])]))
    # Whom the corpus knows by bylines alone can only be asked about as an author.
    byline = byline or (bool(people) and all(name in lexicon.authors and name not in lexicon.people for name in people))
    if byline:  # the verb is said by that already
        terms = tuple(term for term in terms if not re.match(r"sign|writ|wrote|author|pen|写|署", term.surface))
    return Question(
        text=folded,
        standalone=text.strip(),
        language=spoken,
        asks=kinds[0],
        also_asks=tuple(kinds[1:]),
        byline=byline,
        whatever=_WHATEVER.search(folded) is not None or (kinds == ["what"] and not relation and not terms),
        people=() if byline else found,
        authors=found if byline else (),
        spans=spans,
        years=years,
        section=section,
        table=table,
        relation=None if byline else relation,
        objects=tuple(dict.fromkeys(objects_in(rest, english=english) + objects_in(rest, english=not english))),
        terms=terms,
        unknown=tuple(unknown),
        corrected=corrected,
    )


def _single(text: str, keywords: Keywords) -> str:
    """A name given in both scripts, once: the Chinese one is kept where the corpus lacks the other."""
    text = _ALIAS.sub(r"\1", re.sub(r"[这那][封个场次位项条件家份届]", " ", text))
    return _DOUBLED.sub(lambda m: m.group() if m.group().strip(" ()").lower() in keywords.vocabulary else " ", text)


def _expanded(text: str) -> str:
    for pattern, country in _ABBREVIATED:
        text = pattern.sub(country, text)
    return text


def asks(text: str, *, english: bool) -> list[Asks]:
    """The kinds of answer wanted, the ruling one first; ["what"] where nothing says."""
    for patterns in (_ASKS_EN, _ASKS_ZH) if english else (_ASKS_ZH, _ASKS_EN):
        found = [kind for kind, pattern in patterns if re.search(pattern, text, re.I)]
        if found:
            return found
    return ["what"]


def _terms(text: str, keywords: Keywords, lexicon: Lexicon) -> tuple[Term, ...]:
    """Terms of the asking sentences; what stands around them is context: it binds nothing, and unknown words fall."""
    parts = [part for part in re.split(r"(?<=[。！!？?])|(?<=[a-z]\.)\s", text) if part.strip()]
    asking = [part for part in parts if re.search(r"[?？]\s*$", part)] or parts
    found = extract(" ".join(asking), keywords, lexicon.full_text)
    own = {term.surface for term in found}
    around = extract(" ".join(part for part in parts if part not in asking), keywords, lexicon.full_text)
    known = (replace(t, named=False) for t in around if t.surface not in own)
    return (*found, *(t for t in known if any(form in lexicon.full_text for form in t.forms)))


def _people(text: str, lexicon: Lexicon) -> tuple[str, list[str], dict[str, str], list[str]]:
    """Names taken out of the text: known ones, those written in pinyin, those one character off, unknown ones."""
    people: list[str] = []
    corrected: dict[str, str] = {}
    for name in sorted({*lexicon.people, *lexicon.authors}, key=len, reverse=True):
        if name in text:
            people.append(name)
            text = text.replace(name, " ")
    text = _pinyin(text, lexicon, people, corrected)
    unknown = []
    for word, tag in rjieba.tag(text):
        known = word in lexicon.full_text or is_common(word)
        if tag == "nr" and 2 <= len(word) <= 4 and has_han(word) and not known:
            near = lexicon.near(word)
            if near:
                people.append(near)
                corrected[word] = near
            else:
                unknown.append(word)
            text = text.replace(word, " ")
    return text, people, corrected, unknown


def _pinyin(text: str, lexicon: Lexicon, people: list[str], corrected: dict[str, str]) -> str:
    words = list(re.finditer(r"[A-Za-züÜ]+(?:[-'’][A-Za-z]+)?", text))
    place = 0
    cuts: list[tuple[int, int]] = []
    while place < len(words):
        for size in (3, 2, 1):
            chosen = words[place : place + size]
            letters = re.sub(r"[^a-z]", "", "".join(w.group() for w in chosen).lower().replace("ü", "v"))
            known = lexicon.by_pinyin(letters) if len(chosen) == size and len(letters) >= 4 + 2 * (size == 1) else []
            if known:
                people.append(known[0])
                corrected[text[chosen[0].start() : chosen[-1].end()]] = known[0]
                cuts.append((chosen[0].start(), chosen[-1].end()))
                break
        else:
            size = 1
        place += size
    for start, end in reversed(cuts):
        text = f"{text[:start]} 。 {text[end:]}" if has_han(text) else f"{text[:start]} {text[end:]}"
    return text


def _dates(text: str) -> tuple[tuple[dates.Span, ...], tuple[int, ...], str]:
    mentions = dates.find(text)
    years = tuple(int(year) for year in dates.YEAR.findall(text))
    text = dates.without(text)
    return tuple(dict.fromkeys(m.span for m in mentions)), years, re.sub(rf"{dates.YEAR.pattern}年?度?", " ", text)


def _table(text: str) -> tuple[str | None, str]:
    match = _ABOUT_TABLE.search(text)
    if not match:
        return None, text
    return f"表{dates.number(match[1] or match[2])}", text.replace(match.group(), " ")


def _section(text: str, lexicon: Lexicon) -> tuple[str | None, str]:
    """A section that the question names as one; its name alone may be part of a longer phrase."""
    for name in lexicon.sections:
        match = re.search(_IN_SECTION.format(name=re.escape(name)), text, re.I)
        if match:
            return name, text.replace(match.group(), " ")
    return None, text


def _meant_section(text: str, terms: Sequence[Term], lexicon: Lexicon) -> str | None:
    """The section whose name the question's terms say in other words, where it asks for entries: "entries about Hong
    Kong and Macao affairs" means 港澳事务."""
    if not re.search(r"\bentr(?:y|ies)\b|\bsection\b|条目", text, re.I):
        return None
    said = sorted({form for term in terms for form in term.forms if len(form) > 1}, key=len, reverse=True)
    return next(
        (name for name in lexicon.sections if not re.sub("|".join(map(re.escape, said)) or "(?!)", "", name)), None
    )


def _role(text: str, people: Sequence[str], lexicon: Lexicon) -> tuple[str, str | None]:
    """An office named in place of its holder, or beside him: "Mayor Chen", 市长向哪些城市致信."""
    for chinese, english in ROLES:
        in_chinese = rf"(?<![{HAN}])(?:北京市?的?)?{chinese}(?![{HAN}]*(?:论坛|们|联席))"
        in_english = rf"\b(?:beijing'?s? )?(?:{'|'.join(english)})\b(?! of (?!beijing))(?!s)"
        match = re.search(f"{in_chinese}|{in_english}", text, re.I)
        if match:
            rest = text.replace(match.group(), " ", 1)
            return rest, None if people else lexicon.holder(chinese)
    return text, None
