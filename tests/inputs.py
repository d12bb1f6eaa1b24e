"""Inputs made by the thousand: what they are put together from, and how many there are.

5,000 in all, the same ones every time; with TIMES=20 in the environment twenty times as many, and others every time.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

TIMES = int(os.environ.get("TIMES", "1"))
ODD = (
    "\x00|\x01|\x07|\x1b[31m|\x7f|\x85|\ufeff|\ufffd|\uffff|\ud800|\udfff|\ud83d|\u200b|\u200d|\u2060|\u202e|\u202c|"
    "\u2066|\u2069|\u2028|\u2029|\u00ad|ﷺ|e\u0301\u0301\u0301|👩\u200d👩\u200d👧|İ|ß|Ω|\u3000|\t|\r|\n|\f|\v|【|】|【【|】】|（|）|"
    "《|》|“|”|[1]|[99]|［|**|`|<script>|&amp;|http://x.y|\\|%s|{0}|$(x)|'|\"|99999999999999999999|-0|1e999|０|½|㈠|⼀"
).split("|")
"""What text is rarely made of: controls, lone surrogates, marks of direction, brackets without their other half."""


def many(count: int) -> settings:
    """For tests of `count` inputs."""
    return settings(
        max_examples=count * TIMES, derandomize=TIMES == 1, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )


def texts(usual: Sequence[str], longest: int) -> st.SearchStrategy[str]:
    """Texts of up to `longest` pieces that are usual, odd or anything; some of one piece over and over."""
    piece = st.one_of(st.sampled_from(usual), st.sampled_from(usual), st.sampled_from(ODD), st.text(max_size=4))
    mixed = st.lists(piece, max_size=longest).map("".join)
    again = st.tuples(st.lists(piece, min_size=1, max_size=3).map("".join), st.integers(1, 200)).map(
        lambda t: t[0] * t[1]
    )
    return st.one_of(mixed, mixed, mixed, again)
