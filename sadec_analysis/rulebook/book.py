"""A rulebook whole: its criteria, rules, grades and targets, found by name or by the words of a source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from sadec_analysis.names import text_key
from sadec_analysis.rulebook.rules import Criterion, Evidence, Grade, Rounding, Rule, Target
from sadec_analysis.words import Bilingual


@dataclass(frozen=True)
class Rulebook:
    """All rules of one period of validity.

    ``compared_with`` names a later rulebook, whose rules only warn where this one's are not established.
    """

    id: str
    title_vi: str
    title_en: str
    valid_from: dt.date
    valid_until: dt.date
    valid_evidence: Evidence
    valid_source: str
    max_points: float
    rounding: Rounding
    grade_evidence: Evidence
    grade_source: str
    not_established: tuple[Bilingual, ...]
    criterion: tuple[Criterion, ...]
    grade: tuple[Grade, ...]
    target: tuple[Target, ...] = ()
    compared_with: str = ""

    def title(self, lang: str) -> str:
        """The rulebook's title in ``vi`` or ``en``."""
        return self.title_vi if lang == "vi" else self.title_en

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Criteria by indicator name."""
        return {criterion.id: criterion for criterion in self.criterion}

    @cached_property
    def grades(self) -> dict[int, Grade]:
        """Grades by value, lowest first."""
        return {grade.value: grade for grade in sorted(self.grade, key=lambda each: each.value)}

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """Rules by id, over all criteria."""
        return {rule.id: rule for criterion in self.criterion for rule in criterion.rule}

    def maximum(self, indicator: str) -> float | None:
        """Return the most points an indicator can earn; None where the rulebook sets no maximum.

        A figure under a criterion without a rule of its own, such as ``transparency.year_to_date``, has the criterion's.
        """
        if indicator.partition(".")[0] == "total":
            return self.max_points
        rule = next((rule for rule in self.rules.values() if rule.indicator == indicator), None)
        criterion = self.criteria.get(indicator.partition(".")[0])
        return rule.max_points if rule else criterion.max_points if criterion else None

    def most(self, indicator: str, measure: str) -> float | None:
        """Return the most a figure can be: 100 of a rate, the maximum of points; None where nothing limits it."""
        return {"percent": 100, "points": self.maximum(indicator)}.get(measure)

    def part_named(self, indicator: str) -> tuple[Rule, str] | None:
        """Return the rule a figure belongs to, and which of its counts it is: ``numerator``, ``denominator`` or "".

        >>> from sadec_analysis.months import Month
        >>> from sadec_analysis.rulebook import load_rulebook
        >>> load_rulebook(Month(2026, 8)).part_named("progress.on_time.numerator")[1]
        'numerator'
        """
        base, _, part = indicator.rpartition(".")
        whole, part = (base, part) if part in ("numerator", "denominator") else (indicator, "")
        return next(((rule, part) for rule in self.rules.values() if rule.indicator == whole), None)

    def rate_rule(self, criterion: str) -> Rule | None:
        """Return the rule that turns one rate into all points of ``criterion``, where one is established."""
        for rule in self.criteria[criterion].rule:
            if rule.is_established and rule.max_points == self.criteria[criterion].max_points:
                return rule
        return None

    def criterion_named(self, text: str) -> Criterion | None:
        """Find the criterion whose name stands in ``text``; the first one named wins, and of those the longest.

        >>> from sadec_analysis.months import Month
        >>> from sadec_analysis.rulebook import load_rulebook
        >>> load_rulebook(Month(2022, 11)).criterion_named("2. Chỉ số tiến độ giải quyết hồ sơ TTHC gồm:").id
        'progress'
        """
        key = text_key(text)
        found = [
            (key.index(spelling), -len(spelling), each.id)
            for each in self.criterion
            for spelling in map(text_key, (each.name_vi, *each.spellings))
            if spelling in key
        ]
        return self.criteria[min(found)[2]] if found else None

    def grade_named(self, text: str) -> Grade | None:
        """Return the grade of that Vietnamese name, or None."""
        key = text_key(text)
        return next((each for each in self.grade if text_key(each.name_vi) == key), None)

    def target_of(self, indicator: str) -> Target | None:
        """Return the target set for ``indicator``, or None."""
        return next((each for each in self.target if each.indicator == indicator), None)
