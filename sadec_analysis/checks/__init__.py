"""Checks: printed figures against arithmetic, rules and each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sadec_analysis.checks import (
    allowed,
    grades,
    limits,
    moves,
    parts,
    printings,
    ranks,
    rates,
    residuals,
    shifts,
    statements,
    sums,
    units,
    whole,
    writing,
)  # fmt: skip
from sadec_analysis.checks.evidence import Evidence, Previous
from sadec_analysis.checks.finding import SEVERITIES, Checked, Examined, Finding, to_table
from sadec_analysis.figures import Figure

__all__ = ["CHECKS", "SEVERITIES", "Checked", "Evidence", "Finding", "Previous", "find_all", "to_table"]

# Every check, the weightier first: findings of one severity are told in this order.
CHECKS: dict[str, Callable[[Evidence], Iterator[Examined]]] = {
    "parts_total": parts.parts_total,
    "parts_bounds": parts.parts_bounds,
    "parts_criterion": parts.parts_criterion,
    "printed_twice": printings.printed_twice,
    "sources_differ": printings.sources_differ,
    "beyond_maximum": limits.beyond_maximum,
    "table_sum": sums.table_sum,
    "part_whole": limits.part_whole,
    "overdue_scope": whole.overdue_scope,
    "change_previous": moves.change_previous,
    "growth_change": moves.growth_change,
    "statement_table": statements.statement_table,
    "bands_wards": statements.bands_wards,
    "rank_order": ranks.rank_order,
    "units_twice": units.units_twice,
    "points_counts": rates.points_counts,
    "rate_counts": rates.rate_counts,
    "grade_total": grades.grade_total,
    "points_void": allowed.points_void,
    "points_allowed": allowed.points_allowed,
    "rate_is_points": limits.rate_is_points,
    "rate_whole": whole.rate_whole,
    "rates_whole": whole.rates_whole,
    "residual_part": residuals.residual_part,
    "no_remedy": writing.no_remedy,
    "rank_row": ranks.rank_row,
    "units_missing": units.units_missing,
    "units_extra": units.units_extra,
    "grade_label": grades.grade_label,
    "points_rate": rates.points_rate,
    "previous_unsaid": shifts.previous_unsaid,
    "level_shift": shifts.level_shift,
    "rank_ties": ranks.rank_ties,
    "decimal_marks": writing.decimal_marks,
}


def find_all(evidence: Evidence) -> Checked:
    """Run every check; errors first, then the weightier check, then the larger gap, then units as the place lists them."""
    examined = [(check, each) for check, run in CHECKS.items() for each in run(evidence)]
    compared = dict.fromkeys(CHECKS, 0)
    figures: set[Figure] = set()
    for check, each in examined:
        compared[check] += 1
        figures.update(each.figures)
    order, units = list(CHECKS), list(evidence.place.by_code)
    first: dict[str, Finding] = {}  # a figure that contradicts in two ways of one kind is told of once
    for _, each in examined:
        if each.finding is not None:
            first.setdefault(each.finding.id, each.finding)
    found = list(first.values())
    found.sort(
        key=lambda each: (
            SEVERITIES.index(each.severity), order.index(each.check), -each.weight, units.index(each.about.unit),
        )
    )  # fmt: skip
    return Checked(found, compared, frozenset(figures))
