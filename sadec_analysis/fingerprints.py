"""Fingerprints: what a file, a month's folder, or this package holds; of content, never of times."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import PACKAGE, Tree, notebook_folder

Read = TypeVar("Read")
_NOT_SOURCE = {".pyc", ".pyo"}


def of_file(path: Path) -> str:
    """SHA-256 of a file; raises InputError where it cannot be read."""
    try:
        with path.open("rb") as file:  # piece by piece: a list of dossiers may be larger than memory
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(
            path,
            f"cannot be read: {error.strerror}",
            remedy="close it in other programs, and check that you may read it",
        ) from error


def once_while_same(read: Callable[[Path], Read]) -> Callable[[Path], Read]:
    """Let a reader of small files read each once in a process while it holds the same."""

    @functools.lru_cache(maxsize=32)
    def known(path: Path, _: str) -> Read:
        return read(path)

    @functools.wraps(read)
    def reader(path: Path) -> Read:
        return known(path, of_file(path))

    return reader


def of_month(tree: Tree, month: Month) -> dict[str, str]:
    """Fingerprints of the files that arrived for a month."""
    return of_folder(tree.raw(month))


def of_folder(folder: Path) -> dict[str, str]:
    """Fingerprints of the files of a folder, without those that Word, Excel and other programs keep while one is open."""
    files = (path for path in sorted(folder.iterdir()) if path.is_file())
    return {path.name: of_file(path) for path in files if not is_passing(path)}


def is_passing(path: Path) -> bool:
    """Whether a file is one that a program keeps beside another while that is open."""
    return path.name.startswith(("~$", "."))


def of_parts(*parts: Any) -> str:
    """SHA-256 of plain data.

    >>> of_parts({"b": 1, "a": 2}) == of_parts({"a": 2, "b": 1})
    True
    """
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()


@functools.cache
def of_code() -> str:
    """Fingerprint of the package and its notebooks, wherever they lie, as they were when this program first asked."""
    notebooks, whole = notebook_folder(), hashlib.sha256()
    # Installed, the notebooks lie inside the package: a name that comes twice counts once.
    files = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*")}
    files |= {path.relative_to(notebooks.parent).as_posix(): path for path in notebooks.rglob("*")}
    for name, path in sorted(files.items()):
        if path.is_file() and path.suffix not in _NOT_SOURCE and not path.name.startswith("."):
            whole.update(f"{name} {of_file(path)}\n".encode())
    return whole.hexdigest()
