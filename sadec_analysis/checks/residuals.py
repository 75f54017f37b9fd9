"""Parts worked out backwards: they contradict their own evidence and only make the whole come out."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, known, total_of
from sadec_analysis.checks.parts import Choice, sub_indicators
from sadec_analysis.checks.rates import follows, scored_by_rate
from sadec_analysis.checks.telling import named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Rule
from sadec_analysis.scoring import points_of_rate


def residual_part(evidence: Evidence) -> Iterator[Examined]:
    """Whether a part that its own rate contradicts is to the last digit what the others leave of the whole."""
    rules = dict(scored_by_rate(evidence))
    for unit in evidence.place.by_code:
        for whole, parts in _wholes(unit, evidence):
            for part in parts:
                rule = rules.get(part.indicator)
                rate = evidence.first(unit, rule.indicator, "percent") if rule else None
                if rule and rate:
                    is_residual = not follows(part, rate, rule) and total_of(parts) == known(whole)
                    finding = _residual(part, rate, whole, rule, evidence) if is_residual else None
                    yield Examined((part, rate, whole, *parts), finding)


def _wholes(unit: str, evidence: Evidence) -> Iterator[tuple[Figure, Choice]]:
    """Yield the total with its criteria, and each criterion with its sub-indicators, where all are known."""
    total = evidence.first(unit, "total", "points")
    parts = tuple(
        row
        for name in evidence.rulebook.criteria
        if (row := evidence.first(unit, name, "points")) is not None
    )
    if total is not None and len(parts) == len(evidence.rulebook.criteria):
        yield total, parts
    for criterion, given in sub_indicators(unit, evidence).items():
        whole = evidence.first(unit, criterion, "points")
        if whole is not None and len(given) > 1:
            yield whole, given


def _residual(part: Figure, rate: Figure, whole: Figure, rule: Rule, evidence: Evidence) -> Finding:
    expected = points_of_rate(known(rate), rule) or known(part)
    return Finding(
        "residual_part", "warning", (part, rate, whole), expected=show(expected), marked=2,
        facts={
            "unit": evidence.name(part.unit), "figure": named(part.indicator, "points", evidence.rulebook),
            "points": known(part), "whole": named(whole.indicator, "points", evidence.rulebook), "total": known(whole),
            "rate": known(rate), "expected": expected,
        },
    )  # fmt: skip
