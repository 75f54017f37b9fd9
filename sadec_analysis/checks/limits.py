"""What cannot be, whatever the rules: beyond a maximum, a part greater than its whole, a rate that is points in disguise."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, half_step, known
from sadec_analysis.checks.telling import Fact, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import half_up, kind_of, read, show
from sadec_analysis.scoring import decimal

_FULL = Decimal(100)


def beyond_maximum(evidence: Evidence) -> Iterator[Examined]:
    """Whether points are above their maximum, or a rate above 100: such a value is printed and never used."""
    for row in (row for row in evidence.rows if row.measure in ("points", "percent")):
        yield Examined((row,))
    for row in evidence.impossible:
        top = decimal(evidence.rulebook.most(row.indicator, row.measure) or 0)
        value = read(row.printed, kind_of(row.measure), row.place).value
        facts: dict[str, Fact] = {
            "unit": evidence.name(row.unit), "figure": named(row.indicator, row.measure, evidence.rulebook),
            "value": value, "max": top,
        }  # fmt: skip
        yield Examined((row,), Finding("beyond_maximum", "error", (row,), facts, expected=f"≤ {show(top)}"))


def part_whole(evidence: Evidence) -> Iterator[Examined]:
    """Whether a part is no more than its whole: dossiers on time of all, units that certify of those due, a rank of those ranked."""
    for part, whole in _pairs(evidence):
        is_right = known(part) <= known(whole) and not (part.measure == "rank" and known(part) < 1)
        yield Examined((part, whole), None if is_right else _greater(part, whole, evidence))


def _pairs(evidence: Evidence) -> Iterator[tuple[Figure, Figure]]:
    """Yield each part with its whole, of the same unit and source, as first printed there."""
    for (unit, indicator, measure), rows in evidence.groups.items():
        for whole_key in _whole_of(indicator, measure, evidence):
            wholes = evidence.printings(unit, *whole_key)
            for part in {row.source: row for row in reversed(rows)}.values():
                yield from ((part, whole) for whole in wholes[:1] if whole.source == part.source)


def _whole_of(indicator: str, measure: str, evidence: Evidence) -> Iterator[tuple[str, str]]:
    if measure == "rank":
        yield indicator, "rank_of"
    rule = evidence.rulebook.part_named(indicator)
    if rule and rule[1] == "numerator" and rule[0].measure == "percent":
        yield rule[0].denominator_indicator, "count"
    if (whole := _WHOLES.get(indicator)) and measure == "count":
        yield whole, "count"
    if indicator.startswith("total.wards_") and measure == "count":
        yield "total.wards", "count"


_WHOLES = {
    "digitisation.certifying_units": "digitisation.certifying_units_due",
    "digitisation.certifying_wards": "digitisation.wards",
    "progress.overdue_in_month": "progress.overdue_total",
    "progress.overdue": "progress.overdue_total",
}


def _greater(part: Figure, whole: Figure, evidence: Evidence) -> Finding:
    facts: dict[str, Fact] = {
        "unit": evidence.name(part.unit), "figure": named(part.indicator, part.measure, evidence.rulebook),
        "whole": named(whole.indicator, whole.measure, evidence.rulebook), "value": known(part), "total": known(whole),
    }  # fmt: skip
    expected = f"≤ {show(known(whole))}"
    return Finding("part_whole", "error", (part, whole), facts, expected=expected, marked=2, shown=2)


def rate_is_points(evidence: Evidence) -> Iterator[Examined]:
    """Whether a rate told beside its criterion's points is only those points over their maximum.

    Not where one rule turns that rate into all points of the criterion: there it must be.
    """
    rates = {key: rows for key, rows in evidence.groups.items() if key[2] == "percent"}
    for (unit, indicator, _), rows in rates.items():
        criterion = evidence.rulebook.criteria.get(indicator.partition(".")[0])
        rule = evidence.rulebook.rate_rule(criterion.id) if criterion else None
        is_free = (rule is None or rule.indicator != indicator) and not _is_set(unit, indicator, evidence)
        score = evidence.first(unit, criterion.id, "points") if criterion else None
        if criterion and score and is_free:
            yield _disguised(rows[0], score, decimal(criterion.max_points), evidence)


def _is_set(unit: str, indicator: str, evidence: Evidence) -> bool:
    """Whether a rate is a target, or rests on counts of its own."""
    return (
        indicator.endswith("_target") or evidence.first(unit, f"{indicator}.denominator", "count") is not None
    )


def _disguised(rate: Figure, score: Figure, top: Decimal, evidence: Evidence) -> Examined:
    decimals = max(0, -int(known(rate).as_tuple().exponent))
    share = _FULL * known(score) / top
    is_apart = not 0 < share < _FULL or half_up(share, decimals) != known(rate)
    if is_apart:
        return Examined((rate, score))
    facts: dict[str, Fact] = {
        "unit": evidence.name(rate.unit), "figure": named(rate.indicator, "percent", evidence.rulebook),
        "rate": known(rate), "points": known(score), "max": top,
    }  # fmt: skip
    found = Finding("rate_is_points", "warning", (rate, score), facts, slack=show(half_step(rate)))
    return Examined((rate, score), found)
