"""What is known of a figure in a month, looked up in the history of all months."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import pandas as pd

from sadec_analysis.analysis.decomposition import Decomposition, Interval, Points, decompose
from sadec_analysis.analysis.mix import Counts
from sadec_analysis.checks.evidence import record
from sadec_analysis.checks.finding import half_step
from sadec_analysis.figures import COLUMNS, KEY, Figure, value_of
from sadec_analysis.months import Month
from sadec_analysis.rulebook import Rule, Rulebook

IMPLIED = "implied"  # the kind of source of what a month says of the month before
_IMPLIED_FROM = " ; "  # between a score and its change, in what they imply


@dataclass(frozen=True)
class Known:
    """Look-ups in the history of all months, one row per figure."""

    history: pd.DataFrame

    @cached_property
    def _read(self) -> dict[str, dict[tuple[Any, ...], dict[Hashable, Any]]]:
        """Rows by month and key, of the months asked for: few of a long history."""
        return {}

    def _rows(self, month: str) -> dict[tuple[Any, ...], dict[Hashable, Any]]:
        if month not in self._read:
            own = self.history[self.history["period"] == month].astype(object)  # plain texts, read once
            self._read[month] = {tuple(row[name] for name in KEY): row for row in own.to_dict("records")}
        return self._read[month]

    def row(self, month: Month, unit: str, indicator: str, measure: str) -> Mapping[Hashable, Any] | None:
        """The row of a figure, or None."""
        return self._rows(str(month)).get((str(month), unit, indicator, measure))

    def value(self, month: Month, unit: str, indicator: str, measure: str) -> Decimal | None:
        """A figure as printed; None where it is not known."""
        row = self.row(month, unit, indicator, measure)
        return None if row is None else value_of(row)

    def counts(self, month: Month, unit: str, rule: Rule) -> Counts | None:
        """What was done and what was due; None unless both are known and done is not more than due."""
        done, due = (self.value(month, unit, name, "count") for name in rule.counts)
        return None if done is None or due is None or done > due else (int(done), int(due))

    def rulebook_id(self, month: Month) -> str:
        """Id of the rules a month was scored under, or ""."""
        found = self.history.loc[self.history["period"] == str(month), "rulebook"]
        return str(found.iloc[0]) if len(found) else ""

    def change(self, month: Month, unit: str, rulebook: Rulebook) -> Decomposition | None:
        """A unit's change of total since the month before, by criterion.

        None where a total is not known, or the month before was scored under other rules.
        """
        before, after = (self.criteria(each, unit, rulebook) for each in (month.previous(), month))
        is_comparable = self.rulebook_id(month.previous()) == rulebook.id
        return decompose(before, after) if before and after and is_comparable else None

    def change_within(
        self, month: Month, unit: str, criterion: str, rulebook: Rulebook
    ) -> Decomposition | None:
        """The same of one criterion, by sub-indicator."""
        before, after = (
            self.sub_indicators(each, unit, criterion, rulebook) for each in (month.previous(), month)
        )
        is_comparable = self.rulebook_id(month.previous()) == rulebook.id
        return decompose(before, after) if before and after and is_comparable else None

    def criteria(self, month: Month, unit: str, rulebook: Rulebook) -> Points | None:
        """A unit's total and what is known of its criteria; None where the total is not known."""
        return self._points(
            month, unit, "total", {each.id: self._of(month, unit, each.id, rulebook) for each in rulebook.criterion}
        )  # fmt: skip

    def sub_indicators(self, month: Month, unit: str, criterion: str, rulebook: Rulebook) -> Points | None:
        """A criterion's points and what is known of its sub-indicators; None where it has none or its points are not known."""
        rules = [rule for rule in rulebook.criteria[criterion].rule if rule.is_scored]
        parts = {rule.indicator: self.points(month, unit, rule, rulebook) for rule in rules}
        return self._points(month, unit, criterion, parts) if parts else None

    def _points(self, month: Month, unit: str, indicator: str, parts: dict[str, Interval]) -> Points | None:
        total = self.value(month, unit, indicator, "points")
        if total is None:
            return None
        rows = [self.row(month, unit, name, "points") for name in (indicator, *parts)]
        return Points(total, parts, sum((_half_step(row) for row in rows if row is not None), Decimal(0)))

    def points(self, month: Month, unit: str, rule: Rule, rulebook: Rulebook) -> Interval:
        """Points of a sub-indicator as known, as limited, or anything up to their maximum; 0 where nothing due adds nothing."""
        counts = self.counts(month, unit, rule)
        if counts and counts[1] == 0 and rule.nothing_due == "null":
            return Interval.exactly(Decimal(0))
        return self._of(month, unit, rule.indicator, rulebook)

    def _of(self, month: Month, unit: str, indicator: str, rulebook: Rulebook) -> Interval:
        """Points as known, as limited, or anything up to their maximum."""
        row = self.row(month, unit, indicator, "points")
        lower, upper = (None if row is None else value_of(row, name) for name in ("lower", "upper"))
        most = Decimal(str(rulebook.maximum(indicator)))
        return Interval(lower or Decimal(0), most if upper is None else upper)


def _half_step(row: Mapping[Hashable, Any]) -> Decimal:
    """What rounding may hide of a figure; of an implied one, of the score and the change it is implied from."""
    if row["status"] == "computed" and _IMPLIED_FROM not in row["printed"]:
        return Decimal(0)
    figure: Figure = record({name: row[name] for name in COLUMNS})
    score, *change = figure.printed.split(_IMPLIED_FROM)
    pieces = [
        replace(figure, printed=score),
        *(replace(figure, printed=each, measure="change") for each in change),
    ]
    return sum((half_step(piece) for piece in pieces), Decimal(0))
