"""A place: the units an office reports on, their codes, spellings and letterhead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from sadec_analysis.errors import InputError
from sadec_analysis.names import is_foreign, nearest, unit_key
from sadec_analysis.strict import build
from sadec_analysis.words import Bilingual, capital

Level = Literal["city", "ward", "peer", "agency"]
SourceKind = Literal["portal", "report", "workbook", "dossiers"]
# What a machine wrote comes before what was typed, what was signed before what was filled in;
# what we count ourselves comes last, for the portal may count otherwise.
SOURCE_KINDS: tuple[SourceKind, ...] = ("portal", "report", "workbook", "dossiers")


@dataclass(frozen=True)
class Unit:
    """One reporting unit: the city, one of its wards and communes, or a peer district."""

    code: str
    name: str
    level: Level
    short: str = ""
    spellings: tuple[str, ...] = ()
    english: str = ""

    @property
    def has_own_id(self) -> bool:
        """Whether its official code is not known, and ``code`` is an id of ours under the province."""
        return "/" in self.code

    @property
    def title(self) -> Bilingual:
        """The name as it stands inside a sentence: in English as the place file gives it, or as a Vietnamese proper name."""
        return Bilingual(self.name, self.english or capital(self.name))

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
class DossierLists:
    """How lists exported from the one-stop system name their columns and values; compared by ``text_key``.

    ``columns`` maps each meaning to the headings seen for it. Columns not named here are never read.
    ``channels`` maps ``direct``, ``online`` and ``postal``, ``paid`` maps ``online`` and ``other``,
    ``ratings`` maps ``satisfied`` and ``unsatisfied``, to the words seen for them.
    """

    columns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    channels: dict[str, tuple[str, ...]] = field(default_factory=dict)
    paid: dict[str, tuple[str, ...]] = field(default_factory=dict)
    ratings: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """A place file: everything that differs from one place to the next.

    ``kind`` is what the place is ("Thành phố"), ``peers`` what it is ranked with ("huyện, thành phố").
    A place of the two-tier government has no wards: its ``city`` is the ward or commune itself.
    ``contacts`` are phone numbers and addresses of the office, which may be published as signer and recipients may.
    One that ``is_listed`` is known from responses alone: nothing else in a month's folder is about it.
    """

    id: str
    name: str
    kind: Bilingual
    peers: Bilingual
    province: str
    province_code: str
    valid_from: dt.date
    valid_until: dt.date
    source: str
    letterhead: Letterhead
    recipients: tuple[str, ...]
    unit: tuple[Unit, ...]
    scanning_repairs: dict[str, str]
    source_order: tuple[SourceKind, ...] = SOURCE_KINDS
    dossiers: DossierLists = field(default_factory=DossierLists)
    is_listed: bool = False
    contacts: tuple[str, ...] = ()

    @cached_property
    def by_code(self) -> dict[str, Unit]:
        """Units by code."""
        return {unit.code: unit for unit in self.unit}

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name its units go by, in full and short."""
        return frozenset(
            {self.name} | {name for unit in self.unit for name in (unit.name, unit.label, unit.title.en)}
        )

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """What the place file itself says of its office and units, and what may therefore be published."""
        office = (self.letterhead.body, self.letterhead.signer_title, self.letterhead.signer_name)
        return (*self.names, *office, *self.recipients, *self.contacts)

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
    """Write a name with the letters that only look Latin as code points."""
    return "".join(f"\\u{ord(char):04x}" if is_foreign(char) else char for char in name)


def with_others(place: Place, others: Iterable[Mapping[str, str]]) -> Place:
    """Return the place with the units a source lists beside its own, so that their names are known."""
    known = {unit.code for unit in place.unit}
    rows = [each for each in others if each["code"] not in known]
    return replace(place, unit=(*place.unit, *(build(Unit, row, "others") for row in rows)))
