"""What people do in yearbooks, and the kinds of things they do it to: the words for each in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

RELATIONS: dict[str, tuple[str, str]] = {
    "met": (
        r"会见|会面|会谈|接见|来见|拜会|见的?面|见的(?=那|是|哪|谁|[^，。]{0,3}位)|见了|见过|见到|见面|会晤",
        r"me(?:e)?t(?:s|ing|ings)?\b(?! (?:of|held))|saw|see (?=[A-Z])|"
        r"(?:hold|held|had|have) (?:\w+ )?(?:meetings?|talks)|talk(?:s|ed)? (?:by video |online )?(?:to|with)|"
        r"sp(?:oke|eak|oken) (?:to|with)|held talks|received by",
    ),
    "wrote": (
        r"致信|写过?了?信|收到[^,，。？?]{0,12}信(?!息)|祝贺|题词|题写|慰问|去信|贺信|贺词|书信|来信|信函|(?<=封)信(?!息)|发信|发过?了?[^,，。]{1,14}信(?!息)",
        # Those of several words are set apart by `spaced`, lest "sent" be looked for.
        r"wr(?:ote|ite|itten)|letters?|correspond\w*|congratulat\w*|sent letters|send letters|sent a letter|"
        r"received letters|receive letters|received a letter|receive a letter",
    ),
    "attended": (
        r"出席|(?:参加|参与)(?!会见|会谈)|到场",
        r"attend\w*|present(?=[?,.;]|$| at\b| when)|joined|took part|take part|participat\w*|present at",
    ),
    "spoke": (
        r"致辞|讲话|发言|演讲|致贺词|贺词",
        r"addressed|address (?:the|an?)|(?:gave|delivered?|video|opening|keynote) (?:\w+ )?address|"
        r"sp(?:oke|eech|eeches)|deliver\w* remarks",
    ),
    "donated": (
        r"捐(?:[赠助献]|[过了](?!款))|筹集捐|赠送|(?<![推发运配输护])送[了过]|援助",
        r"donat\w*|gave away|gift|"
        r"(?:sen[dt]|g[ai]ven?|received?)\b(?=[^?]*\b(?:supplies|masks?|aid|kits?|medicines?|goods)\b)",
    ),
    "signed": (
        r"签署|签约|签订|签了",
        r"sign(?:ed|ing)\b(?! by)|sign (?:an?|the|with|up|how|agree|deal|contract)|contracts?|agreements?",
    ),
    "organised": (
        r"主办|举办|承办|做东|东道主|(?<!国际)(?<!民间)(?<!社会)(?<!群众)组织(?!部|落户|机构|长)|牵头",
        r"organi[sz](?!ation)\w*|host(?:ed|s)?|held by|hold|ran|run by|sponsor\w*",
    ),
    "chaired": (
        r"主持(?!人)",
        r"chair(?:ed|ing)|presid(?:ed?|ing)(?! (?:judge|officer))|"
        r"(?<!the )(?<!\ba )(?<!\bas )(?<!vice )chair(?! (?:of|was|is)\b)",
    ),
    "trained": (r"培训", r"train(?:ed|ings?|ees?)|(?<=to )train"),
    "issued": (r"印发|发布|出台|制定|颁布|审发|签发|受理", r"issu\w*|publish\w*|releas\w*|adopt\w*|formulat\w*"),
}
"""Relation → (Chinese pattern, English pattern). The Chinese one is also what has to stand in the evidence."""

ACTS = "|".join(chinese for chinese, _ in RELATIONS.values())
"""The Chinese pattern of whatever people do."""
TOLD = ("met", "wrote", "attended")
"""The relations that tables of activities tell of."""
GENERIC = re.compile(
    r"^(?:主要|重点|外宾|外国|境外|国外|海外|国际|中外|外资|举行|工作|情况|事项|appearances?|recorded|counterparts?|individuals?|foreign|international|overseas|major|main|held|place|"
    r"city|beijing|capital|municipal|chinese|china)$"
)
"""Adjectives and the like that every yearbook of foreign affairs is full of: they single nothing out."""
_FIRM_WORD = r"集团|公司|银行|企业|株式会社|Inc|Corp|Ltd"
_FIRM_HEAD = r"总裁|首席执行官|CEO|董事长|董事总经理|总经理|行长|社长|执行主席|管理委员会主席|高管|负责人"
_NO_FIRM = r"组织|协会|大使|公使|使馆|部长|议会|理事会|基金会|市长|书记|议长|联盟|委员会主任|国际金融中心"

_NOT_MEANT = re.compile(
    r"《[^》]*》|“[^”]*”|[（(][^（(）)]*(?:不算|除外|不包括|不含)[）)]|"
    r"(?:^|(?<=[，。；？,;?]))[^，。；？,;?]{1,6}(?:不算|除外|不计|不要)(?:在内)?|"
    r"\b(?:not counting|excluding|leaving (?:out|aside)) (?:\w+ ){0,2}\w+|"
    r"\b(?:apart from|besides|other than|except(?: for)?) [^,?]{1,40},",
    re.I,
)
"""Titles, quotations, and what is not to count: 会见不算."""
NEGATED = re.compile(
    r"(?<!有)(?<!不会)(?<!不是)(?<!难道)(?:没有?|未曾?|从未)(?:会见|见过|出席|参加|致信|举办|签署|捐赠)|"
    r"\b(?:(?:did|has|have|was|were) not|(?:did|has|have|was|were)n['’]t|never|\bnot) "
    r"(?:meet|met|attend|write|written|wrote|sign|host|donate|held)",
    re.I,
)
"""What did not happen: 没有会见."""
NOT_OF = re.compile(
    r"(?<![是并若除])非(?!洲|遗|物质|公|常|政府|营利|盈利|凡|典|典型)"
    r"(?=[^，。？]{1,6}(?:企业|公司|国家|人员|人士|籍))|\bnon-[A-Z]"
)
"""非美国企业, non-American: what something is not singles nothing out that a text tells."""
OBJECTS: dict[str, tuple[str, str]] = {
    "firm": (
        r"企业|公司|外企|厂商|商家|集团|财团|高管|实业家",
        r"firms?|compan(?:y|ies)|business(?:es)?(?! (?:and \w+ )?"
        r"(?:people|leaders?|figures?|persons?|men|women|circles))|"
        r"enterprises?|corporations?|multinationals?|banks?|executives?|entrepreneurs?|ceos?|business leaders?|"
        r"businessm[ae]n",
    ),
    "envoy": (r"大使|使节|外交官|公使|使馆", r"ambassadors?|envoys?|diplomats?|embass(?:y|ies)"),
    "country": (r"国家|国别", r"countr(?:y|ies)|nations?"),
    "city": (r"城市|友城|首都", r"cit(?:y|ies)|capitals?"),
    "organisation": (
        r"国际组织|机构|组织|协会|社团|团体|单位|部门",
        r"organi[sz]ations?|institutions?|bod(?:y|ies)|associations?",
    ),
    "event": (
        r"活动|会议|论坛|仪式|大会",
        r"events?|activit(?:y|ies)|forums?|conferences?|ceremon(?:y|ies)|occasions?",
    ),
    "leader": (
        r"市领导|北京领导|北京市领导|(?<![外国])领导(?!人|小组)",
        r"(?:city|beijing|municipal|beijing'?s)(?:'s)? (?:\w+ )?(?:leaders?|officials?)",
    ),
    "person": (
        r"人士|人物|主持人|主讲人|得主|获奖者|作者|领导人|领导|嘉宾|外宾|负责人|高管|代表|人员",
        r"people|persons?|leaders?|figures?|guests?|heads?|bosses|executives?|officials?",
    ),
}
"""Kind of thing a question asks for → (Chinese pattern, English pattern)."""


EVENT_END = f"(?:{OBJECTS['event'][0]}|会|节|周|展|赛)"
"""How the name of an event ends."""
PLACES_ASKED = re.compile(
    r"哪些\s?(?:[\w-]+ ){0,2}?\w{0,4}(?:国家|城市|首都|countries|cities|capitals)(?!级)|"
    r"\b(?:which|what) (?:[\w-]+ ){0,4}?(?:countries|(?<!United )nations|cities|capitals)\b",
    re.I,
)
"""How a question asks for places of other countries."""


def relation_in(text: str, *, english: bool) -> str | None:
    """The relation whose word stands first in the text, outside quoted titles and what is not to count; whoever
    attends a meeting with somebody (参加会见) meets him."""
    told = _NOT_MEANT.sub(" ", text)
    first = _first(told, RELATIONS, english)
    met = r"\b(?:meetings?|talks) (?:\w+ ){0,2}?with\b" if english else RELATIONS["met"][0]
    with_somebody = first == "attended" and re.search(met, told, re.I)
    return "met" if with_somebody else first


def done_by(columns: Mapping[str, str], people: Iterable[str]) -> str:
    """What the people in a row's cells do by their columns' names: 主持 of 主持人; "" where those say nothing."""
    names = list(people)
    doers = (column[:-1] for column, cell in columns.items() if column.endswith("人") and any(n in cell for n in names))
    return next((verb for verb in doers if relation_in(verb, english=False)), "")


def objects_in(text: str, *, english: bool) -> list[str]:
    """Every kind of thing the text speaks of, in order of RELATIONS' neighbour table."""
    side = 1 if english else 0
    return [name for name, patterns in OBJECTS.items() if re.search(_whole(patterns[side], english), text, re.I)]


