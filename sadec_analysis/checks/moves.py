"""Changes against the month before, as stored, and against each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, half_step, known, slack_of
from sadec_analysis.checks.telling import Fact, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show

_FULL = Decimal(100)


def change_previous(evidence: Evidence) -> Iterator[Examined]:
    """Whether score and change give the score stored for the month before, half a step allowed for each."""
    for score, change in changed(evidence):
        before = evidence.previous.find(score) if evidence.previous else None
        if before is not None and before.value is not None:
            rows = (change, score, before)
            gap, slack = abs(known(score) - known(change) - known(before)), slack_of(rows)
            finding = None if gap <= slack else _other_before(rows, gap, slack, evidence)
            yield Examined((change, score), finding)


def changed(evidence: Evidence) -> Iterator[tuple[Figure, Figure]]:
    """Yield the score and its change for every unit of the place, total and criteria."""
    for indicator in ("total", *evidence.rulebook.criteria):
        for unit in evidence.place.by_code:
            score = evidence.first(unit, indicator, "points")
            change = evidence.first(unit, indicator, "change")
            if score is not None and change is not None:
                yield score, change


def _other_before(
    rows: tuple[Figure, Figure, Figure], gap: Decimal, slack: Decimal, evidence: Evidence
) -> Finding:
    change, score, before = rows
    facts: dict[str, Fact] = {
        "unit": evidence.name(score.unit), "figure": named(score.indicator, "points", evidence.rulebook),
        "points": known(score), "change": known(change), "implied": known(score) - known(change),
        "before": known(before), "source": before.source, "gap": gap, "slack": slack,
    }  # fmt: skip
    expected = show(known(score) - known(before))
    return Finding(
        "change_previous", "error", (change, score), facts, expected=expected, slack=show(slack),
        weight=gap / slack if slack else gap, marked=2,
    )  # fmt: skip


def growth_change(evidence: Evidence) -> Iterator[Examined]:
    """Whether the relative change of the portal is the change over the score it started from."""
    for score, change in changed(evidence):
        growth = evidence.first(score.unit, score.indicator, "growth")
        ends = _growths(score, change) if growth else []
        if growth is not None and ends:
            reach = half_step(growth)
            is_right = min(ends) - reach <= known(growth) <= max(ends) + reach
            yield Examined(
                (growth, change, score), None if is_right else _other_growth(growth, change, score, evidence)
            )


def _growths(score: Figure, change: Figure) -> list[Decimal]:
    """Relative changes at the ends of what rounding allows; none where the start may have been nothing."""
    starts = [
        (known(change) + a * half_step(change), known(score) + b * half_step(score))
        for a, b in itertools.product((-1, 1), repeat=2)
    ]
    if any(now - moved <= 0 for moved, now in starts):
        return []
    return [_FULL * moved / (now - moved) for moved, now in starts]


def _other_growth(growth: Figure, change: Figure, score: Figure, evidence: Evidence) -> Finding:
    expected = (_FULL * known(change) / (known(score) - known(change))).quantize(Decimal("0.01"))
    facts: dict[str, Fact] = {
        "unit": evidence.name(score.unit), "growth": known(growth), "change": known(change),
        "total": known(score), "expected": expected,
    }  # fmt: skip
    return Finding(
        "growth_change", "error", (growth, change, score), facts, expected=show(expected),
        slack=show(half_step(growth)), marked=2,
    )  # fmt: skip
