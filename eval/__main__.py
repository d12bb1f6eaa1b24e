"""python -m eval: scores against gold questions and answers, or retrieval on a public set."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from eval import bench, comparing, dataset, feedback, legs, report, tables, writing
from eval.floors import Floor, check_floors
from eval.run import Run, ask_all, made_with
from rag import cli
from rag.errors import SettingsError
from rag.reading import read_corpus
from rag.settings import Settings, load

if TYPE_CHECKING:
    from rag.assistant import Assistant

PROGRAM = "python -m eval"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code: 0 done, 1 failed (one line on standard error); exits 2 on usage."""
    options = _options(arguments)
    chosen = {"check": _check, "bench": _bench, "feedback": _candidates, "compare": _compare}
    command = next((command for flag, command in chosen.items() if getattr(options, flag)), _score)
    return cli.run(PROGRAM, partial(command, options))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = cli.Parser(prog=PROGRAM, description=__doc__)
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="FILE", help="default: all of eval/gold")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write scores, settings and every outcome")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.html and report.json, keep a history")
    parser.add_argument(
        "--floor", nargs="+", type=Floor.parse, default=[], metavar="SCORE=VALUE", help="exit 1 where a score misses it"
    )
    parser.add_argument("--ablate", action="store_true", help="ask again without each leg (five times as long)")
    parser.add_argument("--compare", nargs=2, type=Path, metavar="FILE", help="two files of --json: what is no chance")
    parser.add_argument("--failures", action="store_true", help="list what was asked, expected and got")
    parser.add_argument("--check", action="store_true", help="prove the gold against its units, ask nothing")
    parser.add_argument("--feedback", type=Path, metavar="FILE", help="print gold candidates from the chat's thumbs")
    parser.add_argument("--bench", choices=sorted(bench.SETS), help="measure retrieval on a public set")
    parser.add_argument("--path", type=Path, metavar="DIR", help="the folder that holds the public set")
    parser.add_argument("--lang", choices=["zh", "en"], help="one language of the public set")
    parser.add_argument("--writer", action="store_true", help="the extractive answers against the writer's")
    cli.add_writer(parser)
    cli.add_corpus(parser)
    cli.add_index(parser)
    cli.add_model(parser)
    options = parser.parse_args(arguments)
    if problem := _misuse(options):
        parser.error(problem)
    return options


def _misuse(options: argparse.Namespace) -> str | None:
    """Flags that don't go together, in words."""
    if bool(options.bench) != bool(options.path):
        return "--bench and --path go together"
    if options.bench and (options.corpus or options.gold or options.report or options.check or options.failures):
        return "--bench brings its own corpus and questions: beside it go --path, --lang, --index, --model and --json"
    if options.compare and (options.gold or options.json or options.report or options.check or options.bench):
        return "--compare only reads two runs: leave out the other flags"
    if (options.floor or options.ablate) and (options.check or options.bench or options.compare or options.feedback):
        return "--floor and --ablate go with the gold: leave out --check, --bench, --compare and --feedback"
    if options.lang and not options.bench:
        return "--lang goes with --bench"
    if options.feedback and (options.gold or options.json or options.report or options.check or options.bench):
        return "--feedback only prints candidates: leave out the other flags"
    if options.check and (options.json or options.report or options.failures):
        return "--check asks nothing: leave out --json, --report and --failures"
    if options.writer and (options.check or options.bench):
        return "--writer goes with the gold: leave out --check and --bench"
    if (options.llm_url or options.llm_model) and not options.writer:
        return "--llm-url and --llm-model go with --writer"
    return None


def _settings(options: argparse.Namespace) -> Settings:
    """What is asked for, without a writer of the file or the environment unless --writer is given."""
    writer = {"llm_url": options.llm_url, "llm_model": options.llm_model}
    if not options.writer:
        writer = {"llm_url": "", "llm_model": ""}
    settings = load(corpus=options.corpus, index=options.index, model=options.model, **writer)
    if options.writer and not settings.llm_url:
        raise SettingsError("--writer: no language model is named; give --llm-url and --llm-model")
    return settings


def _check(options: argparse.Namespace) -> None:
    settings = _settings(options)
    golds = dataset.load(dataset.gold_files(options.gold))
    problems = dataset.check(golds, read_corpus(settings.corpus_paths).units)
    for problem in problems:
        print(problem)
    if problems:
        raise dataset.GoldError(f"{len(problems)} problems in {len(golds)} pairs, listed above; mend the gold files")
    print(f"{len(golds)} pairs: every expected string stands in its units")


def _candidates(options: argparse.Namespace) -> None:
    for candidate in feedback.candidates(feedback.read(options.feedback)):
        cli.print_json(candidate)


def _compare(options: argparse.Namespace) -> None:
    print(comparing.screen(comparing.compare(*map(comparing.read_run, options.compare))))


def _score(options: argparse.Namespace) -> None:
    files = dataset.gold_files(options.gold)
    golds = dataset.load(files)
    settings = _settings(options)
    assistant = _open(settings.model_copy(update={"llm_url": "", "llm_model": ""}))
    if problems := dataset.check(golds, assistant.units):
        print(f"{PROGRAM}: {len(problems)} problems in the gold; --check lists them", file=sys.stderr)
    made = made_with(assistant.settings, read_corpus(assistant.settings.corpus_paths), map(str, files))
    run = Run(ask_all(assistant, golds), made)
    if options.writer:
        run = Run(ask_all(_open(settings), golds), {**made, "settings": settings.model_dump(mode="json")}, run.outcomes)
    if options.ablate:
        run = replace(run, legs=legs.ablate(assistant.settings, golds, _open))
    print(tables.screen(run))
    if run.floor:
        print("\n" + writing.screen(writing.compare(run.floor, run.outcomes)))
    if options.failures:
        print("\n" + tables.failures(run.outcomes))
    if options.json:
        report.write_json(options.json, run.to_json())
    if options.report:
        report.write_report(options.report, run)
    check_floors(options.floor, run.tables()["all"]["all"])


def _bench(options: argparse.Namespace) -> None:
    public = bench.load(options.bench, options.path, options.lang)
    settings = load(corpus=(public.corpus,), index=options.index, model=options.model)
    assistant = _open(settings)
    rows = {f"{public.name} {name}": bench.measure(assistant, asked) for name, asked in public.questions.items()}
    made = made_with(settings, read_corpus(settings.corpus_paths), [])
    print(bench.screen(rows))
    if options.json:
        report.write_json(options.json, {**made, "scores": rows})


def _open(settings: Settings) -> Assistant:
    from rag.assistant import Assistant

    with cli.progress_bar("embedding", " passages") as progress:
        return Assistant.open(settings, lambda _, done, total: progress(done, total))


if __name__ == "__main__":
    sys.exit(main())
