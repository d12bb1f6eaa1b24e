"""Milvus' own client, cut down to what an index needs, with its errors in words."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from embeddings.errors import StoreUnreachable
from embeddings.folders import first_line
from embeddings.place import MilvusPlace
from embeddings.reading import Vectors

if TYPE_CHECKING:
    from pymilvus import MilvusClient

os.environ.setdefault("GRPC_VERBOSITY", "NONE")  # else it tells of each connection that it makes anew
TOKEN_VARIABLE = "YEARBOOK_MILVUS_TOKEN"
ROWS = 500
"""Rows in one request: at 64 kB each still far below the 64 MB that a request may have."""
NEAREST = 16_384
"""The largest k of a search that Milvus allows."""
TEXT_BYTES, LABEL_BYTES, LABELS_EACH = 65_535, 4_096, 1_024
SECONDS = 60.0
"""Time limit of one request."""
Row = dict[str, Any]
T = TypeVar("T")


class Connection:
    """One server. Safe to share between threads; every method raises StoreUnreachable when the server refuses."""

    def __init__(self, place: MilvusPlace) -> None:
        self.place = place
        with self._worded():
            self._client = _client(place.address)

    @contextmanager
    def _worded(self) -> Iterator[None]:
        from pymilvus.exceptions import MilvusException

        try:
            yield
        except MilvusException as error:
            reason = first_line(error).removeprefix("<MilvusException: ")
            raise StoreUnreachable(
                f"index {self.place}: Milvus refuses or doesn't answer ({reason}); look whether it runs there, and "
                f"whether {TOKEN_VARIABLE} is its token"
            ) from error

    def names(self) -> list[str]:
        """The collections there are."""
        with self._worded():
            return list(self._client.list_collections())

    def create(self, name: str, dimension: int, *, labels: Sequence[str] = (), lists: Sequence[str] = ()) -> None:
        """A collection of rows with id, vector, born, text and these labels, unless it is there already."""
        from pymilvus import DataType, MilvusClient

        schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("id", DataType.VARCHAR, is_primary=True, max_length=256)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        schema.add_field("born", DataType.INT64)
        schema.add_field("text", DataType.VARCHAR, max_length=TEXT_BYTES)
        for label in labels:
            schema.add_field(label, DataType.VARCHAR, max_length=LABEL_BYTES)
        for label in lists:
            schema.add_field(
                label,
                DataType.ARRAY,
                element_type=DataType.VARCHAR,
                max_capacity=LABELS_EACH,
                max_length=LABEL_BYTES,
            )
        with self._worded():
            if not self._client.has_collection(name):
                # FLAT compares every vector: slower than a graph, and right.
                exact = self._client.prepare_index_params()
                exact.add_index("vector", index_type="FLAT", metric_type="IP")
                self._client.create_collection(name, schema=schema, index_params=exact, consistency_level="Strong")
            self._client.load_collection(name)

    def drop(self, name: str) -> None:
        """Removes a collection."""
        with self._worded():
            self._client.drop_collection(name)

    def put(self, name: str, rows: Iterable[Row]) -> None:
        """Writes rows; one whose id is there already takes its place."""
        with self._worded():
            for some in batches(rows, ROWS):
                self._client.upsert(name, some)

    def delete(self, name: str, ids: Iterable[str]) -> None:
        """Removes rows."""
        with self._worded():
            for some in batches(ids, ROWS):
                self._client.delete(name, ids=some)

    def get(self, name: str, ids: Iterable[str], fields: Sequence[str]) -> dict[str, Row]:
        """The rows of these ids that there are, by id."""
        found: dict[str, Row] = {}
        with self._worded():
            for some in batches(ids, ROWS):
                rows = self._client.query(name, ids=some, output_fields=["id", *fields])
                found.update((row["id"], row) for row in rows)
        return found

    def where(self, name: str, condition: str, fields: Sequence[str]) -> Iterator[Row]:
        """All rows that fulfil a condition, in no order."""
        with self._worded():
            pages = self._client.query_iterator(name, batch_size=ROWS, filter=condition, output_fields=["id", *fields])
            while page := pages.next():
                yield from page
            pages.close()

    def search(self, name: str, query: Vectors, k: int, condition: str) -> list[tuple[str, float]]:
        """(id, inner product) of the k rows nearest to a vector (dimension,) among those that fulfil a condition."""
        with self._worded():
            hits = self._client.search(
                name, [query.tolist()], limit=k, filter=condition, search_params={"metric_type": "IP"}
            )[0]
        return [(hit["id"], float(hit["distance"])) for hit in hits]


@lru_cache
def _client(address: str) -> MilvusClient:
    try:
        from pymilvus import MilvusClient
    except ImportError as error:
        raise StoreUnreachable(
            f"index {address}: Milvus' client is not installed; pip install --constraint constraints.txt -e '.[milvus]'"
        ) from error
    logging.getLogger("pymilvus").setLevel(logging.CRITICAL)  # what goes wrong is raised as well
    return MilvusClient(address, token=os.environ.get(TOKEN_VARIABLE, ""), timeout=SECONDS)


def among(field: str, values: Iterable[str]) -> str:
    """The condition that a field has one of the values."""
    return f"{field} in [{_listed(values)}]"


def having(field: str, values: Iterable[str]) -> str:
    """The condition that a list has one of the values."""
    return f"array_contains_any({field}, [{_listed(values)}])"


def _listed(values: Iterable[str]) -> str:
    return ", ".join(json.dumps(label(value), ensure_ascii=False) for value in values)


def label(value: object) -> str:
    """A value as a row holds it and as it is looked for: encodable, and no longer than a label may be."""
    return str(value or "").encode("utf-8", "replace")[:LABEL_BYTES].decode("utf-8", "ignore")


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of `size`, the last one shorter."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
