"""Points, rates and counts of one rule against each other, where the rule is established."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, Severity, half_step, known, reach
from sadec_analysis.checks.telling import Phrase, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import half_up, show
from sadec_analysis.rulebook import Rule
from sadec_analysis.scoring import decimal, points, points_of_rate


def severity_of(rule: Rule) -> Severity:
    """An official rule, or one its published rows reproduce, makes an error; a weaker one only warns."""
    return "error" if rule.evidence in ("A", "B") else "warning"


def points_rate(evidence: Evidence) -> Iterator[Examined]:
    """Whether printed points follow from the printed rate.

    Where points are printed with several values, the contradiction is told once, by the check of
    printings, with the value the rate supports; where both counts are known, they are compared with.
    """
    for indicator, rule in scored_by_rate(evidence):
        for unit in evidence.place.by_code:
            scores = evidence.printings(unit, indicator, "points")
            rate = evidence.first(unit, rule.indicator, "percent")
            is_counted = indicator == rule.indicator and _counts(unit, rule, evidence) is not None
            if rate and len({row.value for row in scores}) == 1 and not is_counted:
                is_right = follows(scores[0], rate, rule)
                yield Examined(
                    (scores[0], rate), None if is_right else _off_rate(scores[0], rate, rule, evidence)
                )


def _counts(unit: str, rule: Rule, evidence: Evidence) -> tuple[Figure, Figure] | None:
    """What was done and what was due, where both are known."""
    done, due = (evidence.first(unit, name, "count") for name in rule.counts)
    return (done, due) if done and due else None


def scored_by_rate(evidence: Evidence) -> Iterator[tuple[str, Rule]]:
    """Yield each indicator in points that one established rule turns a rate into, a criterion of one rule included."""
    for criterion in evidence.rulebook.criterion:
        whole = evidence.rulebook.rate_rule(criterion.id)
        if whole:
            yield criterion.id, whole
        for rule in criterion.rule:
            if rule.is_established and rule.max_points:
                yield rule.indicator, rule


def slack(score: Figure, rate: Figure, rule: Rule) -> Decimal:
    """What rounding may hide in the points, and in the rate as it reaches the points."""
    per_percent = decimal(rule.max_points) / decimal(rule.full_at_percent)
    return (reach(score) + reach(rate) * per_percent).normalize()


def follows(score: Figure, rate: Figure, rule: Rule) -> bool:
    """Whether points follow from a rate by a rule, rounding allowed for; true where the rule is not established."""
    expected = points_of_rate(known(rate), rule)
    return expected is None or abs(known(score) - expected) <= slack(score, rate, rule)


def supported_by_rate(printed: Sequence[Figure], evidence: Evidence) -> tuple[str, Phrase] | None:
    """Return the one printed value that the unit's rate gives, and how to tell it; None where it decides nothing."""
    first = printed[0]
    rule = dict(scored_by_rate(evidence)).get(first.indicator) if first.measure == "points" else None
    rate = evidence.first(first.unit, rule.indicator, "percent") if rule else None
    fitting = [row for row in printed if rule and rate and follows(row, rate, rule)]
    if rule is None or rate is None or len(fitting) != 1:
        return None
    value = known(fitting[0])
    return show(value), Phrase("finding.support_rate", {"value": value, **_product(rate, rule)})


def _product(rate: Figure, rule: Rule) -> dict[str, Decimal]:
    expected = points_of_rate(known(rate), rule) or Decimal(0)
    return {"rate": known(rate), "max": decimal(rule.max_points), "expected": expected}


def _off_rate(score: Figure, rate: Figure, rule: Rule, evidence: Evidence) -> Finding:
    product, allowed = _product(rate, rule), slack(score, rate, rule)
    gap = abs(known(score) - product["expected"])
    return Finding(
        "points_rate", severity_of(rule), (score, rate), expected=show(product["expected"]), slack=show(allowed),
        weight=gap / allowed, marked=2,
        facts={
            "unit": evidence.name(score.unit), "figure": named(score.indicator, "points", evidence.rulebook),
            "points": known(score), "gap": gap, "slack": allowed, **product,
        },
    )  # fmt: skip


def points_counts(evidence: Evidence) -> Iterator[Examined]:
    """Whether printed points of a sub-indicator follow from its two counts.

    Points follow from counts exactly, so only the printed decimals of the points leave room.
    """
    for score, done, due, rule in _counted("points", evidence):
        earned = points(int(known(done)), int(known(due)), rule, evidence.rulebook.rounding.decimals)
        if earned is not None:
            expected = decimal(earned)
            is_right = abs(known(score) - expected) <= half_step(score)
            rows = (score, done, due)
            off = (
                None
                if is_right
                else _off_counts(rows, expected, half_step(score), severity_of(rule), evidence)
            )
            yield Examined(rows, off)


def rate_counts(evidence: Evidence) -> Iterator[Examined]:
    """Whether a printed rate is the quotient of its two counts."""
    for rate, done, due, _ in _counted("percent", evidence):
        if due.value:
            exact = 100 * known(done) / known(due)
            is_right = abs(known(rate) - exact) <= reach(rate)
            rows = (rate, done, due)
            off = None if is_right else _off_counts(rows, half_up(exact), reach(rate), "error", evidence)
            yield Examined(rows, off)


def _counted(measure: str, evidence: Evidence) -> Iterator[tuple[Figure, Figure, Figure, Rule]]:
    """Yield each figure of that measure with both its counts and its rule."""
    for unit in evidence.place.by_code:
        for rule in evidence.rulebook.rules.values():
            figure = evidence.first(unit, rule.indicator, measure)
            counts = _counts(unit, rule, evidence)
            if figure and counts:
                yield figure, *counts, rule


def _off_counts(
    rows: tuple[Figure, Figure, Figure],
    expected: Decimal,
    slack: Decimal,
    severity: Severity,
    evidence: Evidence,
) -> Finding:
    stated, done, due = rows
    gap = abs(known(stated) - expected)
    check = "points_counts" if stated.measure == "points" else "rate_counts"
    return Finding(
        check, severity, rows, expected=show(expected), slack=show(slack), weight=gap / slack, marked=3,
        facts={
            "unit": evidence.name(stated.unit), "figure": named(stated.indicator, stated.measure, evidence.rulebook),
            "value": known(stated), "done": known(done), "due": known(due), "expected": expected, "gap": gap,
            "slack": slack,
        },
    )  # fmt: skip
