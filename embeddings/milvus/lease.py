"""One refresh at a time over one collection, though Milvus has no locks."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from embeddings.errors import IndexBusy, StoreUnreachable
from embeddings.milvus.connection import Connection

LEASE = "LEASE"
BEAT, DEAD = 4.0, 20.0
"""Seconds between the beats of a holder, and without a beat until another one may take over."""
SETTLE = 0.5
"""Seconds after which the last of those who took a free lease at once has it."""


class Lease:
    """A row with its holder's name and a count that goes up. Who waits measures by its own clock how long the row stays
    the same, so the machines' clocks need not agree."""

    def __init__(self, connection: Connection, records: str) -> None:
        self._connection, self._records = connection, records
        self._name = uuid.uuid4().hex
        self._beats = 0
        self._stop = threading.Event()
        self._lost = False

    def check(self) -> None:
        """Raises IndexBusy when another refresh has taken over."""
        if self._lost or self._holder() != self._name:
            raise IndexBusy(f"index {self._connection.place}: another refresh took over; start this one again")

    def _read(self) -> str | None:
        row = self._connection.get(self._records, [LEASE], ["text"]).get(LEASE)
        return row["text"] if row else None

    def _holder(self) -> str | None:
        text = self._read()
        return json.loads(text)["holder"] if text else None

    def _write(self) -> None:
        self._beats += 1
        text = json.dumps({"holder": self._name, "beats": self._beats})
        row = {"id": LEASE, "vector": [0.0, 0.0], "born": 0, "text": text, "kind": LEASE}
        self._connection.put(self._records, [row])

    def _take(self, patience: float) -> bool:
        begun = since = time.monotonic()
        seen = self._read()
        while True:
            if seen is None or time.monotonic() - since > DEAD:
                self._write()
                time.sleep(SETTLE)
                if self._holder() == self._name:
                    return True
            if time.monotonic() - begun > patience:
                return False
            time.sleep(SETTLE)
            if (now := self._read()) != seen:
                seen, since = now, time.monotonic()

    def _keep(self) -> None:
        while not self._stop.wait(BEAT):
            try:
                self.check()
                self._write()
            except (IndexBusy, StoreUnreachable):
                self._lost = True
                return

    @contextmanager
    def held(self, patience: float) -> Iterator[None]:
        """Holds the lease. Raises IndexBusy when it isn't free within `patience` seconds."""
        if not self._take(patience):
            raise IndexBusy(
                f"index {self._connection.place}: another refresh is at work since over {patience:g} s; wait for it"
            )
        beating = threading.Thread(target=self._keep, name="milvus-lease", daemon=True)
        beating.start()
        try:
            yield
        finally:
            self._stop.set()
            beating.join()
            if not self._lost and self._holder() == self._name:
                self._connection.delete(self._records, [LEASE])
