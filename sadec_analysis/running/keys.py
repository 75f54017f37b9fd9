"""What outputs were made from, by the fingerprint of each part: content, never times."""

from __future__ import annotations

import functools
import importlib.metadata
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sadec_analysis import fingerprints
from sadec_analysis.paths import Tree
from sadec_analysis.running.parameters import Parameters

LIBRARIES = (
    "pandas",
    "matplotlib",
    "seaborn",
    "papermill",
    "nbconvert",
    "typst",
    "pyarrow",
    "python-docx",
    "xlsxwriter",
    "fonttools",
)
RECORD = "run.json"


def made_from(parameters: Parameters) -> dict[str, str]:
    """Fingerprints of everything a month's outputs follow from, by name."""
    tree, month = parameters.tree, parameters.month
    raw = [each for each in tree.months() if each <= month]
    return {
        "code": fingerprints.of_code(),
        "versions": fingerprints.of_parts(versions()),
        "parameters": fingerprints.of_parts(str(month), parameters.place, parameters.lang),
        **{
            f"data/raw/{each}/{name}": key
            for each in raw
            for name, key in fingerprints.of_month(tree, each).items()
        },
        **own_files(tree, parameters.place),
    }


def own_files(tree: Tree, place: str) -> dict[str, str]:
    """Fingerprints of rules and base document of the office's own, where there are any."""
    files = [
        *tree.rulebooks.glob("*.toml"),
        *([base] if (base := tree.base_document(place)).is_file() else []),
    ]
    return {path.relative_to(tree.root).as_posix(): fingerprints.of_file(path) for path in sorted(files)}


@functools.cache
def versions() -> dict[str, str]:
    """Versions of the libraries whose changes change outputs."""
    return {name: importlib.metadata.version(name) for name in LIBRARIES}


def record_of(folder: Path) -> dict[str, Any]:
    """The record of a folder of outputs; empty where there is none that can be read."""
    try:
        found = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def reasons(parameters: Parameters) -> list[str]:
    """Why a month must be made: one line for each part that changed; none where its outputs still follow from all parts."""
    folder = parameters.tree.outputs(parameters.month)
    record = record_of(folder)
    if not isinstance(record.get("made_from"), dict):
        return ["no outputs yet"]
    return [
        *_changes(record["made_from"], made_from(parameters)),
        *_touched(folder, record.get("outputs", {})),
    ]


def _changes(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) != new.get(name):
            yield f"{name}: {'new' if name not in old else 'gone' if name not in new else 'changed'}"


def _touched(folder: Path, outputs: Mapping[str, str]) -> Iterator[str]:
    """Outputs that are gone, or are no longer what was written; a Word document may have been changed by hand, and is left."""
    for name, written in outputs.items():
        path = folder / name
        if not path.is_file():
            yield f"{folder.name}/{name}: gone"
        elif path.suffix != ".docx" and fingerprints.of_file(path) != written:
            yield f"{folder.name}/{name}: not as written"
