"""One frozen Settings, read once at the edge: flag > environment > file > default."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from rag.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CORPUS = (ROOT / "data",)
PREFIX = "YEARBOOK_"
BUNDLED_MODEL = "bundled"
"""The name under which the default model goes: multilingual-e5-small, built from the installed weights."""


class Settings(BaseSettings):
    """What a command or the chat runs with. Environment names are YEARBOOK_CORPUS, YEARBOOK_MODEL and so on."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, toml_file="yearbook.toml", extra="forbid", frozen=True, env_nested_delimiter="__"
    )

    corpus: tuple[Path, ...] = ()
    index: Path | None = None
    model: str = BUNDLED_MODEL
    host: str = "127.0.0.1"
    port: int = 7860
    feedback: Path = ROOT / ".index" / "feedback.jsonl"
    share_uploads: bool = False
    upload_mb: int = Field(50, ge=1)
    upload_days: int = Field(7, ge=1)

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
    def corpus_paths(self) -> tuple[Path, ...]:
        """The corpus asked for, or the chapter in data/."""
        return self.corpus or DEFAULT_CORPUS

    @property
    def index_folder(self) -> Path:
        """The index asked for, or one of its own for each corpus, so that asking another corpus leaves a chat alone."""
        if self.index is not None:
            return self.index
        if not self.corpus:
            return ROOT / ".index" / "default"
        names = "\n".join(sorted(str(path.resolve()) for path in self.corpus))
        return ROOT / ".index" / hashlib.sha256(names.encode()).hexdigest()[:12]


def load(**flags: Any) -> Settings:
    """Settings from flags (None means not given), environment, yearbook.toml and defaults. Raises SettingsError."""
    unknown = sorted(
        n for n in os.environ if n.startswith(PREFIX) and n[len(PREFIX) :].lower() not in Settings.model_fields
    )
    if unknown:
        names = ", ".join(PREFIX + name.upper() for name in Settings.model_fields)
        raise SettingsError(f"environment: {unknown[0]} is no setting; unset it, or use one of {names}")
    given = {name: value for name, value in flags.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"setting {name!r}: {first['msg']}; give {name} another value or leave it out") from None
