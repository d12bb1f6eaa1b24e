"""`python tests/audit.py`: known vulnerabilities of what constraints.txt pins, by pip-audit.

Exits 1 where there are some that SETTLED doesn't name, and 0 where there are none or no database can be reached.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PINS = Path(__file__).parents[1] / "constraints.txt"
COMMAND = [sys.executable, "-m", "pip_audit", "--disable-pip", "--no-deps", "--requirement", str(PINS)]
COMMAND += ["--format", "json", "--progress-spinner", "off"]
SECONDS = 300
SETTLED: dict[str, str] = {}
"""Vulnerabilities that don't touch this project, with the reason why."""


def main() -> int:
    """The exit code; says on standard output what was found."""
    if find_spec("pip_audit") is None:
        print("audit: pip-audit is not installed; run make install-dev")
        return 1
    try:
        run = subprocess.run(COMMAND, capture_output=True, text=True, timeout=SECONDS)
        packages = json.loads(run.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError):
        packages = []
    text, code = verdict(packages)
    print(text)
    return code


def verdict(packages: list[dict[str, Any]]) -> tuple[str, int]:
    """What pip-audit's packages come to, and the exit code. What the database doesn't know was not audited."""
    known = [package for package in packages if "vulns" in package]
    if not known:
        return "audit: no database of vulnerabilities can be reached; nothing was audited", 0
    found = [
        f"audit: {package['name']} {package['version']}: {vulnerability['id']}, mended in "
        f"{', '.join(vulnerability['fix_versions']) or 'no release yet'}"
        for package in known
        for vulnerability in package["vulns"]
        if vulnerability["id"] not in SETTLED
    ]
    count = f"audit: {len(known)} of {len(packages)} packages audited, {len(found)} known vulnerabilities"
    return "\n".join([*found, count]), 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
