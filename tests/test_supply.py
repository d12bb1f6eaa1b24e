"""What the packages are: releases and hashes that are fixed, licences that fit, vulnerabilities that are told."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

sys.path.insert(0, str(Path(__file__).parent))

from audit import verdict
from licences import canonical, faults, licence, needed

ROOT = Path(__file__).parents[1]
PIN = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.M)
LOCKS = ("requirements.lock", "requirements-dev.lock")
TORCHS_OWN = re.compile(r"torch|triton|cuda-|nvidia-")
"""torch comes as one of several builds, with CUDA's libraries or without, and so with one of several hashes."""


def pins(name: str) -> dict[str, str]:
    return {canonical(package): version for package, version in PIN.findall((ROOT / name).read_text())}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_what_the_constraints_pin_with_a_hash_each(name: str) -> None:
    fixed = pins("constraints.txt")
    locked = (ROOT / name).read_text()
    for package, version in pins(name).items():
        assert fixed.get(package, version) == version, package
    for block in re.split(r"\n(?=\S)", locked):
        if not block.startswith("#"):
            assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


def test_the_lock_has_all_that_is_needed_but_torch() -> None:
    locked = pins("requirements.lock")
    assert {name for name in needed() if name not in locked} == {"torch"}
    assert not [name for name in locked if TORCHS_OWN.match(name)]
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for text in wanted["optional-dependencies"]["dev"]:
        assert canonical(Requirement(text).name) in pins("requirements-dev.lock")


def test_a_file_that_is_not_the_one_locked_is_refused(tmp_path: Path) -> None:
    """With the command of the Makefile; nothing is fetched, since the only file that fits is another one."""
    wheel = tmp_path / "idna-3.20-py3-none-any.whl"
    wheel.write_bytes(b"PK\x05\x06" + bytes(18))
    lock = tmp_path / "a.lock"
    lock.write_text("idna==3.20 --hash=sha256:" + "0" * 64)
    flags = re.search(r"^LOCKED := .* install (.*)$", (ROOT / "Makefile").read_text(), re.M)
    assert flags and flags[1] == "--require-hashes --no-deps"
    command = [sys.executable, "-m", "pip", "install", "--no-index", "--find-links", str(tmp_path), "--dry-run"]
    command += ["--ignore-installed", *flags[1].split(), "--requirement", str(lock)]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode != 0 and "DO NOT MATCH THE HASHES" in run.stderr


def test_every_licence_is_listed_and_fits() -> None:
    listed = (ROOT / "LICENCES.txt").read_text().splitlines()
    stated = {name: licence(package) for name, package in needed().items() if not TORCHS_OWN.match(name)}
    assert {f"{name}: {text}" for name, text in stated.items()} <= set(listed)
    assert {name: faults(text) for name, text in stated.items() if faults(text)} == {}
    everywhere = re.findall(r"^([a-z0-9.-]+)==\S+ \\$", (ROOT / "requirements.lock").read_text(), re.M)
    assert set(everywhere) <= {line.partition(":")[0] for line in listed}


@pytest.mark.parametrize(
    "stated",
    [
        "GPL-3.0-or-later",
        "MIT AND AGPL-3.0-only",
        "GNU General Public License v3 (GPLv3)",
        "",
        "Proprietary",
        "MIT OR GPL-2.0",
    ],
)
def test_a_licence_that_does_not_fit_is_told(stated: str) -> None:
    assert faults(stated)


@pytest.mark.parametrize(
    "stated", ["MIT", "MPL-2.0 AND (Apache-2.0 OR MIT)", "ISC License (ISCL)", "Apache-2.0 WITH LLVM-exception"]
)
def test_a_licence_that_fits_is_none(stated: str) -> None:
    assert faults(stated) == []


def test_an_audit_says_what_it_has_not_audited() -> None:
    unknown = {"name": "a", "skip_reason": "not found"}
    sound = {"name": "b", "version": "1", "vulns": []}
    hurt = {"name": "c", "version": "2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2.1"]}]}
    assert (
        verdict([])
        == verdict([unknown])
        == ("audit: no database of vulnerabilities can be reached; nothing was audited", 0)
    )
    assert verdict([unknown, sound]) == ("audit: 1 of 2 packages audited, 0 known vulnerabilities", 0)
    text, code = verdict([sound, hurt])
    assert code == 1 and "c 2: PYSEC-1, mended in 2.1" in text and "2 of 2 packages audited, 1 known" in text
