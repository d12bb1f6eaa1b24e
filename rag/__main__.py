"""`python -m rag entries | search | ask`: what the reader understood, what is found, what is answered."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from rag import cli, wording
from rag.errors import QuestionError
from rag.settings import Settings, load
from rag.shapes import answer_json, search_json

if TYPE_CHECKING:
    from rag.assistant import Assistant

PROGRAM = "python -m rag"


def main(arguments: list[str] | None = None) -> int:
    """The exit code of the command line."""
    top = parser()
    flags = top.parse_args(arguments)
    if flags.command in (_search, _ask) and (flags.question is None) == (flags.batch is None):
        top.error("give one QUESTION or --batch FILE.jsonl")
    return cli.run(PROGRAM, lambda: flags.command(flags))


def parser() -> argparse.ArgumentParser:
    """The command line of `python -m rag`."""
    top = cli.Parser(prog=PROGRAM, description="Read yearbooks, search them, ask them.")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    entries = commands.add_parser("entries", help="what the reader understood, and the account of every character")
    cli.add_corpus(entries)
    cli.add_json(entries)
    entries.set_defaults(command=_entries)
    for name, command, text in (("search", _search, "ranked units, no answer"), ("ask", _ask, "a cited answer")):
        sub = commands.add_parser(name, help=text)
        sub.add_argument("question", nargs="?", metavar="QUESTION")
        sub.add_argument(
            "--batch", type=Path, metavar="FILE.jsonl", help="one JSON object a line: id, question, history"
        )
        cli.add_corpus(sub)
        cli.add_index(sub)
        cli.add_model(sub)
        cli.add_json(sub)
        if name == "ask":
            cli.add_writer(sub)
        if name == "search":
            sub.add_argument("-k", type=_positive, default=10, metavar="N", help="how many units (10)")
        sub.set_defaults(command=command)
    return top


def _positive(text: str) -> int:
    value = int(text) if text.isdigit() else 0
    if value < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1")
    return value


def _entries(flags: argparse.Namespace) -> None:
    from rag.reading import read_corpus

    with cli.progress_bar("reading", " kB", after=2.0) as progress:
        corpus = read_corpus(load(corpus=flags.corpus).corpus_paths, progress)
    for problem in corpus.problems:
        print(f"{PROGRAM}: {problem}", file=sys.stderr)
    for source in corpus.sources:
        for unit in source.units:
            if flags.json:
                cli.print_json(unit.to_json())
            else:
                place = f"{unit.source}:{unit.lines[0]}-{unit.lines[1]} [{unit.section or unit.table or '-'}]"
                print(f"{unit.kind:8} {place} {unit.title} ({len(unit.text)})")
        # With --json standard output carries units alone, so the account goes where progress goes.
        print(_account(source), file=sys.stderr if flags.json else sys.stdout)


def _account(source: Any) -> str:
    ledger = source.ledger
    parts = [f"{name} {count}" for name, count in (*sorted(ledger.units.items()), *sorted(ledger.furniture.items()))]
    head = f"{source.name} ({source.encoding}): {ledger.total} characters"
    lines = [f"{head}: {', '.join(parts)}; unaccounted {ledger.unaccounted}, twice {ledger.twice}"]
    return "\n".join([*lines, *(f"doubt: {doubt}" for doubt in source.doubts)])


def _search(flags: argparse.Namespace) -> None:
    def one(assistant: Assistant, asked: dict[str, Any]) -> dict[str, Any]:
        begun = time.perf_counter()
        hits = assistant.search(asked["question"], asked["history"], flags.k)
        return search_json(asked["id"], hits, (time.perf_counter() - begun) * 1000)

    def show(result: dict[str, Any]) -> None:
        for hit in result["hits"]:
            print(
                f"{hit['score']:7.3f}  {hit['title']}  ({hit['source']}:{hit['lines'][0]})\n         {hit['text'][:80]}"
            )

    _each(flags, one, show)


def _ask(flags: argparse.Namespace) -> None:
    def one(assistant: Assistant, asked: dict[str, Any]) -> dict[str, Any]:
        return answer_json(asked["id"], assistant.ask(asked["question"], asked["history"]))

    def show(result: dict[str, Any]) -> None:
        print(result["answer"])
        for citation in result["citations"]:
            first, last = citation["lines"]
            place = f"{citation['source']}:{first}-{last}"
            print(f"\n[{citation['number']}] {citation['title']}  ({place})\n    {citation['quote']}")
        if line := wording.writer_line(result.get("writer"), result["language"]):
            print(f"\n{line}")

    _each(flags, one, show)


def _each(
    flags: argparse.Namespace, one: Callable[..., dict[str, Any]], show: Callable[[dict[str, Any]], None]
) -> None:
    asked = list(_batch(flags.batch)) if flags.batch else [{"id": None, "question": flags.question, "history": []}]
    from rag.assistant import Assistant
    from rag.question import check

    if not flags.batch:
        check(flags.question)
    with cli.progress_bar("embedding", " passages") as progress:
        assistant = Assistant.open(_settings(flags), lambda _, done, total: progress(done, total))
    failed = 0
    for question in asked:
        try:
            if "error" in question:
                raise QuestionError(question["error"])
            result = one(assistant, question)
        except QuestionError as error:
            if not flags.batch:
                raise
            failed += 1
            result = {"id": question["id"], "error": str(error)}
        if flags.json or flags.batch:
            cli.print_json(result)
        else:
            show(result)
    if failed:
        raise QuestionError(
            f"{flags.batch}: {failed} of {len(asked)} questions could not be asked; their lines of the output say why"
        )


def _settings(flags: argparse.Namespace) -> Settings:
    names = ("corpus", "index", "model", "llm_url", "llm_model")
    return load(**{name: getattr(flags, name, None) for name in names})


def _batch(path: Path) -> Iterator[dict[str, Any]]:
    """Every line's question, or what is wrong with the line: a bad line costs nobody else an answer."""
    limit = load().file_mb
    try:
        if path.stat().st_size > limit * 1_000_000:
            raise QuestionError(f"{path}: is over the limit of {limit} MB; split the file or raise file_mb")
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(
            f"{path}: can't be read as UTF-8 text ({error}); give a file with one JSON object a line"
        ) from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _asked(line, f"{path} line {number}")


def _refuse(constant: str) -> NoReturn:
    """NaN and Infinity are no JSON, and an id that is one could not be given back."""
    raise ValueError(constant)


def _asked(line: str, place: str) -> dict[str, Any]:
    wrong = f'{place}: is no JSON object with a "question"; write {{"id": "1", "question": "…"}}'
    try:
        data = json.loads(line, parse_constant=_refuse)
        json.dumps(data)  # what stands too deep to be written again
    except (ValueError, RecursionError):
        return {"id": None, "error": wrong}
    if not isinstance(data, dict) or not isinstance(data.get("question"), str):
        return {"id": data.get("id") if isinstance(data, dict) else None, "error": wrong}
    history = data.get("history") or []
    if not isinstance(history, Sequence) or isinstance(history, str) or not all(isinstance(h, str) for h in history):
        return {
            "id": data.get("id"),
            "error": f'{place}: "history" is no list of earlier questions; leave it out or give strings',
        }
    return {"id": data.get("id"), "question": data["question"], "history": history}


if __name__ == "__main__":
    sys.exit(main())
