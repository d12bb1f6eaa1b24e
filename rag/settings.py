"""One frozen Settings, read once at the edge: flag > environment > file > default."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from embeddings.place import Place, place_of
from rag.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CORPUS = (ROOT / "data",)
PREFIX = "YEARBOOK_"
KEY_VARIABLE = PREFIX + "LLM_KEY"
SECRETS = (KEY_VARIABLE, PREFIX + "MILVUS_TOKEN", PREFIX + "EMBEDDING_KEY")
"""The names of the environment that are no settings: keys, which no flag or output ever holds."""
LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The names of this machine that no other machine reaches."""
BUNDLED_MODEL = "bundled"
"""The name under which the default model goes: multilingual-e5-small, built from the installed weights."""


Leg = Literal["dense", "lexical", "filters", "repair"]
"""What can be left out to measure what it is worth: the model's vectors, the keyword index, the selection by what a
question names, the reader's putting together of torn texts."""


class Settings(BaseSettings):
    """What a command or the chat runs with. Environment names are YEARBOOK_CORPUS, YEARBOOK_MODEL and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file="yearbook.toml", extra="forbid", frozen=True, env_nested_delimiter="__"
    )

    corpus: tuple[Path, ...] = ()
    index: Place | None = None
    model: str = BUNDLED_MODEL
    workers: int = Field(1, ge=1, le=256)
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    without: tuple[Leg, ...] = ()
    auth_file: Path | None = None
    auth_header: str = ""
    trust_proxy: bool = False
    hosts: tuple[str, ...] = ()
    requests_per_minute: int = Field(300, ge=1)
    queue_size: int = Field(500, ge=1)
    stop_seconds: float = Field(20, ge=0)
    log_json: bool = False
    log_questions: bool = False
    metrics: bool = False
    feedback: Path = ROOT / ".index" / "feedback.jsonl"
    file_mb: int = Field(200, ge=1)
    file_memory_mb: int = Field(3000, ge=200)
    file_seconds: int = Field(300, ge=1)
    share_uploads: bool = False
    upload_mb: int = Field(50, ge=1)
    upload_days: int = Field(7, ge=1)
    llm_url: str = ""
    llm_model: str = ""
    llm_key_file: Path | None = None
    llm_mode: Literal["quotes", "prose"] = "quotes"
    llm_json: Literal["none", "json_object", "json_schema"] = "json_schema"
    llm_context: int = Field(4096, ge=1024)
    llm_max_tokens: int = Field(512, ge=64)
    llm_temperature: float = Field(0.0, ge=0, le=2)
    llm_connect_seconds: float = Field(5, gt=0)
    llm_first_token_seconds: float = Field(90, gt=0)
    llm_between_tokens_seconds: float = Field(30, gt=0)
    llm_total_seconds: float = Field(180, gt=0)
    llm_rewrite: bool = False
    llm_judge: bool = False

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags arrive as init arguments; no .env file and no secrets folder are read."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def is_private(self) -> bool:
        """Whether only this machine can ask, and nobody has to log in."""
        return self.host in LOOPBACK and not self.auth_file and not self.auth_header

    @property
    def corpus_paths(self) -> tuple[Path, ...]:
        """The corpus asked for, or the chapter in data/."""
        return self.corpus or DEFAULT_CORPUS

    @field_validator("index", mode="before")
    @classmethod
    def _placed(cls, value: Any) -> Any:
        return place_of(value) if isinstance(value, str) else value

    @property
    def place(self) -> Place:
        """Where the index is kept: what was asked for, or a folder of its own for each corpus, so that asking another
        corpus leaves a chat alone."""
        return self.index_folder if self.index is None else self.index

    @property
    def llm_key(self) -> str:
        """The writer's key: from the environment, else from its file; "" where there is none. Raises OSError."""
        kept = self.llm_key_file.read_text("utf-8") if self.llm_key_file else ""
        return os.environ.get(KEY_VARIABLE) or kept.strip()

    @property
    def index_folder(self) -> Path:
        """The index' folder; where it is kept in Milvus, the folder beside which readers' own files are kept."""
        if isinstance(self.index, Path):
            return self.index
        if self.index is not None:
            return ROOT / ".index" / hashlib.sha256(str(self.index).encode()).hexdigest()[:12]
        if not self.corpus:
            return ROOT / ".index" / "default"
        names = "\n".join(sorted(str(path.resolve()) for path in self.corpus))
        return ROOT / ".index" / hashlib.sha256(names.encode()).hexdigest()[:12]


def load(**flags: Any) -> Settings:
    """Settings from flags (None means not given), environment, yearbook.toml and defaults. Raises SettingsError."""
    unknown = sorted(
        n
        for n in os.environ
        if n.startswith(PREFIX) and n not in SECRETS and n[len(PREFIX) :].lower() not in Settings.model_fields
    )
    if unknown:
        names = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
        raise SettingsError(f"environment: {unknown[0]} is no setting; unset it, or use one of {names}")
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        settings = Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"setting {name!r}: {first['msg']}; give {name} another value or leave it out") from None
    _check_writer(settings)
    _check_door(settings)
    return settings


def _check_writer(settings: Settings) -> None:
    if bool(settings.llm_url) != bool(settings.llm_model):
        missing = "llm_model" if settings.llm_url else "llm_url"
        raise SettingsError(f"setting {missing!r}: it is missing; a writer needs both llm_url and llm_model")
    url = urlsplit(settings.llm_url)
    if settings.llm_url and (url.scheme not in ("http", "https") or not url.hostname):
        raise SettingsError("setting 'llm_url': it is no http address; give one like http://127.0.0.1:11434/v1")
    if "@" in url.netloc or url.query:
        raise SettingsError(
            f"setting 'llm_url': it holds a key or a password; put that into {KEY_VARIABLE} or llm_key_file"
        )
    if settings.llm_key_file and not os.access(settings.llm_key_file, os.R_OK):
        raise SettingsError(
            f"setting 'llm_key_file': {settings.llm_key_file} can't be read; give a file with the key alone"
        )
    if settings.llm_max_tokens * 2 > settings.llm_context:
        raise SettingsError("setting 'llm_max_tokens': it is over half of llm_context; give a smaller one")


def _check_door(settings: Settings) -> None:
    if settings.auth_file and settings.auth_header:
        raise SettingsError("setting 'auth_header': auth_file is given too; give one of them")
    if settings.auth_header and settings.host not in LOOPBACK and not settings.trust_proxy:
        raise SettingsError(
            f"setting 'auth_header': on {settings.host} anyone can send it; listen on 127.0.0.1, or give --trust-proxy "
            "where nothing but the proxy reaches this port"
        )
