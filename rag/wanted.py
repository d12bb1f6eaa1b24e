"""The detail that a question asks for by name (which hotel, 票价是多少), and whether a text speaks of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import rjieba

from rag.asking import DOES
from rag.attributes import tells_attribute
from rag.names import Names
from rag.parties import firms
from rag.people import holders, tagged_names
from rag.places import countries_in
from rag.question import Question
from rag.relations import ACTS, OBJECTS, RELATIONS, is_firm
from rag.sides import names_told
from rag.terms import SURELY, Term
from rag.text import HAN, has_han, matchable
from rag.types import Evidence

_END_EN = (
    r"(?=\s+(?:was|were|is|are|did|does|do|has|have|had|will|can|could|would|of|in|on|at|for|from|by|to|with|that|who|which|"
    r"behind|between|came|went|took|gave|made|got|won|spoke|wrote|sent|held|led|met|ran|\w+ed)\b|\?|,|$)"
)
_NOUN_EN = re.compile(
    r"\b(?:(?:which|what)(?! (?:is|was|are|were|did|does|do|has|have|had)\b)|"
    r"(?:what(?:'s| is| was| are| were)|who (?:is|was|are|were)) (?:the|its|his|her|their))\s+"
    rf"(?:exact\s+|(?:kind|sort|type) of\s+)?((?:[\w'&-]+\s+){{0,3}}?[\w'-]+?){_END_EN}",
    re.I,
)
_NOUN_ZH = re.compile(
    rf"([{HAN}]{{2,6}}|[A-Za-z]+(?: [A-Za-z]+)?)\s*(?:是什么|是多少|是谁|是哪位)|"
    rf"(?:哪[个所部首本种座家间支款幅处条]|什么(?![{HAN}]{{1,4}}什么))([{HAN}]{{2,5}})"
)
_ANY = frozenset(
    """
    name title outcome result purpose aim goal reason role point occasion content detail country place venue location
    district park town region area province building hall man woman company group body agency office department unit
    bureau commission authority committee ministry
    aid donation gift relief
    date day month year time way mean kind type sort thing step measure action form figure total number amount size
    scale scope share percentage main two three other exactly session part edition serie aspect field sector side level
    rate degree extent range position post job document file capacity length height width depth distance
    文件 职务 职位 头衔 题目 名字 名称 情况 结果 意思 目的 内容 方式 身份 时间 地点 项目 措施 要求 地方 事情 作用 意义
    东西 事项 方面 关系 角色 场合 主题 区 地区 总数 数量 人数 部门 单位 机构
    """.split()
)
"""Nouns, without their plural s, that ask for a kind of thing which texts seldom call by that noun; the kinds of
`OBJECTS` are others."""
_KIND = re.compile("|".join(rf"{zh}|\b(?:{en})\b" for zh, en in OBJECTS.values()), re.I)
_MEASURES = "所家个名位座间支部条项场次"
_A_NUMBER = re.compile(rf"\d[余多百千万]*[{_MEASURES}][{HAN}]{{2}}")
"""How many of a thing there are, which names none of them: 142所学校."""
TOLD = 0.6
"""How surely a word has to mean the noun for its last character to be looked for as a name's."""
_AGENT = re.compile(
    r"(?:[^t]er|or|ist|ian|man|woman|ess|ant|chief|head|boss|president|长|员|者|家|师|手|星|主|"
    r"评委|导演|编剧|翻译|指挥|裁判|领队|教练|代表|嘉宾)s?$"
)
"""Nouns for people, by their endings: whoever is one is named, but seldom called by just that word."""
_WHO = re.compile(r"是谁|是哪位|是何人|\bwho(?:'s| is| was| were| are)\b", re.I)
_WORK = re.compile(
    r"哪[部首本篇幅支](?!门)|作品(?:的|是|叫)?(?:名字|名称|题目|叫什么|什么名)|"
    r"\b(?:which|what) (?:\w+ )?(?:film|movie|song|book|play|painting|work)\b",
    re.I,
)
_TITLED = re.compile(
    r"(?:什么|哪[个件项份本家])(?:刊物|报纸|杂志|报刊|作品|口号|品牌|课题|节目|剧目|栏目|名称)|"
    r"\b(?:motto|slogan|brand|exhibit|invention|periodical|magazine|newspaper|journal)\b",
    re.I,
)
"""Things that a text gives in quotation marks, whatever it calls them."""
_IN_MARKS = re.compile("[《“][^》”]+(?<![奖赛])[》”]")
_FIRM = re.compile(
    r"哪[家个些]\w{0,4}?(?:公司|企业|银行|集团|厂商)|"
    r"\b(?:which|what) (?:\w+ )?(?:company|firm|bank|supplier|contractor)\b",
    re.I,
)
_COUNTRIES = re.compile(
    r"哪些国家(?!级)|哪(?:[几两二三四五六七八九十]|\d+)个?国家?(?!级|[际内])|\b(?:which|what)(?: \w+)? countries\b",
    re.I,
)
_VERB = re.compile(rf"([{HAN}]{{2}})(?:了|过)?(?:些|到)?(?:什么|哪些|啥)(?!时候|地方|人)")
_VERB_EN = re.compile(rf"\bwhich {DOES}", re.I)
_NAME_ASKED = re.compile(r"叫什么|叫啥|名字|姓名|什么名|\bnames? of\b|\bnamed?\?|\bcalled\b", re.I)
_ALL_NAMES_ASKED = re.compile(
    r"(?:都|各|分别)(?:是?叫什么|叫啥|是谁)|(?:\d\d|[2-9])[位名](?!副)[^，。？]*(?:名字|姓名|是谁)|"
    r"\bnames of (?:all |the |those |each ){0,2}(?:of the )?(?:\w+ ){0,2}?\w+[^s\W]s\b",
    re.I,
)
"""Asks who several people are: the one who hands them their prizes is not they."""
_TALK_ASKED = re.compile(
    r"(?:讲话|致辞|发言|谈话|演讲)的?(?:主要|大致|具体)?内容|"
    r"\b(?:contents?|gist|substance|main points?) of (?:\w+(?:['’]s)? ){1,4}?(?:speech|address|remarks|talks?)\b|"
    r"(?:谈|聊|商量|交流|讨论|商定|达成)了?(?:些|到)?(?:什么|哪些|哪几点|啥|何)|说了(?:些)?(?:什么|哪些|啥)|"
    r"\bwhat (?:exactly )?(?:did|do|does|was|were)\b.*\b(?:agree|discuss|talk|say|said|negotiat)\w*",
    re.I,
)
_NO_TALK = re.compile(
    r"\b(?:yearbook|chapter|sources?|texts?|book|entr(?:y|ies)|tables?) (?:says?|discuss(?:es)?)\b|"
    r"(?:年鉴|资料|条目|书里|文中)(?:里|中|上)?(?:说|谈|讨论)|\b(?:trade|business|economic|investment) talks\b",
    re.I,
)
"""What the book itself says is no talk, and trade talks are an event."""
_TALK_TOLD = re.compile(
    "谈|讨论|商|探讨|达成|洽|磋|就[^，。]{2,}|围绕|表示|指出|强调|提出|介绍|交流|为题|主题|表达|呼吁"
)
"""What was said at a meeting, against that it took place."""
BUILDER = re.compile(
    r"\b(?:contractor|builder|developer|operator|supplier|sponsor|organi[sz]er)s?\b|承建方|承包商|开发商|运营商", re.I
)
"""Who is a body as often as a person."""
_MOST_ASKED = re.compile(
    r"最(?:大|高|长|好|佳|贵|重|快|强|优秀)(?!限度|不[能得超可]|可|能)|\b(?:largest|biggest|highest|longest|tallest|heaviest|fastest|best)\b",
    re.I,
)
_MOST_TOLD = re.compile(
    "最|[十百]佳|首位|第一|第1|冠军|居首|榜首|头名|首个|首次|首家|首条|首座|特等|金奖|之首|创.{0,4}新高|[长高大]龄"
)
"""What is the largest of its kind a text has to say: it may name but some of them."""
_NAMED_KINDS = frozenset(("person", "envoy", "leader", "firm", "organisation"))
_OFFICE = re.compile(r"mayor|minister|president|governor|speaker|市长|部长|总统|总理|议长|主席", re.I)
_BODY = re.compile(f"[{HAN}]{{2}}(?:协会|学会|公司|集团|银行|中心|学院|大学|基金会|委员会|联盟)")


