"""How headings are worded: their numbers, and the names that a chapter's opening has."""

from __future__ import annotations

import re

NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[篇章节编編章節]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)])\s*(?=\S)"
)
_OVERVIEW = re.compile(r"^(?:综述|概述|总述|概况|总论|综合|概览|綜述|總述|概況)$")


def is_overview(heading: str) -> bool:
    """Whether a heading names the unheaded opening of a chapter: 综述, 概况, 第一节 概况."""
    return bool(_OVERVIEW.match(NUMBER.sub("", heading)))
