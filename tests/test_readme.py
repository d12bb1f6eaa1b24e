"""What the README shows works: its commands run, its Python runs, its settings load, its links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from embeddings.place import MilvusPlace
from rag.settings import load

ROOT = Path(__file__).parent.parent
PAGES = (
    "README.md",
    "README.zh.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "data/README.md",
    "eval/gold/README.md",
    "SECURITY.md",
)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)[^)]*\)")
SERVED = "http://127.0.0.1:7860"
ELSEWHERE = {
    "make run": ("tests/app/test_make_run.py", '"make", "run"'),
    "make test": (".ci/run", "make test"),
    "python app.py": ("tests/app/test_served.py", '"app.py"'),
    "python app.py --hash-password eve": ("tests/app/test_serving.py", '"--hash-password", "eve"'),
    "python -m pytest tests/embeddings/test_generations.py": ("Makefile", "python -m pytest"),
    "python -m ruff format .": ("Makefile", "python -m ruff format --check ."),
}
"""The commands that are too long to run here or would change the tree: which file runs them, by what."""


def blocks(page: str, language: str) -> list[str]:
    """A page's code blocks in one language."""
    return [text for name, text in BLOCK.findall((ROOT / page).read_text("utf-8")) if name == language]


def commands(page: str) -> list[str]:
    """Every command of a page's shell blocks, in order and without its comment."""
    lines = [line for block in blocks(page, "sh") for line in block.splitlines()]
    return [shlex.join(words) for line in lines if (words := shlex.split(line, comments=True))]


CHEAP = [command for command in commands("README.md") if command not in ELSEWHERE]


@pytest.fixture(scope="module")
def environment(chapter_index: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of the README's commands: an index of the chapter, away from the one that a chat may use."""
    index = shutil.copytree(chapter_index, tmp_path_factory.mktemp("readme") / "index")
    return {**os.environ, "YEARBOOK_INDEX": str(index)}


def pinned() -> set[str]:
    """What pyproject.toml asks for, test tools and all."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return {*project["dependencies"], *project["optional-dependencies"]["dev"]}


def run(arguments: list[str], environment: dict[str, str]) -> str:
    """What a command prints on standard output; fails with what it said when it fails."""
    done = subprocess.run(arguments, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_page_shows_only_commands_that_something_runs() -> None:
    shown = {command for page in PAGES for command in commands(page)}
    assert shown == {*CHEAP, *ELSEWHERE}
    assert any("rag ask" in command for command in CHEAP)


@pytest.mark.parametrize("command", ELSEWHERE)
def test_what_is_not_run_here_is_run_elsewhere(command: str) -> None:
    place, what = ELSEWHERE[command]
    assert what in (ROOT / place).read_text("utf-8")


@pytest.mark.parametrize("command", CHEAP)
def test_a_command_of_the_readme(
    command: str, environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In this process, which has imported already what takes each of them seconds."""
    program, flag, module, *arguments = shlex.split(command)
    assert (program, flag) == ("python", "-m")
    monkeypatch.setenv("YEARBOOK_INDEX", environment["YEARBOOK_INDEX"])
    monkeypatch.setattr(sys, "argv", [module, *arguments])
    monkeypatch.chdir(ROOT)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    printed, told = capsys.readouterr()
    assert not ended.value.code, told
    assert printed.strip()
    if "--batch" in arguments:
        asked = (ROOT / arguments[arguments.index("--batch") + 1]).read_text("utf-8").splitlines()
        answers = [json.loads(line) for line in printed.splitlines()]
        assert [answer["id"] for answer in answers] == [json.loads(line)["id"] for line in asked]
        assert not any("error" in answer for answer in answers)


@pytest.fixture(scope="module")
def served(environment: dict[str, str], free_port: Callable[[], int]) -> Iterator[str]:
    """The address of a chat that has the environment's index."""
    port = free_port()
    with subprocess.Popen([sys.executable, "app.py", "--port", str(port)], cwd=ROOT, env=environment) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            for _ in range(6000):
                try:
                    urllib.request.urlopen(address, timeout=60).close()
                    break
                except OSError:
                    assert server.poll() is None
                    time.sleep(0.1)
            yield address
        finally:
            server.kill()


def test_the_programs_of_the_readme(served: str, environment: dict[str, str]) -> None:
    _, client, tool = (snippet.replace(SERVED, served) for snippet in blocks("README.md", "python"))
    environment = {**environment, "PYTHONIOENCODING": "utf-8"}
    printed = run([sys.executable, "-c", client], environment)
    assert "[1]" in printed
    assert "赫尔辛基" in printed
    answered = run([sys.executable, "-c", tool], environment)
    assert "'abstained': False" in answered
    assert "'citations': [{'number': 1" in answered


def test_the_python_of_the_readme(environment: dict[str, str]) -> None:
    snippet = blocks("README.md", "python")[0]
    assert len(snippet.strip().splitlines()) <= 10
    printed = run([sys.executable, "-c", snippet], {**environment, "PYTHONIOENCODING": "utf-8"})
    assert "[1] " in printed
    assert "市领导会见外资企业高管" in printed


def test_the_settings_files_of_the_readme(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared, *writers, example = blocks("README.md", "toml")
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith("YEARBOOK_"):
            monkeypatch.delenv(name)
    (tmp_path / "yearbook.toml").write_text(shared, encoding="utf-8")
    assert load().place == MilvusPlace("http://milvus.example.org:19530", "yearbooks")
    assert load().model.startswith("openai+http://") and load().workers == 8
    for writer in writers:
        assert len(writer.splitlines()) <= 5
        (tmp_path / "yearbook.toml").write_text(writer, encoding="utf-8")
        assert load().llm_model
    (tmp_path / "yearbook.toml").write_text(example, encoding="utf-8")
    settings = load()
    assert (settings.corpus[0], settings.port) == (Path("yearbooks/2021"), 8080)
    monkeypatch.setenv("YEARBOOK_CORPUS", '["elsewhere.txt"]')
    monkeypatch.setenv("YEARBOOK_PORT", "8081")
    assert (load().corpus, load().port, load(port=8082).port) == ((Path("elsewhere.txt"),), 8081, 8082)


def test_the_readme_names_every_setting_and_every_dependency() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"^\| ([^|`]+) \|", text, re.MULTILINE))
    packages = {name for cell in named for name in cell.split(", ")}
    assert {pin.partition("==")[0] for pin in pinned()} <= packages
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE)) == set(type(load()).model_fields)


def test_the_constraints_pin_what_the_project_pins() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").lower().splitlines()
    assert pinned() <= set(lines)
    assert all(re.fullmatch(r"#.*|[\w.-]+==[\w.]+|", line) for line in lines)


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_to_files(page: str) -> None:
    for target in LINK.findall((ROOT / page).read_text("utf-8")):
        assert ((ROOT / page).parent / target).exists(), target
