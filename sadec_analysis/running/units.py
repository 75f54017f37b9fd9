"""Which briefs a batch makes: of months, and of the units that responses list where these are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from sadec_analysis.errors import SadecError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places.units import unit_place
from sadec_analysis.running.parameters import Parameters

ALL = "all"


def chosen_briefs(
    months: Iterable[Month], place: str, units: str, lang: str, root: Path
) -> tuple[list[Parameters], dict[Parameters, SadecError]]:
    """The briefs to make, and the months that list no unit with the reason why.

    ``units`` are codes joined by commas, ALL that each month's responses list, or none: then it is
    the place's own brief. Raises InputError for a code that can be none.
    """
    chosen, failed = list[Parameters](), dict[Parameters, SadecError]()
    for month in months:
        own = Parameters.checked(str(month), place, lang, root)
        try:
            codes = _codes(own.tree, month, units)
        except SadecError as error:
            failed[own] = error
            continue
        chosen += [Parameters.checked(str(month), unit_place(place, code), lang, root) for code in codes]
        chosen += [] if units else [own]
    return chosen, failed


def _codes(tree: Tree, month: Month, units: str) -> list[str]:
    if units == ALL:
        from sadec_analysis.monthly.units import units_of  # tables, which no other batch needs here

        return [*units_of(tree, month)]
    return [code for each in units.split(",") if (code := each.strip())]
