"""What the chat page says, in the reader's two languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from rag.types import Kind, Language

WORDS: Final[dict[Language, dict[str, str]]] = {
    "zh": {
        "heading": "# 年鉴问答\n用中文或英文提问。每句话都注明出处，年鉴没写的就说没写。",
        "conversation": "对话",
        "question": "问题",
        "placeholder": "请输入问题，按回车发送",
        "send": "发送",
        "stop": "停止",
        "sources": "## 出处",
        "sources_empty": "回答所依据的条目和表格会列在这里，并标出引用的原句。",
        "sources_none": "这个问题没有可以引用的出处。",
        "earlier": "上文：{question}",
        "more": "全文",
        "less": "收起",
        "by": "撰稿：{names}",
        "line": "第{first}行",
        "lines": "第{first}–{last}行",
        "page": "第{first}页",
        "pages": "第{first}–{last}页",
        "and": "、",
        "repaired": "由分开的几处拼合",
        "starting": "正在启动，马上就好……",
        "working": "正在准备年鉴：{done} / {total}……",
        "failed": "没能准备好年鉴，服务器的终端里写明了原因。",
        "empty": "请先写下问题。",
        "bad_question": "这个问题没法回答：它可能太长，或者没有文字。请换一个短一些的问法。",
        "error": "出了点问题，没能得到答案。请再试一次；原因已记在服务器的终端里。",
    },
    "en": {
        "heading": "# Yearbook Q&A\nAsk in Chinese or English. Every claim is cited; nothing is made up.",
        "conversation": "Conversation",
        "question": "Question",
        "placeholder": "Type a question and press Enter",
        "send": "Send",
        "stop": "Stop",
        "sources": "## Sources",
        "sources_empty": "The entries and tables an answer rests on appear here, with the quoted sentences marked.",
        "sources_none": "There is no source to cite for this question.",
        "earlier": "Earlier: {question}",
        "more": "Full text",
        "less": "Fold",
        "by": "by {names}",
        "line": "line {first}",
        "lines": "lines {first}–{last}",
        "page": "page {first}",
        "pages": "pages {first}–{last}",
        "and": ", ",
        "repaired": "put together from separate places",
        "starting": "Starting, one moment…",
        "working": "Preparing the yearbook: {done} of {total}…",
        "failed": "The yearbook could not be prepared; the server's terminal says why.",
        "empty": "Please write a question first.",
        "bad_question": "This can't be answered: it may be too long or hold no words. Please ask in a shorter way.",
        "error": "Something went wrong and there is no answer. Please try again; the server's terminal says why.",
    },
}

KINDS: Final[dict[Language, dict[Kind, str]]] = {
    "zh": {"entry": "条目", "overview": "综述", "row": "表格", "fragment": "残篇"},
    "en": {"entry": "entry", "overview": "overview", "row": "table row", "fragment": "fragment"},
}


def reader_language(accept_language: str | None) -> Language:
    """The page's language for a browser's Accept-Language header: Chinese where its first choice is Chinese."""
    return "zh" if (accept_language or "").strip().lower().startswith("zh") else "en"


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
