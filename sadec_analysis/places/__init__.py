"""Places: the units an office reports on, their codes, spellings and letterhead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from sadec_analysis.errors import InputError
from sadec_analysis.names import nearest, unit_key
from sadec_analysis.strict import build, read_toml

FOLDER = Path(__file__).resolve().parent
Level = Literal["city", "ward", "peer"]


@dataclass(frozen=True)
class Unit:
    """One reporting unit: the city, one of its wards and communes, or a peer district."""

    code: str
    name: str
    level: Level
    short: str = ""
    spellings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The name short enough for a chart."""
        return self.short or self.name


@dataclass(frozen=True)
class Letterhead:
    """Who issues the official report."""

    body: str
    locality: str
    signer_title: str
    signer_name: str


@dataclass(frozen=True)
class Place:
    """A place file: everything that differs from one city to the next."""

    id: str
    name: str
    province: str
    province_code: str
    valid_from: dt.date
    valid_until: dt.date
    source: str
    letterhead: Letterhead
    recipients: tuple[str, ...]
    unit: tuple[Unit, ...]
    scanning_repairs: dict[str, str]

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.unit}

    @cached_property
    def _by_key(self) -> dict[str, Unit]:
        return {
            unit_key(name): unit
            for unit in self.unit
            for name in (unit.name, unit.short, *unit.spellings)
            if name
        }

    @property
    def city(self) -> Unit:
        """The unit the report is about."""
        return next(unit for unit in self.unit if unit.level == "city")

    @property
    def wards(self) -> tuple[Unit, ...]:
        """Its wards and communes."""
        return tuple(unit for unit in self.unit if unit.level == "ward")

    @property
    def own(self) -> tuple[Unit, ...]:
        """The city and its wards and communes."""
        return (self.city, *self.wards)

    def find(self, name: str) -> Unit | None:
        """Return the unit of that name, in any spelling the place file knows, or None."""
        return self._by_key.get(unit_key(name))

    def match(self, name: str, where: object) -> Unit:
        """Return the unit of that name; raises InputError listing the nearest known names."""
        unit = self.find(name)
        if unit is None:
            close = nearest(name, (each.name for each in self.unit)) or [each.name for each in self.own]
            raise InputError(
                where,
                f'unknown unit "{_visible(name)}"',
                expected=f"a unit of {self.id}.toml, such as {', '.join(close)}",
                remedy="mend the name, or add the spelling to the place file",
            )
        return unit


def _visible(name: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in name)


def load_place(name: str, folder: Path = FOLDER) -> Place:
    """Load ``name.toml``; raises InputError for an unknown place, key or repeated code or spelling."""
    known = sorted(path.stem for path in folder.glob("*.toml"))
    if name not in known:
        raise InputError(
            "place", "unknown place", got=repr(name), expected=", ".join(known), remedy="choose one"
        )
    place = build(Place, read_toml(folder / f"{name}.toml"), f"{name}.toml")
    _require_unique(place, [unit.code for unit in place.unit], "code")
    _require_unique(
        place,
        [key for unit in place.unit for key in {unit_key(each) for each in (unit.name, *unit.spellings)}],
        "name",
    )
    return place


def _require_unique(place: Place, values: Iterable[str], what: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise InputError(f"{place.id}.toml", f"{what} given to two units", got=value, remedy="keep one")
        seen.add(value)
