from types import SimpleNamespace
from typing import Any

import gradio as gr

from rag.chat import memory
from rag.chat.keeping import _restore
from rag.types import Answer

REQUEST: Any = SimpleNamespace(headers={"accept-language": "zh"})
TURNS = {1: Answer("问", "答", "zh", True)}


def test_what_was_kept_comes_back_to_an_empty_page_only() -> None:
    store = memory.kept([], "a", TURNS)
    messages, turns, *_ = _restore(store, [], {}, REQUEST)
    assert ([message["role"] for message in messages], turns) == (["user", "assistant"], TURNS)
    asked = [{"role": "user", "content": "quicker"}]
    for seen in (_restore(store, asked, {}, REQUEST), _restore(store, [], TURNS, REQUEST)):
        assert all(part == gr.skip() for part in seen)
