"""One answer written: evidence in, proven words out, and the extractive answer wherever they fall short."""

from __future__ import annotations

import logging
import time
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain

from rag.bridge import STOP
from rag.citations import faults
from rag.evidence import Found
from rag.question import Question
from rag.retriever import Retriever
from rag.settings import Settings
from rag.text import tokens as words
from rag.types import Answer, Language, WriterReport
from rag.writing import prompts
from rag.writing.client import TICK, Endpoint
from rag.writing.model import LanguageModel, Piece, Prompt, WriterError
from rag.writing.packing import Record, batches, records, tokens
from rag.writing.prose import ProseDraft
from rag.writing.quotes import QuoteDraft

_log = logging.getLogger(__name__)
SHORT_REPLY = 128
"""The most tokens of a rewritten question."""
YES_OR_NO = 4
FRAME = 64
"""Tokens that a server's chat template takes around the texts."""


class Writer:
    """Puts evidence into words with one language model. Safe to share by threads."""

    def __init__(self, model: LanguageModel, settings: Settings) -> None:
        self._model, self._settings = model, settings

    @classmethod
    def of(cls, settings: Settings) -> Writer | None:
        """The writer that the settings name, or None where they name none."""
        return cls(Endpoint(settings), settings) if settings.llm_url else None

    @property
    def name(self) -> str:
        """The model's name, as readers see it."""
        return self._model.name

    def report(self) -> WriterReport:
        """An empty report of this writer."""
        return WriterReport(self._model.name, self._settings.llm_mode)

    def write(
        self, question: Question, found: Found, floor: Answer, retriever: Retriever, report: WriterReport
    ) -> Iterator[Answer]:
        """Answers that grow by what is proven, text "" at first; the last one is final: the model's own where it is
        proven and lacks nothing of `floor`, the extractive answer, else `floor` with the reason. Closing the iterator
        cancels the request."""
        begun = told = time.monotonic()
        work = _Work(self._model, self._settings, report, begun + self._settings.llm_total_seconds)
        make = QuoteDraft if self._settings.llm_mode == "quotes" else ProseDraft
        draft = make(question, found, floor, retriever)
        try:
            for group in self._groups(question, draft, exhaustive=found.exhaustive):
                with closing(self._model.stream(self._prompt(draft, group), work.deadline)) as reply:
                    draft.begin(group)
                    whole = True
                    for piece in reply:
                        work.count(piece)
                        whole = whole and not piece.unfinished
                        for _ in chain(draft.add(piece.text, work.judge), (None,)):
                            if time.monotonic() - told >= TICK:  # often enough to stop by, seldom enough to draw
                                told = time.monotonic()
                                yield work.shown(draft, floor)
                for _ in draft.finish(work.judge, whole=whole):
                    yield work.shown(draft, floor)
            fallback = _shortfall(draft, floor, retriever)
        except WriterError as error:
            _log.warning("the extractive answer stands in: %s", error)
            fallback = error.reason
        ms = round((time.monotonic() - begun) * 1000, 1)
        if fallback:
            yield replace(floor, writer=replace(work.of(draft), shown=0, fallback=fallback, ms=ms))
        else:
            answer = work.shown(draft, floor)
            yield replace(answer, writer=replace(work.of(draft), ms=ms))

    def rewrite(self, question: str, history: Sequence[str], language: Language) -> str | None:
        """A follow-up as the model makes it stand on its own; None where it gives nothing of the kind in time."""
        earlier = "\n".join(f"- {text}" for text in history[-4:])
        asked = prompts.REWRITTEN[language].format(history=earlier, question=question)
        deadline = time.monotonic() + self._settings.llm_first_token_seconds
        try:
            prompt = Prompt(prompts.REWRITE[language], asked, SHORT_REPLY)
            pieces = list(self._model.stream(prompt, deadline))
        except WriterError as error:
            _log.warning("the follow-up is taken as it stands: %s", error)
            return None
        if any(piece.unfinished for piece in pieces):
            return None
        lines = "".join(piece.text for piece in pieces).split("\n")
        reply = next((line.strip(" \"“”'「」") for line in lines if line.strip()), "")
        return reply if _carries_over(reply, question, history) else None

    def _groups(self, question: Question, draft: QuoteDraft | ProseDraft, *, exhaustive: bool) -> list[list[Record]]:
        room, bare = self._settings.llm_max_tokens, tokens(draft.ask(()))
        budget = self._settings.llm_context - room - tokens(draft.system) - bare - FRAME

        def size(record: Record) -> int:
            return tokens(draft.ask([record])) - bare

        packed = records(question, draft.evidence, exhaustive=exhaustive)
        groups = batches(packed, budget, room, size, exhaustive=exhaustive)
        if {r.unit.id for r in packed} - {r.unit.id for group in groups for r in group}:
            raise WriterError(
                "context", f"{self.name}: the evidence does not fit into {self._settings.llm_context} tokens"
            )
        return groups

    def _prompt(self, draft: QuoteDraft | ProseDraft, group: Sequence[Record]) -> Prompt:
        return Prompt(draft.system, draft.ask(group), self._settings.llm_max_tokens, draft.schema)


