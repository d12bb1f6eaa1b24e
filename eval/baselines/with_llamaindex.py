"""LlamaIndex: sentence splitter, a vector and a BM25 retriever, query fusion by reciprocal rank."""

from __future__ import annotations

from typing import Any

from eval.baselines.base import Baseline, model_folder, words

SIZE, OVERLAP, DEPTH = 512, 50, 10
"""Tokens of a chunk, as many as the model reads."""


class LlamaIndex(Baseline):
    """No language model writes variants of the question: `num_queries=1`."""

    packages = ("llama-index-core", "llama-index-embeddings-huggingface", "llama-index-retrievers-bm25")

    def __init__(self) -> None:
        from llama_index.core import MockEmbedding, Settings
        from llama_index.core.llms import MockLLM
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        Settings.llm, Settings.embed_model = MockLLM(), MockEmbedding(1)  # else it asks for a hosted one's key
        self.embeddings = HuggingFaceEmbedding(
            model_name=model_folder(), query_instruction="query: ", text_instruction="passage: "
        )
        self.fusion: Any = None

    def index(self, text: str) -> None:
        from llama_index.core import Document, VectorStoreIndex
        from llama_index.core.node_parser import SentenceSplitter
        from llama_index.core.retrievers import QueryFusionRetriever
        from llama_index.core.schema import TextNode
        from llama_index.retrievers.bm25 import BM25Retriever

        splitter = SentenceSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP)
        nodes = splitter.get_nodes_from_documents([Document(text=text)])
        # Its BM25 tokenizes by spaces: the words are set apart, and the chunk itself is found again by its id.
        spaced = [TextNode(text=" ".join(words(node.get_content())), id_=node.node_id) for node in nodes]
        self.texts = {node.node_id: node.get_content() for node in nodes}
        self.fusion = QueryFusionRetriever(
            [
                VectorStoreIndex(nodes, embed_model=self.embeddings).as_retriever(similarity_top_k=DEPTH),
                BM25Retriever.from_defaults(nodes=spaced, similarity_top_k=min(DEPTH, len(nodes)), skip_stemming=True),
            ],
            similarity_top_k=DEPTH,
            num_queries=1,
            mode="reciprocal_rerank",
            use_async=False,
        )

    def search(self, question: str, k: int) -> list[str]:
        found = self.fusion.retrieve(question)
        return [self.texts[scored.node.node_id] for scored in found[:k]]
