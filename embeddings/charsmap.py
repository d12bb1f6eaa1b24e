"""A table of code points and their replacements in SentencePiece's `precompiled_charsmap` form.

The form is what `tokenizers.normalizers.Precompiled` reads: the trie's size in bytes, a darts-clone double
array of 32-bit units, and the replacements, each closed by a NUL. Format: darts-clone's `DoubleArrayUnit`.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Mapping

LEAF = 0
"""The label under which a key's value hangs; no key holds a NUL."""

Trie = dict[int, "Trie | int"]


def precompiled(replacements: Mapping[int, str]) -> bytes:
    """The charsmap that replaces each code point (never 0) by its string."""
    blob = bytearray()
    trie: Trie = {}
    for code_point, text in replacements.items():
        node = trie
        for byte in chr(code_point).encode():
            child = node.setdefault(byte, {})
            assert isinstance(child, dict)
            node = child
        node[LEAF] = len(blob)
        blob += text.encode() + b"\0"
    units = _DoubleArray(trie).units
    return struct.pack("<I", len(units) * 4) + units.tobytes() + bytes(blob)


class _DoubleArray:
    """Places a trie's nodes: the child with label c of the node whose children start at `base` is unit base ^ c."""

    def __init__(self, trie: Trie) -> None:
        self.units = array("I", bytes(4 * 256))
        self.used = {0}
        self.bases = {0}
        self.start = 1
        self._place(trie, 0, 0)

    def _place(self, node: Trie, position: int, label: int) -> None:
        """Writes the node's unit, then its children's. Sizes here stay far below the 2**21 a unit can point."""
        base = self._free_base(list(node))
        self.units[position] = label | (LEAF in node) << 8 | (position ^ base) << 10
        self.used.update(base ^ child for child in node)
        for child_label, child in node.items():
            if isinstance(child, dict):
                self._place(child, base ^ child_label, child_label)
            else:
                self.units[base] = child | 1 << 31

    def _free_base(self, labels: list[int]) -> int:
        """A base no other node has (else a node would find another's children) whose children's units are free."""
        candidate = self.start
        while candidate in self.bases or any(candidate ^ label in self.used for label in labels):
            candidate += 1
        while len(self.units) <= candidate | 0xFF:
            self.units.extend([0] * 256)
        self.bases.add(candidate)
        if len(labels) == 1:  # nearly all nodes: looking on from here leaves few holes and keeps the search short
            self.start = candidate
        return candidate
