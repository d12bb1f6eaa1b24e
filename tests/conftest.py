"""What every room's tests share: the real model, loaded once."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

from embeddings.model import Embedder, load

sys.path.insert(0, str(Path(__file__).parent))  # for killer.py, which several rooms use
# The first example of a test loads dictionaries; how long that takes says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load("bundled")
