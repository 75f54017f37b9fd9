"""What the checks may look at: a month's figures with their rules, units, words and the month before."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from sadec_analysis.figures import Figure, value_of
from sadec_analysis.places import Place
from sadec_analysis.reading.reports.narrative import Passage
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.words import Bilingual

Key = tuple[str, str, str]
_DERIVED = ("corrected", "computed")
_ROW = re.compile(r"(?P<table>.*\btable \d+), row (?P<row>\d+)")


@dataclass(frozen=True)
class Previous:
    """The month before, as its own folder gives it: one figure per unit, indicator and measure."""

    figures: tuple[Figure, ...]
    rulebook_id: str

    @cached_property
    def _by_key(self) -> dict[Key, Figure]:
        return {key_of(row): row for row in self.figures}

    def find(self, row: Figure) -> Figure | None:
        """The same figure a month earlier, where it is known."""
        return self._by_key.get(key_of(row))


@dataclass(frozen=True)
class Table:
    """The figures one table of a report gives, by row."""

    source: str
    place: str
    figures: tuple[Figure, ...]

    @cached_property
    def rows(self) -> dict[int, list[Figure]]:
        """Figures by the number of their row."""
        found: dict[int, list[Figure]] = {}
        for figure in self.figures:
            found.setdefault(_row_of(figure), []).append(figure)
        return found

    @cached_property
    def units(self) -> list[str]:
        """Unit of each row, in order."""
        return [rows[0].unit for rows in self.rows.values()]

    @property
    def heads(self) -> list[Figure]:
        """The first figure of each row."""
        return [rows[0] for rows in self.rows.values()]


@dataclass(frozen=True)
class Evidence:
    """Everything a check may look at. ``figures`` is the table of figures.py, every row of it.

    ``reference`` is a later rulebook, whose rules only warn; ``previous`` is None where the month
    before is not at hand, ``passages`` are the office's own words.
    """

    figures: pd.DataFrame
    rulebook: Rulebook
    place: Place
    reference: Rulebook | None = None
    passages: tuple[Passage, ...] = ()
    previous: Previous | None = None

    @cached_property
    def rows(self) -> list[Figure]:
        """Rows that stand in a source with a value, of every unit, in the order of sources."""
        frame = self._stated
        return [record(row) for row in frame[frame["value"].notna()].to_dict("records")]

    @cached_property
    def bounds(self) -> list[Figure]:
        """Rows that a source only bounds."""
        frame = self._stated
        return [
            record(row) for row in frame[frame["value"].isna() & frame["lower"].notna()].to_dict("records")
        ]

    @cached_property
    def impossible(self) -> list[Figure]:
        """Rows printed with a number that cannot be, kept without a value."""
        frame = self._stated
        rows = frame[frame["value"].isna() & frame["lower"].isna() & frame["printed"].str.contains(r"\d")]
        return [record(row) for row in rows.to_dict("records")]

    @cached_property
    def _stated(self) -> pd.DataFrame:
        return self.figures[~self.figures["status"].isin(_DERIVED)]

    @cached_property
    def corrected(self) -> dict[Key, Figure]:
        """What recorded corrections use instead, by figure."""
        rows = self.figures[self.figures["status"] == "corrected"].to_dict("records")
        return {key_of(row): row for row in map(record, rows)}

    @cached_property
    def groups(self) -> dict[Key, list[Figure]]:
        """Printings of each figure, in the order of sources."""
        found: dict[Key, list[Figure]] = {}
        for row in self.rows:
            found.setdefault(key_of(row), []).append(row)
        return found

    def printings(self, unit: str, indicator: str, measure: str) -> list[Figure]:
        """Every printing of a figure, in the order of sources."""
        return self.groups.get((unit, indicator, measure), [])

    def first(self, unit: str, indicator: str, measure: str) -> Figure | None:
        """The first printing of a figure, or None."""
        return next(iter(self.printings(unit, indicator, measure)), None)

    def each(self, units: Iterable[str], indicator: str, measure: str) -> list[Figure]:
        """The first printing of a figure for every unit that has one."""
        found = (self.first(unit, indicator, measure) for unit in units)
        return [row for row in found if row is not None]

    def all_wards(self, indicator: str, measure: str) -> list[Figure]:
        """The first printing of a figure for every ward; none at all where one of them has none."""
        rows = self.each(self.wards, indicator, measure)
        return rows if len(rows) == len(self.wards) else []

    @cached_property
    def city(self) -> str:
        """Code of the unit reported on."""
        return self.place.city.code

    @cached_property
    def wards(self) -> list[str]:
        """Codes of its wards and communes."""
        return [unit.code for unit in self.place.wards]

    @cached_property
    def own(self) -> list[str]:
        """Codes of the city and its wards and communes."""
        return [unit.code for unit in self.place.own]

    def name(self, unit: str) -> Bilingual:
        """Name of a unit, as it stands inside a sentence."""
        return self.place.by_code[unit].title

    def label(self, unit: str) -> str:
        """Short name of a unit, for a list of them."""
        return self.place.by_code[unit].label

    @cached_property
    def tables(self) -> list[Table]:
        """Tables of reports that list units, in the order of sources."""
        found: dict[tuple[str, str], list[Figure]] = {}
        for row in self.rows:
            stands = _ROW.match(row.place)
            if stands:
                found.setdefault((row.source, stands["table"]), []).append(row)
        return [Table(source, place, tuple(rows)) for (source, place), rows in found.items()]


def key_of(row: Figure) -> Key:
    """What a figure is of: unit, indicator and measure."""
    return row.unit, row.indicator, row.measure


def record(row: Mapping[Hashable, Any]) -> Figure:
    """A row of the table of figures as a record with its decimals; limits only where they bound it."""
    given = {str(name): cell for name, cell in row.items() if name != "alternatives"}
    value = value_of(row)
    limits = {name: value_of(row, name) if value is None else None for name in ("lower", "upper")}
    return Figure(**given | limits | {"value": value})


def _row_of(figure: Figure) -> int:
    found = _ROW.match(figure.place)
    return int(found["row"]) if found else 0
