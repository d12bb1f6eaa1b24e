"""What every room's tests share: the real model, loaded once."""

import os
import random
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from embeddings.model import Embedder, load
from rag.library import refresh_library
from rag.settings import Settings

sys.path.insert(0, str(Path(__file__).parent))  # for killer.py, which several rooms use
# The first example of a test loads dictionaries; how long that takes says nothing.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
# What starts programs and browsers takes longest and comes first; the many small files come last and fill both of two
# test processes to the end.
ORDER = ("test_readme.py", "app", "eval", "embeddings", "deploy", "rag")


def pytest_configure(config: pytest.Config) -> None:
    # By default files with many tests come first, and the long ones with a single test last.
    config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    def place(item: pytest.Item) -> tuple[int, int]:
        inside = item.path.relative_to(Path(__file__).parent).parts
        return ORDER.index(inside[0]) if inside[0] in ORDER else len(ORDER), -len(inside)

    items.sort(key=place)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load("bundled")


@pytest.fixture(scope="session")
def chapter_index(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the chapter in data/, made once for all test processes. To be copied, not written."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "chapter-index"
    with FileLock(f"{folder}.lock"):
        refresh_library(Settings(index=folder), embedder=embedder)
    return folder


@pytest.fixture(scope="session")
def free_port() -> Callable[[], int]:
    """Finds a port for a server that is about to start."""
    # Below those that systems hand out by themselves, and each test process has its own: nobody takes it meanwhile.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 8

    def find() -> int:
        while True:
            port = 20000 + 1500 * worker + random.randrange(1500)
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)):
                    return port

    return find


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 kB; `mount -o remount,ro` makes it read-only, for root too."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root may mount a disk")
    yield folder
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def read_only(small_disk: Path) -> Callable[[], None]:
    """Makes the small disk read-only."""

    def remount() -> None:
        subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)

    return remount
