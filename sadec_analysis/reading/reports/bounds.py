"""What prose only bounds: limits kept as limits, with the place that states them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from sadec_analysis import numerals
from sadec_analysis.figures import Figure
from sadec_analysis.places import Place
from sadec_analysis.reading.reports.patterns import Pattern
from sadec_analysis.rulebook import Rulebook

_FULL = Decimal(100)
_FROM = re.compile(r"đạt (\d[\d.,]*\s*%) trở lên")


def implied(
    row: Figure, pattern: Pattern, found: re.Match[str], place: Place, rulebook: Rulebook
) -> Iterator[Figure]:
    """Yield the bounds a matched sentence implies; ``row`` gives period, city, source and place."""
    groups = pattern.form.groupindex
    where = f"{row.source}, {row.place}"
    if "_below" in groups or "_nobody" in groups:
        yield from _against_target(row, found, place, where)
    elif "_grade" in groups and any(name.startswith("satisfaction") for name, _ in pattern.groups.values()):
        yield from _satisfaction_band(row, found, rulebook, where)


def _against_target(row: Figure, found: re.Match[str], place: Place, where: str) -> Iterator[Figure]:
    """Wards named as below the target lie in [0, target]; those not named in [target, 100].

    Nothing where a name is not understood; no limits where the sentence counts and names differently.
    """
    names = found.groupdict().get("_below")
    below = _named(names, place)
    if None in below:
        return
    if names:
        yield replace(
            row,
            indicator="online_service.wards_named",
            measure="count",
            value=Decimal(len(below)),
            printed=names,
        )
    if len(below) != int(found.groupdict().get("count") or 0):
        return
    target = numerals.read(found["target"], "percent", where).value
    limits = {
        True: (Decimal(0), target, "chưa đạt yêu cầu"),
        False: (target, _FULL, f"trên {found['target']}"),
    }
    for ward in place.wards:
        lower, upper, printed = limits[ward.code in below]
        yield replace(
            row, unit=ward.code, indicator="online_service.online_submission", measure="percent",
            lower=lower, upper=upper, printed=printed,
        )  # fmt: skip


def _named(names: str | None, place: Place) -> set[str | None]:
    """Codes of the units in a list of names; None for one that is not known."""
    listed = re.split(r"[,;]| và ", re.sub(r"\([^)]*\)", "", (names or "").rstrip("."))) if names else []
    units = [place.find(name) for name in listed]
    return {unit.code if unit else None for unit in units}


def _satisfaction_band(row: Figure, found: re.Match[str], rulebook: Rulebook, where: str) -> Iterator[Figure]:
    """A number of wards, unnamed, whose rate lies in one band.

    The lower limit is the printed one, or the grade's own where none is printed;
    the upper is the next limit printed in the same sentence, or the next grade's.
    """
    grade = rulebook.grade_named(found["_grade"])
    if grade is None:
        return
    printed = found.groupdict().get("_from")
    lower = numerals.read(printed, "percent", where).value if printed else Decimal(str(grade.from_points))
    others = [numerals.read(text, "percent", where).value for text in _FROM.findall(found.string)]
    others += [] if printed else [Decimal(str(each.from_points)) for each in rulebook.grade]
    upper = min((limit for limit in others if limit > lower), default=_FULL)
    yield replace(
        row, indicator=f"satisfaction.wards_{grade.name_en.lower()}", measure="percent",
        lower=lower, upper=upper, printed=f"{printed} trở lên" if printed else found["_grade"],
    )  # fmt: skip
