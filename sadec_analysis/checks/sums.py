"""Tables against the totals stated for them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, known, total_of
from sadec_analysis.checks.telling import Fact, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show

# Counts of the city that hold those of its wards, and the most its own office may add; None for any number.
_HELD: tuple[tuple[str, Decimal | None], ...] = (
    ("digitisation.certified_copies", None),
    ("digitisation.certifying_units", Decimal(1)),
    ("digitisation.certifying_units_due", Decimal(1)),
)


def table_sum(evidence: Evidence) -> Iterator[Examined]:
    """Whether the rows of a table give the total stated for them.

    Late dossiers of the city's office and every ward make the city's total exactly; a count of the city
    that includes its wards is no less than theirs together, and no more than its own office can add.
    """
    overdue = evidence.each(evidence.own, "progress.overdue", "count")
    stated = evidence.first(evidence.city, "progress.overdue_total", "count")
    if stated is not None and len(overdue) == len(evidence.own):
        yield _compared(stated, overdue, Decimal(0), evidence)
    for indicator, most in (*_HELD, *_counts(evidence)):
        city, wards = (
            evidence.first(evidence.city, indicator, "count"),
            evidence.all_wards(indicator, "count"),
        )
        if city is not None and wards:
            yield _compared(city, wards, most, evidence)


def _counts(evidence: Evidence) -> Iterator[tuple[str, None]]:
    """Counts behind rates of dossiers: the city's include those of its wards."""
    for rule in evidence.rulebook.rules.values():
        if rule.measure == "percent" and rule.is_additive:
            yield from ((name, None) for name in rule.counts)


def _compared(whole: Figure, parts: list[Figure], most: Decimal | None, evidence: Evidence) -> Examined:
    least = total_of(parts)
    compared = (whole, *parts)
    if least <= known(whole) and (most is None or known(whole) <= least + most):
        return Examined(compared)
    expected = show(least) if not most else f"{show(least)} – {show(least + most)}"
    expected = f"≥ {expected}" if most is None else expected
    facts: dict[str, Fact] = {
        "unit": evidence.name(whole.unit), "figure": named(whole.indicator, "count", evidence.rulebook),
        "stated": known(whole), "sum": least, "count": len(parts), "expected": expected,
    }  # fmt: skip
    return Examined(compared, Finding("table_sum", "error", compared, facts, expected=expected, slack="0"))
