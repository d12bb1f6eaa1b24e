"""Kills programs that write, at any moment: 100 times, or as often as the environment's KILLS says.

A program imports what it needs once and forks a writer for every line that it reads, so that hundreds of kills cost
the time of the writing and not of the imports. A forked writer is a process like any other: SIGKILL takes it whole.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[1]
KILLS = int(os.environ.get("KILLS", "100"))
FORKS = """
import os, sys, traceback
for line in sys.stdin:
    child = os.fork()
    if not child:
        try:
            work(line.strip())
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    print(child, flush=True)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
# The vectors are made from the texts' own bytes, so that a wrong vector for a text is seen.
MADE = """
import hashlib
import numpy as np

def vector(text):
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return np.random.default_rng(seed).normal(size=32).astype(np.float32)

class Made:
    name, fingerprint, dimension = "made", "made", 32
    def embed_passages(self, texts, progress=None):
        return np.stack([vector(text) for text in texts])
    def embed_words(self, words):
        return self.embed_passages(words).reshape(len(words), 32)
    def rest(self):
        pass
"""


class Killer:
    """Kills writers: `script` defines work(argument), which never comes to its end."""

    def __init__(self, script: str, seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._forker = subprocess.Popen(
            [sys.executable, "-c", MADE + script + FORKS],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Killer:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._forker.kill()
        self._forker.communicate()

    def kills(self, argument: str, longest: float, enough: Callable[[], bool] = lambda: True) -> Iterator[int]:
        """Starts a writer and kills it after up to `longest` seconds, KILLS times; comes back after each.

        On a machine so slow that what a kill should find has not been written yet, by `enough`, it waits longer.
        """
        stdin, stdout = self._forker.stdin, self._forker.stdout
        assert stdin and stdout
        for number in range(KILLS):
            print(argument, file=stdin, flush=True)
            writer = int(stdout.readline())
            time.sleep(self._chance.uniform(0, longest))
            os.kill(writer, signal.SIGKILL)
            assert int(stdout.readline()) == -signal.SIGKILL  # it did not end by itself
            yield number
            if number % 10 == 9 and number < 50 and not enough():
                longest *= 2


def made() -> dict[str, object]:
    """What MADE defines, for checking."""
    names: dict[str, object] = {}
    exec(MADE, names)
    return names
