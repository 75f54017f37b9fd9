"""Counts to points, points to totals, totals to grades and ranks: pure and exact.

Each sub-score is rounded half up to two decimals and then summed, as the portal
does (reproduced from its published rows). What is unknown stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pandas as pd

from sadec_analysis.numerals import half_up
from sadec_analysis.rulebook import Grade, Rule, Rulebook

Number = Decimal | float | int


def decimal(value: Number) -> Decimal:
    """Return the decimal a number is written as; a float keeps its shortest form.

    >>> decimal(61.54)
    Decimal('61.54')
    """
    return value if isinstance(value, Decimal) else Decimal(str(value))


def points(done: int, due: int, rule: Rule) -> float | None:
    """Points one indicator earns, to two decimals; None where unknown or where nothing counts.

    >>> points(815, 959, Rule("2.1", max_points=20))
    17.0
    >>> points(7, 8, Rule("3.5b", max_points=2, full_at_percent=80))
    2.0
    >>> points(0, 0, Rule("5.2", max_points=6, nothing_due="full"))
    6.0
    """
    if not rule.is_established:
        return None
    if due == 0:
        return {"full": float(rule.max_points), "zero": 0.0}.get(rule.nothing_due)
    return float(half_up(_earned(Decimal(100) * done / due, rule)))


def points_of_rate(percent: Number, rule: Rule) -> Decimal | None:
    """Points a rate earns before rounding; None where the rule is not established.

    >>> points_of_rate(61.54, Rule("2.1", max_points=20))
    Decimal('12.308')
    """
    return _earned(decimal(percent), rule) if rule.is_established else None


def _earned(percent: Decimal, rule: Rule) -> Decimal:
    share = min(percent / decimal(rule.full_at_percent), Decimal(1))
    return (decimal(rule.max_points) * share).normalize()


def total(parts: Iterable[Number | None]) -> Decimal | None:
    """Sum of parts; None when one is unknown.

    >>> total([12.3, 6.7]), total([12.3, None])
    (Decimal('19.0'), None)
    """
    known = [None if part is None else decimal(part) for part in parts]
    return None if None in known else sum((part for part in known if part is not None), Decimal(0))


def grade_of(total_points: Number, rulebook: Rulebook) -> Grade:
    """Return the grade a total earns."""
    reached = [
        grade for grade in rulebook.grades.values() if decimal(total_points) >= decimal(grade.from_points)
    ]
    return reached[-1] if reached else rulebook.grades[min(rulebook.grades)]


def competition_ranks(totals: pd.Series) -> pd.Series:
    """Rank from the highest total, ties sharing a rank and the next one skipped; unknown stays unknown.

    >>> competition_ranks(pd.Series([40.0, 47.3, 40.0, 34.8])).tolist()
    [2.0, 1.0, 2.0, 4.0]
    """
    return totals.rank(method="min", ascending=False)
