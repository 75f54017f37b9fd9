"""Grades against totals, and grade names against the limits a sentence gives them."""

from __future__ import annotations

from collections.abc import Iterator

from sadec_analysis.checks.evidence import Evidence
from sadec_analysis.checks.finding import Examined, Finding, Severity, known, retyped
from sadec_analysis.checks.telling import Fact, named
from sadec_analysis.figures import Figure
from sadec_analysis.numerals import show
from sadec_analysis.rulebook import Grade, Rulebook
from sadec_analysis.scoring import grade_of
from sadec_analysis.words import Bilingual


def grade_total(evidence: Evidence) -> Iterator[Examined]:
    """Whether the printed grade is the one the printed total earns; at a cut, either side rounding allows.

    A total of two decimals is the portal's own, not rounded again.
    """
    for unit in evidence.place.by_code:
        total, grade = evidence.first(unit, "total", "points"), evidence.first(unit, "total", "grade")
        if total is not None and grade is not None:
            reach = retyped(total)
            possible = {
                grade_of(value, evidence.rulebook).value
                for value in (known(total) - reach, known(total) + reach)
            }
            finding = None if int(known(grade)) in possible else _wrong_grade(grade, total, evidence)
            yield Examined((grade, total), finding)


def _wrong_grade(grade: Figure, total: Figure, evidence: Evidence) -> Finding:
    earned = grade_of(known(total), evidence.rulebook)
    facts: dict[str, Fact] = {
        "unit": evidence.name(total.unit), "grade": _name(evidence.rulebook.grades[int(known(grade))]),
        "total": known(total), "earned": _name(earned),
    }  # fmt: skip
    return Finding(
        "grade_total", _severity(evidence.rulebook), (grade, total), facts, expected=earned.name("vi"),
        slack=show(retyped(total)),
    )  # fmt: skip


def grade_label(evidence: Evidence) -> Iterator[Examined]:
    """Whether a band of rates is called by the grade its lower limit has on the scale of grades."""
    by_key = {each.name_en.lower(): each for each in evidence.rulebook.grade}
    for band in evidence.bounds:
        called = by_key.get(band.indicator.partition(".wards_")[2])
        if called is not None and band.lower is not None:
            right = grade_of(band.lower, evidence.rulebook)
            yield Examined((band,), None if right == called else _wrong_label(band, called, right, evidence))


def _wrong_label(band: Figure, called: Grade, right: Grade, evidence: Evidence) -> Finding:
    facts: dict[str, Fact] = {
        "figure": named(band.indicator, "percent", evidence.rulebook), "limit": band.lower or 0,
        "called": _name(called), "right": _name(right),
    }  # fmt: skip
    return Finding(
        "grade_label", _severity(evidence.rulebook), (band,), facts, expected=right.name("vi"), marked=1
    )


def _severity(rulebook: Rulebook) -> Severity:
    """Cuts of an official source make an error; weaker ones only warn."""
    return "error" if rulebook.grade_evidence in ("A", "B") else "warning"


def _name(grade: Grade) -> Bilingual:
    return Bilingual(grade.name_vi, grade.name_en)
