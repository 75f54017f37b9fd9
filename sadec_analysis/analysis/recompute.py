"""What follows from the figures of a month alone: points from counts, and ranks among peers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd

from sadec_analysis.figures import Figure
from sadec_analysis.numerals import half_up, show
from sadec_analysis.rulebook import Rule, Rulebook
from sadec_analysis.scoring import competition_ranks, decimal, grade_of, points

Row = Mapping[Hashable, Any]


def points_from_counts(settled: pd.DataFrame, rulebook: Rulebook) -> list[Figure]:
    """Points and rate of each sub-indicator whose counts are known and whose own figures are not.

    ``settled`` holds one row per figure; the rows returned are computed, citing the count they start from.
    """
    known = settled[settled["value"].notna()]
    rows = {(row["unit"], row["indicator"], row["measure"]): row for row in known.to_dict("records")}
    found: list[Figure] = []
    for unit in known["unit"].unique():
        for rule in rulebook.rules.values():
            pair = [rows.get((unit, name, "count")) for name in rule.counts]
            if pair[0] is not None and pair[1] is not None:
                taken = {
                    measure for measure in ("points", rule.measure) if (unit, rule.indicator, measure) in rows
                }
                found += _scored(rule, pair[0], pair[1], taken, rulebook.rounding.decimals)
    return found


def _scored(rule: Rule, done: Row, due: Row, taken: set[str], decimals: int) -> Iterator[Figure]:
    """Yield the points, and the rate where anything was due, that are not among ``taken``."""
    earned = points(int(done["value"]), int(due["value"]), rule, decimals)
    rate = None if due["value"] == 0 else half_up(decimal(100) * int(done["value"]) / int(due["value"]))
    values = {"points": earned if earned is None else decimal(earned), "percent": rate}
    for measure, value in values.items():
        if value is not None and measure not in taken and rule.measure == "percent":
            yield Figure(
                done["period"], done["unit"], rule.indicator, measure, value,
                f"{show(int(done['value']))} / {show(int(due['value']))}", done["source"], done["place"], "computed",
            )  # fmt: skip


def grades(settled: pd.DataFrame, units: Sequence[str], rulebook: Rulebook) -> list[Figure]:
    """Grade of each unit whose total is known and whose grade no source prints."""
    rows = settled[(settled["indicator"] == "total") & settled["value"].notna()].to_dict("records")
    graded = {row["unit"] for row in rows if row["measure"] == "grade"}
    return [
        Figure(
            row["period"], row["unit"], "total", "grade", Decimal(grade_of(row["value"], rulebook).value), row["printed"],
            row["source"], row["place"], "computed",
        )
        for row in rows
        if row["measure"] == "points" and row["unit"] in units and row["unit"] not in graded
    ]  # fmt: skip


def ranks(settled: pd.DataFrame, city: str, peers: Sequence[str], rulebook: Rulebook) -> list[Figure]:
    """Rank of the place among its peers in the total and each criterion, where the source lists them.

    Competition ranks at the printed precision; none where the source prints the rank itself.
    """
    rows = settled[
        (settled["measure"] == "points") & settled["unit"].isin([city, *peers]) & settled["value"].notna()
    ]
    ranked = settled[(settled["unit"] == city) & (settled["measure"] == "rank")]["indicator"].tolist()
    found: list[Figure] = []
    for indicator in ("total", *rulebook.criteria):
        units = rows[rows["indicator"] == indicator].set_index("unit")
        if indicator not in ranked and city in units.index and len(units) > 1:
            found += _ranked(units, city, indicator)
    return found


def _ranked(units: pd.DataFrame, city: str, indicator: str) -> Iterator[Figure]:
    own = units.loc[city].to_dict()
    values = {"rank": competition_ranks(units["value"])[city], "rank_of": len(units)}
    for measure, value in values.items():
        yield Figure(
            own["period"], city, indicator, measure, Decimal(int(value)), own["printed"], own["source"], own["place"],
            "computed",
        )  # fmt: skip
