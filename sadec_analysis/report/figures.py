"""The month's figures as the report writes them, with the footnotes of recorded corrections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sadec_analysis.facts import Fact, place_text
from sadec_analysis.monthly import MonthView
from sadec_analysis.places import Unit
from sadec_analysis.report.pieces import Run, Said, fill, wording
from sadec_analysis.words import capital


@dataclass
class Figures:
    """Look-ups into a month for the report; each correction is footnoted once, where its figure first stands."""

    view: MonthView
    _told: set[tuple[str, str, str]] = field(default_factory=set)

    @property
    def city(self) -> Unit:
        """The unit the report is about."""
        return self.view.place.city

    @property
    def names(self) -> dict[str, str]:
        """What most sentences name: the city inside a sentence and at its start, the month."""
        name = self.view.place.name
        return {"city": name, "City": capital(name), "month": self.view.month_name()}

    def fact(self, indicator: str, measure: str, unit: Unit | None = None) -> Fact:
        """One figure of the city, or of another unit."""
        return self.view.fact(unit or self.city, indicator, measure)

    def ranked(self, indicator: str, measure: str) -> list[Fact]:
        """The wards' known figures, highest first; equal ones in the order of the place file."""
        known = [fact for fact in self.view.facts(indicator, measure, self.view.place.wards) if fact.is_known]
        return sorted(known, key=lambda fact: -(fact.value or 0))

    def is_told(self, indicator: str) -> bool:
        """Whether a rate is known, or its limits, of any of the place's units: else there is nothing to draw."""
        return any(fact.is_known or fact.is_bounded for fact in self.view.facts(indicator, "percent"))

    def maximum(self, criterion: str) -> str:
        """Most points of a criterion."""
        return self.view.words.number(self.view.rulebook.criteria[criterion].max_points)

    def said(self, fact: Fact, text: str | None = None) -> Said:
        """A figure as text; a corrected one carries its footnote the first time."""
        return Said(fact.text() if text is None else text, self._note(fact))

    def cell(self, fact: Fact, text: str | None = None) -> Said:
        """A figure in a table; a dash where it is unknown."""
        return self.said(fact, text) if fact.is_known else Said(wording("words.unknown"))

    def score(self, fact: Fact) -> Said:
        """Points with their maximum: "16,3/20"."""
        return self.cell(fact, f"{fact.text()}/{self.maximum(fact.indicator)}")

    def change(self, fact: Fact) -> Said:
        """A change in the office's words: "Giảm 11,17"."""
        if fact.value is None:
            return self.cell(fact)
        key = "fell" if fact.value < 0 else "rose" if fact.value else "same"
        return self.said(fact, wording(f"words.{key}").format(points=fact.size().text))

    def grade(self, fact: Fact) -> Said:
        """A grade by its Vietnamese name."""
        return self.cell(fact, self.view.rulebook.grades[int(fact.value)].name_vi if fact.value else "")

    def place(self, key: str, indicator: str) -> tuple[Run, ...]:
        """The city's rank among its peers, as the end of a sentence; nothing where it is unknown."""
        rank, of = (self.fact(indicator, measure) for measure in ("rank", "rank_of"))
        if rank.value is None or of.value is None:
            return ()
        written = self.said(rank, f"{int(rank.value):02d}")
        return fill(key, rank=written, of=f"{int(of.value):02d}", peers=self.view.place.peers.vi)

    def _note(self, fact: Fact) -> str:
        key = (fact.unit.code, fact.indicator, fact.measure)
        rows = [row for row in self.view.documents["corrections"] if self._is_about(row, fact)]
        if fact.status != "corrected" or not rows or key in self._told:
            return ""
        self._told.add(key)
        return str(wording("words.footnote")).format(
            places="; ".join(place_text(row["place"], self.view.words) for row in rows),
            printed=rows[0]["printed"], used=rows[0]["used"], reason=rows[0]["reason"], status=rows[0]["status"],
        )  # fmt: skip

    def _is_about(self, row: dict[str, Any], fact: Fact) -> bool:
        return fact.unit == self.city and row["indicator"] == fact.indicator
