"""Whose files a reader's window opens."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from rag.chat.loader import Loader
from rag.chat.uploads import Panel
from rag.serving.guard import USER
from rag.settings import Settings
from rag.shelf import Shelves


def test_two_users_of_one_browser_share_no_files(tmp_path: Path) -> None:
    def never(_: Any) -> Any:
        raise AssertionError

    panel = Panel(Loader(never), Shelves(Settings(index=tmp_path / "index")))

    def folder(secret: str, user: str = "") -> Path:
        request: Any = SimpleNamespace(headers={USER: user} if user else {})
        return panel._shelf({"secret": secret}, request).folder

    folders = [folder("one"), folder("one", "eve"), folder("one", "adam"), folder("two", "eve"), folder("two")]
    assert len(set(folders)) == 5
    assert folder("one", "eve") == folders[1]
    assert folders[0] == Shelves(Settings(index=tmp_path / "index")).of("one").folder
