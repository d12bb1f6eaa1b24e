"""What every room's tests share: the real model, loaded once."""

import pytest
from hypothesis import settings

from embeddings.model import Embedder, load

# The first example of a test loads dictionaries; how long that takes says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load("bundled")
