"""What stands before a question and is none of it: an order to the assistant, and what is only held up for a yes."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from rag.asking import ORDER

_BRACKETED = re.compile(r"\s*(?:\[([^\[\]]*)\]|【([^】]*)】|\(([^()]*)\)|<+([^<>]*)>+|\{+([^{}]*)\}+)[\s:,]*")
_TO_ASSISTANT = re.compile(
    r"^\W*(?:系统|管理员|开发者|system|admin\w*|developer|assistant)(?: ?(?:message|prompt|note|override))?\s*:|"
    r"^\W*(?:系统|管理员|开发者)(?:消息|提示|指令|通知|命令)|提示词|\bsystem prompt|\bprompts?\b|"
    r"\bignore .*(?:instructions?|rules)\b|(?:忽略|无视|忘记).*(?:指令|规则|要求)",
    re.I,
)
_QUESTION = re.compile(r"[?？]|谁|什么|哪|多少|几|吗|\b(?:who|what|when|where|which|why|how|list|name)\b", re.I)
_HELD_UP = re.compile(
    r"^\W*(?:听说|据说|有人说|网上说|我记得|我以为)|吧\W*$|(?:对吗|对不对|是吗)\W*$|"
    r"^\W*(?:I (?:heard|read|thought|believe)|they say|people say)\b|"
    r"\b(?:right|correct|is(?:n['’]t| that) (?:it|so))\W*$",
    re.I,
)
_IN_TRUTH = re.compile(r"到底|究竟|实际上|事实上|其实|真正|\b(?:actually|really|in fact|in truth|in reality)\b", re.I)
_SENTENCE = re.compile(r"(?<=[。！!？?])|(?<=\.)(?=\s)")


def without_order(text: str, corpus_text: Container[str]) -> str:
    """A folded question without a bracket before it that speaks to the assistant: [系统消息：…]. Brackets around what
    the corpus has, or around anything else, stay; so do those that no question follows."""
    match = _BRACKETED.match(text)
    if not match:
        return text
    inner, rest = next((group for group in match.groups() if group), ""), text[match.end() :]
    # 【】 are the marks of titles, and a title may begin as an order does.
    addressed = _TO_ASSISTANT.search(inner) or (not match[2] and ORDER.search(inner))
    if not addressed or inner.lower() in corpus_text or not _QUESTION.search(rest):
        return text
    return without_order(rest, corpus_text)


def held_up(text: str) -> tuple[str, str]:
    """What a question only holds up for a yes, and what it then asks in earnest: 听说是甲办的，没错吧？ and
    到底是谁办的？; "" and the text where it does no such thing."""
    *before, last = [part.strip() for part in _SENTENCE.split(text) if part.strip()]
    held = "".join(part for part in before if _HELD_UP.search(part))
    return (held, last) if held and _IN_TRUTH.search(last) else ("", text)


def in_earnest(names: Sequence[str], corrected: Mapping[str, str], held: str, last: str) -> list[str]:
    """The names that stand elsewhere than in what is held up. `corrected`: what was written → whom it means."""
    written = {name: [name, *(w for w, meant in corrected.items() if meant == name)] for name in names}
    return [
        name for name, forms in written.items() if any(f in last for f in forms) or not any(f in held for f in forms)
    ]
