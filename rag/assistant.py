"""One conversation: history → standalone question → answer. The one place where the parts are put together."""

from __future__ import annotations

import logging
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import lru_cache, partial

from embeddings.index import Index
from embeddings.model import Embedder, load
from embeddings.stores import store_at
from rag import compose, evidence
from rag.absence import Nothing
from rag.citations import faults
from rag.errors import ProjectError
from rag.followups import agrees, readings
from rag.library import open_library, with_recorded_corpus
from rag.meanings import Meanings, enriched
from rag.question import MAX_CHARACTERS, Question, understand
from rag.retriever import Retriever, Scored
from rag.settings import Settings
from rag.text import fold, well_formed
from rag.types import Answer, Hit, Unit
from rag.understood import without as less
from rag.writing.writer import Writer

_log = logging.getLogger(__name__)
StageProgress = Callable[[str, int, int], None]
REPEATED = 256
"""Questions whose vectors are kept, some 30 kB each: asked again, by a click on what was understood say, they cost a
quarter."""


class Assistant:
    """Answers from one index, and picks up a newer generation of it between questions. Safe to share by threads."""

    def __init__(self, settings: Settings, embedder: Embedder, index: Index) -> None:
        self.settings = settings
        self._embedder = embedder
        self._read = lru_cache(maxsize=REPEATED)(lambda text: embedder.read(text))
        self._store = store_at(settings.place)
        self._lock = threading.Lock()
        self._one_by_one = ThreadPoolExecutor(1, "look-up")
        """Questions are looked up one at a time, in the order they came: several at once take each other's cores."""
        self._refused: str | None = None
        self._writer = Writer.of(settings)
        self._use(index)

    @classmethod
    def open(cls, settings: Settings, progress: StageProgress | None = None) -> Assistant:
        """With the index refreshed if need be; `progress(stage, done, total)` while it embeds.

        Raises CorpusError, ModelError, or an index error.
        """
        settings = with_recorded_corpus(settings)
        embedder = load(settings.model, settings.workers)
        index = open_library(settings, embedder, (lambda d, t: progress("embedding", d, t)) if progress else None)
        embedder.warm_up()
        return cls(settings, embedder, index)

    def _use(self, index: Index) -> None:
        units = [Unit.from_json(document) for document in index.documents]
        meanings = Meanings(index.words, index.word_vectors, self._embedder.question_mean)
        self._state = (index, Retriever(units, meanings, self.settings.without))

    @property
    def retriever(self) -> Retriever:
        """What selects and ranks now: its units, their texts and its lexicon belong together."""
        return self._state[1]

    @property
    def units(self) -> tuple[Unit, ...]:
        """Every unit of the index that answers now."""
        return self._state[1].units

    @property
    def index(self) -> Index:
        """The index that answers now."""
        return self._state[0]

    @property
    def embedder(self) -> Embedder:
        """The model whose vectors the index holds."""
        return self._embedder

    def reload_if_changed(self) -> bool:
        """Whether a newer generation was found and taken into use; one that can't be used leaves the present one."""
        generation = self._store.generation()
        with self._lock:
            if generation in (self._state[0].generation, self._refused, None):
                return False
            try:
                self._use(self._store.open(self._embedder.fingerprint))
            except ProjectError as error:
                self._refused = generation
                _log.error("the chat keeps the index it has: %s", error)
                return False
        return True

    def search(self, question: str, history: Sequence[str] = (), k: int = 10) -> list[Hit]:
        """The k best units for a question, best first. Raises QuestionError."""
        self.reload_if_changed()
        index, retriever = self._state
        understood = readings(question, history, retriever.lexicon, retriever.keywords)[0]
        _, scored = self._one_by_one.submit(self._scored, understood, index, retriever).result()
        return retriever.hits(scored, k)

    def ask(self, question: str, history: Sequence[str] = (), without: Sequence[str] = ()) -> Answer:
        """A cited answer, or an abstention; never one that `citations.faults` objects to. Raises QuestionError.

        `without` takes keys of `understood.parts` that were understood but not meant.
        """
        *_, answer = self.stream(question, history, without)
        return answer

    def stream(self, question: str, history: Sequence[str] = (), without: Sequence[str] = ()) -> Iterator[Answer]:
        """The answer as it grows, the last one final; without a writer just that one. Closing the iterator stops the
        writer. Raises QuestionError."""
        begun = time.perf_counter()
        question, history = well_formed(question), [well_formed(earlier) for earlier in history]
        self.reload_if_changed()
        index, retriever = self._state
        ways = readings(question, history, retriever.lexicon, retriever.keywords)
        rewritten = self._rewritten(question, history, ways[0], retriever)
        offered = [less(reading, without) for reading in ([rewritten] if rewritten else []) + ways]
        way, understood, found, answer = self._one_by_one.submit(self._looked_up, offered, index, retriever).result()
        drafts: Iterator[Answer] = iter((answer,))
        if self._writer:
            told = understood.standalone if rewritten and way is offered[0] else None
            report = replace(self._writer.report(), rewritten=told)
            drafts = iter((replace(answer, writer=report),))
            if found:
                drafts = self._writer.write(understood, found, answer, retriever, report)
        for draft in drafts:
            yield replace(draft, question=question, ms=round((time.perf_counter() - begun) * 1000, 1))

    def _looked_up(
        self, ways: Sequence[Question], index: Index, retriever: Retriever
    ) -> tuple[Question, Question, evidence.Found | None, Answer]:
        """The first of the ways to take a question that has an answer, else the last, and what it came to."""
        for way in ways:
            understood, scored = self._scored(way, index, retriever)
            found, answer = answer_from(understood, retriever, scored)
            if not answer.abstained:
                break
        return way, understood, found, answer

    def _rewritten(self, question: str, history: Sequence[str], own: Question, retriever: Retriever) -> Question | None:
        """The follow-up as the model makes it stand on its own, where that is on and asks what `own` asks."""
        if not (self._writer and self.settings.llm_rewrite and history):
            return None
        text = self._writer.rewrite(question, history, own.language)
        if not text or len(text) > MAX_CHARACTERS or not re.search(r"\w", text):
            return None
        rewritten = understand(text, retriever.lexicon, retriever.keywords)
        return rewritten if agrees(rewritten, own, [*history, question]) else None

    def _scored(self, understood: Question, index: Index, retriever: Retriever) -> tuple[Question, Scored]:
        """The question with what its words mean in the corpus, and the scores of all units."""
        reading = self._read(fold(understood.standalone))
        understood = enriched(understood, reading, retriever.meanings, retriever.keywords)
        return understood, retriever.score(understood, partial(index.similarities, reading.vector))


def answer_from(question: Question, retriever: Retriever, scored: Scored) -> tuple[evidence.Found | None, Answer]:
    """The evidence and the proven answer to an understood question, or None and an abstention."""
    result = evidence.gather(question, retriever, scored)
    if isinstance(result, evidence.Found):
        answer = compose.compose(question, result, retriever)
        if not faults(answer, retriever.lexicon.names):
            return result, answer
        result = Nothing("weak")
    covered = [year for year, _ in retriever.lexicon.years.most_common(1)]
    return None, compose.abstain(question, result, retriever.nearest(scored, 3), covered)