def noun_asked(question: Question) -> list[Term]:
    """The terms of the noun that the question word asks for: hotel in "which hotel", 票价 in 票价是多少."""
    phrase = _phrase(question)
    words = re.findall(rf"[a-z'-]+|[{HAN}]+", phrase)
    if not words:
        return []
    return [term for term in question.terms if term.surface and _within(term.surface, phrase, words[-1])]


def asks_agent(question: Question) -> bool:
    """Whether the noun that the question word asks for is one for people alone: 负责人 in 项目负责人是谁."""
    nouns = [] if BUILDER.search(question.text) else noun_asked(question)
    return bool(nouns) and not nouns[-1].named and _AGENT.search(nouns[-1].surface) is not None


def _phrase(question: Question) -> str:
    match = (_NOUN_EN if question.language == "en" else _NOUN_ZH).search(re.split("[？?]", question.text)[0])
    phrase = next((group for group in match.groups() if group), "").lower() if match else ""
    phrase = re.sub(r"(?:\s+\w+ly)+$", "", phrase)  # bodies jointly organised
    phrase = re.split(f"{ACTS}|[办开设建在]", phrase.removesuffix("的").split("的")[-1])[0]
    if len(phrase) < 2:
        return ""
    noun = not has_han(phrase) or rjieba.tag(phrase)[0][1].startswith(("n", "j", "l", "v"))
    return phrase if noun else ""


