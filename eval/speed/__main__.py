"""python -m eval.speed: how fast the answers, the index and the start are, and how that grows with the corpus.

Ratios come first: they mean the same on every machine, absolute figures only beside the machine and its load.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from embeddings.errors import ProjectError
from eval.speed import askers, growth, plot, question, refreshing, start
from eval.speed.clock import Figures, load, machine
from rag import cli, settings

PROGRAM = "python -m eval.speed"
PARTS = {
    "question": question.measure,
    "start": start.measure,
    "refresh": refreshing.measure,
    "askers": askers.measure,
}


class MeasureError(ProjectError):
    """A measurement's process ended badly."""


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of the command line."""
    parser = cli.Parser(prog=PROGRAM, description=__doc__)
    parser.add_argument("--part", choices=PARTS, help="measure this alone; default: all, each in a process of its own")
    parser.add_argument("--growth", type=int, nargs="+", metavar="UNITS", help="instead: corpora of these sizes")
    parser.add_argument("--path", type=Path, metavar="DIR", help="a folder of public sets, for --growth's real texts")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw --growth's figures")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)  # in this process, JSON to its output
    cli.add_index(parser)
    flags = parser.parse_args(arguments)
    if flags.part and flags.growth:
        parser.error("--part and --growth are two things: give one")
    if (flags.path or flags.plot) and not flags.growth:
        parser.error("--path and --plot go with --growth")
    if any(size < 1 for size in flags.growth or []):
        parser.error("--growth takes whole numbers from 1")
    return cli.run(PROGRAM, partial(_here if flags.here else _measure, flags))


def _measure(flags: argparse.Namespace) -> None:
    if flags.plot:
        plot.check(flags.plot)
    index = ["--index", str(flags.index)] if flags.index else []
    found: Figures = {"machine": machine()}
    if flags.growth:
        path = ["--path", str(flags.path)] if flags.path else []
        found["growth"] = [_apart(["--growth", str(size), *path]) for size in flags.growth]
    else:
        parts = [flags.part] if flags.part else PARTS
        _settle(flags.index)
        found |= {part: _apart(["--part", part, *index]) for part in parts}
    found["machine"]["load_after"] = load()
    print("\n".join(lines(found)))
    if flags.json:
        flags.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if flags.plot:
        plot.draw(found["growth"], flags.plot)


def _settle(index: Path | None) -> None:
    """Makes or refreshes the index, so that no measurement does."""
    from rag.library import refresh_library

    with cli.progress_bar("embedding", " passages") as progress:
        refresh_library(_settings(index), progress)


def _settings(index: Path | None) -> settings.Settings:
    """The chapter's, without a writer."""
    return settings.load(index=index, llm_url="", llm_model="")


def _here(flags: argparse.Namespace) -> None:
    if flags.growth:
        cli.print_json(growth.measure(_settings(None), flags.growth[0], flags.path))
    else:
        cli.print_json(PARTS[flags.part](_settings(flags.index)))


def _apart(arguments: Sequence[str]) -> Figures:
    """What a measurement in a process of its own finds."""
    print(f"measuring {' '.join(arguments[:2])} …", file=sys.stderr)
    command = [sys.executable, "-m", "eval.speed", "--here", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, encoding="utf-8")
    if done.returncode:
        raise MeasureError(f"{' '.join(arguments[:2])}: its process ended with {done.returncode}; its lines say why")
    return dict(json.loads(done.stdout))


def lines(found: Figures, indent: str = "") -> list[str]:
    """Figures as indented text: one line for each that holds no others."""
    told = []
    for name, value in found.items():
        if isinstance(value, list):
            for one in value:
                told += [f"{indent}{name}", *lines(one, indent + "  ")]
        elif isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            told += [f"{indent}{name}", *lines(value, indent + "  ")]
        elif isinstance(value, dict):
            told.append(f"{indent}{name}: " + ", ".join(f"{inner} {figure}" for inner, figure in value.items()))
        else:
            told.append(f"{indent}{name}: {value}")
    return told


if __name__ == "__main__":
    sys.exit(main())
