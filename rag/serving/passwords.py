"""Who may log in: a file with a line `user:hash` for each, its hashes Argon2id."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from rag.errors import SettingsError

# Argon2id with 19 MiB and 2 passes: the OWASP Password Storage Cheat Sheet's first choice, cheap enough to be asked
# of a server that embeds beside it.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def line(user: str, password: str) -> str:
    """A line for the file. Raises SettingsError for a name that no line can hold and for an empty password."""
    if not user or ":" in user or user != user.strip() or not user.isprintable() or user.startswith("#"):
        raise SettingsError(f"user {user!r}: it holds a colon or is no name; give letters, digits, dots")
    if not password:
        raise SettingsError(f"user {user!r}: the password is empty; give one")
    return f"{user}:{_HASHER.hash(password)}"


class Passwords:
    """The users of one file, read once. What was right before is remembered by a keyed digest, not hashed again."""

    def __init__(self, file: Path) -> None:
        """Raises SettingsError when the file can't be read, holds no user or a line that is no `user:hash`."""
        self._hashes = _read(file)
        self._nobody = _HASHER.hash(secrets.token_hex())
        self._key = secrets.token_bytes(32)
        self._right: dict[str, bytes] = {}

    def known(self, user: str, password: str) -> bool:
        """Whether these were right before; quick, and False says nothing."""
        return hmac.compare_digest(self._right.get(user, b""), self._digest(user, password))

    def right(self, user: str, password: str) -> bool:
        """Whether the password is the user's; takes some 20 ms, for a user that isn't there as well."""
        try:
            _HASHER.verify(self._hashes.get(user, self._nobody), password)
        except Argon2Error:
            return False
        self._right[user] = self._digest(user, password)
        return True

    def _digest(self, user: str, password: str) -> bytes:
        return hmac.digest(self._key, f"{user}\0{password}".encode(), hashlib.sha256)


def _read(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"auth file {file}: it can't be read ({error}); give a text file of user:hash") from None
    hashes = {}
    for number, text in enumerate(lines, 1):
        if not text.strip() or text.startswith("#"):
            continue
        user, _, hashed = text.strip().partition(":")
        try:
            _HASHER.check_needs_rehash(hashed)
        except InvalidHashError:
            cure = "make it with python app.py --hash-password USER"
            raise SettingsError(f"auth file {file}: line {number} is no user:hash; {cure}") from None
        hashes[user] = hashed
    if not hashes:
        raise SettingsError(f"auth file {file}: no user in it; add a line by python app.py --hash-password USER")
    return hashes
