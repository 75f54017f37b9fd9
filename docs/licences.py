# ruff: noqa: INP001 - a script beside its page, no package
"""Write the tables of licences.md again: the licence of every package of requirements.lock, by what it says of itself.

    python docs/licences.py

A package of the lock that is not installed here, because it is for another system or Python, keeps its row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, metadata, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPOSITORY = Path(__file__).resolve().parents[1]
PAGE = REPOSITORY / "docs" / "licences.md"
HEAD = "| package | licence | kind |\n|---|---|---|\n"
TABLE = re.compile(re.escape(HEAD) + r"((?:\|.*\n)*)")
KINDS = ("permissive", "weak copyleft", "strong copyleft", "unknown")
# Its metadata name no licence; its licence file does, and the axe it carries names its own.
BY_FILE = {"axe-playwright-python": "MIT AND MPL-2.0"}
# Names of SPDX for what packages write.
NAMES = {
    "Apache 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
    "BSD License": "BSD",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "ISC license": "ISC",
    "MIT License": "MIT",
    "MIT license": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0",
}
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC", "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib"}  # fmt: skip


def locked() -> set[str]:
    """Names of the packages of the lock, for any system and Python."""
    lock = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE))


def licence(name: str) -> str | None:
    """What an installed package says of its licence, in names of SPDX; None where it is not installed."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return None
    field = (told.get("License") or "UNKNOWN").splitlines()  # some write the whole text there
    stated = [told.get("License-Expression"), NAMES.get(field[0].strip())]
    stated += [field[0]] if len(field) == 1 and field != ["UNKNOWN"] else []
    classified = [
        each for each in told.get_all("Classifier", []) if each.startswith("License :: OSI Approved :: ")
    ]
    stated += [each.rpartition(" :: ")[2] for each in classified]
    first = next(filter(None, [*stated, BY_FILE.get(name)]), "unknown")
    return NAMES.get(first, first)


def kind(text: str) -> str:
    """The kind of a licence: of those to choose from the mildest, of those that all hold the strictest."""
    return min(
        (max(map(_kind, each.split(" AND ")), key=KINDS.index) for each in text.split(" OR ")),
        key=KINDS.index,
    )


def _kind(name: str) -> str:
    if name in PERMISSIVE:
        return "permissive"
    if name.startswith(("MPL-", "LGPL-")):
        return "weak copyleft"
    return "strong copyleft" if name.startswith(("GPL", "AGPL")) else "unknown"


def needed() -> set[str]:
    """Names of the packages that the suite leads to, from those installed here."""
    found: set[tuple[str, str]] = set()
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(each) for each in project["dependencies"]]
    while waiting:
        asked = waiting.pop()
        steps = {(str(canonicalize_name(asked.name)), extra) for extra in ("", *asked.extras)} - found
        found |= steps
        waiting += [each for step in steps for each in _required(*step)]
    return {name for name, _ in found}


def _required(name: str, extra: str) -> list[Requirement]:
    try:
        asked = [Requirement(each) for each in requires(name) or []]
    except PackageNotFoundError:
        return []
    return [each for each in asked if each.marker is None or each.marker.evaluate({"extra": extra})]


def rows(names: Iterable[str], kept: dict[str, str]) -> str:
    """The rows of a table: of installed packages as they say, of others as they stood."""
    told = {name: licence(name) for name in names}
    new = {name: f"| {name} | {text} | {kind(text)} |\n" for name, text in told.items() if text}
    return "".join(row for _, row in sorted({**kept, **new}.items()))


def written(page: str) -> str:
    """The page with its two tables as they should be: what the suite needs, and what only its development does."""
    old = [dict(re.findall(r"^(\| (\S+) .*\n)", table, re.MULTILINE)) for table in TABLE.findall(page)]
    by_name = [{name: row for row, name in each.items()} for each in old]
    names = locked()
    kept = [
        {name: row for name, row in each.items() if name in names and licence(name) is None}
        for each in by_name
    ]
    tables = iter([rows(names & needed(), kept[0]), rows(names - needed(), kept[1])])
    return TABLE.sub(lambda _: HEAD + next(tables), page)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
