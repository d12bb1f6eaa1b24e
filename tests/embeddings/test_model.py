from __future__ import annotations

import json
import pickle
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import huggingface_hub.constants
import numpy as np
import pytest

from embeddings.errors import ModelError
from embeddings.model import Embedder, LocalEmbedder, load

TEXTS = ["", "北京市市长会见外宾", "a", "Beijing met foreign guests " * 20, "表5", "half a pair \ud800 and NUL \0"]


def test_vectors_are_unit_float32_in_the_texts_order(embedder: Embedder) -> None:
    together = embedder.embed_passages(TEXTS)
    assert together.shape == (len(TEXTS), embedder.dimension)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-5)
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    assert (together * alone).sum(1).min() > 0.9998  # as cosines: a batch rounds otherwise than a text alone


def test_queries_and_passages_are_embedded_differently(embedder: Embedder) -> None:
    assert not np.allclose(embedder.embed_queries(["外事"]), embedder.embed_passages(["外事"]), atol=1e-3)


def test_a_question_is_nearest_to_its_answer(embedder: Embedder) -> None:
    passages = ["市领导会见德国企业高管", "农村公路养护工程完工", "中小学新学期开学"]
    scores = embedder.embed_passages(passages) @ embedder.embed_queries(["Who met German executives?"])[0]
    assert scores.argmax() == 0


def test_no_texts_no_vectors(embedder: Embedder) -> None:
    assert embedder.embed_passages([]).shape == (0, 384)
    assert embedder.count_tokens([]) == []


def test_progress_counts_up_to_all(embedder: Embedder) -> None:
    calls: list[tuple[int, int]] = []
    embedder.embed_passages(["短"] * 40, lambda done, total: calls.append((done, total)))
    assert calls == [(0, 40), (16, 40), (32, 40), (40, 40)]


def test_tokens_are_counted_the_same_before_and_after_the_model_is_loaded(embedder: Embedder) -> None:
    fresh = load("bundled")
    before = fresh.count_tokens([*TEXTS, "外" * 2000])
    embedder.embed_queries(["?"])
    assert embedder.count_tokens([*TEXTS, "外" * 2000]) == before
    assert before[2] == 1
    assert before[-1] > fresh.max_tokens == 512


def test_a_passage_of_passage_tokens_is_embedded_whole(embedder: Embedder) -> None:
    letters = [chr(ord("a") + number % 26) for number in range(embedder.passage_tokens + 1)]
    full, longer = " ".join(letters[:-1]), " ".join(letters)
    counts = embedder.count_tokens([full, longer])
    assert counts == [embedder.passage_tokens, embedder.passage_tokens + 1]
    other_end = " ".join([*letters[:-2], "外"])
    same_head = " ".join([*letters[:-1], "外"])
    vectors = embedder.embed_passages([full, other_end, longer, same_head])
    assert not np.allclose(vectors[0], vectors[1], atol=1e-4)  # the last token of a full passage counts
    assert np.allclose(vectors[2], vectors[3], atol=1e-6)  # one more is cut


def test_a_question_of_a_million_characters_is_cut(embedder: Embedder) -> None:
    assert np.allclose(embedder.embed_queries(["外事" * 500_000]), embedder.embed_queries(["外事" * 5000]), atol=1e-5)


def test_threads_share_one_model(embedder: Embedder) -> None:
    expected = embedder.embed_queries(TEXTS)

    def ask(number: int) -> bool:
        embedder.count_tokens(TEXTS[number % len(TEXTS) :])
        return bool(np.allclose(embedder.embed_queries(TEXTS), expected, atol=1e-5))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(16)))


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A local folder with another model: one small layer, no prompts of its own, the bundled tokenizer."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    folder = tmp_path_factory.mktemp("models") / "tiny"
    sizes = BertConfig(
        vocab_size=250037, hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8
    )
    BertModel(sizes).save_pretrained(folder / "bert")
    AutoTokenizer.from_pretrained(embedder.folder).save_pretrained(folder / "bert")
    model = SentenceTransformer(modules=[Transformer(str(folder / "bert")), Pooling(8)])
    model.save(str(folder / "whole"))
    return folder / "whole"


