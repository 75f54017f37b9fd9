"""Parts against total: whether the criteria printed together give the total printed with them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

import pandas as pd

from sadec_analysis.checks.finding import Fact, Finding, half_step, known, printed_only
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rulebook


def find(figures: pd.DataFrame, rulebook: Rulebook, unit_names: dict[str, str]) -> Iterator[Finding]:
    """Yield a finding for each unit whose first printed criteria do not add up to its total.

    The slack is half a printed step for every term. Where a criterion is printed
    with several values, the only combination of them that fits is named.
    """
    rows = [row for row in printed_only(figures) if row.measure == "points"]
    for unit, name in unit_names.items():
        own = [row for row in rows if row.unit == unit]
        totals = [row for row in own if row.indicator == "total"]
        options = _options(own, rulebook)
        if totals and all(options):
            yield from _compare(totals[0], options, name)


def _options(own: list[Figure], rulebook: Rulebook) -> list[list[Figure]]:
    """Printed values of each criterion, each value once, the first printing first."""
    return [_distinct(row for row in own if row.indicator == name) for name in rulebook.criteria]


def fitting(total: Figure, own: list[Figure], rulebook: Rulebook) -> list[tuple[Figure, ...]]:
    """Combinations of printed values, one per criterion, that give the total; none when a criterion is missing."""
    return [choice for choice in itertools.product(*_options(own, rulebook)) if fits(total, choice)]


def _distinct(rows: Iterator[Figure]) -> list[Figure]:
    first: dict[Decimal | None, Figure] = {}
    for row in rows:
        first.setdefault(row.value, row)
    return list(first.values())


def _compare(total: Figure, options: list[list[Figure]], unit_name: str) -> Iterator[Finding]:
    printed = [rows[0] for rows in options]
    if fits(total, printed):
        return
    others = [choice for choice in itertools.product(*options) if fits(total, choice)]
    changed = [row for row in others[0] if row not in printed] if len(others) == 1 else []
    yield Finding(
        "parts_total", "error", total.period, total.unit, "total", "points",
        printed=total.printed, expected=show(_sum(printed)), slack=show(slack(total, printed)),
        place=f"{total.place}; {_span(printed[0].place, printed[-1].place)}",
        facts={
            "unit": unit_name, "parts": tuple(known(row) for row in printed), "sum": _sum(printed),
            "total": known(total), "gap": abs(_sum(printed) - known(total)),
            "slack": slack(total, printed), **_support(others, changed),
        },
    )  # fmt: skip


def _span(first: str, last: str) -> str:
    """Two places as one span; what both begin with is said once.

    >>> _span("I.1, line 3", "I.1, line 8"), _span("sheet A, column C", "sheet B, column C")
    ('I.1, line 3 – line 8', 'sheet A, column C – sheet B, column C')
    """
    head, _, tail = last.rpartition(", ")
    return f"{first} – {tail if first.rpartition(', ')[0] == head else last}"


def _support(others: list[tuple[Figure, ...]], changed: list[Figure]) -> dict[str, Fact]:
    if len(others) != 1:
        return {"support": "@finding.parts_many" if others else "@finding.parts_none"}
    return {"support": "@finding.parts_one", "values": tuple(changed), "fitting_sum": _sum(others[0])}


def fits(total: Figure, parts: tuple[Figure, ...] | list[Figure]) -> bool:
    """Whether parts give the total within what rounding can explain."""
    return abs(_sum(parts) - known(total)) <= slack(total, parts)


def slack(total: Figure, parts: tuple[Figure, ...] | list[Figure]) -> Decimal:
    """Half a printed step of every term, the total included."""
    return sum((half_step(row.printed, row.measure) for row in (total, *parts)), Decimal(0))


def _sum(parts: tuple[Figure, ...] | list[Figure]) -> Decimal:
    return sum((known(row) for row in parts), Decimal(0))
