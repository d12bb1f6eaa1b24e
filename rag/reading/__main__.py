"""The process in which apart.py has files read: `python -m rag.reading SOCKET FOLDER MEMORY SECONDS`."""

from __future__ import annotations

import os
import resource
import sys
from contextlib import suppress
from multiprocessing.connection import Connection

from rag.reading.one import in_words, read_file


def main(socket: int, folder: str, memory: int, seconds: int) -> None:
    """Takes paths, relative to the folder, and whether to repair torn texts; gives back shares of the work done and
    then a Source or a CorpusError.

    `memory` is in bytes; `seconds` of processor time may be spent on each file, then the system ends the process.
    """
    os.chdir(folder)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(OSError, ValueError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    wire = Connection(socket)
    while True:
        try:
            path, repair = wire.recv()
        except EOFError:  # whoever asked has ended
            return
        spent = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (round(spent.ru_utime + spent.ru_stime) + seconds, hard))
        try:
            wire.send(read_file(path, wire.send, repair))
        except Exception as error:
            wire.send(in_words(path, error))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
