"""`python -m embeddings refresh | status`: make or update the index, and tell what it holds.

This is an edge like app.py: the commands reach up to rag/, which alone knows how a corpus is read.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING

from rag import cli

if TYPE_CHECKING:
    from embeddings.refresh import Report
    from rag.settings import Settings

PROGRAM = "python -m embeddings"


def main(arguments: list[str] | None = None) -> int:
    """The exit code of the command line."""
    flags = parser().parse_args(arguments)
    return cli.run(PROGRAM, lambda: flags.command(flags))


def parser() -> argparse.ArgumentParser:
    """The command line of `python -m embeddings`."""
    top = cli.Parser(prog=PROGRAM, description="Make or update the index of a corpus, and tell what it holds.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    refresh = commands.add_parser("refresh", help="make the index, or bring it up to date")
    cli.add_corpus(refresh)
    cli.add_index(refresh)
    cli.add_model(refresh)
    refresh.add_argument("--workers", metavar="N", type=int, help="processes, or requests at a time, that embed")
    cli.add_json(refresh)
    refresh.set_defaults(command=_refresh)
    status = commands.add_parser("status", help="tell what the index holds and whether it is fresh")
    cli.add_corpus(status)
    cli.add_index(status)
    cli.add_json(status)
    status.set_defaults(command=_status)
    return top


def _refresh(flags: argparse.Namespace) -> None:
    from rag.library import refresh_library

    settings = _settings(flags)
    with (
        cli.progress_bar("reading", " kB", after=2.0) as reading,
        cli.progress_bar("embedding", " passages") as progress,
    ):
        report = refresh_library(settings, progress, reading=reading)
    if flags.json:
        cli.print_json({"index": str(settings.place), "model": settings.model, **asdict(report)})
    else:
        print(_summary(settings, report))


def _summary(settings: Settings, report: Report) -> str:
    done = (
        f"embedded {report.embedded}, kept {report.kept}, dropped {report.dropped}" if report.changed else "no change"
    )
    holds = f"{report.documents} units in {report.passages} passages"
    lines = [f"index {settings.place}: {holds}; {done}; {report.seconds:.1f} s"]
    if report.rebuilt:
        lines.append(f"made from scratch, because: {report.rebuilt}")
    return "\n".join(lines)


def _status(flags: argparse.Namespace) -> None:
    from rag.library import library_status

    status = library_status(_settings(flags))
    if flags.json:
        cli.print_json(status)
    else:
        print("\n".join(f"{name}: {value}" for name, value in status.items()))


def _settings(flags: argparse.Namespace) -> Settings:
    from rag.settings import load

    given = {name: getattr(flags, name, None) for name in ("corpus", "index", "model", "workers")}
    return load(**given)


if __name__ == "__main__":
    sys.exit(main())
