"""milvus-lite, the engine that Milvus' client brings for one machine: in a file, or served to several processes."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from milvus_fixtures import Hashed


@pytest.fixture
def hashed() -> Hashed:
    return Hashed()


@pytest.fixture
def address(tmp_path: Path) -> str:
    return f"milvus+file:{tmp_path / 'index.db'}"


@pytest.fixture
def served(tmp_path: Path, free_port: Callable[[], int]) -> Iterator[str]:
    """The address of a server of its own, which several processes can reach."""
    port = free_port()
    command = [sys.executable, "-m", "milvus_lite", "server", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--data-dir", str(tmp_path / "served")]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(6000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"milvus+http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(300)
