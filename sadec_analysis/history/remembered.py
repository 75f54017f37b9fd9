"""Months before, each read from its files once: kept in ``data/processed`` under what it was read from."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pandas as pd

from sadec_analysis import figures, fingerprints
from sadec_analysis.errors import InputError
from sadec_analysis.history.months import Past, months_before, read_past
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place
from sadec_analysis.placing import staged

_TABLES = ("rows", "stated")
_PLAIN = ("inputs", "is_synthetic", "rulebook_id", "trouble")


def before(tree: Tree, month: Month, place: Place) -> Past | None:
    """The month directly before ``month``; None where it has no folder. Nothing is written."""
    return read_past(tree, month.previous(), place) if tree.raw(month.previous()).is_dir() else None


def past(tree: Tree, month: Month, place: Place) -> list[Past]:
    """Every month before ``month`` that has a folder, oldest first, as what the place was then.

    A folder that cannot be read takes nothing from the others: its trouble is told.
    """
    return [recalled(tree, each, then) for each, then in months_before(tree, month, place)]


def recalled(tree: Tree, month: Month, place: Place) -> Past:
    """A month as it was read before, or read now and kept; it is read again when any of its files, rules or this package change."""
    rules = {path.name: fingerprints.of_file(path) for path in sorted(tree.rulebooks.glob("*.toml"))}
    key = fingerprints.of_parts(fingerprints.of_month(tree, month), fingerprints.of_code(), rules)
    folder = tree.processed(month).parent / ".past" / f"{month}-{place.id}"
    return _read(folder, key, month, place) or _kept(folder, key, read_past(tree, month, place))


def _read(folder: Path, key: str, month: Month, place: Place) -> Past | None:
    """What is kept under this key; None where there is nothing, or something else."""
    try:
        told = json.loads((folder / "past.json").read_text(encoding="utf-8"))
        if told.pop("key") != key:
            return None
        rows, stated = (pd.read_parquet(folder / f"{name}.parquet") for name in _TABLES)
        return Past(month, place, **told, rows=rows, stated=stated)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _kept(folder: Path, key: str, found: Past) -> Past:
    # Another machine may keep the same month at the same moment: what was read is right all the same.
    with contextlib.suppress(InputError), staged(folder) as fresh:
        for name in _TABLES:
            figures.write_parquet(getattr(found, name), fresh / f"{name}.parquet")
        told = {"key": key} | {name: getattr(found, name) for name in _PLAIN}
        (fresh / "past.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    return found
