"""What the reader made of one source, in numbers: small enough to keep with an index and to show on the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from rag.reading.source import Source


@dataclass(frozen=True)
class Account:
    """`units` counts the units of each kind, `repaired` those put back together, `doubts` say where the reader had to
    judge. Of the source's non-blank `characters`, `lost` belong to nothing or to two things: 0 when all is sound.
    """

    source: str
    encoding: str
    units: Mapping[str, int]
    repaired: int
    doubts: tuple[str, ...]
    characters: int
    lost: int

    def to_json(self) -> dict[str, Any]:
        """Its fields by their names."""
        return {**asdict(self), "doubts": list(self.doubts)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Account:
        """The inverse of `to_json` after a trip through JSON."""
        return cls(**{**data, "doubts": tuple(data["doubts"])})


def account_of(source: Source) -> Account:
    """The account of a source that was read."""
    ledger = source.ledger
    return Account(
        source=source.name,
        encoding=source.encoding,
        units=dict(Counter(unit.kind for unit in source.units)),
        repaired=sum(unit.repaired for unit in source.units),
        doubts=source.doubts,
        characters=ledger.total,
        lost=ledger.unaccounted + ledger.twice,
    )
