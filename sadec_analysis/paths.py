"""Where things lie under a root."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month

PACKAGE = Path(__file__).resolve().parent
# What can be a folder on every system and lies below its own: no separator, no "..", no name of a device.
_CODE = re.compile(r"(?!(?:COM|LPT)\d(?:\.|$))(?=.*\d)[0-9A-Z]+(?:[.-][0-9A-Z]+)*", re.ASCII)
_LONGEST_CODE = 40
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
        """Folder of what arrived for ``month``; raises InputError where a link leads elsewhere, as do all folders of a month."""
        return _own(self.root / "data" / "raw", str(month))

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
        return _own(self.root / "data" / "processed", *self._unit, str(month))

    def outputs(self, month: Month) -> Path:
        """Folder of what readers get."""
        return _own(self.published, *self._unit, str(month))

    @property
    def published(self) -> Path:
        """Folder of all that readers get, and of the page over it."""
        return self.root / "outputs"

    @property
    def _unit(self) -> tuple[str, ...]:
        return (UNITS, self.unit) if self.unit else ()


def _own(top: Path, *names: str) -> Path:
    folder = top.joinpath(*names)
    if not is_own(folder, top):
        raise InputError(
            folder,
            "is a link to another place",
            got=folder.resolve(),
            remedy="put the folder itself there, or give its own root with --root",
        )
    return folder


def is_own(path: Path, top: Path) -> bool:
    """Whether what ``path`` names lies below ``top`` itself: no link on the way leads elsewhere."""
    return path.resolve() == top.resolve() / path.relative_to(top)


def notebook_folder() -> Path:
    """Folder of the suite's notebooks: beside the package in a clone, inside it when installed."""
    beside = PACKAGE.parent / "notebooks"
    return beside if (beside / "01_source.ipynb").is_file() else PACKAGE / "notebooks"
