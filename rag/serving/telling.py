"""What a server tells about itself: log lines as JSON with the request's id, counters for Prometheus.

No line and no counter holds a question, an answer, a password or a key; with `log_questions` the questions are told.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from gradio.context import LocalContext
from prometheus_client import CollectorRegistry, Counter, Histogram
from pythonjsonlogger.json import JsonFormatter

if TYPE_CHECKING:
    from rag.types import Answer

REGISTRY = CollectorRegistry()
"""Of this server's own counters; the library's own registry would add the interpreter's."""
REQUESTS = Counter("yearbook_requests", "HTTP requests answered, by status", ["status"], registry=REGISTRY)
ANSWERS = Counter("yearbook_answers", "Questions by what became of them", ["result"], registry=REGISTRY)
SECONDS = Histogram("yearbook_answer_seconds", "Seconds from a question to its whole answer", registry=REGISTRY)
FIELDS = "%(levelname)s %(name)s %(message)s"
JSON: dict[str, Any] = {
    "rename_fields": {"levelname": "level", "name": "logger"},
    "timestamp": True,
    "json_ensure_ascii": False,
}
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
"""What may end a line, or command the terminal that shows it."""
log = logging.getLogger("app")
_questions = False


def set_up(as_json: bool, questions: bool) -> None:
    """Makes the log what the settings ask for: plain lines about what went wrong, or everything as JSON."""
    global _questions
    _questions = questions
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json(FIELDS, **JSON) if as_json else _Plain("%(message)s"))
    handler.addFilter(_with_request)
    logging.getLogger().handlers = [handler]
    log.setLevel(logging.INFO if as_json else logging.WARNING)
    # Gradio prints what a request made it raise, which may hold any text of that request, line ends and all.
    traceback.print_exc = _print_exc


def take_over_uvicorn() -> None:
    """Its own handlers, which it made as the server started, print to the log whatever was raised."""
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [], True


def answered(answer: Answer, seconds: float) -> None:
    """Tells that a question has its answer."""
    ANSWERS.labels(result="abstained" if answer.abstained else "answered").inc()
    SECONDS.observe(seconds)
    facts: dict[str, Any] = {"ms": round(seconds * 1000), "citations": len(answer.citations)}
    facts |= {"language": answer.language, "abstained": answer.abstained}
    log.info("answer", extra=facts | ({"question": answer.question} if _questions else {}))


def failed(question: str = "") -> None:
    """Tells that a question has no answer, in the handler of what was raised."""
    ANSWERS.labels(result="failed").inc()
    log.exception("no answer", extra={"question": question[:200]} if _questions else {})


def _print_exc(*_: Any, **__: Any) -> None:
    log.error("a request came to nothing", exc_info=True)


def _with_request(record: logging.LogRecord) -> bool:
    """The id that the guard gave to the request which is being answered, and its user."""
    request = LocalContext.request.get(None)
    headers = request.headers if request is not None and hasattr(request, "request") else {}
    for name, header in (("request", "x-request-id"), ("user", "x-yearbook-user")):
        if not hasattr(record, name):
            setattr(record, name, unquote(headers.get(header, "")))
    return True


def _raised(error: Any) -> str:
    """Where something was raised, and its kind: its message may hold a question or a document's text."""
    kind, raised, trace = error
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    return _line(f"{kind.__name__}{f': {raised}' if _questions else ''} at {' < '.join(reversed(frames))}")


def _line(text: str) -> str:
    return CONTROLS.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


class _Plain(logging.Formatter):
    def formatMessage(self, record: logging.LogRecord) -> str:
        return _line(super().formatMessage(record))

    def formatException(self, ei: Any) -> str:
        return _raised(ei)


class _Json(JsonFormatter):
    def formatException(self, ei: Any) -> Any:
        return _raised(ei)
