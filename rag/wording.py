"""What a composed answer says around its quotes, in the reader's two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rag.types import Language


def writer_line(report: Mapping[str, Any] | None, language: Language) -> str:
    """What a reader is told of the language model: who wrote, or why the extractive answer stands, and how a follow-up
    was taken. `report` is the JSON of a WriterReport; "" where there is nothing to tell."""
    if report is None:
        return ""
    parts = [REWROTE[language].format(question=report["rewritten"])] if report["rewritten"] else []
    if report["fallback"]:
        why = FALLBACKS[language][report["fallback"]].format(model=report["model"])
        parts.append(STANDS_IN[language].format(why=why))
    elif report["shown"]:
        parts.append(WRITTEN[language].format(model=report["model"], withheld=len(report["withheld"])))
    return " ".join(parts)


AND: Final[dict[Language, str]] = {"zh": "、", "en": ", "}
SEMICOLON: Final[dict[Language, str]] = {"zh": "；", "en": "; "}
TRANSLATED: Final = "*Translated from the Chinese by a language model.*"
"""The mark under an English answer that a model wrote."""
WRITER_ON: Final[dict[Language, str]] = {"zh": "撰写：{model}", "en": "Writer: {model}"}
WRITING: Final[dict[Language, str]] = {
    "zh": "正在由{model}根据出处撰写……",
    "en": "{model} is writing from the sources…",
}
WRITTEN: Final[dict[Language, str]] = {
    "zh": "由{model}撰写，逐句核对过出处；未通过核对而略去的有{withheld}处。",
    "en": "Written by {model}, every sentence checked against its sources; {withheld} withheld.",
}
STANDS_IN: Final[dict[Language, str]] = {
    "zh": "以上是直接摘录的回答：{why}。",
    "en": "The extractive answer stands here: {why}.",
}
FALLBACKS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "unreachable": "连不上{model}",
        "refused": "{model}的服务拒绝了请求，请检查密钥、模型名和设置",
        "busy": "{model}正忙",
        "failing": "{model}的服务出了错",
        "slow": "{model}没有在限时内写出来",
        "garbage": "{model}的回复读不懂",
        "cut": "{model}的回复中途断了",
        "context": "出处太长，{model}读不下",
        "incomplete": "{model}写得不全",
        "unproven": "{model}写的没有通过核对",
    },
    "en": {
        "unreachable": "{model} can't be reached",
        "refused": "the server of {model} refused; check the key, the model's name and the settings",
        "busy": "{model} is busy",
        "failing": "the server of {model} failed",
        "slow": "{model} did not write within the time limit",
        "garbage": "what {model} replied can't be read",
        "cut": "the reply of {model} broke off",
        "context": "the sources are too long for {model}",
        "incomplete": "what {model} wrote was not complete",
        "unproven": "what {model} wrote was not proven",
    },
}
"""Why a model's answer is not shown, by the code in `writer.fallback`."""
REWROTE: Final[dict[Language, str]] = {"zh": "按此理解：{question}", "en": "Taken as: {question}"}
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
        "unknown": "{names} {isnt} mentioned in them.",
        "apart": "Nothing in them brings together {names}.",
        "year": "They cover {year}.",
    },
}
HELP: Final[dict[Language, str]] = {
    "zh": "请就年鉴的内容提问，例如人物、日期、活动、数字或表格。",
    "en": "Please ask about what the yearbook tells: its people, dates, events, figures or tables.",
}
MOST: Final[dict[Language, str]] = {
    "zh": "**{names}**最多，**{n}**次：",
    "en": "Most often **{names}**, **{n}** times:",
}
_COUNTED: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "firms": "共**{n}**家，见于{items}处记载：",
        "guests": "共**{n}**位，见于{items}处记载：",
        "countries": "共**{n}**个国家（{names}），见于{items}处记载：",
        "records": "见于**{items}**处记载：",
        "entries": "共**{n}**个条目：",
        "meetings": "共**{n}**次：",
        "items": "共**{n}**项：",
    },
    "en": {
        "firms": "**{n}** firm{s}, in {items} record{si}:",
        "guests": "**{n}** guest{s}, in {items} record{si}:",
        "countries": "**{n}** countr{ies} ({names}), in {items} record{si}:",
        "records": "In **{items}** record{si}:",
        "entries": "**{n}** entr{ies}:",
        "meetings": "**{n}** meeting{s}:",
        "items": "**{n}** item{s}:",
    },
}


def counted(language: Language, what: str, n: int, items: int, names: str = "") -> str:
    """The line that opens a list: how many of what; `names`: of countries also which."""
    plural = {"s": "" if n == 1 else "s", "si": "" if items == 1 else "s", "ies": "y" if n == 1 else "ies"}
    return _COUNTED[language][what].format(n=n, items=items, names=names, **plural)