def _qualifying(question: Question) -> list[Term]:
    """The terms before the asked noun itself, in English: e-mail in "the email address"."""
    words = _phrase(question).split()[:-1]
    return [term for term in question.terms if question.language == "en" and term.surface in words]


def _within(surface: str, phrase: str, head: str) -> bool:
    if re.search(f"[{HAN}]", surface):
        return surface in phrase
    return surface.split()[-1] == head or surface == phrase


def speaks_of(question: Question, items: Sequence[Evidence], texts: Sequence[str], known: Iterable[str]) -> bool:
    """Whether what was found speaks of the detail asked for. `texts`: the items' whole units, in matchable form;
    `known`: the corpus' people."""
    quotes = [piece.quote for piece in items]
    if not names_told(question, items, known) or not tells_attribute(question, items, texts):
        return False
    if _WORK.search(question.text) and not any(_IN_MARKS.search(quote) for quote in quotes):
        return False
    one_row = bool(question.people and question.spans)  # whose row it is needs no more words
    if _FIRM.search(question.text) and not one_row and not any(is_firm(quote) or firms(quote) for quote in quotes):
        return False
    if _COUNTRIES.search(question.text) and not any(_other_countries(question, quote) for quote in quotes):
        return False
    named = any(_names(question, piece, known) for piece in items)
    if _ALL_NAMES_ASKED.search(question.text) and named and not any(piece.unit.kind == "row" for piece in items):
        told = {name for q in quotes for name in (*Names.of(known).within(q), *holders(q), *tagged_names(q))}
        return sum(not any(one != name and one in name for one in told) for name in told) > 1  # 陈吉宁以 is 陈吉宁
    if _NAME_ASKED.search(question.text) and (_NAMED_KINDS & set(question.objects) or _OFFICE.search(question.text)):
        return named
    if _MOST_ASKED.search(question.text) and not any(_MOST_TOLD.search(text) for text in texts):
        return False
    if talks(question) and not any(_TALK_TOLD.search(quote) for quote in quotes):
        return False
    asked = noun_asked(question)
    if any(not term.forms and not term.named for term in _qualifying(question)):
        return False  # an e-mail address is not just any address
    if question.asks == "how much" and question.language == "zh" and asked and not any(map(_is_kind, asked)):
        return any(_told(term, text) for term in asked for text in texts)  # 总投资 is no 票价
    if question.asks in ("how many", "how much", "when"):
        return True  # the value itself is looked for
    if not asked or any(map(_is_kind, asked)) or any(_told(term, text) for term in asked for text in texts):
        return True
    if _TITLED.search(question.text) and any(_IN_MARKS.search(quote) for quote in quotes):
        return True
    if any(_by_its_head(term, quote) for term in asked for quote in quotes):
        return True
    return named and (_WHO.search(question.text) or _AGENT.search(asked[-1].surface)) is not None


