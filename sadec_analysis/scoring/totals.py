"""Points to totals and grades, and a unit scored from all its counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from sadec_analysis.errors import InputError
from sadec_analysis.rulebook import Criterion, Grade, Rulebook
from sadec_analysis.scoring.points import Number, Score, decimal, score


def total(parts: Iterable[Number | None]) -> Decimal | None:
    """Sum of parts; None when one is unknown, NaN included.

    >>> total([12.3, 6.7]), total([12.3, None])
    (Decimal('19.0'), None)
    """
    known = [Decimal("NaN") if part is None else decimal(part) for part in parts]
    found = sum(known, Decimal(0))
    return None if found.is_nan() else found


def grade_of(total_points: Number, rulebook: Rulebook) -> Grade:
    """Return the grade a total earns."""
    lowest, *higher = rulebook.grades.values()
    reached = [grade for grade in higher if decimal(total_points) >= decimal(grade.from_points)]
    return reached[-1] if reached else lowest


@dataclass(frozen=True)
class UnitScore:
    """What a unit earns: each sub-indicator by its id, each criterion by its own, and the limits of the total.

    A criterion has the first reason why one of its sub-indicators is not known. ``lower`` is the sum of what
    is known, to which ``upper`` adds all points of what is not.
    """

    scores: dict[str, Score]
    criteria: dict[str, Score]
    lower: Decimal
    upper: Decimal

    @property
    def total(self) -> Decimal | None:
        """The total, where every criterion is known."""
        return total(each.value for each in self.criteria.values())


def unit_score(counts: Mapping[str, tuple[int, int]], rulebook: Rulebook) -> UnitScore:
    """Score a unit from what was done and due by each rule, by its id; a rule without counts is unknown.

    Raises InputError for a rule the rulebook does not have.
    """
    rules, decimals = rulebook.rules, rulebook.rounding.decimals
    if unknown := sorted(set(counts) - set(rules)):
        raise InputError(
            rulebook.id,
            "no such rule",
            got=", ".join(unknown),
            expected=", ".join(rules),
            remedy="mend the id",
        )
    missing = Score(None, "counts_unknown")
    scores = {
        each: score(*counts[each], rule, decimals) if each in counts else missing
        for each, rule in rules.items()
    }
    criteria = {criterion.id: _criterion(criterion, scores) for criterion in rulebook.criterion}
    lower = total(each.value or 0 for each in scores.values()) or Decimal(0)
    whole = [rules[each].max_points for each in scores if scores[each].is_open]
    whole += [criterion.max_points for criterion in rulebook.criterion if not criterion.rule]
    return UnitScore(scores, criteria, lower, lower + (total(whole) or 0))


def _criterion(criterion: Criterion, scores: Mapping[str, Score]) -> Score:
    own = [scores[rule.id] for rule in criterion.rule]
    first = next((each for each in own if each.is_open), None if own else Score(None, "not_established"))
    return first or Score(total(each.value or 0 for each in own))
