"""Where an index is kept, as `--index` names it: a folder, or a collection of a Milvus server."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SCHEME = "milvus+"
DEFAULT_NAME = "yearbook"
NAME = re.compile(r"[A-Za-z_]\w{0,99}", re.ASCII)


@dataclass(frozen=True)
class MilvusPlace:
    """`address` is what the client takes: a server's URL, or the file of an embedded milvus-lite; `name` begins the
    names of the collections."""

    address: str
    name: str = DEFAULT_NAME

    def __str__(self) -> str:
        address = self.address if "://" in self.address else f"file:{self.address}"
        return f"{SCHEME}{address}#{self.name}"


Place = Path | MilvusPlace


def place_of(text: str) -> Place:
    """`milvus+http://host:19530#name` or `milvus+file:/path/to/a.db#name`, else a folder. Raises ValueError."""
    if not text.startswith(SCHEME):
        return Path(text)
    address, _, name = text.removeprefix(SCHEME).partition("#")
    url = urlsplit(address)
    if not NAME.fullmatch(name or DEFAULT_NAME):
        raise ValueError(f"{name!r} is no name for a collection (letters, digits and _)")
    if url.scheme == "file" and url.path.endswith(".db"):
        return MilvusPlace(url.path, name or DEFAULT_NAME)
    if url.scheme not in ("http", "https") or not url.hostname:
        raise ValueError("no Milvus address, which are like milvus+http://host:19530#name or milvus+file:/path/a.db")
    if "@" in url.netloc:
        raise ValueError("it holds a password, which belongs into YEARBOOK_MILVUS_TOKEN")
    return MilvusPlace(address, name or DEFAULT_NAME)
