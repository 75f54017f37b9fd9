"""Which unit became which: predecessors and successors across a reorganisation, from a dated file."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.strict import build, read_toml
from sadec_analysis.words import Bilingual

FILE = Path(__file__).resolve().parent / "reorganisations" / "2025-07-01.toml"


@dataclass(frozen=True)
class Predecessor:
    """A unit that ceased to be: its code here, its name, its code at the statistics office, its last day."""

    unit: str
    name: str
    statistics_code: str
    valid_until: dt.date


@dataclass(frozen=True)
class Successor:
    """A unit made of others; ``is_whole`` says that it consists of the predecessors listed and of nothing else."""

    unit: str
    name: str
    statistics_code: str
    valid_from: dt.date
    is_whole: bool
    predecessor: tuple[Predecessor, ...]

    @property
    def first_month(self) -> Month:
        """The first month it reports on."""
        return Month(self.valid_from.year, self.valid_from.month)


@dataclass(frozen=True)
class Crosswalk:
    """All successors with their predecessors, and the source that says so."""

    source: Bilingual
    successor: tuple[Successor, ...]

    def successor_of(self, unit: str, month: Month) -> Successor | None:
        """What ``unit``, a unit that ended before ``month``, had become by then; None where it is not known to have ended.

        >>> str(load_crosswalk().successor_of("000.28.36.H20", Month(2025, 7)).name)
        'xã Tân Dương'
        """
        first = dt.date(month.year, month.number, 1)
        pairs = ((each, old) for each in self.successor for old in each.predecessor)
        return next((each for each, old in pairs if old.unit == unit and old.valid_until < first), None)

    def of(self, unit: str) -> Successor | None:
        """The entry of a unit that is a successor; None for any other."""
        return next((each for each in self.successor if each.unit == unit), None)

    def named(self, statistics_code: str, day: dt.date) -> str | None:
        """The unit that bears a code of the statistics office on a day; codes are given again, so a day is needed.

        >>> load_crosswalk().named("29905", dt.date(2025, 6, 30)), load_crosswalk().named("29905", dt.date(2025, 7, 1))
        ('000.21.36.H20', 'H20/phuong-sa-dec')
        """
        spans = (each for each in _spans(self) if each[1] == statistics_code)
        return next((unit for unit, _, first, last in spans if first <= day <= last), None)


@functools.cache
def load_crosswalk(path: Path = FILE) -> Crosswalk:
    """Load the file; raises InputError for what is left out, unknown keys, and codes that two units bear at one time."""
    found = build(Crosswalk, read_toml(path), path.name)
    for what, got, expected in _contradictions(found):
        raise InputError(path.name, what, got=got, expected=expected, remedy="mend the file")
    return found


def _spans(crosswalk: Crosswalk) -> Iterator[tuple[str, str, dt.date, dt.date]]:
    """Each unit with its code, first and last day."""
    for each in crosswalk.successor:
        yield each.unit, each.statistics_code, each.valid_from, dt.date.max
        for old in each.predecessor:
            yield old.unit, old.statistics_code, dt.date.min, old.valid_until


def _contradictions(crosswalk: Crosswalk) -> Iterator[tuple[str, object, object]]:
    if not crosswalk.source.vi.strip():
        yield "has no source", None, "where it is known from"
    for each in crosswalk.successor:
        for old in each.predecessor:
            if old.valid_until >= each.valid_from:
                yield (
                    f"{old.unit} ends after {each.unit} begins",
                    old.valid_until,
                    f"before {each.valid_from}",
                )
    for at, of in ((0, "unit"), (1, "statistics_code")):
        yield from _borne_twice(crosswalk, at, of)


def _borne_twice(crosswalk: Crosswalk, at: int, of: str) -> Iterator[tuple[str, object, object]]:
    """Where two spans of one unit, or of one code, overlap."""
    spans = sorted(_spans(crosswalk), key=lambda span: (span[at], span[2]))
    for before, now in pairwise(spans):
        if before[at] == now[at] and now[2] <= before[3]:
            yield f"{of} borne twice at one time", now[at], "one unit at a time"
