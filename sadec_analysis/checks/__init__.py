"""Checks: printed figures against arithmetic, rules and each other."""

from __future__ import annotations

import pandas as pd

from sadec_analysis.checks import counts, parts, printings, rates, sources
from sadec_analysis.checks.finding import SEVERITIES, Finding, to_table
from sadec_analysis.rulebook import Rulebook

__all__ = ["SEVERITIES", "Finding", "find_all", "to_table"]


def find_all(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> list[Finding]:
    """Run every check on a month's figures; errors first, then in order of the units given.

    ``figures`` is the table of figures.py, printed rows included; ``unit_names`` maps codes to names.
    """
    found = [
        *parts.find(figures, rulebook, unit_names),
        *printings.find(figures, rulebook, unit_names),
        *sources.find(figures, rulebook, unit_names),
        *rates.find(figures, rulebook, unit_names),
        *counts.find(figures, rulebook, unit_names),
    ]
    order = list(unit_names)
    return sorted(
        found,
        key=lambda each: (SEVERITIES.index(each.severity), each.rank, -each.weight, order.index(each.unit)),
    )