def _other_countries(question: Question, quote: str) -> bool:
    """Whether a quote names a country that the question doesn't: 俄罗斯等9国 names none beside Russia."""
    given = {form for term in question.terms for form in term.forms} | {matchable(question.text)}
    return any(not any(country in form for form in given) for country in countries_in(quote))


def asked_verb(question: Question) -> str:
    """The verb whose object a Chinese question asks for, 审议 in 审议了什么, or whose doer an English one does,
    supervises in "which authority supervises"; "" where there is none."""
    match = (_VERB_EN if question.language == "en" else _VERB).search(question.text)
    return match[1].lower() if match else ""


def says_verb(question: Question, text: str) -> bool:
    """Whether a text has that verb."""
    verb = asked_verb(question)
    return verb in text or any(term.surface == verb and term.stands_in(text) for term in question.terms)


def talks(question: Question) -> bool:
    """Whether a question asks what was said at a meeting, not whether it took place."""
    return _TALK_ASKED.search(_NO_TALK.sub(" ", question.text)) is not None


_MARKS = (
    (re.compile(r"什么文件|哪[份个些]文件|\bdocuments?\b", re.I), re.compile("《|共识|宣言|决议|协议|倡议|备忘录")),
    (
        re.compile(r"主题|口号|\bthemes?\b|\btopics?\b|\bmottos?\b|\bslogans?\b", re.I),
        re.compile("主题|为题|围绕|口号"),
    ),
)
"""What is asked for → how a text shows that it names one."""


def shows_mark(question: Question, text: str) -> bool:
    """Whether a text names a thing of the kind that a question asks for, by the marks that such a name bears."""
    return any(asked.search(question.text) and mark.search(text) for asked, mark in _MARKS)


def _told(term: Term, text: str) -> bool:
    """Whether a text has the noun, and not merely a number of them: 142所学校 names no school."""
    sure = [form for form, s in zip(term.forms, term.strengths or (1.0,) * len(term.forms), strict=True) if s >= SURELY]
    return any(re.search(rf"(?<!\d[{_MEASURES}]){re.escape(form)}", text) for form in sure)


def _by_its_head(term: Term, quote: str) -> bool:
    """Whether a quote has a name that ends as the noun does: 观音岩站 is a 车站."""
    sure = (form for form, s in zip(term.forms, term.strengths or (1.0,) * len(term.forms), strict=True) if s >= TOLD)
    heads = "".join({form[-1] for form in sure if len(form) > 1 and has_han(form[-1])})
    quote = _A_NUMBER.sub("", quote)
    return bool(heads) and re.search(rf"[{HAN}\d]{{2}}[{heads}](?![{HAN}]{{0,1}}[{heads}])", quote) is not None


def _is_kind(term: Term) -> bool:
    """Whether a noun is only the kind of what is asked: country, 单位."""
    return term.surface.removesuffix("s") in _ANY or _KIND.search(term.surface) is not None


def _side(question: Question, quote: str) -> str:
    """What a quote says of those who were met, where a question asks what a firm's or an embassy's people are called:
    who met them is none of these."""
    guests = {"firm", "envoy"} & set(question.objects) and not _OFFICE.search(question.text)
    met = re.search(RELATIONS["met"][0], quote) if guests and _NAME_ASKED.search(question.text) else None
    return _IN_MARKS.sub(" ", quote[met.end() :]) if met else quote


def _names(question: Question, piece: Evidence, known: Iterable[str]) -> bool:
    """Whether a quote gives a name that the question doesn't: a person's, a body's, or one in quotation marks."""
    quote, asked = _side(question, piece.quote), matchable(question.text)
    # A table of meetings names whoever was met.
    if piece.unit.kind == "row" and question.relation in ("met", "wrote"):
        return True
    if any(name not in question.people and name not in asked for name in Names.of(known).within(quote)):
        return True
    if any(name not in asked and name not in question.people for name in holders(quote)):
        return True
    body = {"organisation", "firm"} & set(question.objects) or BUILDER.search(question.text)
    if body and _BODY.search(quote):
        return True
    return any(matchable(match.group()[1:-1]) not in asked for match in _IN_MARKS.finditer(quote))
