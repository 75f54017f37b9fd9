"""Word documents that people changed among the outputs: kept when the month is made again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from sadec_analysis import fingerprints
from sadec_analysis.paths import is_own
from sadec_analysis.running.keys import record_of

FOLDER = "edited"
ENDING = ".docx"  # what is there to be changed by hand


def changed_by_hand(outputs: Path) -> Iterator[Path]:
    """Documents of a folder of outputs that are no longer what was written."""
    for name, written in record_of(outputs).get("outputs", {}).items():
        path = outputs / name
        is_there = path.suffix == ENDING and path.is_file() and is_own(path, outputs)
        if is_there and fingerprints.of_file(path) != written:
            yield path


def carry_over(outputs: Path, fresh: Path) -> None:
    """Copy documents changed by hand into ``fresh/edited``, each under a name of its own, with those kept before."""
    kept = fresh / FOLDER
    if (outputs / FOLDER).is_dir():
        shutil.copytree(outputs / FOLDER, kept, symlinks=True)
    for path in changed_by_hand(outputs):
        kept.mkdir(exist_ok=True)
        shutil.copy2(path, kept / f"{path.stem}-{fingerprints.of_file(path)[:8]}{path.suffix}")
