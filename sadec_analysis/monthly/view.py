"""A built month in one language, as notebooks, charts and briefs look at it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from sadec_analysis import figures, history
from sadec_analysis.analysis.causes import Causes, causes
from sadec_analysis.analysis.change import Move, moves
from sadec_analysis.analysis.decomposition import Decomposition
from sadec_analysis.analysis.known import Known
from sadec_analysis.facts import Fact, badges_by_figure, fact_of
from sadec_analysis.months import Month
from sadec_analysis.places import Place, Unit
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.words import Words


@dataclass(frozen=True)
class MonthView:
    """A built month in one language: its tables, and look-ups into them."""

    month: Month
    place: Place
    rulebook: Rulebook
    words: Words
    figures: pd.DataFrame
    findings: pd.DataFrame
    tallies: pd.DataFrame
    past: pd.DataFrame
    documents: dict[str, Any]

    @cached_property
    def settled(self) -> pd.DataFrame:
        """One row per figure: the value in use."""
        return figures.settle(self.figures)

    @cached_property
    def history(self) -> pd.DataFrame:
        """One row per figure of every month up to this one: history.COLUMNS."""
        own = history.dated(self.settled, self.month, self._kinds, self.rulebook.id)
        return history.joined([self.past, own])

    @cached_property
    def known(self) -> Known:
        """Look-ups in the history."""
        return Known(self.history)

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, str], dict[Hashable, Any]]:
        return {
            (row["period"], row["unit"], row["indicator"], row["measure"]): row
            for row in self.settled.to_dict("records")
        }

    @cached_property
    def _badges(self) -> dict[tuple[str, str, str], tuple[int, ...]]:
        return badges_by_figure(self.findings)

    def fact(self, unit: Unit, indicator: str, measure: str, month: Month | None = None) -> Fact:
        """Return one figure as readers see it; an unknown one where nothing is known.

        Of the month before, what this month's own sources say of it comes first.
        """
        period = month or self.month
        own = self._rows.get((str(period), unit.code, indicator, measure))
        is_past = own is None and period != self.month
        row = self.known.row(period, unit.code, indicator, measure) if is_past else own
        badges = self._badges.get((unit.code, indicator, measure), ()) if period == self.month else ()
        return fact_of(row, unit, indicator, measure, badges, self.words)

    def facts(self, indicator: str, measure: str, units: tuple[Unit, ...] | None = None) -> list[Fact]:
        """Return the same figure of several units, the city and its wards unless told otherwise."""
        return [self.fact(unit, indicator, measure) for unit in (self.place.own if units is None else units)]

    @cached_property
    def moves(self) -> list[Move]:
        """Wards between the month before and this one."""
        return moves(self.settled, self.month, [ward.code for ward in self.place.wards], self.rulebook)

    @cached_property
    def change(self) -> Decomposition | None:
        """The place's change of total by criterion, as far as it is known; None where two totals cannot be compared."""
        return self.known.change(self.month, self.place.city.code, self.rulebook)

    @cached_property
    def causes(self) -> Causes | None:
        """What moved the place's points beyond noise; None where the month before cannot be compared."""
        members = [ward.code for ward in self.place.wards]
        return causes(self.known, self.month, self.place.city.code, members, self.rulebook)

    @property
    def is_synthetic(self) -> bool:
        """Whether any source, of this month or of one before it, is made up for demonstration."""
        is_own = any(file["data"] == "synthetic" for file in self.documents["files"])
        return is_own or self.has_synthetic_past

    @property
    def has_synthetic_past(self) -> bool:
        """Whether any source of a month before is made up."""
        return any(each["is_synthetic"] for each in self.documents["past"])

    def indicator(self, indicator: str, measure: str) -> str:
        """Name a figure, as it stands inside a sentence: by the catalogue, or by its rule."""
        key = f"indicator.{indicator}.{measure}"
        found = self.rulebook.part_named(indicator)
        if found is None or self.words.knows(key):
            return self.words.text(key)
        rule, part = found
        return self.words.text(f"rule.{part or measure}", rule=rule.id, name=rule.name.text(self.words.lang))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {file["name"]: file["kind"] for file in self.documents["files"]}

    def kind_of(self, fact: Fact) -> str:
        """What kind of source a figure was read from: ``report``, ``workbook``, ``portal`` or ``dossiers``."""
        return self._kinds.get(fact.source, "report")

    def kinds_of(self, facts: Iterable[Fact]) -> list[str]:
        """The kinds of source several figures were read from, in the place's order."""
        used = {self.kind_of(fact) for fact in facts if fact.source}
        return [kind for kind in self.place.source_order if kind in used]

    def is_made_up(self, facts: Iterable[Fact], kind: str = "") -> bool:
        """Whether any of these figures, or a source of that kind, is made up for demonstration."""
        files = [file for file in self.documents["files"] if file["data"] == "synthetic"]
        names, kinds = {file["name"] for file in files}, {file["kind"] for file in files}
        return kind in kinds or any(fact.source in names for fact in facts)

    def has_source(self, *kinds: str) -> bool:
        """Whether any source of these kinds arrived."""
        return any(file["kind"] in kinds for file in self.documents["files"])

    @property
    def place_name(self) -> str:
        """The place's name in the view's language, as it stands inside a sentence."""
        return self.place.city.title.text(self.words.lang)

    @property
    def previous_name(self) -> str:
        """The month before, as ``month_name`` has it."""
        return self.month_name(self.month.previous())

    def month_short(self, month: Month) -> str:
        """Return "tháng 11/2022" in the view's language."""
        return self.words.month_short(month.number, month.year)

    def month_name(self, month: Month | None = None) -> str:
        """Return "tháng 11 năm 2022" in the view's language."""
        period = month or self.month
        return self.words.month(period.number, period.year)
