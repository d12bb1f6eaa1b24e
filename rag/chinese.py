"""The terms of a question's Chinese words, as the corpus writes them or something near it."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import replace

import rjieba

from rag.bridge import CAPITAL, capitals, dictionary, is_common, surnames, well_known_places
from rag.glossary import synonyms
from rag.keyword import Keywords
from rag.places import bare_place, countries_of, english_of
from rag.terms import COMMON, Term
from rag.text import HAN

_SKIPPED_TAGS = ("u", "p", "c", "d", "r", "x", "y", "e", "o", "w", "zg", "f", "k", "q")
_NAME_TAGS = ("nr", "ns", "nt", "nz")
_EMPTY = frozenset(
    """
    去 来 又 一个 一家 一位 一名 两个 先后 事 事情 是 有 为 在 了 的 和 与 被 把 请 请问 告诉 问 说 知道 介绍 一下 情况
    内容 什么 哪些 哪 怎么 怎样 如何 吗 呢 吧 都 共 共有 一共 总共 分别 所有 全部 列出 列举 名单 具体 主要 关于
    年 月 日 时候 时间 地点 日期 年鉴 本章 本 该 其 其中 次 名 人 家 个 位 场 项 条 件 份 进行 开展 做 了解 包括
    方面 以及 并 是否 通过 相关 有关 到 过 会 能 可以 应 要 大约 约 全年 年内 当年 一 谈谈 叫 名字 叫什么 一起
    写 提到 记载 说明 资料 类别 称为 叫做 分为 曾 曾经 有过 一些 若干 方 之间 前后 最后 最终 每 个别 多久 条目
    对方 词条 帮 帮我 查 查查 找 看看 问问 来自 属于 期间 数量 人数 见 开 办 里 中 上 下
    听说 据说 没错
    """.split()
)
"""Words of a Chinese question that name nothing."""
_FIRMS = "集团 公司 银行 大学 株式会社 基金会 协会".split()
RARE = 3.0
"""The idf from which a word before one of these is a name, not a kind of them: 外资企业."""
ABSENT = 0.85
"""What a common word that the corpus lacks weighs beside a rare one: the source may well say it otherwise."""
LONE = 0.5
"""What a word of a single character weighs beside a longer one: it stands in many words by chance."""
SLIP = 0.3
"""What a word weighs that neither the corpus nor the dictionary knows."""
SYNONYM, ALIKE = 0.8, 0.6
"""How surely a word carries a term that means the same in the field, or that a dictionary glosses alike."""


def chinese_terms(question: str, keywords: Keywords, corpus_text: Container[str]) -> Iterator[Term]:
    for piece in re.findall(rf"[{HAN}0-9A-Za-z+%.·]*[{HAN}][{HAN}0-9A-Za-z+%.·]*", question):
        place = 0
        tagged = rjieba.tag(piece)
        for (written, told), (after, _) in zip(tagged, [*tagged[1:], ("", "")], strict=True):
            word = written.lower()
            place += len(written)
            tag = "ns" if _is_place(word, told) else told
            if word in _EMPTY or tag.startswith(_SKIPPED_TAGS) or not re.search(rf"[{HAN}a-z]|\d\d", word):
                continue
            if len(word) == 2 and word[-1] in "过了" and word not in dictionary() and word not in corpus_text:
                word = word[0]  # 筹过
            # 引沧入澜用了: where the corpus has 入澜, 澜用 is a slip of the segmenter.
            led = piece[max(0, place - len(written) - 1) : place - len(written) + 1].lower()
            slip = len(led) == 2 and word not in corpus_text and led in corpus_text
            for term in _forms_of(word, "" if slip else tag, keywords, corpus_text):
                yield replace(term, named=True) if _names_firm(term, after, corpus_text) else term


def _is_place(word: str, tag: str) -> bool:
    """Whether a word is a country (阿根廷) that the tagger takes for a person, or a well-known place that it takes for
    none: 首尔 and 约旦 for adverbs, 万象市."""
    if word in english_of() and tag.startswith((*_SKIPPED_TAGS, "nr")):
        return True
    named = word if tag.startswith(_SKIPPED_TAGS) else word.removesuffix("市")
    skipped = named != word or tag.startswith(_SKIPPED_TAGS)
    return skipped and named in well_known_places() and not is_common(named)


def _names_firm(term: Term, after: str, corpus_text: Container[str]) -> bool:
    """Whether a rare word is a firm's name by what follows it, here as in the corpus: 太古 in 太古集团."""
    whole = term.surface + after
    return after in _FIRMS and term.weight >= RARE and whole in corpus_text and not is_common(whole)


