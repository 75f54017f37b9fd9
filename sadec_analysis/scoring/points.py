"""Counts and rates to points: exact, halves decided on whole numbers, what is unknown said to be so."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal, TypeVar

import numpy.typing as npt
import pandas as pd

from sadec_analysis.errors import InputError
from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Rule

Number = Decimal | float | int
Counts = TypeVar("Counts", int, pd.Series, npt.NDArray[Any])
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
    if not rule.is_scored:
        return Score(None, "not_scored")
    if min(done, due) < 0:
        raise no_count(f"rule {rule.id}", f"{done} / {due}")
    if due == 0:
        return of_nothing(rule)
    if rule.is_established:
        earned = min(steps(done, due, rule, decimals), most_steps(rule, decimals))
        return Score(Decimal(earned).scaleb(-decimals))
    if rule.full_from_percent and is_full(done, due, rule):
        return Score(decimal(rule.max_points))
    return Score(None, "not_established")


def of_nothing(rule: Rule) -> Score:
    """What a sub-indicator earns where nothing was due."""
    match rule.nothing_due:
        case "full":
            return Score(decimal(rule.max_points))
        case "zero":
            return Score(Decimal(0))
        case "null":
            return Score(None, "not_counted")
    return Score(None, "nothing_due_unknown")


def steps(done: Counts, due: Counts, rule: Rule, decimals: int) -> Counts:
    """Points in steps of the last decimal: a quotient is rounded half up by halving twice it and one."""
    top, bottom = _steps_per_share(rule.max_points, rule.full_at_percent, decimals)
    steps: Counts = (2 * top * done + bottom * due) // (2 * bottom * due)
    return steps


@functools.lru_cache(maxsize=256)
def _steps_per_share(max_points: float, full_at_percent: float, decimals: int) -> tuple[int, int]:
    """What the share done of all that was due is multiplied by, as a ratio of whole numbers."""
    share = 100 * 10**decimals * Fraction(str(max_points)) / Fraction(str(full_at_percent))
    return share.numerator, share.denominator


def most_steps(rule: Rule, decimals: int) -> int:
    """All points of a rule, in steps of the last decimal."""
    return int(half_up(decimal(rule.max_points), decimals).scaleb(decimals))


def is_full(done: Counts, due: Counts, rule: Rule) -> Counts:
    """Whether counts reach the rate from which a rule of unknown slope is known to give all points."""
    part, whole = (Fraction(str(rule.full_from_percent)) / 100).as_integer_ratio()
    return done * whole >= due * part


def no_count(where: str, got: object) -> InputError:
    """The error for what is no whole number of 0 or more."""
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


def points_of_rate(percent: Number, rule: Rule) -> Decimal | None:
    """Points a rate earns before rounding; None where the rule is not established.

    >>> points_of_rate(61.54, Rule("2.1", max_points=20))
    Decimal('12.308')
    """
    most = decimal(rule.max_points)
    earned = most * decimal(percent) / decimal(rule.full_at_percent)
    return min(earned, most).normalize() if rule.is_established else None
