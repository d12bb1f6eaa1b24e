"""What a composed answer says around its quotes, in the reader's two languages."""

from __future__ import annotations

from typing import Final

from rag.types import Language

AND: Final[dict[Language, str]] = {"zh": "、", "en": ", "}
SEMICOLON: Final[dict[Language, str]] = {"zh": "；", "en": "; "}
SPACE: Final[dict[Language, str]] = {"zh": "", "en": " "}
YES: Final[dict[Language, str]] = {"zh": "是，资料有记载。", "en": "Yes, the sources say so."}
NEAREST: Final[dict[Language, str]] = {"zh": "最接近的记载：", "en": "Nearest to it: "}
TAKEN: Final[dict[Language, str]] = {"zh": "（“{written}”按“{name}”理解）", "en": "(taking {written} for {name})"}
ABSENT: Final[dict[Language, str]] = {
    "zh": "（资料里没有“{names}”这个写法，以下是最相符的记载。）",
    "en": "(“{names}” doesn't stand in the sources in this form; this is what fits best.)",
}
FEWER: Final[dict[Language, str]] = {
    "zh": "（原文称{said}家，列名的不足此数）",
    "en": " (the text says {said} but names fewer)",
}
OTHER_DAY: Final[dict[Language, str]] = {"zh": "另一处所记日期不同：", "en": "Another source gives another date: "}
DATED: Final[dict[Language, str]] = {"zh": "（【{title}】作{date}）", "en": " (【{title}】 says {date})"}
REASONS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "unknown": "资料里没有提到{names}。",
        "apart": "没有一处记载同时提到{names}。",
        "year": "资料写的是{year}年。",
    },
    "en": {
        "unknown": "{names} isn't mentioned in them.",
        "apart": "Nothing in them brings together {names}.",
        "year": "They cover {year}.",
    },
}
HELP: Final[dict[Language, str]] = {
    "zh": "请就年鉴的内容提问，例如人物、日期、活动、数字或表格。",
    "en": "Please ask about what the yearbook tells: its people, dates, events, figures or tables.",
}
_COUNTED: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "firms": "共**{n}**家，见于{items}处记载：",
        "entries": "共**{n}**个条目：",
        "meetings": "共**{n}**次：",
        "items": "共**{n}**项：",
    },
    "en": {
        "firms": "**{n}** firm{s}, in {items} record{si}:",
        "entries": "**{n}** entr{ies}:",
        "meetings": "**{n}** meeting{s}:",
        "items": "**{n}** item{s}:",
    },
}


def counted(language: Language, what: str, n: int, items: int) -> str:
    """The line that opens a list: how many of what."""
    plural = {"s": "" if n == 1 else "s", "si": "" if items == 1 else "s", "ies": "y" if n == 1 else "ies"}
    return _COUNTED[language][what].format(n=n, items=items, **plural)
