from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from embeddings import bundled
from embeddings.errors import ModelError
from embeddings.model import Embedder

ROOT = Path(__file__).parents[2]
BUILD = "import logging; logging.basicConfig(); from embeddings import bundled; print(bundled.folder())"
STOCK = """
import json, socket, sys
def refuse(*_): raise AssertionError("a look-up")
socket.getaddrinfo = socket.socket.connect = refuse
from sentence_transformers import SentenceTransformer
model = SentenceTransformer(sys.argv[1])
json.dump([model.encode_query("市长会见了谁").tolist(), model.encode_document("市长会见了谁").tolist()], sys.stdout)
"""


def start(cache: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", BUILD],
        cwd=ROOT,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_is_a_stock_folder_and_nothing_is_looked_up(embedder: Embedder) -> None:
    done = subprocess.run(
        [sys.executable, "-c", STOCK, embedder.folder], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    query, document = np.array(json.loads(done.stdout), np.float32)
    # As cosines: the stock library computes in float32, this where it can in bfloat16.
    assert query @ embedder.embed_queries(["市长会见了谁"])[0] > 0.9998
    assert document @ embedder.embed_passages(["市长会见了谁"])[0] > 0.9998


def test_the_folder_is_built_once(embedder: Embedder) -> None:
    before = (embedder.folder / "model.safetensors").stat()
    assert bundled.folder() == embedder.folder
    assert (embedder.folder / "model.safetensors").stat() == before


def test_a_killed_builder_leaves_nothing_that_is_used_and_two_at_once_build_one(tmp_path: Path) -> None:
    killed = start(tmp_path)
    cache = tmp_path / "yearbook-qa"
    while not list(cache.glob("*.unfinished/config.json")):
        assert killed.poll() is None
        time.sleep(0.01)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert list(cache.glob("*.unfinished"))
    both = [start(tmp_path), start(tmp_path)]
    outputs = [builder.communicate(timeout=600) for builder in both]
    folders = {output.strip() for output, _ in outputs}
    assert len(folders) == 1
    assert sum("building the default model" in errors for _, errors in outputs) == 1
    names = {path.name for path in Path(folders.pop()).iterdir()}
    assert {"modules.json", "model.safetensors", "tokenizer.json"} <= names
    assert not list(cache.glob("*.unfinished"))


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with pytest.raises(ModelError, match=r"bundled.*XDG_CACHE_HOME"):
        bundled.folder()


@pytest.mark.parametrize(
    ("file_name", "bert"),
    [
        ("emb.word", "embeddings.word_embeddings.weight"),
        ("l0.q.w", "encoder.layer.0.attention.self.query.weight"),
        ("l11.oln.b", "encoder.layer.11.output.LayerNorm.bias"),
    ],
)
def test_tensors_get_berts_names(file_name: str, bert: str) -> None:
    assert bundled.bert_name(file_name) == bert


def test_accents_survive_and_unknown_characters_stay_apart(embedder: Embedder) -> None:
    tokenizer = Tokenizer.from_file(str(embedder.folder / "tokenizer.json"))
    assert tokenizer.normalizer.normalize_str("Ａ\u0301Ｂ  Ｃ\u3000\x07x") == "A\u0301B C x"
    unk = tokenizer.token_to_id("<unk>")
    assert tokenizer.encode("𓀀𓀁").ids.count(unk) == 2
    assert tokenizer.encode("a").tokens == ["<s>", "▁a", "</s>"]
