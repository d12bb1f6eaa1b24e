from pathlib import Path

import pytest
from pydantic import ValidationError

from rag.errors import SettingsError
from rag.settings import BUNDLED_MODEL, DEFAULT_CORPUS, Settings, load


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder without yearbook.toml, and none of the variables set."""
    monkeypatch.chdir(tmp_path)
    for name in ("CORPUS", "INDEX", "MODEL", "HOST", "PORT"):
        monkeypatch.delenv(f"YEARBOOK_{name}", raising=False)
    return tmp_path


def test_the_defaults_are_the_chapter_and_a_local_server() -> None:
    settings = load()
    assert settings.corpus_paths == DEFAULT_CORPUS
    assert any(path.suffix == ".txt" for path in DEFAULT_CORPUS[0].iterdir())
    assert (settings.model, settings.host, settings.port) == (BUNDLED_MODEL, "127.0.0.1", 7860)


def test_flag_over_environment_over_file_over_default(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "yearbook.toml").write_text('host = "file"\nmodel = "file"\nport = 1\n', encoding="utf-8")
    monkeypatch.setenv("YEARBOOK_MODEL", "environment")
    monkeypatch.setenv("YEARBOOK_PORT", "2")
    settings = load(port=3, host=None)
    assert (settings.host, settings.model, settings.port) == ("file", "environment", 3)


def test_an_unknown_key_of_the_file_is_refused(elsewhere: Path) -> None:
    (elsewhere / "yearbook.toml").write_text('colour = "red"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="colour"):
        load()


def test_a_value_it_cannot_have_names_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK_PORT", "many")
    with pytest.raises(SettingsError, match="port"):
        load()


def test_settings_are_frozen() -> None:
    with pytest.raises(ValidationError):
        load().port = 1


def test_every_corpus_has_an_index_of_its_own() -> None:
    default, one = load().index_folder, Settings(corpus=(Path("a"),)).index_folder
    two, swapped = (Settings(corpus=(Path(a), Path(b))).index_folder for a, b in ("ab", "ba"))
    assert len({default, one, two}) == 3
    assert two == swapped
    assert Settings(corpus=(Path("a"),), index=Path("i")).index_folder == Path("i")


def test_a_name_in_the_environment_that_is_no_setting_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK_CORPSE", "x")
    with pytest.raises(SettingsError, match="YEARBOOK_CORPSE is no setting"):
        load()


def test_a_writer_has_both_an_address_and_a_model() -> None:
    assert load(llm_url="http://127.0.0.1:1/v1", llm_model="m").llm_mode == "quotes"
    with pytest.raises(SettingsError, match="llm_model"):
        load(llm_url="http://127.0.0.1:1/v1")
    with pytest.raises(SettingsError, match="llm_url"):
        load(llm_model="m")


@pytest.mark.parametrize(
    "url", ["127.0.0.1:1", "file:///etc/passwd", "http://me:secret@host/v1", "http://host/v1?key=secret"]
)
def test_an_address_that_is_none_or_holds_a_key_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="llm_url") as caught:
        load(llm_url=url, llm_model="m")
    assert "secret" not in str(caught.value)


def test_the_key_is_no_setting_and_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("YEARBOOK_LLM_KEY", "secret")
    settings = load()
    assert "secret" not in repr(settings) + settings.model_dump_json()


def test_the_key_may_lie_in_a_file(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("YEARBOOK_LLM_KEY", raising=False)
    file = elsewhere / "key"
    file.write_text("secret\n", encoding="utf-8")
    settings = load(llm_key_file=file)
    assert settings.llm_key == "secret"
    assert "secret" not in repr(settings) + settings.model_dump_json()
    monkeypatch.setenv("YEARBOOK_LLM_KEY", "first")
    assert settings.llm_key == "first"
    assert load().llm_key == "first"


def test_a_key_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        load(llm_key_file=Path("nowhere"))


def test_a_header_is_believed_only_where_nobody_else_can_send_it(elsewhere: Path) -> None:
    with pytest.raises(SettingsError, match="trust-proxy"):
        load(auth_header="X-User", host="0.0.0.0")
    assert load(auth_header="X-User", host="0.0.0.0", trust_proxy=True).auth_header
    assert load(auth_header="X-User").auth_header
    with pytest.raises(SettingsError, match="auth_file"):
        load(auth_header="X-User", auth_file=elsewhere)
