"""The crowd of bench_users.py for a few seconds: nobody is refused, nothing breaks."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

BENCH = Path(__file__).parent / "bench_users.py"


def test_sixty_four_users_ask_without_an_error(
    free_port: Callable[[], int], chapter_index: Path, tmp_path: Path
) -> None:
    index = shutil.copytree(chapter_index, tmp_path / "index")
    flags = ["--users", "64", "--minutes", "0.3", "--pause", "4", "--port", str(free_port()), "--index", str(index)]
    done = subprocess.run([sys.executable, BENCH, *flags], capture_output=True, text=True, timeout=1200)
    *_, whole, ended = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert whole["errors"] == {}, done.stderr[-2000:]
    assert whole["answers"] > 0
    assert ended == {"exit": 0}
