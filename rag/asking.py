"""What kind of answer a question wants, by its question words in both languages."""

from __future__ import annotations

import re
from typing import Literal

from rag.text import HAN

Asks = Literal["who", "when", "where", "how many", "how much", "which all", "why", "yes/no", "what"]
_ASKS_ZH: tuple[tuple[Asks, str], ...] = (
    (
        "which all",
        r"列全|全列|列齐|(?<![首成古京])都(?:给|向|跟|和|与|是|见|会见|写)[^，。？?]{0,4}谁|(?:各|分别)(?:自|个)?是?[在于]?(?:何[时月日]|哪一?[天月日]|几月|什么时候)|"
        r"第(?:几|多少)[届次期批名位轮]|哪些|哪几(?![天日年月]|个月)|有谁|列出|列举|列一下|都有|分别|所有|全部|名单|逐一|各是|一览|(?:有关|相关)的?(?:内容|条目|记载|段落)",
    ),
    (
        "how much",
        r"\b(?:investment|cost|price|budget|fee|revenue|value|prize)s?\s*(?:是|有|为|了)?\s*多少|"
        r"多少钱|多少(?:亿|万)?(?:美|日|欧)?元|金额|造价|总额|花了多少|投资呢|"
        r"(?:补贴|补助|费用?|价格?|投资|经费|资金|工资|奖金|收入|成本|预算|产值|税)[^，,。？?]{0,6}(?:多少|几何)(?![个家位名场次项人])",
    ),
    (
        "how many",
        r"多少|(?<!哪)几(?=[个家位名场次项人所条届份批种类件组章国座万行幅篇部只支张封台间栋辆艘册本处门期例起])|多[大高长宽远重深](?:年纪|岁数|规模|面积|比重|比例|份额)?(?=[？?，,。]|$)|数量|人数|次数|个数|百分之几|比例",
    ),
    ("why", r"为什么|为何|为啥|原因|何故"),
    (
        "when",
        r"什么时候|何时|何日|何月|何年|哪天|哪一天|哪几[天日年月]|哪几个月|(?<![哪前这那过后头第])几天(?![前后])|哪日|几月|几号|几日|日期|时间|哪个月|多久|哪一年|哪年",
    ),
    (
        "who",
        r"(?:[者员长官师星人]|大使|主席|总裁|教授|书记)们?(?:都|分别|各)?(?:叫什么|的名字|的姓名)|谁|哪位|何人|什么人|哪个人|哪一位",
    ),
    (
        "where",
        r"在哪(?![项场次届期份本条]|个?(?:活动|会议|论坛|仪式|大会))|"
        r"哪里|哪儿|何地|何处|什么地方|地点|哪个城市|哪座城市|哪个国家|哪国|哪个?(?:[区县村省]|乡镇|镇(?!长)|乡(?!长)|街道)",
    ),
    ("yes/no", r"吗|是否|有没有|是不是|有无|对不对|会不会"),
)
DOER = (
    r"(?:authority|office|body|agency|bureau|department|company|firm|ministry|commission|committee|institution|"
    r"organi[sz]ation|university|hospital|school|group|team|leader|official|person)"
)
"""Who does what the verb behind it says: "which authority supervises" asks for one, though the verb ends in s."""
DOES = rf"(?:[\w-]+ )?{DOER} (\w+(?:s|ed)) (?!(?:did|were|are|have|do|can|will|in|of|at|from|that|who)\b)"
"""The doer with his verb, its group: "company heads did" has none."""
_PLURAL = r"(?!(?:was|is|does|has|this|its|us|as)\b)[\w-]{2,}(?:s|people)"
_ASKS_EN: tuple[tuple[Asks, str], ...] = (
    (
        "how much",  # how much text is a number of its own measure
        r"\bhow much\b(?! of (?:it|them)\b)"
        r"(?! (?!(?:money|in|of|did|do|does|was|were|is|are|has|have|had|would|will|it|the|these|those|this"
        r"|that)\b)\w+ )|\bhow much (?:\w+ )?(?:money|cash|funding)\b|"
        r"\bwhat (?:is|are|was|were) .*\bworth\b|"
        r"\bwhat (?:amount|sum)\b|\bhow expensive\b|\bwhat did .* cost\b|\btotal value\b",
    ),
    (
        "how many",
        r"\bhow (?:many|much|old|large|big|high|tall|wide|deep|far|heavy)\b|"
        r"\b(?:what|which) (?:proportion|percentage|share|fraction|percent)\b|"
        r"(?<!phone )(?<!telephone )\bnumber of\b|\bhow often\b|\bcount\b",
    ),
    (
        "when",  # "Dates of X?" asks for them, "List the dates" for a list
        r"(?:^|[,;:?!.] ?|\b(?:and|give me|tell me|(?:what|which)(?:'s| is| was| are| were)) )(?:the )?(?:exact )?"
        r"dates? (?:of|for|when)\b|"
        r"\bwhen\b|\b(?:what|which|what's the) (?:exact )?(?:date|day|month|time|year)\b|\bhow long\b",
    ),
    (
        "which all",
        r"\blist\b|\ball (?:the|of)\b|\bevery\b|\bname the\b|"
        rf"\b(?:which|what) (?!{DOES})(?:[\w-]+ ){{0,2}}?{_PLURAL}\b"
        r"(?! (?:\w+ )?(?:was|is|has)\b)|"
        rf"\b(?:which|what) (?:[\w-]+ ){{3,5}}?{_PLURAL} (?:are|were|have|did|do|took|can|could|will)\b|"
        r"\bwho all\b|\bwho were\b|\bwhat (?:are|were)\b",
    ),
    ("why", r"\bwhy\b|\breason\b|\bwhat for\b|\bpurpose\b"),
    (
        "who",
        r"(?:^|[,;:?!.] ?|\b(?:and|but|or|tell me|know) )(?:\w+ )?who(?:m|se)?\b|"
        r"\bwhich (?:(?:city|county|district|town|municipal|provincial|local) )?(?:person|leader|official|"
        r"(?:vice[ -]|deputy )?(?:minister|ambassador|mayor|secretary|chairman|president|director))\b|"
        r"\bname of (?:the |its )?(?:\w+ ){0,3}?(?:mayor|president|chairman|chief|executive|head|minister|speaker)\b",
    ),
    (
        "where",
        r"\bwhere\b|\b(?:which|what) (?:city|country|place|venue|location|park|district|county|town|township|village|"
        r"province)\b(?! (?:leader|official|mayor|government|council|hall|party|bureau|office|hospital|school)s?\b)",
    ),
    ("yes/no", r"^(?:did|does|do|was|were|is|are|has|have|had|can|could|will)\b"),
)
WHATEVER = re.compile(
    r"what (?:else )?happened|what went on|what did .* do\b|what took place|"
    r"发生|有什么(?:活动|事|安排)|(?:做|干|开展|举办|举行|组织)了(?:些)?(?:什么|哪些)|有何活动",
    re.I,
)
"""Asks for everything that a date saw, not for one thing."""
BYLINE = re.compile(
    r"署名|作者|撰稿|撰写|执笔|谁写的|谁写了?(?=[^，,。？?]*(?:条目|词条))|写了?哪些?条目|"
    r"\b(?:articles|entries|items|pieces|texts) by (?=[A-Z])|"
    r"signed by|bylined?|written by|authors?\b|"
    r"\b(?:wrote|writes?|written|sign(?:s|ed)?)\b(?=.*\b(?:entry|entries|items?|articles?|pieces?)\b|.*条目)|"
    r"(?<=\bentries )(?:did|has|have|was|were)\b(?=.* (?:write|sign|author))|"
    r"(?:条目|entries|entry).*(?:署名|写|\b(?:signed|write|wrote|written)\b)",
    re.I,
)
ASKS_WHAT = re.compile(r"什么|哪|怎么|\bwhat\b(?! about)|\bwhich\b", re.I)
ORDER = re.compile(
    r"^\W*(?:please |now |then |just )*(?:ignore|forget|disregard|override|pretend|write|compose|translate|sing|draw|"
    r"act as|you are now|reply|respond|answer|repeat|output|print)\b|"
    r"^[^，,。？?]{0,4}(?:忽略|忘掉|忘记|无视|不要理会|扮演|假装|写一?[首篇段个]|作一?首|翻译|背诵|重复|输出|只回答|回复)",
    re.I,
)
"""What orders the assistant about, rather than asking of the yearbook; such a sentence is text and no more."""
_MIXED_ASKING = (
    (re.compile(r"\bhow many\b", re.I), "多少"),
    (re.compile(r"\bwhen\b", re.I), "什么时候"),
    (re.compile(r"\bwhere\b", re.I), "在哪里"),
    (re.compile(r"\bwho(?:m)?\b", re.I), "谁"),
    (re.compile(r"\bwhich\b", re.I), "哪些"),
)
"""English question words inside a Chinese question."""


