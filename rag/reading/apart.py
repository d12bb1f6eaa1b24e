"""Files read in a process of their own, with so much time and memory and no more: one made to hang, to swell or to
break the libraries that unpack it costs that process and nobody else."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any

from rag.errors import CorpusError
from rag.reading.one import Step, in_words, read_file
from rag.reading.source import Source

HARMLESS, PLAIN = 100_000, ".txt"
"""Bytes up to which a plain text is read right here: it unpacks to nothing, and a process costs half a second."""
UNFORESEEN = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
"""What a mistake of ours raises; not what `step` raises to stop the reading."""
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Limits:
    """What one file may have in megabytes, and what its reading may take: megabytes, and seconds of processor time."""

    file_mb: int = 200
    file_memory_mb: int = 3000
    file_seconds: int = 300


class Apart:
    """Reads one file after the other, within limits and with or without `repair` of torn texts. A context: the process
    that reads ends with it."""

    def __init__(self, limits: Limits, repair: bool = True) -> None:
        self._limits, self._repair = limits, repair
        self._process: subprocess.Popen[bytes] | None = None
        self._wire: Connection | None = None

    def __enter__(self) -> Apart:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process and self._wire:
            self._process.kill()
            self._process.wait()
            self._wire.close()
        self._process = self._wire = None

    def read(self, path: Path, step: Step = lambda share: None) -> Source:
        """Like `read_file`, but raises CorpusError whatever it is that keeps the file from being read."""
        if self._size(path) <= HARMLESS and path.suffix.lower() == PLAIN:
            try:
                return read_file(path, step, self._repair)
            except UNFORESEEN as error:
                raise in_words(path, error) from error
        for told in self._told(path):
            if isinstance(told, float):
                step(told)
            elif isinstance(told, CorpusError):
                raise told
            else:
                return told
        raise AssertionError("the process that reads ends with a source or an error")

    def _told(self, path: Path) -> Iterator[Any]:
        """What the process says while it reads."""
        try:
            wire = self._wire or self._start()
            wire.send((path, self._repair))
            while True:
                yield wire.recv()
        except (EOFError, OSError):
            raise self._ended(path) from None

    def _start(self) -> Connection:
        ours, theirs = Pipe()
        limits = [str(self._limits.file_memory_mb * 1_000_000), str(self._limits.file_seconds)]
        command = [sys.executable, "-m", __package__, str(theirs.fileno()), str(Path.cwd()), *limits]
        null = subprocess.DEVNULL
        with theirs:
            self._process = subprocess.Popen(
                command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=null, stdout=null, stderr=null
            )
        self._wire = ours
        return ours

    def _ended(self, path: Path) -> CorpusError:
        """Why the process ended before it had read the file; the next file gets another."""
        if not self._process:
            return CorpusError(f"{path}: no process can be started to read it; free memory or stop other programs")
        code = self._process.wait()
        self.__exit__()
        why = f"breaks the program that reads it (exit code {code}); save it anew or leave it out"
        if code == -signal.SIGXCPU:
            why = f"not read after {self._limits.file_seconds} s of work; split it, leave it out or raise file_seconds"
        return CorpusError(f"{path}: {why}")

    def _size(self, path: Path) -> int:
        try:
            size = path.stat().st_size
        except OSError as error:
            raise CorpusError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
        if size > self._limits.file_mb * 1_000_000:
            limit = f"{size / 1_000_000:.0f} MB are over the limit of {self._limits.file_mb}"
            raise CorpusError(f"{path}: its {limit}; split the file or raise file_mb")
        return size
