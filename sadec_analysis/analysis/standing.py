"""How each sub-indicator of a unit stands: with points that work can move, or why not; from figures as they are known."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from sadec_analysis.analysis.levers import Lever
from sadec_analysis.checks.finding import reach
from sadec_analysis.checks.whole import whole_totals
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rule, Rulebook
from sadec_analysis.scoring import Number, decimal, score
from sadec_analysis.scoring.points import no_count

Rows = Mapping[tuple[str, str, str], Number | None]
Why = Literal["not_established", "figures_missing", "nothing_due", "full"]
States = Mapping[str, Lever | Why]
ON_TIME = "progress.on_time"
OVERDUE = "progress.overdue"
_FULL = Decimal(100)


def states(rows: Rows, unit: str, rulebook: Rulebook, overdue: str = OVERDUE) -> dict[str, Lever | Why]:
    """Each scored sub-indicator of a unit by rule id: what can be moved, or why it cannot be told or moved.

    ``rows`` are figures by unit, indicator and measure, None where unknown. ``overdue`` names the count of late dossiers
    of the whole unit: of a city with wards ``progress.overdue_total``. Raises InputError for a count that is none.
    """
    scored = [rule for rule in rulebook.rules.values() if rule.is_scored]
    return {rule.id: _state(rows, unit, rule, rulebook.rounding.decimals, overdue) for rule in scored}


def known(rows: Rows, unit: str, indicator: str, measure: str) -> Decimal | None:
    """A figure, or None where it is unknown, NaN included."""
    value = rows.get((unit, indicator, measure))
    found = None if value is None else decimal(value)
    return None if found is None or found.is_nan() else found


def _state(rows: Rows, unit: str, rule: Rule, decimals: int, overdue: str) -> Lever | Why:
    done, due = (_count(rows, unit, name) for name in rule.counts)
    if due == 0:
        return "nothing_due"
    counts = None if done is None or due is None or done > due else (done, due)
    if not rule.is_established:
        return "full" if counts and score(*counts, rule, decimals).value is not None else "not_established"
    if counts:
        return Lever(unit, rule, *counts, decimals=decimals)
    rate = known(rows, unit, rule.indicator, "percent")
    if rate is None or not 0 <= rate <= _FULL:
        return "figures_missing"
    late = _count(rows, unit, overdue) if rule.indicator == ON_TIME else None
    if derived := _derived(late, rate):
        return Lever(unit, rule, *derived, is_derived=True, decimals=decimals)
    return Lever(unit, rule, rate=rate, decimals=decimals)


def _count(rows: Rows, unit: str, indicator: str) -> int | None:
    value = known(rows, unit, indicator, "count")
    if value is not None and (value < 0 or value % 1):
        raise no_count(f"{indicator} of {unit}", value)
    return None if value is None else int(value)


def _derived(late: int | None, rate: Decimal) -> tuple[int, int] | None:
    """The one pair of counts that so many late and a printed rate allow; None where there is none, or more than one."""
    slack = reach(Figure("", "", ON_TIME, "percent", rate, show(rate), "", ""))
    if not late or rate + slack >= _FULL:  # no upper limit to how many were due
        return None
    totals = whole_totals(late, rate, slack)
    return (totals[0] - late, totals[0]) if len(totals) == 1 else None