def _alike(word: str, known: Container[str], keywords: Keywords) -> tuple[str, ...]:
    """What else the corpus may call it, by the dictionary; a single character means too many things, and 一次 is a
    number of times before it is "first"."""
    if len(word) < 2 or word[0] in "一二两三四五六七八九十几半":
        return ()
    return tuple(form for form in keywords.bridge.alike(word) if form not in known)


def _forms_of(word: str, tag: str, keywords: Keywords, corpus_text: Container[str]) -> Iterator[Term]:
    """The word as it stands; else without 市 or 国 at its end; else its parts; else as a word the corpus lacks."""
    # The tagger takes 外国 for a place: what a dictionary glosses without a capital is no name.
    of_country = word[-1] == "人" and word[:-1] in english_of()  # 英国人
    proper = of_country or (tag.startswith(_NAME_TAGS) and len(word) > 1 and not is_common(word))
    ends = of_country or word[-1] in "市省州区县国"
    forms = [form for form in (word, word[:-1] if ends and len(word) > 2 else "") if form]
    there = tuple(form for form in forms if form in corpus_text)
    if there:
        weight = max(keywords.idf(form) for form in there) * (LONE if len(word) == 1 else 1.0)
        also = tuple(
            form
            for form in (*synonyms(word), *capitals().get(word, ()), *countries_of(word))
            if form in corpus_text and form not in there
        )
        alike = _alike(word, {*there, *also}, keywords)
        yield Term(
            word,
            there + also + alike,
            weight,
            # People have been taken out before; a short word that still looks like one to the tagger (惠及) is none.
            named=of_country
            or (
                proper
                and bare_place(word) != keywords.own_place
                and not tag.startswith(("nz", "nr") if len(word) < 3 else "nz")
                and weight >= COMMON
            ),
            strengths=(1.0,) * len(there) + (SYNONYM,) * len(also) + (ALIKE,) * len(alike),
            others=keywords.bridge.ending_in(there) if proper else (),
        )
        return
    seat = tuple(city for city in capitals().get(word, ()) if city in corpus_text)
    within = tuple(country for country in countries_of(word) if country in corpus_text)
    if within:
        yield Term(word, within, min(map(keywords.idf, within)), named=True)
        return
    if seat:
        yield Term(word, seat, keywords.idf(seat[0]), named=True, strengths=(CAPITAL,) * len(seat))
        return
    also = tuple(form for form in synonyms(word) if form in corpus_text)
    alike = _alike(word, also, keywords)
    if (also or alike) and not proper:
        strengths = (SYNONYM,) * len(also) + (ALIKE,) * len(alike)
        yield Term(word, also + alike, max(map(keywords.idf, also + alike)), strengths=strengths)
        return
    parts = [p for p in rjieba.cut_for_search(word) if p != word and len(p) > 1 and p in corpus_text]
    if not parts and len(word) > 2:
        parts = [word[i : i + 2] for i in range(len(word) - 1) if word[i : i + 2] in keywords.vocabulary]
    parts = [part for part in parts if part not in _EMPTY]
    firm = re.match(rf"(.{{2,}})(?:{'|'.join(_FIRMS)})$", word)
    if firm and firm[1] not in corpus_text:
        yield Term(word, (), keywords.idf(word), named=True)
    elif parts:
        yield from (Term(part, (part,), keywords.idf(part)) for part in parts)
        # 游客 of 外国游客 is asked for too, though the corpus has but 外国.
        rest = re.split("|".join(map(re.escape, sorted(parts, key=len, reverse=True))), word)
        for left in (piece for piece in rest if len(piece) > 1 and piece in dictionary()):
            yield from _forms_of(left, "" if is_common(left) else "nt", keywords, corpus_text)
    else:
        # What is in no dictionary either is most often a slip of the segmenter: 在京办的 cut as 京办.
        slip = tag.startswith("nr") and word[0] not in surnames()
        weight = SLIP if slip else 1.0 if proper else ABSENT if is_common(word) else SLIP
        yield Term(word, (), keywords.idf(word) * weight, named=proper and not slip)
