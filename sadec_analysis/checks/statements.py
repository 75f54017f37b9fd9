"""What sentences say of the wards together, against the tables that list them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, half_step, known, retyped, total_of
from sadec_analysis.checks.telling import Fact, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show

# Indicator of the statement, the rows counted, the least and the most they give.
Counted = tuple[str, list[Figure], Decimal, Decimal]


def statement_table(evidence: Evidence) -> Iterator[Examined]:
    """Whether a sentence about the wards says what their rows give: extremes, how many of a grade, how many of all."""
    for indicator, rows, least, most in (*_extremes(evidence), *_counts(evidence)):
        measure = "points" if indicator.startswith("total.ward_") else "count"
        for stated in evidence.printings(evidence.city, indicator, measure):
            slack = _reach(stated, rows)
            is_right = least - slack <= known(stated) <= most + slack
            yield Examined(
                (stated, *rows),
                None if is_right else _told(stated, rows, least if known(stated) < least else most, evidence),
            )


def _reach(stated: Figure, rows: Sequence[Figure]) -> Decimal:
    """A count is exact; an extreme may be printed with fewer decimals than its table."""
    return (
        half_step(stated) + max(map(half_step, rows)) if stated.measure == "points" and rows else Decimal(0)
    )


def _extremes(evidence: Evidence) -> Iterator[Counted]:
    totals = evidence.all_wards("total", "points")
    if totals:
        yield "total.ward_highest", totals, max(map(known, totals)), max(map(known, totals))
        yield "total.ward_lowest", totals, min(map(known, totals)), min(map(known, totals))


def _counts(evidence: Evidence) -> Iterator[Counted]:
    wards = Decimal(len(evidence.wards))
    for indicator in ("total.wards", "digitisation.wards"):
        yield indicator, [], wards, wards
    yield from _by_grade(evidence)
    copies = evidence.all_wards("digitisation.certified_copies", "count")
    if copies:
        have = Decimal(sum(known(row) > 0 for row in copies))
        yield "digitisation.certifying_wards", copies, have, have
    yield from _below_target(evidence)


def _by_grade(evidence: Evidence) -> Iterator[Counted]:
    grades = evidence.all_wards("total", "grade")
    for grade in evidence.rulebook.grade if grades else ():
        have = Decimal(sum(known(row) == grade.value for row in grades))
        yield f"total.wards_{grade.name_en.lower()}", grades, have, have


def _below_target(evidence: Evidence) -> Iterator[Counted]:
    """Wards below the target: those named in the sentence, and those whose rates are all known."""
    stated = "online_service.wards_below_target"
    for row in evidence.printings(evidence.city, "online_service.wards_named", "count"):
        yield stated, [row], known(row), known(row)
    target = evidence.first(evidence.city, "online_service.online_submission_target", "percent")
    rates = evidence.all_wards("online_service.online_submission", "percent")
    if target is not None and rates:
        surely = sum(known(row) + retyped(row) < known(target) for row in rates)
        maybe = sum(known(row) - retyped(row) < known(target) for row in rates)
        yield stated, rates, Decimal(surely), Decimal(maybe)


def _told(stated: Figure, rows: Sequence[Figure], value: Decimal, evidence: Evidence) -> Finding:
    facts: dict[str, Fact] = {
        "figure": named(stated.indicator, stated.measure, evidence.rulebook), "stated": known(stated), "value": value,
    }  # fmt: skip
    return Finding(
        "statement_table",
        "error",
        (stated, *rows),
        facts,
        expected=show(value),
        slack=show(_reach(stated, rows)),
    )


def bands_wards(evidence: Evidence) -> Iterator[Examined]:
    """Whether the bands a sentence sorts the wards into hold as many as there are."""
    bands = [
        row
        for row in evidence.rows
        if row.indicator.startswith("satisfaction.wards_") and row.measure == "count"
    ]
    if bands and evidence.wards:
        is_right = total_of(bands) == len(evidence.wards)
        yield Examined(tuple(bands), None if is_right else _of_bands(tuple(bands), len(evidence.wards)))


def _of_bands(bands: tuple[Figure, ...], wards: int) -> Finding:
    """More than there are cannot be; fewer may have been left unsaid."""
    facts: dict[str, Fact] = {"sum": total_of(bands), "wards": wards}
    return Finding(
        "bands_wards", "error" if total_of(bands) > wards else "warning", bands, facts, expected=str(wards), slack="0",
        marked=len(bands), shown=len(bands),
    )  # fmt: skip
