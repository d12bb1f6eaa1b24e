"""From a model's name to the folder that holds it, and what the folder's files tell without loading the weights."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path
from typing import Any

from embeddings import bundled
from embeddings.errors import ModelError

HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
E5_NAME = re.compile(r"(?<![a-z0-9])e5(?![a-z0-9])")
IDENTITY = ("*.json", "*.txt", "*.model", "*.safetensors", "pytorch_model*.bin")
"""The files that decide what vectors a folder gives."""
NOT_NEEDED = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.msgpack", "*.ot", "*.gguf", "*.md"]


def find(name: str) -> Path:
    """The folder of the bundled model, of a local model or of a hub model (fetched if need be). Raises ModelError."""
    if name == bundled.NAME:
        return bundled.folder()
    path = Path(name).expanduser()
    if path.is_dir():
        if not (path / "config.json").is_file() and not (path / "modules.json").is_file():
            raise ModelError(f"model {name!r}: the folder holds no model (no config.json); give another folder")
        return path
    if not HUB_NAME.fullmatch(name) or name.startswith("."):
        raise ModelError(f"model {name!r}: no such folder; give a folder, a hub name like owner/model, or 'bundled'")
    return _from_hub(name)


def _from_hub(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, ignore_patterns=NOT_NEEDED))
    except LocalEntryNotFoundError:
        trouble = "it is not on this machine and no model hub can be reached"
    except (HfHubHTTPError, HFValidationError, OSError, ValueError) as error:
        trouble = f"the hub does not give it ({first_line(error)})"
    raise ModelError(f"model {name!r}: {trouble}; give a local folder, or 'bundled'")


def first_line(error: BaseException) -> str:
    """What an error says, cut to one line."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def read_json(folder: Path, name: str) -> dict[str, Any]:
    """The JSON object in a file of the folder; empty where there is none. Raises ModelError when it isn't JSON."""
    path = folder / name
    if not path.is_file():
        return {}
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError, TypeError) as error:
        raise ModelError(f"model file {path}: not readable as JSON ({error}); get the model again") from error


def prompts(name: str, folder: Path) -> dict[str, str]:
    """What is put before a query and before a document: the folder's own words, or e5's for an e5 without any."""
    given = read_json(folder, "config_sentence_transformers.json").get("prompts") or {}
    own = {role: given[role] for role in ("query", "document") if given.get(role)}
    return own or default_prompts(f"{name} {folder.name}")


def default_prompts(name: str) -> dict[str, str]:
    """e5's prompts where a model's name says that it was trained on them."""
    trained_on_them = E5_NAME.search(name.lower()) and "instruct" not in name.lower()
    return dict(bundled.PROMPTS) if trained_on_them else {}


def max_tokens(folder: Path) -> int | None:
    """The longest input in tokens, special ones included; None where the files don't tell."""
    own = read_json(folder, "sentence_bert_config.json").get("max_seq_length")
    if own:
        return int(own)
    positions = read_json(folder, "config.json").get("max_position_embeddings")
    tokenizer = read_json(folder, "tokenizer_config.json").get("model_max_length")
    known = [int(value) for value in (positions, tokenizer) if value]
    return min(known) if len(known) == 2 else None


def fingerprint(name: str, folder: Path) -> str:
    """Identifies weights, tokenizer and prompts: two models with one fingerprint give the same vectors."""
    if name == bundled.NAME:
        return folder.name  # holds the weight file's hash and the builder's version
    digest = hashlib.sha256(json.dumps(prompts(name, folder), sort_keys=True).encode())
    for path in sorted({path for pattern in IDENTITY for path in folder.rglob(pattern)}):
        digest.update(f"\n{path.relative_to(folder)}\n".encode())
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:24]
