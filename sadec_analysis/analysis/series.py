"""One figure over months: gaps stay gaps, and nothing is compared across a break."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Literal

from sadec_analysis.analysis.known import IMPLIED, Known
from sadec_analysis.analysis.mix import Counts
from sadec_analysis.figures import value_of
from sadec_analysis.months import Month
from sadec_analysis.places.crosswalk import Crosswalk
from sadec_analysis.rulebook import Rule

Reason = Literal["rulebook", "source", "boundary"]
_YEAR = 12
# What rules make of counts: other rules make another figure of the same counts. Counts and rates are what they are.
_RULED = ("points", "grade", "rank", "rank_of", "change")


@dataclass(frozen=True)
class Observation:
    """One month of a series; without a value or limits it is a gap. ``counts`` are done and due of a rate."""

    month: Month
    value: Decimal | None = None
    lower: Decimal | None = None
    upper: Decimal | None = None
    counts: Counts | None = None
    rulebook: str = ""
    kind: str = ""
    status: str = ""

    @property
    def is_gap(self) -> bool:
        """Whether nothing is known of the month."""
        return self.value is None and self.lower is None


@dataclass(frozen=True)
class Break:
    """The first month that cannot be compared with those before it, and why."""

    month: Month
    reason: Reason


@dataclass(frozen=True)
class Series:
    """One figure of one unit over consecutive months, gaps included, with its breaks."""

    unit: str
    indicator: str
    measure: str
    observations: tuple[Observation, ...]
    breaks: tuple[Break, ...] = ()

    @cached_property
    def segments(self) -> tuple[tuple[Observation, ...], ...]:
        """Stretches between breaks; a gap alone ends none."""
        starts = {each.month for each in self.breaks}
        found: list[list[Observation]] = [[]]
        for each in self.observations:
            if each.month in starts and found[-1]:
                found.append([])
            found[-1].append(each)
        return tuple(map(tuple, found))

    def at(self, month: Month) -> Observation | None:
        """The observation of a month; None outside the series."""
        return next((each for each in self.observations if each.month == month), None)

    def change(self, month: Month) -> Decimal | None:
        """Change from the month directly before; None over a gap or a break."""
        return self._since(month, month.previous())

    def change_on_year(self, month: Month) -> Decimal | None:
        """Change from the same month of the year before; None where one is not known, or a break lies between."""
        return self._since(month, month.plus(-_YEAR))

    def _since(self, month: Month, before: Month) -> Decimal | None:
        now, then = self.at(month), self.at(before)
        is_broken = any(before < each.month <= month for each in self.breaks)
        if is_broken or now is None or then is None or now.value is None or then.value is None:
            return None
        return now.value - then.value


def series(
    known: Known, unit: str, indicator: str, measure: str, months: Sequence[Month], rule: Rule | None = None
) -> Series:
    """Follow a figure over ``months``, which are consecutive; with ``rule`` the counts of a rate come along.

    Points, grades and ranks break where the rules change, every figure where the kind of source does: a rate that a
    report prints and one counted from a list are not the same measurement. What the next month implies of a month
    without sources of its own is no other source.
    """
    found = tuple(_observed(known, unit, indicator, measure, month, rule) for month in months)
    return Series(unit, indicator, measure, found, tuple(_breaks(found, measure)))


def months_of(known: Known, until: Month, most: int) -> list[Month]:
    """Consecutive months from the first one with figures, at most so many, to ``until``."""
    periods = sorted(set(known.history["period"]))
    first = Month.parse(periods[0]) if periods else until
    months = [until.plus(-back) for back in range(most)]
    return [month for month in reversed(months) if month >= first]


def _observed(
    known: Known, unit: str, indicator: str, measure: str, month: Month, rule: Rule | None
) -> Observation:
    row = known.row(month, unit, indicator, measure)
    if row is None:
        return Observation(month)
    value, lower, upper = (value_of(row, name) for name in ("value", "lower", "upper"))
    counts = known.counts(month, unit, rule) if rule else None
    return Observation(month, value, lower, upper, counts, row["rulebook"], row["kind"], row["status"])


def _breaks(found: Sequence[Observation], measure: str) -> Iterator[Break]:
    for before, now in pairwise(each for each in found if not each.is_gap):
        if measure in _RULED and before.rulebook != now.rulebook:
            yield Break(now.month, "rulebook")
        elif before.kind != now.kind and IMPLIED not in (before.kind, now.kind):
            yield Break(now.month, "source")


def followed(
    known: Known,
    unit: str,
    indicator: str,
    measure: str,
    months: Sequence[Month],
    crosswalk: Crosswalk,
    rule: Rule | None = None,
) -> Series:
    """Follow a figure of a unit back through the units it was made of, as far as it can be; see ``summed``."""
    own = series(known, unit, indicator, measure, months, rule)
    entry = crosswalk.of(unit)
    if entry is None:
        return own
    parts = [series(known, each.unit, indicator, measure, months, rule) for each in entry.predecessor]
    is_additive = entry.is_whole and (rule is None or rule.is_additive)
    return summed(unit, parts if is_additive else [], own, entry.first_month)


def summed(unit: str, parts: Sequence[Series], after: Series, start: Month) -> Series:
    """What a unit's predecessors give before ``start``, and itself from then on; only what can be added is.

    Counts are added where every predecessor has them, and a rate is worked out from added counts; points, grades
    and ranks of several units are those of none. All but counts break at the boundary.
    """
    found = tuple(
        _joined(own, [each.at(own.month) for each in parts], after, start) for own in after.observations
    )
    own = [each for each in after.breaks if each.month > start]
    is_crossed = after.measure != "count" and any(each.month < start for each in found)
    boundary = [Break(start, "boundary")] if is_crossed else []
    return Series(unit, after.indicator, after.measure, found, (*boundary, *own))


def _joined(
    own: Observation, parts: Sequence[Observation | None], after: Series, start: Month
) -> Observation:
    if own.month >= start:
        return own
    known = [each for each in parts if each is not None and not each.is_gap]
    empty = Observation(own.month)
    if not known or len(known) < len(parts):
        return empty
    first = replace(known[0], lower=None, upper=None)
    if after.measure == "count" and all(each.value is not None for each in known):
        value = sum((each.value or Decimal(0) for each in known), Decimal(0))
        return replace(first, value=value, lower=value, upper=value, status="computed")
    counts = [each.counts for each in known if each.counts]
    done, due = sum(each[0] for each in counts), sum(each[1] for each in counts)
    if after.measure == "percent" and len(counts) == len(parts) and due:
        value = Decimal(100) * done / due
        return replace(first, value=value, lower=value, upper=value, counts=(done, due), status="computed")
    return empty
