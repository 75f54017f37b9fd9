"""The same figure printed twice with different values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from sadec_analysis.checks import parts
from sadec_analysis.checks.finding import (
    Fact,
    Finding,
    figure_facts,
    half_step,
    known,
    printed_only,
    rounding,
)
from sadec_analysis.checks.rates import supports
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rulebook

Key = tuple[str, str, str]
Groups = dict[Key, list[Figure]]


def find(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each figure one source prints with values that rounding cannot reconcile.

    The value that the rate times the maximum supports is named, or else the one
    that alone lets the parts give the total.
    """
    rows = [row for row in printed_only(figures) if row.unit in unit_names]
    for group in grouped(rows).values():
        for printings in by_source(group).values():
            different = [row for row in printings if not agree(printings[0], row)]
            if different:
                yield _finding(printings[0], different, rows, rulebook, unit_names)


def grouped(rows: list[Figure]) -> Groups:
    """Rows by unit, indicator and measure."""
    groups: Groups = {}
    for row in rows:
        groups.setdefault((row.unit, row.indicator, row.measure), []).append(row)
    return groups


def by_source(rows: list[Figure]) -> dict[str, list[Figure]]:
    """Rows by the file they stand in, files in the order of sources."""
    sources: dict[str, list[Figure]] = {}
    for row in rows:
        sources.setdefault(row.source, []).append(row)
    return sources


def agree(one: Figure, other: Figure) -> bool:
    """Whether two printings can be the same number at their own precision.

    >>> row = Figure("2022-11", "u", "progress", "points", Decimal("12.3"), "12,3/20", "r.md", "I.1")
    >>> from dataclasses import replace
    >>> agree(row, replace(row, value=Decimal("12.31"), printed="12,31")), agree(row, replace(row, value=Decimal("12.4")))
    (True, False)
    """
    if one.value == other.value or one.measure == "grade":
        return one.value == other.value
    reach = half_step(one.printed, one.measure) + half_step(other.printed, other.measure)
    return abs(known(one) - known(other)) < reach


def _finding(
    first: Figure, different: list[Figure], rows: list[Figure], rulebook: Rulebook, unit_names: dict[str, str]
) -> Finding:
    printed = [first, *different]
    expected, support = _support(printed, rows, rulebook)
    return Finding(
        "printed_twice", "error", first.period, first.unit, first.indicator, first.measure,
        printed=" | ".join(row.printed for row in printed), expected=expected,
        slack=rounding(first),
        place="; ".join(row.place for row in printed), rank=1,
        facts={
            "unit": unit_names[first.unit],
            **figure_facts(first.indicator, first.measure, rulebook),
            "values": tuple(printed),
        } | support,
    )  # fmt: skip


def _support(printed: list[Figure], rows: list[Figure], rulebook: Rulebook) -> tuple[str, dict[str, Fact]]:
    """Return the value the rest supports ("" where nothing decides) and how to tell it."""
    if printed[0].measure != "points":
        return "", {"support": "@finding.support_none"}
    by_rate = supports(printed, rows, rulebook)
    if by_rate:
        return by_rate
    by_total = _by_total(printed, rows, rulebook)
    if by_total is None:
        return "", {"support": "@finding.support_none"}
    return show(by_total), {"support": "@finding.support_total", "value": by_total}


def _by_total(printed: list[Figure], rows: list[Figure], rulebook: Rulebook) -> Decimal | None:
    own = [row for row in rows if row.unit == printed[0].unit and row.measure == "points"]
    totals = [row for row in own if row.indicator == "total"]
    if not totals or printed[0].indicator not in rulebook.criteria:
        return None
    choices = parts.fitting(totals[0], own, rulebook)
    values = {row.value for choice in choices for row in choice if row.indicator == printed[0].indicator}
    return values.pop() if len(values) == 1 else None
