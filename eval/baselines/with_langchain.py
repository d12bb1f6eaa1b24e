"""LangChain: recursive splitter, FAISS and BM25 in an ensemble of equal weights."""

from __future__ import annotations

from typing import Any

from embeddings.model import Embedder, load
from eval.baselines.base import Baseline, words

SIZE, OVERLAP = 500, 50
"""Characters of a chunk: about the model's 512 tokens of Chinese."""
SEPARATORS = ["\n\n", "\n", "。", "；", "，", " ", ""]
"""The splitter's own, with the full stops that its documentation says to add for Chinese."""
DEPTH = 10


class LangChain(Baseline):
    """Reciprocal-rank fusion over the ten best of each leg."""

    packages = (
        "langchain-classic",
        "langchain-community",
        "langchain-text-splitters",
        "rank-bm25",
        "faiss-cpu",
        "sentence-transformers",
    )

    def __init__(self) -> None:
        self.embedder = load()
        self.ensemble: Any = None

    def index(self, text: str) -> None:
        from langchain_classic.retrievers import EnsembleRetriever
        from langchain_community.retrievers import BM25Retriever
        from langchain_community.vectorstores import FAISS
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        splitter = RecursiveCharacterTextSplitter(chunk_size=SIZE, chunk_overlap=OVERLAP, separators=SEPARATORS)
        chunks = splitter.split_text(text)
        keyword = BM25Retriever.from_texts(chunks, preprocess_func=words)
        keyword.k = DEPTH
        dense = FAISS.from_texts(chunks, _embeddings(self.embedder)).as_retriever(search_kwargs={"k": DEPTH})
        self.ensemble = EnsembleRetriever(retrievers=[keyword, dense], weights=[0.5, 0.5])

    def search(self, question: str, k: int) -> list[str]:
        return [document.page_content for document in self.ensemble.invoke(question)[:k]]


def _embeddings(embedder: Embedder) -> Any:
    """The model as its documentation has one's own: its package for hub models wants an older hub client than ours."""
    from langchain_core.embeddings import Embeddings

    methods = {
        "embed_documents": lambda self, texts: embedder.embed_passages(texts).tolist(),
        "embed_query": lambda self, text: embedder.embed_queries([text])[0].tolist(),
    }
    return type("Bundled", (Embeddings,), methods)()
