"""What watchers ask: /healthz, and /metrics where it is wanted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from rag.chat.loader import Loader
from rag.serving.telling import REGISTRY

if TYPE_CHECKING:
    from starlette.requests import Request


def routes(loader: Loader, metrics: bool, stopping: threading.Event) -> list[Route]:
    """The addresses, for the server's application."""

    async def healthz(_: Request) -> JSONResponse:
        """200 as soon as questions are answered, 503 before and while the server is stopping."""
        if stopping.is_set():
            return JSONResponse({"status": "stopping", "index": None, "units": 0}, 503)
        if not loader.ready:
            status = "failed" if loader.failed else "preparing"
            return JSONResponse({"status": status, "index": None, "units": 0}, 503)
        index = loader.get().index
        return JSONResponse({"status": "ok", "index": index.generation, "units": len(index.documents)})

    async def told(_: Request) -> Response:
        return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), *([Route("/metrics", told)] if metrics else [])]
