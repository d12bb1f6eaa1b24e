"""How often and how much: requests of a minute, wrong passwords of a minute, uploaded megabytes of an hour."""

from __future__ import annotations

from limits import RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from rag.settings import Settings
from rag.shelf import FILES

GUESSES = 10
"""Wrong passwords a minute from one address."""
SHELVES = 4
"""How many times an hour somebody may bring as much as a shelf holds; what passes through lies on the disk an hour."""


class Counts:
    """Each of them for a user, or for an address where nobody logs in."""

    def __init__(self, config: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._requests = RateLimitItemPerMinute(config.requests_per_minute)
        self._guesses = RateLimitItemPerMinute(GUESSES, namespace="guesses")
        self._megabytes = RateLimitItemPerHour(SHELVES * FILES * config.upload_mb, namespace="megabytes")

    def asks(self, who: str) -> bool:
        """Counts a request; whether it is one that may still come."""
        return self._limiter.hit(self._requests, who)

    def brings(self, who: str, size: int) -> bool:
        """Counts the bytes of an upload; whether they may still come."""
        return self._limiter.hit(self._megabytes, who, cost=-(-size // 1_000_000))

    def may_guess(self, address: str) -> bool:
        return self._limiter.test(self._guesses, address)

    def guessed(self, address: str) -> None:
        """Counts a wrong password."""
        self._limiter.hit(self._guesses, address)
