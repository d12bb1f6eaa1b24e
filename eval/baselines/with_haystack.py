"""Haystack: document splitter, an in-memory store, its embedding and BM25 retrievers, joined by reciprocal rank."""

from __future__ import annotations

from typing import Any

from eval.baselines.base import Baseline, model_folder, words

PERIODS, OVERLAP, DEPTH = 3, 1, 10
"""Sentences of a chunk; its splitter counts 。 as no period, so a function of ours finds them."""


class Haystack(Baseline):
    """The hybrid pipeline of its tutorial, less the ranker, whose model comes from a hub."""

    packages = ("haystack-ai", "sentence-transformers-haystack")

    def __init__(self) -> None:
        from haystack import Pipeline
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore
        from haystack_integrations.components.embedders.sentence_transformers import (
            SentenceTransformersDocumentEmbedder,
            SentenceTransformersTextEmbedder,
        )

        self.store = InMemoryDocumentStore(bm25_tokenization_regex=r"\S+", embedding_similarity_function="cosine")
        options: dict[str, Any] = {"model": model_folder(), "progress_bar": False, "normalize_embeddings": True}
        self.embedder = SentenceTransformersDocumentEmbedder(prefix="passage: ", **options)
        self.pipeline = Pipeline()
        self.pipeline.add_component("embedder", SentenceTransformersTextEmbedder(prefix="query: ", **options))
        self.pipeline.add_component("dense", InMemoryEmbeddingRetriever(self.store, top_k=DEPTH))
        self.pipeline.add_component("keyword", InMemoryBM25Retriever(self.store, top_k=DEPTH))
        self.pipeline.add_component("joiner", DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=DEPTH))
        self.pipeline.connect("embedder.embedding", "dense.query_embedding")
        self.pipeline.connect("dense", "joiner")
        self.pipeline.connect("keyword", "joiner")

    def index(self, text: str) -> None:
        import re

        from haystack import Document
        from haystack.components.preprocessors import DocumentSplitter

        splitter = DocumentSplitter(
            split_by="function",
            splitting_function=lambda text: re.split("(?<=[。！？])|(?=【)", text),
            split_length=PERIODS,
            split_overlap=OVERLAP,
        )
        splitter.warm_up()
        self.embedder.warm_up()
        chunks = splitter.run(documents=[Document(content=text)])["documents"]
        embedded = self.embedder.run(documents=chunks)["documents"]
        # Its BM25 tokenizes by a pattern: the words are set apart, the chunk itself goes along.
        self.store.write_documents(
            [
                Document(content=" ".join(words(d.content)), embedding=d.embedding, meta={"chunk": d.content})
                for d in embedded
                if d.content.strip()
            ],
            policy="overwrite",
        )

    def search(self, question: str, k: int) -> list[str]:
        asked = {"embedder": {"text": question}, "keyword": {"query": " ".join(words(question))}}
        found = self.pipeline.run(asked)["joiner"]["documents"]
        return [document.meta["chunk"] for document in found[:k]]
