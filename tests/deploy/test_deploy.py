"""The files that others deploy with: what a linter can tell without an engine, and the rules that matter here."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
UNIT = ROOT / "deploy" / "yearbook-qa.service"


def test_the_image_runs_without_rights_is_watched_and_holds_no_secret() -> None:
    said = dict(re.findall(r"^([A-Z]+) (.+)$", DOCKERFILE, re.M))
    assert re.fullmatch(r"python:3\.11-slim", said["FROM"])
    assert int(said["USER"]) > 0
    assert "/healthz" in said["HEALTHCHECK"]
    assert not re.search(r"(?i)password|token|secret|api_key|LLM_KEY", DOCKERFILE)
    assert "ADD" not in said


def test_what_the_image_copies_is_there_and_not_ignored() -> None:
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = {name for line in re.findall(r"^COPY (.+) \S+$", DOCKERFILE, re.M) for name in line.split()}
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


@pytest.mark.skipif(not shutil.which("hadolint"), reason="hadolint is not installed")
def test_hadolint_finds_nothing() -> None:
    found = subprocess.run(["hadolint", ROOT / "Dockerfile"], capture_output=True, text=True)
    assert found.returncode == 0, found.stdout


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    here = tmp_path / UNIT.name
    here.write_text(UNIT.read_text("utf-8").replace("/opt/yearbook-qa/.venv/bin/python", sys.executable), "utf-8")
    found = subprocess.run(["systemd-analyze", "verify", here], capture_output=True, text=True)
    assert (found.returncode, found.stderr) == (0, "")


def test_every_flag_is_one_of_the_chats() -> None:
    helped = subprocess.run([sys.executable, "app.py", "--help"], cwd=ROOT, capture_output=True, text=True).stdout
    for text in (DOCKERFILE, UNIT.read_text("utf-8")):
        start = next(line for line in text.splitlines() if line.startswith(("ENTRYPOINT", "ExecStart")))
        flags = re.findall(r"--[a-z-]+", start)
        assert flags and all(flag in helped for flag in flags)