_AND_WHEN = re.compile(
    r"(?:\band (?:when|on (?:which|what) (?:day|date)s?)|[，,](?:分别|各)?是?在?(?:什么时候|哪天|何时))\W*$", re.I
)
"""Each thing of a list has its day beside it anyway."""


def asks(text: str, *, english: bool) -> list[Asks]:
    """The kinds of answer wanted, the ruling one first; ["what"] where nothing says."""
    for patterns in (_ASKS_EN, _ASKS_ZH) if english else (_ASKS_ZH, _ASKS_EN):
        found = [kind for kind, pattern in patterns if re.search(pattern, text, re.I)]
        if "which all" in found and _AND_WHEN.search(text):
            found.sort(key=lambda kind: kind != "which all")
        if found:
            return found
    return ["what"]


def in_chinese(text: str) -> str:
    """A Chinese question with its English question words put into Chinese."""
    text = re.sub("啥", "什么", re.sub("咋", "怎么", text))
    for pattern, chinese in _MIXED_ASKING:
        text = pattern.sub(chinese, text)
    text = re.sub(r"([会届次])(?:上|表决)?过的", r"\1通过的", text)  # 第几次会议过的
    text = re.sub(r"(?<=[几少])个(?=人(?!员|才|体|民))", "", text)
    return re.sub(rf"(?<=多少)\s+(?=[{HAN}])", "", text)


def in_english(text: str) -> str:
    """An English question with "receive", said of people, put as "meet": "Whom did X receive?"."""
    text = re.sub(
        r"\b(?:c[oa]mes?|goes|go|went|enter(?:s|ed)?) into (?:force|effect)\b|\bt(?:ook|akes?) effect\b",
        "implemented",
        text,
    )
    text = re.sub(r"\s+(?:in total|altogether)\b", "", text, flags=re.I)
    text = re.sub(r"(?<=[A-Za-z]{4})-\d{1,2}\b", "", text)  # the 19 of COVID-19 counts nothing
    text = re.sub(r"\b(whom? did [\w ]+?) receive\b", r"\1 meet", text, flags=re.I)
    return re.sub(
        r"\breceived (?=(?:the |an? )?(?:\w+ )?"
        r"(?:executives?|ambassadors?|envoys?|guests?|delegat\w+|leaders?|visitors?)\b)",
        "met ",
        text,
        flags=re.I,
    )
