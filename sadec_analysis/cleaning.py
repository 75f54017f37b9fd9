"""Corrections applied and scanning errors settled; raw stays as received."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from unicodedata import normalize

from sadec_analysis import numerals
from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure
from sadec_analysis.plain import plain
from sadec_analysis.reading.corrections import Correction
from sadec_analysis.reading.reports.narrative import Passage


def correct(figures: Sequence[Figure], corrections: Iterable[Correction]) -> list[Figure]:
    """Add a corrected row behind each row a correction names; printed rows stay.

    The corrected row cites the place that prints the value used, where there is one.
    Raises InputError where a correction names a place and printing that is not in
    the figures exactly once: it was written for another version of the source.
    """
    corrected = list(figures)
    for correction in corrections:
        row = _row_named(corrected, correction)
        value = numerals.read(
            correction.used, numerals.kind_of(row.measure), f"corrections.toml, {correction.place}"
        ).value
        place = _place_printing(figures, row, value)
        used = replace(
            row, value=value, lower=None, upper=None, printed=correction.used, place=place, status="corrected"
        )
        corrected.insert(corrected.index(row) + 1, used)
    return corrected


def _place_printing(figures: Sequence[Figure], corrected: Figure, value: Decimal) -> str:
    """Return the place that prints the value used; where none does, the corrected place itself."""
    key = (corrected.unit, corrected.indicator, corrected.measure, value)
    rows = [each for each in figures if (each.unit, each.indicator, each.measure, each.value) == key]
    return rows[0].place if rows else corrected.place


def _row_named(figures: Sequence[Figure], correction: Correction) -> Figure:
    wanted = (correction.source, correction.place, correction.indicator, correction.printed)
    rows = [each for each in figures if _named(each) == wanted]
    if len(rows) != 1:
        raise InputError(
            f"corrections.toml, {correction.place}",
            f'"{correction.printed}" of {correction.indicator} stands there {len(rows)} times',
            expected="once",
            remedy="check source, place and printed against 01_source",
        )
    return rows[0]


def _named(figure: Figure) -> tuple[str, ...]:
    """What a correction names a figure by, as corrections.toml has it: composed, without what cannot be seen."""
    return tuple(
        normalize("NFC", plain(text))
        for text in (figure.source, figure.place, figure.indicator, figure.printed)
    )


def satisfaction_limits(figures: Sequence[Figure], wards: Sequence[str]) -> list[Figure]:
    """Limits for each ward that follow when the printed bands together hold every ward.

    Which ward lies in which band is not printed, so each gets the span of all bands.
    """
    bands = [
        row for row in figures if row.indicator.startswith("satisfaction.wards_") and row.measure == "percent"
    ]
    counted = [
        row.value
        for row in figures
        if row.indicator.startswith("satisfaction.wards_") and row.measure == "count"
    ]
    if not bands or sum(value or 0 for value in counted) != len(wards):
        return []
    lower = min(row.lower for row in bands if row.lower is not None)
    upper = max(row.upper for row in bands if row.upper is not None)
    model = replace(
        bands[0], indicator="satisfaction.reported", lower=lower, upper=upper,
        printed="; ".join(row.printed for row in bands), status="computed",
    )  # fmt: skip
    return [replace(model, unit=ward) for ward in wards]


@dataclass(frozen=True)
class Repair:
    """One scanning error repaired through the place file's table."""

    place: str
    wrong: str
    right: str


def repair(passages: Iterable[Passage], repairs: Mapping[str, str]) -> tuple[list[Passage], list[Repair]]:
    """Repair known scanning errors in the office's words; return the passages and what was repaired where."""
    repaired: list[Passage] = []
    log: list[Repair] = []
    for passage in passages:
        text = passage.text
        for wrong, right in repairs.items():
            if wrong in text:
                log.append(Repair(passage.place, wrong, right))
                text = text.replace(wrong, right)
        repaired.append(replace(passage, text=text))
    return repaired, log
