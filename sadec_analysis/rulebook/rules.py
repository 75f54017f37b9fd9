"""What a rulebook is made of: criteria, their rules, grades, targets, and the evidence for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sadec_analysis.words import Bilingual

Evidence = Literal["A", "B", "C", "D", "S"]
NothingDue = Literal["unknown", "null", "zero", "full"]
Shape = Literal["linear", "threshold", "unknown", "shown"]
NOTHING = Bilingual("", "")


@dataclass(frozen=True)
class Rule:
    """How one sub-indicator turns two counts into points.

    ``shape`` is ``linear``, ``threshold`` (all points from ``threshold_percent``), ``unknown`` with
    ``why_unknown`` (but all points from ``full_from_percent`` where that much is known; 0 where it is not),
    or ``shown``, which is not scored. ``nothing_due`` says what a denominator of zero means; "null" adds
    nothing to a total. ``measure`` is the unit of the ratio.

    Its figures are ``indicator`` in points and in that unit, and its two counts. Where the count
    ``none_done_when`` is zero so is the numerator, and where ``none_due_when`` is, the denominator.
    ``is_additive`` says whether the counts of units add up to those of the city: dossiers do, procedures do not, nor does
    the larger of two counts.
    """

    id: str
    max_points: float
    shape: Shape = "linear"
    threshold_percent: float = 100
    full_from_percent: float = 0
    why_unknown: Bilingual = NOTHING
    nothing_due: NothingDue = "unknown"
    indicator: str = ""
    name: Bilingual = NOTHING
    numerator: Bilingual = NOTHING
    denominator: Bilingual = NOTHING
    none_done_when: str = ""
    none_due_when: str = ""
    measure: Literal["percent", "days"] = "percent"
    is_additive: bool = True
    evidence: Evidence = "C"
    source: str = ""

    @property
    def is_scored(self) -> bool:
        """Whether it earns points, and is not only shown."""
        return self.shape != "shown"

    @property
    def is_established(self) -> bool:
        """Whether every rate is known to earn so many points."""
        return self.shape in ("linear", "threshold")

    @property
    def full_at_percent(self) -> float:
        """The rate that earns all points; 100 where there is no threshold."""
        return self.threshold_percent

    @property
    def numerator_indicator(self) -> str:
        """Name of the count of what was done."""
        return f"{self.indicator}.numerator"

    @property
    def denominator_indicator(self) -> str:
        """Name of the count of what was due."""
        return f"{self.indicator}.denominator"

    @property
    def counts(self) -> tuple[str, str]:
        """Names of its two counts: what was done, and what was due."""
        return self.numerator_indicator, self.denominator_indicator


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
class Rounding:
    """How a sub-score is rounded before the scores are summed."""

    decimals: int
    mode: Literal["half_up"]
    evidence: Evidence
    source: str
