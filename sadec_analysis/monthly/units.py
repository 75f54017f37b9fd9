"""Which place a month is opened for: that of a place file, or one unit of the month's responses."""

from __future__ import annotations

from collections.abc import Mapping

from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place, load_place
from sadec_analysis.places.units import parted
from sadec_analysis.reading.month import listed_files
from sadec_analysis.reading.portal.units import Listed, place_of_unit, units_listed


def units_of(tree: Tree, month: Month) -> dict[str, Listed]:
    """The units that responses of a month list, by code; raises InputError where there is no such month, or no response."""
    tree.require_month(month)
    folder = tree.raw(month)
    files = [folder / file.name for file in listed_files(folder) if file.kind == "portal"]
    found: dict[str, Listed] = {}
    for path in files:
        found = {unit.code: unit for unit in units_listed(path)} | found
    if not found:
        raise InputError(
            folder, "no response lists units", remedy="file one with: sadec import FILE.json --month"
        )
    return found


def unit_of(place: str, tree: Tree, month: Month) -> Listed | None:
    """The unit that a place's name tells, as the month's responses have it; None for the place file's own."""
    code = parted(place)[1]
    if not code:
        return None
    units = units_of(tree, month)
    if code not in units:
        raise InputError(
            tree.raw(month),
            "no response lists this unit",
            got=code,
            expected=", ".join([*units][:5]) + (" …" if len(units) > 5 else ""),  # noqa: PLR2004 - enough to see their form
            remedy="mend the code",
        )
    return units[code]


def place_in(place: str, unit: Listed | Mapping[str, str] | None) -> Place:
    """The place of that name: the place file's, or the unit's."""
    base = load_place(parted(place)[0])
    if unit is None:
        return base
    return place_of_unit(base, unit if isinstance(unit, Listed) else Listed(**unit))