def _whole(pattern: str, english: bool) -> str:
    return rf"\b(?:{pattern})\b" if english else pattern


def _first(text: str, table: dict[str, tuple[str, str]], english: bool) -> str | None:
    places = []
    for name, patterns in table.items():
        found = re.search(_whole(patterns[1], True) if english else patterns[0], text, re.I)
        if found:
            places.append((found.start(), name))
    return min(places)[1] if places else None


def spaced(text: str) -> str:
    """The text with Chinese relation words set apart, so that no segmenter runs them into their neighbours, and
    without English ones of several words, which the relation says already."""
    text = text.replace("见的面", "见面")
    for chinese, english in RELATIONS.values():
        text = re.sub(f"({chinese})", r" \1 ", text)
        several = "|".join(part for part in english.split("|") if " " in part and not set("()?") & set(part))
        text = re.sub(rf"\b(?:{several})\b", " ", text, flags=re.I) if several else text
    return re.sub(r"\b(?:took|take|takes|taking) place\b", " ", text, flags=re.I)


def has_relation(relation: str, text: str) -> bool:
    """Whether a Chinese text speaks of this relation."""
    return re.search(RELATIONS[relation][0], text) is not None


def is_firm(text: str) -> bool:
    """Whether the party a row or clause tells of is a firm: by its own name, or by the office of who stands for it."""
    if re.search(_NO_FIRM, text) and not re.search(r"集团|公司|银行|株式会社", text):
        return False
    return re.search(f"{_FIRM_WORD}|{_FIRM_HEAD}", text) is not None


def is_international(text: str) -> bool:
    """Whether the party a row or clause tells of is an organisation of many countries, neither a firm nor an envoy."""
    body = re.search(r"组织|联盟|联合会|联合国|总署|理事会|委员会|协会|学会|署", text)
    return body is not None and not is_firm(text) and not is_envoy(text)


def is_envoy(text: str) -> bool:
    """Whether a text tells of an ambassador or an embassy's people."""
    return re.search(OBJECTS["envoy"][0], text) is not None