def test_a_local_folder_takes_the_models_place(tiny: Path) -> None:
    model = load(str(tiny))
    vectors = model.embed_passages(["外事", "a"])
    assert vectors.shape == (2, 8)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert model.prompts == {}
    assert np.allclose(vectors, model.embed_queries(["外事", "a"]), atol=1e-6)
    assert model.passage_tokens == 510


def test_an_e5_without_prompts_gets_e5s(tiny: Path) -> None:
    named = tiny.rename(tiny.with_name("my-e5-small"))
    try:
        assert load(str(named)).prompts == {"query": "query: ", "document": "passage: "}
    finally:
        named.rename(tiny)


def test_the_fingerprint_follows_weights_and_prompts(tiny: Path) -> None:
    before = load(str(tiny)).fingerprint
    assert load(str(tiny)).fingerprint == before
    config, weights = tiny / "config_sentence_transformers.json", tiny / "model.safetensors"
    content = json.loads(config.read_text())
    config.write_text(json.dumps({**content, "prompts": {"query": "q: ", "document": "d: "}}))
    prompted = load(str(tiny)).fingerprint
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert len({before, prompted, load(str(tiny)).fingerprint}) == 3


class Trap:
    """Leaves a mark where it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.touch, (self.mark,))


def test_code_that_a_folder_brings_is_not_run(tiny: Path, tmp_path: Path) -> None:
    mark, folder = tmp_path / "ran", tmp_path / "model"
    shutil.copytree(tiny, folder)
    (folder / "mine.py").write_text(f"import pathlib\npathlib.Path({str(mark)!r}).touch()\nclass Mine: pass\n")
    modules = json.loads((folder / "modules.json").read_text())
    (folder / "modules.json").write_text(json.dumps([{**modules[0], "type": "mine.Mine"}, *modules[1:]]))
    with pytest.raises(ModelError):
        load(str(folder)).embed_queries(["?"])
    assert not mark.exists()


def test_a_pickle_in_place_of_weights_is_not_opened(tiny: Path, tmp_path: Path) -> None:
    mark, folder = tmp_path / "ran", tmp_path / "model"
    shutil.copytree(tiny, folder)
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(pickle.dumps(Trap(mark), protocol=2))
    with pytest.raises(ModelError):
        load(str(folder)).embed_queries(["?"])
    assert not mark.exists()


def test_a_broken_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text('{"model_type": "bert"}')
    with pytest.raises(ModelError, match=str(tmp_path)):
        load(str(tmp_path)).embed_queries(["?"])
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match=r"config\.json"):
        _ = load(str(tmp_path)).max_tokens


@pytest.mark.parametrize("name", ["", "/no/such/folder", "./none", "a/b/c", "nobody/no-model", "no model"])
def test_a_model_that_is_nowhere_is_named(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError) as caught:
        load(name)
    assert repr(name) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_bfloat16_is_taken_where_the_processor_has_it_and_finds_the_same(
    embedder: Embedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    def with_processor(*abilities: str) -> LocalEmbedder:
        monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: dict.fromkeys(abilities, True))
        model = LocalEmbedder(embedder.name, embedder.folder)
        model.warm_up()
        return model

    quick, plain = with_processor("avx512_bf16"), with_processor("avx2")
    assert (quick._model.dtype, plain._model.dtype) == (torch.bfloat16, torch.float32)
    one, other = (model.embed_passages(TEXTS) for model in (quick, plain))
    assert (one * other).sum(1).min() > 0.9998
    assert np.allclose(np.linalg.norm(one, axis=1), 1, atol=1e-6)
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: {"amx_bf16": True})
    assert LocalEmbedder("another", embedder.folder)._precision() == "float32"
