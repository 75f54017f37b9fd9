"""Finished outputs copied to another folder or to any URL fsspec knows: what has a record there is whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sadec_analysis.errors import InputError
from sadec_analysis.paths import Tree
from sadec_analysis.running.keys import RECORD
from sadec_analysis.running.parameters import Parameters


def copied(parameters: Parameters, url: str) -> bool:
    """Copy a month's outputs below ``url`` unless they are there; the record goes first and comes last.

    Raises OSError where it is interrupted: what is there then has no record and is copied again.
    """
    system, base = opened(url)
    source = parameters.tree.outputs(parameters.month)
    target = f"{base}/{source.relative_to(parameters.tree.published).as_posix()}"
    record, marker = (source / RECORD).read_bytes(), f"{target}/{RECORD}"
    if system.exists(marker):
        if system.cat_file(marker) == record:
            return False
        system.rm_file(marker)
    files = {f"{target}/{path.relative_to(source).as_posix()}": path for path in _files(source)}
    for stale in [path for path in system.find(target) if _plain(path) not in map(_plain, files)]:
        system.rm_file(stale)
    for name, path in files.items():
        _put(system, path, name)
    _put(system, source / RECORD, marker)
    return True


def copied_index(tree: Tree, url: str) -> None:
    """Copy the page over all months."""
    system, base = opened(url)
    _put(system, tree.published / "index.html", f"{base}/index.html")


def opened(url: str) -> tuple[Any, str]:
    """The file system of a URL, and the path in it; raises InputError where it cannot be used."""
    try:
        import fsspec
    except ImportError as error:
        raise InputError(
            "--to", "needs fsspec", remedy='install it with: pip install "sadec_analysis[cluster]"'
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(
            "--to", f"cannot be used: {error}", got=url, expected="a folder, or a URL that fsspec knows"
        ) from error
    return system, path.rstrip("/")


def _files(source: Path) -> list[Path]:
    return [path for path in sorted(source.rglob("*")) if path.is_file() and path != source / RECORD]


def _plain(path: str) -> str:
    """A path as systems with and without a leading slash both tell it."""
    return path.replace("\\", "/").lstrip("/")


def _put(system: Any, path: Path, target: str) -> None:
    """Copy one file, its folder made where the system has folders."""
    system.makedirs(target.rpartition("/")[0], exist_ok=True)
    system.pipe_file(target, path.read_bytes())
