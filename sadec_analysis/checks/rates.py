"""Points against rate times maximum, where the rule is established."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from sadec_analysis.checks.finding import Fact, Finding, half_step, known, printed_only
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rule, Rulebook
from sadec_analysis.scoring import decimal, points_of_rate


def find(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each unit whose printed points its printed rate does not give.

    Where points are printed with several values, the contradiction is told once,
    by the check of printings, with the value the rate supports.
    """
    rows = printed_only(figures)
    rules = {criterion: rulebook.rate_rule(criterion) for criterion in rulebook.criteria}
    for criterion, rule in rules.items():
        for unit, name in unit_names.items():
            if rule is None:
                continue
            scores = [
                row for row in rows if (row.unit, row.indicator, row.measure) == (unit, criterion, "points")
            ]
            rates = _rates(rows, unit, rule)
            if len({row.value for row in scores}) == 1 and rates and not _fits(scores[0], rates[0], rule):
                yield _finding(scores[0], rates[0], rule, name)


def _rates(rows: list[Figure], unit: str, rule: Rule) -> list[Figure]:
    wanted = (unit, rule.indicator, "percent")
    return [row for row in rows if (row.unit, row.indicator, row.measure) == wanted]


def slack(score: Figure, rate: Figure, rule: Rule) -> Decimal:
    """Half a printed step of the points, and of the rate as it reaches the points."""
    per_percent = decimal(rule.max_points) / decimal(rule.full_at_percent)
    return (half_step(score.printed, "points") + half_step(rate.printed, "percent") * per_percent).normalize()


def _fits(score: Figure, rate: Figure, rule: Rule) -> bool:
    expected = points_of_rate(known(rate), rule)
    return expected is None or abs(known(score) - expected) <= slack(score, rate, rule)


def supports(
    printed: list[Figure], rows: list[Figure], rulebook: Rulebook
) -> tuple[str, dict[str, Fact]] | None:
    """Return the one printed value that the unit's rate gives, and how to tell it; None where it decides nothing."""
    criterion = printed[0].indicator
    rule = rulebook.rate_rule(criterion) if criterion in rulebook.criteria else None
    if rule is None:
        return None
    rates = _rates(rows, printed[0].unit, rule)
    fitting = [row for row in printed if rates and _fits(row, rates[0], rule)]
    if len(fitting) != 1:
        return None
    value = known(fitting[0])
    told: dict[str, Fact] = {"support": "@finding.support_rate", "value": value, **_sum_facts(rates[0], rule)}
    return show(value), told


def _sum_facts(rate: Figure, rule: Rule) -> dict[str, Fact]:
    expected = points_of_rate(known(rate), rule) or Decimal(0)
    return {"rate": known(rate), "max": decimal(rule.max_points), "expected": expected}


def _finding(score: Figure, rate: Figure, rule: Rule, unit_name: str) -> Finding:
    expected = points_of_rate(known(rate), rule) or Decimal(0)
    reach = slack(score, rate, rule)
    return Finding(
        "points_rate", "warning", score.period, score.unit, score.indicator, score.measure,
        printed=score.printed, expected=show(expected), slack=show(reach),
        place=score.place if rate.place == score.place else f"{score.place}; {rate.place}", rank=2,
        weight=abs(known(score) - expected) / reach,
        facts={
            "unit": unit_name, "figure": f"@indicator.{score.indicator}.{score.measure}", "points": known(score), "gap": abs(known(score) - expected),
            "slack": reach, **_sum_facts(rate, rule),
        },
    )  # fmt: skip
