"""python -m eval: scores against gold questions and answers, or retrieval on a public set."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import ProjectError
from eval import bench, dataset, report
from eval.run import Run, ask_all, made_with
from rag.reading import read_corpus
from rag.settings import Settings, load

if TYPE_CHECKING:
    from rag.assistant import Assistant


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code: 0 done, 1 failed (one line on standard error), 2 wrong usage."""
    options = _options(arguments)
    try:
        settings = load(corpus=tuple(options.corpus) or None, index=options.index, model=options.model)
        if options.check:
            _check(options, settings)
        elif options.bench:
            _bench(options, settings)
        else:
            _score(options, settings)
    except ProjectError as error:
        print(f"eval: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("eval: interrupted", file=sys.stderr)
        return 1
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval", description=__doc__)
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="FILE", help="default: all of eval/gold")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write scores, settings and every outcome")
    parser.add_argument("--report", type=Path, metavar="DIR", help="write report.json and report.html")
    parser.add_argument("--failures", action="store_true", help="list what was asked, expected and got")
    parser.add_argument("--check", action="store_true", help="prove the gold against its units, ask nothing")
    parser.add_argument("--bench", choices=sorted(bench.SETS), help="measure retrieval on a public set")
    parser.add_argument("--path", type=Path, metavar="DIR", help="the folder that holds the public set")
    parser.add_argument("--lang", choices=["zh", "en"], help="one language of the public set")
    parser.add_argument("--corpus", nargs="+", type=Path, default=[], metavar="PATH", help="default: data/")
    parser.add_argument("--index", type=Path, metavar="DIR", help="default: a folder of its own for each corpus")
    parser.add_argument("--model", metavar="NAME", help="a hub name or a local folder")
    options = parser.parse_args(arguments)
    if bool(options.bench) != bool(options.path):
        parser.error("--bench and --path go together")
    if options.bench and (options.corpus or options.gold or options.report):
        parser.error("--bench brings its own corpus and questions: leave out --corpus, --gold and --report")
    if options.lang and not options.bench:
        parser.error("--lang goes with --bench")
    return options


def _check(options: argparse.Namespace, settings: Settings) -> None:
    golds = dataset.load(dataset.gold_files(options.gold))
    problems = dataset.check(golds, read_corpus(settings.corpus_paths).units)
    for problem in problems:
        print(problem)
    if problems:
        raise dataset.GoldError(f"{len(problems)} problems in {len(golds)} pairs, listed above; mend the gold files")
    print(f"{len(golds)} pairs: every expected string stands in its units")


def _score(options: argparse.Namespace, settings: Settings) -> None:
    files = dataset.gold_files(options.gold)
    golds = dataset.load(files)
    corpus = read_corpus(settings.corpus_paths)
    if problems := dataset.check(golds, corpus.units):
        print(f"eval: {len(problems)} problems in the gold; --check lists them", file=sys.stderr)
    assistant = _open(settings)
    run = Run(ask_all(assistant, golds, corpus.units), made_with(settings, corpus, map(str, files)))
    print(report.screen(run))
    if options.failures:
        print("\n" + report.failures(run.outcomes))
    if options.json:
        report.write_json(options.json, run.to_json())
    if options.report:
        report.write_report(options.report, run)


def _bench(options: argparse.Namespace, settings: Settings) -> None:
    public = bench.load(options.bench, options.path, options.lang)
    settings = load(corpus=(public.corpus,), index=options.index, model=settings.model)
    assistant = _open(settings)
    rows = {f"{public.name} {name}": bench.measure(assistant, asked) for name, asked in public.questions.items()}
    made = made_with(settings, read_corpus(settings.corpus_paths), [])
    print(bench.screen(rows))
    if options.json:
        report.write_json(options.json, {**made, "scores": rows})


def _open(settings: Settings) -> Assistant:
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    from rag.assistant import Assistant

    return Assistant.open(settings)


if __name__ == "__main__":
    sys.exit(main())
