"""Rulebooks: what the index scores in a period, as dated data with its evidence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.names import text_key
from sadec_analysis.strict import build, read_toml
from sadec_analysis.words import Bilingual

FOLDER = Path(__file__).resolve().parent
Evidence = Literal["A", "B", "C", "D", "S"]
NothingDue = Literal["unknown", "null", "zero", "full"]


NOTHING = Bilingual("", "")


@dataclass(frozen=True)
class Rule:
    """How one sub-indicator turns a count into points.

    ``full_at_percent`` is the rate that earns all points; 100 is the linear rule.
    ``nothing_due`` says what a denominator of zero means; "null" adds nothing to a total.
    ``measure`` is the unit of the ratio. Its figures are ``<indicator>`` in points and in that
    unit, ``<indicator>.numerator`` and ``<indicator>.denominator`` as counts.
    """

    id: str
    max_points: float
    full_at_percent: float = 100
    nothing_due: NothingDue = "unknown"
    indicator: str = ""
    name: Bilingual = NOTHING
    numerator: Bilingual = NOTHING
    denominator: Bilingual = NOTHING
    measure: Literal["percent", "days"] = "percent"
    is_established: bool = True
    evidence: Evidence = "C"
    source: str = ""


@dataclass(frozen=True)
class Criterion:
    """One of the six criteria on the portal's screen."""

    id: str
    portal_code: str
    max_points: float
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    spellings: tuple[str, ...]
    evidence: Evidence
    source: str
    rule: tuple[Rule, ...] = ()

    def name(self, lang: str) -> str:
        """The criterion's name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en

    def short(self, lang: str) -> str:
        """The criterion's short name, for charts."""
        return self.short_vi if lang == "vi" else self.short_en


@dataclass(frozen=True)
class Grade:
    """One grade: earned from ``from_points`` up to the next grade. ``value`` is 1 (lowest) to 5."""

    value: int
    from_points: float
    name_vi: str
    name_en: str

    def name(self, lang: str) -> str:
        """The grade's name in ``vi`` or ``en``."""
        return self.name_vi if lang == "vi" else self.name_en


@dataclass(frozen=True)
class Target:
    """A rate that units are told to reach."""

    indicator: str
    percent: float
    evidence: Evidence
    source: str


@dataclass(frozen=True)
class Rulebook:
    """All rules of one period of validity."""

    id: str
    title_vi: str
    title_en: str
    valid_from: dt.date
    valid_until: dt.date
    max_points: float
    grade_evidence: Evidence
    grade_source: str
    not_established: tuple[Bilingual, ...]
    criterion: tuple[Criterion, ...]
    grade: tuple[Grade, ...]
    target: tuple[Target, ...] = ()

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

    def part_named(self, indicator: str) -> tuple[Rule, str] | None:
        """Return the rule a figure belongs to, and which of its counts it is: ``numerator``, ``denominator`` or "".

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


def load_rulebook(month: Month, folder: Path = FOLDER) -> Rulebook:
    """Load the rulebook valid in ``month``; raises InputError where there is none or more than one."""
    first = dt.date(month.year, month.number, 1)
    books = [read_rulebook(path) for path in sorted(folder.glob("*.toml"))]
    valid = [book for book in books if book.valid_from <= first <= book.valid_until]
    if len(valid) != 1:
        spans = "; ".join(f"{book.id} {book.valid_from} to {book.valid_until}" for book in books)
        raise InputError(folder, f"{len(valid)} rulebooks are valid in {month}", expected=f"one of: {spans}")
    return valid[0]


def read_rulebook(path: Path) -> Rulebook:
    """Read one rulebook file; raises InputError for unknown keys and for maxima that do not add up."""
    book = build(Rulebook, read_toml(path), path.name)
    maxima = sum(criterion.max_points for criterion in book.criterion)
    if maxima != book.max_points:
        raise InputError(
            path.name, "maxima of the criteria do not add up", got=maxima, expected=book.max_points
        )
    for criterion in book.criterion:
        _require_parts(path.name, criterion)
    return book


def _require_parts(where: str, criterion: Criterion) -> None:
    parts = sum(rule.max_points for rule in criterion.rule)
    if criterion.rule and parts != criterion.max_points:
        raise InputError(
            where,
            f"rules of {criterion.id} do not add up to its maximum",
            got=parts,
            expected=criterion.max_points,
        )
