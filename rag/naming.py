"""What a question names, taken out of its text: people in characters or pinyin, dates, tables, sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import rjieba

from rag import dates
from rag.acronyms import RARE, without_acronyms
from rag.bridge import is_common, surnames
from rag.keyword import Keywords
from rag.lexicon import Lexicon
from rag.offices import by_office
from rag.relations import relation_in
from rag.terms import Term, coverage
from rag.text import HAN, has_han, matchable

_ALIAS = re.compile(rf"(?<![A-Za-z])[A-Z][\w.'’&-]*(?: [A-Z&][\w.'’&-]*)* ?\(([{HAN}·]{{2,}})\)")
"""A Latin name with its Chinese one in brackets, as in "Jardine Matheson (怡和集团)": the Chinese one is kept."""
_TRANSLATED = re.compile(r"['\"][A-Za-z][^'\"]*['\"] ?\((?=《[^》]+》\))")
"""A title in translation before its own: 'Stone Drum' (《石鼓》)."""
_BY_YEAR_END = re.compile(
    r"(?:到|至|截至|截止|截止到)((?:(?:19|20)\d\d)?年?)(?:年底|年末|底|末)|"
    r"\b(?:by|as of) (?:the )?(?:end of (?:the year\b|((?:19|20)\d\d))|year[’' -]?s?[ -]end\b)",
    re.I,
)
"""How things stood at the year's end, which is no day on which something happened."""
_AT_YEAR_END = re.compile(
    r"((?:(?:19|20)\d\d)?年?)(?:年底|年末|(?<=年)[底末])|\bend of (?:the year\b|((?:19|20)\d\d))", re.I
)
_AMOUNT_ASKED = re.compile(
    r"多少|百分之几|几个百分点|\bhow (?:many|much|large|big)\b|\bwhat (?:percentage|share|proportion)\b", re.I
)
_ELSE = re.compile(r"还|也|又|另|\belse\b|\balso\b|\bother (?!than)", re.I)
_LEFT_OUT = (
    r"(?:(?<!有)没有?|不含|不包括|除去?了?|除开|"
    r"\bwithout|\bexcept(?: for)?|\bother than|\bbesides|\bapart from|\bbut not)"
)
_LED = re.compile(rf"\b([A-Z][\w&.'’]*(?: [A-Z&][\w.'’]*)*) +([{HAN}]{{2,}})")
APPOSITION = re.compile(
    r",\s*(?:the |then )?(?:\w+ )?(?:head|mayor|director|chairman|secretary|president|chief|speaker)\b[^,?]*(?=,)", re.I
)
"""", head of the municipal congress," after a name says who that is, not what is asked."""
COMPARED = re.compile(
    r"(?:compared (?:with|to)|than(?: in)?|versus|vs\.?) (?:19|20)\d\d|[比较与](?:19|20)\d\d年(?:相比)?", re.I
)
"""A year that something is held against, not the one asked about."""
_IN_SECTION = (
    r"[“《【\"]?{name}[”》】\"]?\s*(?:(?:[这那该]一?个?)?\s*(?:部分|分目|栏目|章节|类目|小节|section)|(?:[这那该]一?|一)[节栏章])|"
    r"section (?:on |about |called |titled )?[“\"]?{name}"
)
_ABOUT_TABLE = re.compile(
    r"表\s*(\d+|十[一二三四五六七八九]?|[一二三四五六七八九])[中里上内]?|\b(?:in )?table\s+(\d+)", re.I
)
_SOME_TABLE = re.compile(
    rf"(?<![代发外图])(?:一览|统计|明细|情况)?表(?:格|(?:[中里上内]|(?=[，。？?\s]|$)))|一览表|"
    rf"(?:名单|清单)(?:[中里上内]|(?=[，。]))|(?<=[{HAN}])表(?=(?:总共|共|一共|列|记))|\btables?\b|\bin the lists?\b",
    re.I,
)
_MANY_TABLES = re.compile(r"(?:几|各|每|所有|全部)张?[^，。？]{0,4}表|条目|\b(?:all|every|both|each|entries)\b", re.I)
_COLUMN = re.compile(r"[“\"]?(?P<name>[^“”\"\s]{2,6})[”\"]?(?:这|那)?一?(?:栏|列)(?!出|举)|(?P<en>\w+) column\b", re.I)
LEAST_CAPTION = 0.15
"""The least share of a question's words that the caption of the table it means carries."""
_ABBREVIATED = (
    (re.compile(r"\b(?:USA|US|U\.S\.(?:A\.)?) (?=dollars?\b)"), ""),
    (re.compile(r"\b(?:USA|US|U\.S\.(?:A\.)?)(?!\w)"), "United States"),
    (re.compile(r"\b(?:UK|U\.K\.)(?!\w)"), "United Kingdom"),
    (re.compile(r"\bUAE\b"), "United Arab Emirates"),
)
"""Countries that English writes in capitals; "us" without them is nobody's country."""
_DOUBLED = re.compile(rf"(?<=[{HAN}][{HAN}])\s+\(?[A-Z][A-Za-z&.]+\)?(?=\s*[{HAN}])")
"""A Latin name between Chinese words, as in 德勤 Deloitte 在北京: most often the same name once more."""


