"""Chinese numbers with 万 and 亿 in plain digits, so that English readers and proofs can use them."""

from __future__ import annotations

import re

_SCALED = re.compile(r"(\d+(?:\.\d+)?)([百千]?)([万亿])")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}


def amounts(text: str) -> list[str]:
    """Every number scaled by 万 or 亿, in digits with commas and in order: 4万名、88.14亿 → 40,000, 8,814,000,000."""
    return [f"{round(float(n) * _SCALES[hundred] * _SCALES[scale]):,}" for n, hundred, scale in _SCALED.findall(text)]
