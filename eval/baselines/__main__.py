"""python -m eval.baselines: this project beside what a reader would otherwise build, each in a process of its own."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from eval.report import write_json
from rag import cli
from rag.errors import ProjectError

PROGRAM = "python -m eval.baselines"
SYSTEMS = {
    "ours": "ours.Ours",
    "split": "split.Split",
    "langchain": "with_langchain.LangChain",
    "llamaindex": "with_llamaindex.LlamaIndex",
    "haystack": "with_haystack.Haystack",
}
OFFLINE = {"HF_HUB_OFFLINE": "1", "HAYSTACK_TELEMETRY_ENABLED": "False", "OMP_WAIT_POLICY": "PASSIVE"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    parser = cli.Parser(prog=PROGRAM, description=__doc__)
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="FILE", help="default: all of eval/gold")
    parser.add_argument("--path", type=Path, metavar="DIR", help="the folder of the public sets: XQuAD as well")
    parser.add_argument("--only", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="default: all of them")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write everything that was measured")
    parser.add_argument("--here", choices=SYSTEMS, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    return cli.run(PROGRAM, partial(_here if options.here else _all, options))


def _here(options: argparse.Namespace) -> None:
    from eval.baselines.measuring import measure

    cli.print_json(measure(_system(options.here), options.gold, options.path))


def _system(name: str) -> Callable[[], Any]:
    module, _, made = SYSTEMS[name].partition(".")
    return getattr(import_module(f"eval.baselines.{module}"), made)


def _all(options: argparse.Namespace) -> None:
    found = {name: _child(name, options) for name in options.only}
    print(table(found))
    if options.json:
        write_json(options.json, found)


def _child(name: str, options: argparse.Namespace) -> dict[str, Any]:
    gold = ["--gold", *map(str, options.gold)] if options.gold else []
    path = ["--path", str(options.path)] if options.path else []
    print(f"{name} …", file=sys.stderr)
    done = subprocess.run(
        [sys.executable, "-m", "eval.baselines", "--here", name, *gold, *path],
        env={**os.environ, **OFFLINE},
        capture_output=True,
        encoding="utf-8",
    )
    if done.returncode:
        why = (done.stderr.strip() or "it said nothing").splitlines()[-1]
        raise ProjectError(f"{name}: {why}; the others come with pip install -e .[baselines]")
    return json.loads(done.stdout.splitlines()[-1])


FOUND = ("", "recall@1", "recall@5", "MRR@10", "complete", "characters", "abstention", "XQuAD zh", "XQuAD en")
HEADS = (*FOUND, "time", "index s", "peak MB", "install MB")
NONE = "–"


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """A Markdown table of what was measured, a row a system; this project's answers have a row of their own. XQuAD is
    told by MRR@10, the time of a question by that of its embedding alone."""
    rows = [HEADS, ("---", *["--:"] * (len(HEADS) - 1))]
    for name, one in found.items():
        rows.append(_passages(name, one))
        if one["answer"]:
            rows.append(_answer(name, one["answer"], one["embedding_ms"]))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _passages(name: str, one: Mapping[str, Any]) -> tuple[str, ...]:
    shown = one["passages"]
    scores = [f"{shown[score]:.3f}" for score in ("recall@1", "recall@5", "mrr@10", "complete")]
    public = [f"{one['xquad'][lang]['mrr@10']:.3f}" if "xquad" in one else NONE for lang in ("zh", "en")]
    cost = [f"{one['index_s']:.0f}", f"{one['peak_mb']:.0f}", f"{one['install_mb']:.0f}"]
    time = f"{one['ms'] / one['embedding_ms']:.2f}"
    return (f"{name}: 5 passages", *scores, f"{shown['characters']:.0f}", NONE, *public, time, *cost)


def _answer(name: str, answer: Mapping[str, float], embedding_ms: float) -> tuple[str, ...]:
    scores = (f"{answer['complete']:.3f}", f"{answer['characters']:.0f}", f"{answer['abstention']:.3f}")
    time = f"{answer['ms'] / embedding_ms:.2f}"
    return (f"{name}: the answer", *[NONE] * 3, *scores, NONE, NONE, time, *[NONE] * 3)


if __name__ == "__main__":
    sys.exit(main())
