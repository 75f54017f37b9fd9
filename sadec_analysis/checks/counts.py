"""Points of a sub-indicator against the two counts behind them, where the rule is established."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from sadec_analysis.checks.finding import Finding, figure_facts, half_step, known, printed_only
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rule, Rulebook
from sadec_analysis.scoring import decimal, points


def find(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each sub-indicator whose counts do not give its printed points.

    Points follow from counts exactly (rounded half up to two decimals), so only the printed
    decimals of the points leave room.
    """
    rows = {(row.unit, row.indicator, row.measure): row for row in reversed(printed_only(figures))}
    for unit, name in unit_names.items():
        for rule in rulebook.rules.values():
            score = rows.get((unit, rule.indicator, "points"))
            done, due = (
                rows.get((unit, f"{rule.indicator}.{part}", "count")) for part in ("numerator", "denominator")
            )
            if score and done and due:
                yield from _compare(score, done, due, rule, name, rulebook)


def _compare(
    score: Figure, done: Figure, due: Figure, rule: Rule, unit_name: str, rulebook: Rulebook
) -> Iterator[Finding]:
    earned = points(int(known(done)), int(known(due)), rule)
    if earned is None:
        return
    expected, reach = decimal(earned), half_step(score.printed, "points")
    gap = abs(known(score) - expected)
    if gap <= max(reach, Decimal("0.005")):
        return
    yield Finding(
        "points_counts", "error", score.period, score.unit, score.indicator, "points",
        printed=score.printed, expected=show(expected), slack=show(reach),
        place=f"{score.place}; {done.place}", rank=2, weight=gap / reach,
        facts={
            "unit": unit_name, **figure_facts(rule.indicator, "points", rulebook), "points": known(score), "done": known(done),
            "due": known(due), "expected": expected, "gap": gap, "slack": reach,
        },
    )  # fmt: skip
