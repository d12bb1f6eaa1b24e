"""`make run`, from an environment that make has set up to a page that answers."""

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


def test_make_run_serves_the_chat(
    tmp_path: Path, free_port: Callable[[], int], answers: Callable[[str], bool], wait: Callable[..., Any]
) -> None:
    port = free_port()
    # Without what a make that runs these tests would pass on to another make.
    outside = {name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS")}
    environment = {**outside, "YEARBOOK_PORT": str(port), "YEARBOOK_INDEX": str(tmp_path / "index")}
    if subprocess.run(["make", "--question", "install"], cwd=ROOT, env=environment, capture_output=True).returncode:
        assert os.environ.get("CI") != "true", "CI runs the tests in the environment that make has set up"
        pytest.skip("no environment that make has set up, so `make run` would install one first")
    with subprocess.Popen(
        ["make", "run"], cwd=ROOT, env=environment, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
    ) as server:
        try:
            wait(lambda: answers(f"http://127.0.0.1:{port}/") or server.poll() is not None)
            assert server.poll() is None, server.communicate()[1]
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.communicate()
