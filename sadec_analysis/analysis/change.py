"""Month over month: the previous totals a report implies, and what moved since."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from sadec_analysis.figures import Figure
from sadec_analysis.months import Month
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.scoring import competition_ranks, decimal, grade_of


def previous_totals(settled: pd.DataFrame, month: Month, rulebook: Rulebook) -> list[Figure]:
    """Total and grade of the month before, for every unit whose score and change are printed.

    The total is the score minus its change (exact in decimals); the grade follows from the rulebook.
    """
    scores = _by_unit(settled, "points")
    changes = _by_unit(settled, "change")
    rows: list[Figure] = []
    for unit, score in scores.items():
        change = changes.get(unit)
        if change is not None:
            rows += _previous(score, change, str(month.previous()), rulebook)
    return rows


def _by_unit(settled: pd.DataFrame, measure: str) -> dict[str, pd.Series]:
    rows = settled[
        (settled["indicator"] == "total") & (settled["measure"] == measure) & settled["value"].notna()
    ]
    return {row["unit"]: row for _, row in rows.iterrows()}


def _previous(score: pd.Series, change: pd.Series, period: str, rulebook: Rulebook) -> list[Figure]:
    total = decimal(score["value"]) - decimal(change["value"])
    working = f"{score['printed']} ; {change['printed']}"
    common = {
        "period": period, "unit": score["unit"], "indicator": "total", "printed": working,
        "source": score["source"], "place": score["place"], "status": "computed",
    }  # fmt: skip
    grade = Decimal(grade_of(total, rulebook).value)
    return [Figure(measure="points", value=total, **common), Figure(measure="grade", value=grade, **common)]


@dataclass(frozen=True)
class Move:
    """One unit between two months: totals, grades and ranks among the units compared."""

    unit: str
    before: Decimal
    after: Decimal
    grade_before: int
    grade_after: int
    rank_before: int
    rank_after: int


def moves(figures: pd.DataFrame, month: Month, units: list[str], rulebook: Rulebook) -> list[Move]:
    """Return the units whose totals are known in both months, by their rank now.

    ``figures`` is a settled table with rows of both periods; ranks are competition ranks within ``units``.
    """
    totals = figures[
        (figures["indicator"] == "total") & (figures["measure"] == "points") & figures["unit"].isin(units)
    ]
    wide = totals.pivot_table(index="unit", columns="period", values="value")
    periods = [str(month.previous()), str(month)]
    if not set(periods) <= set(wide.columns):
        return []
    known = wide[periods].dropna()
    ranks = known.apply(competition_ranks)
    rows = [_move(unit, known.loc[unit], ranks.loc[unit], periods, rulebook) for unit in known.index]
    return sorted(rows, key=lambda row: (row.rank_after, row.unit))


def _move(unit: str, totals: pd.Series, ranks: pd.Series, periods: list[str], rulebook: Rulebook) -> Move:
    before, after = (decimal(float(totals[period])) for period in periods)
    grades = [grade_of(total, rulebook).value for total in (before, after)]
    return Move(unit, before, after, grades[0], grades[1], int(ranks[periods[0]]), int(ranks[periods[1]]))