def single(text: str, keywords: Keywords) -> str:
    """A name given in both scripts, once: the Chinese one is kept where the corpus lacks the other."""
    text = _TRANSLATED.sub(" (", without_acronyms(text, keywords))
    text = _ALIAS.sub(r"\1", re.sub(r"[这那][封个场次位项条件家份届]", " ", text))
    text = _LED.sub(lambda m: m[2] if _renamed(m[1], m[2], keywords) else m.group(), text)
    return _DOUBLED.sub(lambda m: m.group() if m.group().strip(" ()").lower() in keywords.vocabulary else " ", text)


def _renamed(latin: str, chinese: str, keywords: Keywords) -> bool:
    """Whether a Latin name the corpus lacks stands right before its Chinese one: Jardine 怡和集团."""
    word = rjieba.cut(chinese)[0]
    known = any(part.lower() in keywords.vocabulary for part in latin.split())
    rare = word in keywords.vocabulary and keywords.idf(word) >= RARE and not relation_in(word, english=False)
    return rare and not known


def expanded(text: str) -> str:
    """The text with US, UK and UAE written out."""
    for pattern, country in _ABBREVIATED:
        text = pattern.sub(country, text)
    return text


def people_in(text: str, lexicon: Lexicon) -> tuple[str, list[str], dict[str, str], list[str]]:
    """Names taken out of the text: known ones, those written in pinyin, those one character off, unknown ones."""
    people: list[str] = []
    corrected: dict[str, str] = {}
    for name in sorted(lexicon.everyone.within(text), key=lambda name: (-len(name), name)):
        if name in text:
            people.append(name)
            text = text.replace(name, " ")
    text = by_office(_pinyin(text, lexicon, people, corrected), lexicon, people)
    unknown = []
    for word, tag in (*_apart(text, lexicon), *rjieba.tag(text)):
        known = word in lexicon.full_text or is_common(word)
        if not tag.startswith("nr") or not 2 <= len(word) <= 4 or not has_han(word) or known:
            continue
        written = next((word[:size] for size in range(len(word), 1, -1) if lexicon.near(word[:size])), word)
        near = lexicon.near(written)
        if near:
            people.append(near)
            corrected[written] = near
        elif _name_like(word, text, lexicon):
            unknown.append(word)
        else:
            continue
        text = text.replace(written, " ")
    return text, people, corrected, unknown


