"""Counts to points, points to totals, totals to grades and ranks: pure and exact.

Each sub-score is rounded half up and then summed, as the portal does (reproduced from
its published rows); halves are decided on whole numbers. What is unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Literal, TypeVar

import pandas as pd

from sadec_analysis.errors import InputError
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Criterion, Grade, Rule, Rulebook

Number = Decimal | float | int
Counts = TypeVar("Counts", int, pd.Series)
Reason = Literal["", "not_established", "nothing_due_unknown", "not_counted", "not_scored", "counts_unknown"]


def decimal(value: Number) -> Decimal:
    """Return the decimal a number is written as; a float keeps its shortest form.

    >>> decimal(61.54)
    Decimal('61.54')
    """
    return Decimal(str(value))


@dataclass(frozen=True)
class Score:
    """Points, or the reason why there are none; it is "" where they are known.

    ``not_counted`` is where nothing was due and nothing is added, ``not_scored`` where the rule is only shown.
    """

    value: Decimal | None
    reason: Reason = ""

    @property
    def is_open(self) -> bool:
        """Whether it may hold points that are not known."""
        return self.reason in ("not_established", "nothing_due_unknown", "counts_unknown")


def score(done: int, due: int, rule: Rule, decimals: int = 2) -> Score:
    """Points that two counts earn, rounded half up; without a value, the reason why.

    More done than was due, as bad data have it, earns no more than all points. Raises InputError for a count below 0.

    >>> score(9, 36, Rule("3.5b", 2, "threshold", threshold_percent=80))
    Score(value=Decimal('0.63'), reason='')
    """
    if rule.shape == "shown":
        return Score(None, "not_scored")
    if min(done, due) < 0:
        raise _no_count(f"rule {rule.id}", f"{done} / {due}")
    if due == 0:
        return _of_nothing(rule)
    if rule.is_established:
        steps = min(_steps(done, due, rule, decimals), _most_steps(rule, decimals))
        return Score(Decimal(steps).scaleb(-decimals))
    if rule.full_from_percent and _is_full(done, due, rule):
        return Score(decimal(rule.max_points))
    return Score(None, "not_established")


def _of_nothing(rule: Rule) -> Score:
    """What a sub-indicator earns where nothing was due."""
    match rule.nothing_due:
        case "full":
            return Score(decimal(rule.max_points))
        case "zero":
            return Score(Decimal(0))
        case "null":
            return Score(None, "not_counted")
    return Score(None, "nothing_due_unknown")


def _steps(done: Counts, due: Counts, rule: Rule, decimals: int) -> Counts:
    """Points in steps of the last decimal: a quotient is rounded half up by halving twice it and one."""
    per_share = 100 * 10**decimals * Fraction(str(rule.max_points)) / Fraction(str(rule.full_at_percent))
    top, bottom = per_share.as_integer_ratio()
    steps: Counts = (2 * top * done + bottom * due) // (2 * bottom * due)
    return steps


def _most_steps(rule: Rule, decimals: int) -> int:
    return int(half_up(decimal(rule.max_points), decimals).scaleb(decimals))


def _is_full(done: Counts, due: Counts, rule: Rule) -> Counts:
    part, whole = (Fraction(str(rule.full_from_percent)) / 100).as_integer_ratio()
    return done * whole >= due * part


def _no_count(where: str, got: object) -> InputError:
    return InputError(
        where, "not a count", got=got, expected="a whole number, 0 or more", remedy="mend it in its source"
    )


def points(done: int, due: int, rule: Rule, decimals: int = 2) -> float | None:
    """Points as ``score`` gives them; None where unknown or where nothing counts.

    >>> points(815, 959, Rule("2.1", 20)), points(0, 0, Rule("5.2", 6, nothing_due="full"))
    (17.0, 6.0)
    """
    value = score(done, due, rule, decimals).value
    return None if value is None else float(value)


def points_column(done: pd.Series, due: pd.Series, rule: Rule, decimals: int = 2) -> pd.Series:
    """Points of whole columns of counts, row by row as ``points`` gives them; NaN for its None and for unknown counts.

    Raises InputError for what is no whole number, or below 0.

    >>> points_column(pd.Series([815, 0]), pd.Series([959, 0]), Rule("2.1", 20, nothing_due="zero")).tolist()
    [17.0, 0.0]
    """
    found = pd.Series(float("nan"), index=done.index)
    if rule.shape == "shown":
        return found
    all_done, all_due = _whole(done, rule), _whole(due, rule)
    some_due = all_due.clip(lower=1)
    if rule.is_established:
        steps = _steps(all_done, some_due, rule, decimals)
        found = steps.clip(upper=_most_steps(rule, decimals)).astype("float64") / 10**decimals
    elif rule.full_from_percent:
        found = found.mask(_is_full(all_done, some_due, rule), float(rule.max_points))
    nothing = _of_nothing(rule).value
    found = found.mask(all_due == 0, float("nan") if nothing is None else float(nothing))
    return found.where(done.notna() & due.notna())


def _whole(counts: pd.Series, rule: Rule) -> pd.Series:
    """Counts as whole numbers of any size, so that no product of theirs overflows; 0 where unknown."""
    filled = counts.fillna(0)
    is_count = (filled >= 0) & (filled % 1 == 0)
    if not is_count.all():
        at = int((~is_count).to_numpy().argmax())
        raise _no_count(f"rule {rule.id}, row {filled.index[at]}", filled.iloc[at])
    return filled.map(int).astype(object)


def points_of_rate(percent: Number, rule: Rule) -> Decimal | None:
    """Points a rate earns before rounding; None where the rule is not established.

    >>> points_of_rate(61.54, Rule("2.1", max_points=20))
    Decimal('12.308')
    """
    most = decimal(rule.max_points)
    earned = most * decimal(percent) / decimal(rule.full_at_percent)
    return min(earned, most).normalize() if rule.is_established else None


def total(parts: Iterable[Number | None]) -> Decimal | None:
    """Sum of parts; None when one is unknown, NaN included.

    >>> total([12.3, 6.7]), total([12.3, None])
    (Decimal('19.0'), None)
    """
    known = [Decimal("NaN") if part is None else decimal(part) for part in parts]
    found = sum(known, Decimal(0))
    return None if found.is_nan() else found


def totals(parts: pd.DataFrame) -> pd.Series:
    """Sums of rows of parts, as ``total`` gives them; NaN where a part is unknown.

    >>> totals(pd.DataFrame({"a": [0.1, 1.0], "b": [0.2, float("nan")]})).tolist()
    [0.3, nan]
    """
    sums = [total(row) for row in parts.itertuples(index=False, name=None)]
    return pd.Series([float("nan") if each is None else float(each) for each in sums], parts.index, "float64")


def grade_of(total_points: Number, rulebook: Rulebook) -> Grade:
    """Return the grade a total earns."""
    lowest, *higher = rulebook.grades.values()
    reached = [grade for grade in higher if decimal(total_points) >= decimal(grade.from_points)]
    return reached[-1] if reached else lowest


def grades_column(totals: pd.Series, rulebook: Rulebook) -> pd.Series:
    """Grades of a whole column of totals, by value, as ``grade_of`` gives them one by one; NaN where unknown."""
    cuts = [grade.from_points for grade in rulebook.grades.values()]
    edges = [float("-inf"), *cuts[1:], float("inf")]
    return pd.cut(totals.astype("float64"), edges, right=False, labels=list(rulebook.grades)).astype(
        "float64"
    )


def competition_ranks(totals: pd.Series, decimals: int = 2) -> pd.Series:
    """Rank from the highest total, ties sharing a rank and the next one skipped; unknown stays unknown.

    Totals are tied where they are the same rounded half up to the ``decimals`` published.

    >>> competition_ranks(pd.Series([40.0, 47.3, 40.0, 34.8])).tolist()
    [2.0, 1.0, 2.0, 4.0]
    """
    published = totals.map(lambda each: float(half_up(decimal(each), decimals)), na_action="ignore")
    return published.astype("float64").rank(method="min", ascending=False)


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
