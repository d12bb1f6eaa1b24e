"""What a question names, taken out of its text: people in characters or pinyin, dates, countries left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import rjieba

from rag import dates
from rag.acronyms import RARE, without_acronyms
from rag.bounds import bounded
from rag.bridge import english_words, is_common, known_names, surnames
from rag.keyword import Keywords
from rag.lexicon import Lexicon
from rag.offices import by_office
from rag.places import countries_in, country_of, languages
from rag.relations import EVENT_END, relation_in
from rag.text import HAN, has_han

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
_EVENT = re.compile(f"[{HAN}]{{2}}(?:{EVENT_END}|典礼)$")
_ELSE = re.compile(r"还|也|又|另|\belse\b|\balso\b|\bother (?!than)", re.I)
_BUT = r"除[去开]?了?|\bexcept(?: for)?|\bother than|\bbesides|\bapart from"
_WHO = r"谁|哪[几些一]?[位名个]?(?:市?领导|人)|\b(?:who|(?:which|what) (?:\w+ ){0,2}?(?:leaders?|officials?))\b"
_WHO_ELSE = re.compile(rf"(?:{_BUT})[^?]*(?:{_WHO})|(?:{_WHO})[^?]*(?:{_BUT})", re.I)
"""Who but him did it: he may have been there too."""
_LEFT_OUT = rf"(?:(?<!有)没有?|不含|不包括|\bwithout|\bbut not|{_BUT})"
_SAVE = re.compile(
    r"(?:除去?了?|除开)(?P<zh>[^，,。？?]{1,24}?)(?:以外|之外|外(?![国资企商宾])|(?=[，,。？?还也又]))|"
    r"(?:不含|不包括|不算)(?P<zh2>[^，,。？?]{1,16})|"
    r"\b(?:other than|except(?: for)?|besides|apart from|excluding|not counting)\s+"
    r"(?P<en>[\w' -]+?)(?=[,?.;]|\s(?:did|do|does|was|were|is|are|has|have|had)\b|$)",
    re.I,
)
"""What a question leaves out of what it asks for."""
_LED = re.compile(rf"\b([A-Z][\w&.'’]*(?: [A-Z&][\w.'’]*)*) +([{HAN}]{{2,}})")
APPOSITION = re.compile(
    r",\s*(?:the |then )?(?:\w+ )?(?:head|mayor|director|chairman|secretary|president|chief|speaker)\b[^,?]*(?=,)", re.I
)
"""", head of the municipal congress," after a name says who that is, not what is asked."""
COMPARED = re.compile(
    r"(?:compared (?:with|to)|than(?: in)?|versus|vs\.?) (?:19|20)\d\d|[比较与](?:19|20)\d\d年(?:相比)?", re.I
)
"""A year that something is held against, not the one asked about."""
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
    return _DOUBLED.sub(lambda m: m.group() if _is_word(m.group().strip(" ()").lower(), keywords) else " ", text)


def _is_word(latin: str, keywords: Keywords) -> bool:
    """Whether the corpus or a dictionary knows a Latin word, so that it is no name given a second time."""
    if latin in keywords.vocabulary:
        return True
    of_country = country_of(latin) or latin in languages()
    return not of_country and (latin in known_names() or latin in english_words())


def _renamed(latin: str, chinese: str, keywords: Keywords) -> bool:
    """Whether a Latin name the corpus lacks stands right before its Chinese one: Jardine 怡和集团."""
    word = rjieba.cut(chinese)[0]
    # Bangkok 市议会 is no one thing in two scripts: the dictionary knows what Bangkok is.
    known = any(_is_word(part.lower(), keywords) for part in latin.split())
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
    tagged = rjieba.tag(text)
    for word, tag in (*_apart(tagged, lexicon), *tagged):
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


def _apart(tagged: Sequence[tuple[str, str]], lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """What the tagger cuts in two and is a known name but for one character: 陈 / 吉林出席."""
    for (before, _), (family, _), (given, tag) in zip([("", ""), *tagged], tagged, tagged[1:], strict=False):
        whole = family + given
        ends = not has_han(before[-1:]) or is_common(before)
        apart = len(family) == 1 and len(given) == 2 and tag[0] in "nvat" and family in surnames()
        if apart and ends and lexicon.near(whole):
            yield whole, "nr"


def others_asked(text: str) -> bool:
    """Whether a question asks for others beside those it names: 除了他还有谁."""
    return (_ELSE.search(text) or _WHO_ELSE.search(text)) is not None


def without_in(text: str, people: Sequence[str], corrected: Mapping[str, str]) -> tuple[str, ...]:
    """The people that a question leaves out: 没有殷勇参加, 除了陈吉宁, without Yin Yong."""
    written = {name: [name, *(w for w, meant in corrected.items() if meant == name)] for name in people}
    return tuple(
        name
        for name, forms in written.items()
        if re.search(rf"{_LEFT_OUT}\s*(?:the )?(?:{'|'.join(map(re.escape, forms))})", text, re.I)
    )


def countries_out(text: str) -> tuple[tuple[str, ...], str]:
    """The countries that a question leaves out (除了三家美国公司以外, other than the American firms), and the text
    without what says so."""
    match = _SAVE.search(text)
    said = next((group for group in match.groups() if group), "") if match else ""
    if relation_in(said, english=not has_han(said)):  # other than (him) met British firms
        return (), text
    capital = (country_of(word) for word in re.findall(r"\b[A-Z][a-z]+", said))
    found = tuple(dict.fromkeys([*countries_in(said), *filter(None, capital)]))
    return (found, text.replace(match.group(), " ")) if match and found else ((), text)


def matter_out(text: str, lexicon: Lexicon) -> tuple[str, str]:
    """The event that a question leaves out, as the corpus writes it (除了中关村论坛), and the text without it; "" where
    it leaves out none. A city left out may well stand in the sentence that names the others."""
    match = _SAVE.search(text)
    said = re.sub("^的|的$", "", (match["zh"] or match["zh2"] or "").strip()) if match else ""
    if not match or not _EVENT.search(said) or said not in lexicon.full_text:
        return "", text
    return said, text.replace(match.group(), " ")


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
    mentions = bounded(text, dates.find(text))
    years = tuple(int(year) for year in dates.YEAR.findall(COMPARED.sub(" ", text)))
    text = dates.without(text, mentions)
    return tuple(dict.fromkeys(m.span for m in mentions)), years, re.sub(rf"{dates.YEAR.pattern}年?度?", " ", text)