def _apart(text: str, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """What the tagger cuts in two and is a known name but for one character: 陈 / 吉林出席."""
    tagged = rjieba.tag(text)
    for (before, _), (family, _), (given, tag) in zip([("", ""), *tagged], tagged, tagged[1:], strict=False):
        whole = family + given
        ends = not has_han(before[-1:]) or is_common(before)
        apart = len(family) == 1 and len(given) == 2 and tag[0] in "nvat" and family in surnames()
        if apart and ends and lexicon.near(whole):
            yield whole, "nr"


def without_in(text: str, people: Sequence[str], corrected: Mapping[str, str]) -> tuple[str, ...]:
    """The people that a question leaves out: 没有殷勇参加, 除了陈吉宁, without Yin Yong."""
    if _ELSE.search(text):  # 除了他还有谁: he is in the answer's sentence too
        return ()
    written = {name: [name, *(w for w, meant in corrected.items() if meant == name)] for name in people}
    return tuple(
        name
        for name, forms in written.items()
        if re.search(rf"{_LEFT_OUT}\s*(?:{'|'.join(map(re.escape, forms))})", text, re.I)
    )


def _name_like(word: str, text: str, lexicon: Lexicon) -> bool:
    """Whether what the tagger takes for a name can be one: with a family name that is no end of a longer word of the
    corpus (引沧入澜用了: the corpus has 入澜)."""
    place = text.find(word)
    led = text[max(0, place - 1) : place + 1]
    counted = re.search(r"(?:多少|几|\d)$", text[:place]) or _sheet(word, text[:place])  # 多少张床
    said = len(word) > 2 and is_common(word[:2]) and word[:2] in lexicon.full_text  # 祝贺信
    return word[0] in surnames() and not counted and not said and not (len(led) == 2 and led in lexicon.full_text)


def _sheet(word: str, before: str) -> bool:
    """Whether 张, a family name, counts here: 那张表, 每张照片; not 那张伟."""
    noun = re.match("张(?=[表图票纸床桌画证卡照])", word) or (word[0] == "张" and is_common(word[1:]))
    return bool(noun) and re.search("[这那哪每各一两]$", before) is not None


def _pinyin(text: str, lexicon: Lexicon, people: list[str], corrected: dict[str, str]) -> str:
    words = list(re.finditer(r"([A-Za-züÜ]+(?:[-'’](?!s\b)[A-Za-z]+)?)(?:['’]s\b)?", text))  # Cai Qi's, Xi'an
    place = 0
    cuts: list[tuple[int, int]] = []
    while place < len(words):
        for size in (3, 2, 1):
            chosen = words[place : place + size]
            letters = re.sub(r"[^a-z]", "", "".join(w[1] for w in chosen).lower().replace("ü", "v"))
            known = lexicon.by_pinyin(letters) if len(chosen) == size and len(letters) >= 4 + 2 * (size == 1) else []
            known = known or _misspelled([w[1] for w in chosen], lexicon)
            if known:
                people.append(known[0])
                corrected[text[chosen[0].start() : chosen[-1].end(1)]] = known[0]
                cuts.append((chosen[0].start(), chosen[-1].end()))
                break
        else:
            size = 1
        place += size
    for start, end in reversed(cuts):
        text = f"{text[:start]} 。 {text[end:]}" if has_han(text) else f"{text[:start]} {text[end:]}"
    return text


def _misspelled(words: list[str], lexicon: Lexicon) -> list[str]:
    """Chen Jinning: two words with capitals, a letter off from a known name."""
    capitals = len(words) == 2 and all(word[:1].isupper() for word in words)
    near = lexicon.near_pinyin(" ".join(words)) if capitals else None
    return [near] if near else []


def dates_in(text: str) -> tuple[tuple[dates.Span, ...], tuple[int, ...], str]:
    """The spans and the years a question asks about, and the text without them."""
    text = _BY_YEAR_END.sub(r"\1\2 ", text)
    if _AMOUNT_ASKED.search(text):  # how things stood then is seldom told with that date
        text = _AT_YEAR_END.sub(r"\1\2 ", text)
    mentions = dates.find(text)
    years = tuple(int(year) for year in dates.YEAR.findall(COMPARED.sub(" ", text)))
    text = dates.without(text)
    return tuple(dict.fromkeys(m.span for m in mentions)), years, re.sub(rf"{dates.YEAR.pattern}年?度?", " ", text)


def table_in(text: str) -> tuple[str | None, str]:
    """The number of the table a question names, as in 表6, and the text without it."""
    match = _ABOUT_TABLE.search(text)
    if not match:
        return None, text
    return f"表{dates.number(match[1] or match[2])}", text.replace(match.group(), " ")


def meant_table(text: str, terms: Sequence[Term], lexicon: Lexicon) -> str | None:
    """The table that a question speaks of without its number, by its caption's words: the table of meetings with …"""
    if not _SOME_TABLE.search(text) or _MANY_TABLES.search(text) or not lexicon.captions:
        return None
    shares = {table: coverage(terms, matchable(caption)) for caption, table in lexicon.captions.items()}
    best = max(shares, key=lambda table: shares[table])
    alone = sum(share == shares[best] for share in shares.values()) == 1
    return best if alone and shares[best] >= LEAST_CAPTION else None


def without_columns(text: str, lexicon: Lexicon) -> str:
    """The text without the table and its columns where they are spoken of as such: 表4“国别”一栏写英国的."""
    named = _COLUMN.sub(lambda m: " " if m["en"] or m["name"] in lexicon.columns else m.group(), text)
    return _SOME_TABLE.sub(" ", named)


def section_in(text: str, lexicon: Lexicon) -> tuple[str | None, str]:
    """A section that the question names as one; its name alone may be part of a longer phrase."""
    for name in lexicon.sections:
        match = re.search(_IN_SECTION.format(name=re.escape(name)), text, re.I)
        if match:
            return name, text.replace(match.group(), " ")
    return None, text


def meant_section(text: str, terms: Sequence[Term], lexicon: Lexicon) -> str | None:
    """The section whose name the question's terms say in other words, where it asks for entries: "entries about Hong
    Kong and Macao affairs" means 港澳事务."""
    if not re.search(r"\bentr(?:y|ies)\b|\bsection\b|条目", text, re.I):
        return None
    said = sorted({form for term in terms for form in term.forms if len(form) > 1}, key=len, reverse=True)
    return next(
        (name for name in lexicon.sections if not re.sub("|".join(map(re.escape, said)) or "(?!)", "", name)), None
    )
