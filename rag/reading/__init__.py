"""Reads yearbooks: files become sources, sources become units."""

from rag.reading.apart import Limits
from rag.reading.corpus import read_corpus
from rag.reading.one import read_file, read_text
from rag.reading.source import Corpus, Furniture, Ledger, Source

READER_VERSION = 8
"""Recorded by the index: another number means that units have to be read again."""

__all__ = [
    "READER_VERSION",
    "Corpus",
    "Furniture",
    "Ledger",
    "Limits",
    "Source",
    "read_corpus",
    "read_file",
    "read_text",
]
