from pathlib import Path

import pytest

from rag.errors import SettingsError
from rag.serving.passwords import Passwords, line


@pytest.fixture
def file(tmp_path: Path) -> Path:
    users = tmp_path / "users"
    users.write_text(f"# readers\n\n{line('李娜', 'p:w 密码')}\n{line('eve', 'other')}\n", encoding="utf-8")
    return users


def test_only_a_users_own_password_is_right(file: Path) -> None:
    users = Passwords(file)
    assert users.right("李娜", "p:w 密码")
    assert not users.right("李娜", "other")
    assert not users.right("eve", "p:w 密码")
    assert not users.right("nobody", "other")
    assert not users.right("", "")


def test_what_was_right_is_known_from_then_on_and_nothing_else(file: Path) -> None:
    users = Passwords(file)
    assert not users.known("eve", "other")
    users.right("eve", "wrong")
    assert not users.known("eve", "wrong")
    users.right("eve", "other")
    assert users.known("eve", "other")
    assert not users.known("eve", "wrong")
    assert not users.known("李娜", "other")


def test_the_file_tells_no_password(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "密码" not in text and "$argon2id$" in text
    assert line("eve", "other") != line("eve", "other")


@pytest.mark.parametrize(
    ("text", "named"),
    [("", "no user"), ("eve:secret\n", "line 1"), ("# x\neve\n", "line 2"), ("eve:$argon2id$v=19$half\n", "line 1")],
)
def test_a_file_that_is_none_is_named_without_its_words(tmp_path: Path, text: str, named: str) -> None:
    users = tmp_path / "users"
    users.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=named) as raised:
        Passwords(users)
    assert "secret" not in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="nowhere"):
        Passwords(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("user", "password"), [("", "x"), ("a:b", "x"), (" a", "x"), ("#a", "x"), ("a\n", "x"), ("a", "")]
)
def test_a_line_that_could_not_be_read_back_is_not_made(user: str, password: str) -> None:
    with pytest.raises(SettingsError):
        line(user, password)
