"""The chat for programs: three endpoints of Gradio's API, which are tools over MCP as well."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import gradio as gr
from gradio.events import api

from rag.chat.loader import Loader
from rag.errors import CorpusError, QuestionError
from rag.serving import telling
from rag.shapes import answer_json, search_json
from rag.shelf import Shelves

if TYPE_CHECKING:
    from rag.assistant import Assistant

Given = TypeVar("Given")
MOST = 200
"""Units that one call gives at most."""


def build_programs(loader: Loader, shelves: Shelves) -> None:
    """The endpoints /chat, /search and /entries. They know the server's sources, and what its readers share."""
    programs = Programs(loader, shelves)
    for name in ("chat", "search", "entries"):
        api(getattr(programs, name), api_name=name, concurrency_limit=8, concurrency_id="programs")


@dataclass(frozen=True)
class Programs:
    """The functions behind the endpoints. Gradio shows their docstrings to programs and models."""

    loader: Loader
    shelves: Shelves

    # Gradio reads the annotations at run time, and MCP's clients read the docstrings: both in Gradio's own form.
    def chat(self, question: str, history: list[str] = []) -> dict[str, Any]:  # noqa: B006
        """Answer a question about the yearbook in the question's language (Chinese or English). Every claim is cited.

        Args:
            question: the question, in Chinese or English; it may refer back to the history
            history: the conversation's earlier questions, oldest first

        Returns:
            "answer" with [1], [2] … after each claim; "citations" with number, verbatim quote, title, section,
            source and lines of each; "abstained" is true where the yearbook doesn't say
        """
        begun = time.perf_counter()
        answer = _told(lambda: self._assistant().ask(question, history))
        telling.answered(answer, time.perf_counter() - begun)
        return answer_json(None, answer)

    def search(self, question: str, count: int = 10) -> dict[str, Any]:
        """Find the yearbook's entries, paragraphs and table rows that are nearest to a question, without an answer.

        Args:
            question: what to look for, in Chinese or English
            count: how many to give, from 1 to 200

        Returns:
            "hits", best first, each with score, title, section, text, source and lines
        """
        begun = time.perf_counter()
        hits = _told(lambda: self._assistant().search(question, k=_within(count)))
        return search_json(None, hits, (time.perf_counter() - begun) * 1000)

    def entries(self, source: str = "", first: int = 1, count: int = 20) -> dict[str, Any]:
        """List what the yearbook holds, in its own order: entries, overview paragraphs and table rows, page by page.

        Args:
            source: the name of one source; empty for all
            first: the number of the first unit to give, from 1
            count: how many to give, from 1 to 200

        Returns:
            "total", the number of units; "sources", the names of all sources; "entries", the units asked for
        """
        units = self._assistant().units
        of_source = [unit for unit in units if source in ("", unit.source)]
        start = max(1, first) - 1
        return {
            "total": len(of_source),
            "sources": list(dict.fromkeys(unit.source for unit in units)),
            "entries": [unit.to_json() for unit in of_source[start : start + _within(count)]],
        }

    def _assistant(self) -> Assistant:
        from rag.desk import desk  # brings what the page must not wait for

        base = _told(self.loader.get)
        return desk(base, self.shelves.of("")) if self.shelves.settings.share_uploads else base


def _told(ask: Callable[[], Given]) -> Given:
    """What `ask` gives. Raises gr.Error, which a program is told, where a question can't be asked or nothing is there
    to be asked."""
    try:
        return ask()
    except (QuestionError, CorpusError) as error:
        raise gr.Error(str(error), print_exception=False) from error
    except gr.Error:
        raise
    except Exception:
        telling.failed()
        raise gr.Error("no answer: something went wrong; the server's log says where", print_exception=False) from None


def _within(count: int) -> int:
    return min(max(1, count), MOST)
