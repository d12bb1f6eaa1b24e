"""What 之后, 以前, since or by makes of a date that a question names: all days on that side of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from rag.dates import LONGEST, Mention, Span

Side = Literal["after", "since", "before", "until"]
_STEP = r"(?!的?(?:第|[几数两一二三四五六七八九十\d]+(?:个月|[天日周年])))"
"""9月20日后三天 and 9月20日前一天 are days of their own."""
_BEHIND = re.compile(
    rf"[份初]?(?P<end>[底末]?)(?:(?P<later>以后)|(?P<after>之后|过后|后(?![来续半期天勤]))|"
    rf"(?P<since>以来|至今|起(?![草飞诉源点码伏])(?:至今)?|开始(?=[，,]|到现在|至今|一直))|"
    rf"(?P<before>之前|以前|前(?![后半期往来夕天任]))|(?P<until>为止|止(?!损))){_STEP}|"
    r"\s*,?\s*(?:(?P<since_en>onwards?|(?:(?:and|or) (?:later|after)|on)(?=\s*(?:[,?.;]|$)))|"
    r"(?P<until_en>(?:and|or) (?:earlier|before)(?=\s*(?:[,?.;]|$))))",
    re.I,
)
_AHEAD = re.compile(
    r"(?:(?:(?P<since>(?<![来各独亲])自从?|从|打从?|不早于|\bsince|\bon or after|\b(?:no|not) earlier than|\bfrom|"
    r"\b(?:starting|beginning)(?: (?:in|on|from))?)|"
    r"(?P<until>截[至止]到?|直到|不晚于|\b(?:no|not) later than|\bby|\bun?till?|\bup to|\bthrough|\bon or before)|"
    r"(?P<after>晚于|\bafter|\blater than|\bpast)|(?P<before>早于|\bbefore|\bprior to|\bearlier than))"
    r"\s*(?:the )?(?P<end>end of )?(?:the )?)$",
    re.I,
)
_SIDES: dict[str, Side] = {"after": "after", "since": "since", "before": "before", "until": "until"}
_AT_END: dict[str, Side] = _SIDES | {"later": "after", "since": "after", "before": "until"}
"""What the same words mean of the end of a month."""
_IN_FORCE = re.compile(r"(?P<since>起)?(?:正式|全面|开始)?(?:实施|施行|执行|生效|实行|试行|启用|开通|运行|启动)")
_NO_SIDE = re.compile(
    r"\b(?:days?|weeks?|months?|years?|night|morning) (?:after|before|from)|"
    r"\b(?:force|effect|effective) (?:since|from)|(?:\b(?:entry|event|meeting|letter|row|one)|[a-z]{3}s) from$",
    re.I,
)
"""The day after June 9 is one day, and so is that from which a law is in force; events from June are those of June."""


def bounded(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """The dates as they are bounded by the words beside them, which the mentions then take in; a lower and an upper
    bound make one range."""
    found = [_bound(text, mention) for mention in mentions]
    lower = [mention for mention, side in found if side in ("after", "since")]
    upper = [mention for mention, side in found if side in ("before", "until")]
    if len(lower) == len(upper) == 1 and lower[0].span.first <= upper[0].span.last:
        both = Span(lower[0].span.first, upper[0].span.last)
        return [Mention(m.start, m.end, both if side else m.span) for m, side in found]
    return [mention for mention, _ in found]


def in_force(text: str, mention: Mention) -> bool:
    """Whether a date is that from which something is in force: 自2022年1月1日起实施 tells of no event of that day."""
    match = _IN_FORCE.match(text, mention.end)
    return match is not None and match["since"] is not None


def _bound(text: str, mention: Mention) -> tuple[Mention, Side | None]:
    behind, ahead = _BEHIND.match(text, mention.end), _AHEAD.search(text[: mention.start])
    span = mention.span
    at_end = text[mention.end - 1] in "底末"
    side = _side(behind, span, at_end=at_end) or _side(ahead, span, at_end=at_end)
    month = span.is_months and span.first[0] == span.last[0]
    if side == "since" and not behind and not (span.is_day or month):  # from June to August
        side = None
    if _IN_FORCE.match(text, mention.end) or _NO_SIDE.search(text[: mention.start].rstrip()):
        side = None
    days = _days(side, span) if side else None
    if not days:
        return mention, None
    start, end = ahead.start() if ahead else mention.start, behind.end() if behind else mention.end
    return Mention(start, end, days), side


def _side(match: re.Match[str] | None, span: Span, *, at_end: bool) -> Side | None:
    """The side that the words beside a date say; 9月底前 holds September too, and so does 9月以后."""
    said = next((name for name, word in match.groupdict().items() if word and name != "end"), "") if match else ""
    if match and (at_end or match["end"]):
        return _AT_END[said.removesuffix("_en")]
    if said == "later":
        return "since" if span.is_months and span.first[0] == span.last[0] else "after"
    return _SIDES.get(said.removesuffix("_en"))


def _days(side: Side, span: Span) -> Span | None:
    """The days of the year on one side of a date; None where there are none."""
    (month, day), last = span.first, span.last
    if side == "since":
        return Span(span.first, (12, 31))
    if side == "until":
        return Span((1, 1), last)
    if side == "before":
        end = (month, day - 1) if day > 1 else (month - 1, 31)
        return Span((1, 1), end) if end[0] else None
    start = (last[0], last[1] + 1) if last[1] < LONGEST.get(last[0], 31) else (last[0] + 1, 1)
    return Span(start, (12, 31)) if start[0] <= 12 else None
