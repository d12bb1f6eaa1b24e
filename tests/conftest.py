"""What every room's tests share: the real model, loaded once."""

import pytest

from embeddings.model import Embedder, load


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load("bundled")