class _Work:
    """What one answer's requests share: the deadline, the count of tokens, the judge where one is on."""

    def __init__(self, model: LanguageModel, settings: Settings, report: WriterReport, deadline: float) -> None:
        self.deadline = deadline
        self._model, self._judges, self._report = model, settings.llm_judge, report

    def count(self, piece: Piece) -> None:
        self._report = replace(
            self._report,
            prompt_tokens=self._report.prompt_tokens + piece.prompt_tokens,
            completion_tokens=self._report.completion_tokens + piece.completion_tokens,
        )

    def of(self, draft: QuoteDraft | ProseDraft) -> WriterReport:
        """The report as it stands with this draft."""
        return replace(self._report, shown=draft.shown, withheld=tuple(draft.withheld))

    def shown(self, draft: QuoteDraft | ProseDraft, floor: Answer) -> Answer:
        """The answer as it stands with this draft."""
        return replace(floor, text=draft.text, citations=draft.citations, writer=self.of(draft))

    def judge(self, claim: str, cited: Sequence[Record]) -> Generator[None, None, bool]:
        """Whether the model agrees that the records say the claim; True where no judge is on. Yields while it thinks.

        Raises WriterError.
        """
        if not self._judges:
            return True
        record = "\n".join(record.text for record in cited)
        prompt = Prompt(prompts.JUDGE, prompts.JUDGED.format(record=record, claim=claim), YES_OR_NO)
        reply = ""
        with closing(self._model.stream(prompt, self.deadline)) as pieces:
            for piece in pieces:
                self.count(piece)
                reply += piece.text
                yield
        return reply.strip(" \n*\"'.").lower().startswith(("yes", "是"))


def _carries_over(reply: str, question: str, history: Sequence[str]) -> bool:
    """Whether a rewriting says something that the earlier questions say and the follow-up doesn't: an echo of the
    follow-up doesn't stand on its own."""
    earlier = set(words(" ".join(history))) - set(words(question)) - set(STOP)
    return any(len(word) > 1 and word in earlier for word in words(reply))


def _shortfall(draft: QuoteDraft | ProseDraft, floor: Answer, retriever: Retriever) -> str | None:
    """Why a finished draft can't take the extractive answer's place; None where it can."""
    if not draft.shown:
        return "unproven" if draft.withheld else "incomplete" if draft.declined else "garbage"
    if missing := draft.missing():
        _log.info("a written answer lacks %s", "; ".join(missing))
        return "incomplete"
    written = replace(floor, text=draft.text, citations=draft.citations)
    return "unproven" if faults(written, retriever.lexicon.names) else None
