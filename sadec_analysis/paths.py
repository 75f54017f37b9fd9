"""Where things lie under a root, and how a folder is put in place in one step."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month

PACKAGE = Path(__file__).resolve().parent
# What can be a folder on every system and lies below its own: no separator, no "..", no name of a device.
_CODE = re.compile(r"(?!(?:COM|LPT)\d(?:\.|$))(?=.*\d)[0-9A-Z]+(?:[.-][0-9A-Z]+)*", re.ASCII)
_LONGEST_CODE = 40
_TRIES = 3  # to put a folder in place that others put in place too
UNITS = "units"  # folder of what many units have, by code


@dataclass(frozen=True)
class Tree:
    """The folders of one root: ``data/raw``, ``data/processed`` and ``outputs``.

    A ``unit`` of many that responses list has tables and outputs of its own, below those of the root.
    """

    root: Path
    unit: str = ""

    @classmethod
    def at(cls, root: str | Path) -> Tree:
        """Open the tree at ``root``; raises InputError where there is no ``data/raw``."""
        folder = Path(root).resolve()
        if not (folder / "data" / "raw").is_dir():
            raise InputError(
                folder,
                "not a root: it has no data/raw",
                remedy="give --root the folder that holds data and outputs",
            )
        return cls(folder)

    def for_unit(self, code: str) -> Tree:
        """The same root for one unit; raises InputError for a code that cannot name a folder."""
        if len(code) > _LONGEST_CODE or not _CODE.fullmatch(code):
            raise InputError(
                "unit",
                "is no code of a unit",
                got=repr(code),
                expected="a code such as H20.902",
                remedy="mend it",
            )
        return replace(self, unit=code)

    def raw(self, month: Month) -> Path:
        """Folder of what arrived for ``month``."""
        return self.root / "data" / "raw" / str(month)

    def require_month(self, month: Month) -> None:
        """Raise InputError where nothing arrived for ``month``."""
        if not self.raw(month).is_dir():
            raise InputError(
                self.raw(month), "no such month", remedy=f"prepare it with: sadec new-month {month}"
            )

    def months(self) -> list[Month]:
        """Months that have a folder of what arrived, oldest first."""
        names = (path.name for path in (self.root / "data" / "raw").iterdir() if path.is_dir())
        return sorted(Month.parse(name) for name in names if Month.is_written(name))

    @property
    def rulebooks(self) -> Path:
        """Folder of rulebooks of one's own; it need not exist."""
        return self.root / "data" / "rulebooks"

    def base_document(self, place: str) -> Path:
        """The office's own base document for the reports of a place; it need not exist."""
        return self.root / "data" / "places" / f"{place}.docx"

    def processed(self, month: Month) -> Path:
        """Folder of the tables rebuilt from it."""
        return self._own(self.root / "data" / "processed") / str(month)

    def outputs(self, month: Month) -> Path:
        """Folder of what readers get."""
        return self._own(self.published) / str(month)

    @property
    def published(self) -> Path:
        """Folder of all that readers get, and of the page over it."""
        return self.root / "outputs"

    def _own(self, folder: Path) -> Path:
        return folder / UNITS / self.unit if self.unit else folder


def notebook_folder() -> Path:
    """Folder of the suite's notebooks: beside the package in a clone, inside it when installed."""
    beside = PACKAGE.parent / "notebooks"
    return beside if (beside / "01_source.ipynb").is_file() else PACKAGE / "notebooks"


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder that replaces ``target`` when the block ends well.

    After an exception ``target`` is as it was. The new folder is made beside
    ``target``, so putting it in place is a rename and never a copy.
    """
    aside = _aside(target)
    fresh = aside / "new"
    fresh.mkdir()
    try:
        yield fresh
        _swap(fresh, target, aside)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def replaced(target: Path, content: bytes) -> None:
    """Put a file in place in one step: the old one or the new one, never half; raises OSError."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as aside:
        try:
            aside.write(content)
            aside.close()
            Path(aside.name).chmod(0o644)
            Path(aside.name).replace(target)
        finally:
            Path(aside.name).unlink(missing_ok=True)


def require_writable(target: Path) -> None:
    """Raise InputError where ``target`` could not be put in place, before any work is done for it."""
    _aside(target).rmdir()


def swept(target: Path) -> None:
    """Remove what was made aside for ``target`` by programs that were killed; nothing may be at work on it."""
    for aside in target.parent.glob(f".{target.name}.*"):
        shutil.rmtree(aside, ignore_errors=True)


def _aside(target: Path) -> Path:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    except OSError as error:
        raise InputError(
            target.parent,
            f"cannot be written: {error.strerror}",
            remedy="check that it is a folder and that you may write there",
        ) from error


def _swap(fresh: Path, target: Path, aside: Path) -> None:
    """Put ``fresh`` in the place of ``target``; on failure ``target`` is put back.

    Another program may put the same folder in place at the same moment: then it is tried again.
    """
    for attempt in range(_TRIES):
        retired = aside / f"old-{attempt}"
        try:
            if target.exists():
                target.replace(retired)
            fresh.replace(target)
        except OSError as error:
            trouble = error
            if retired.exists() and not target.exists():
                retired.replace(target)
        else:
            return
    raise InputError(
        target, f"cannot be replaced: {trouble.strerror}",
        remedy="close any of its files that are open in another program, then run again",
    ) from trouble  # fmt: skip
