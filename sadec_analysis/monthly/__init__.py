"""A month built from its raw files, and opened for notebooks, charts and briefs."""

from sadec_analysis.monthly.files import SCHEMA, build_month, in_language, open_month
from sadec_analysis.monthly.units import place_in, unit_of, units_of
from sadec_analysis.monthly.view import MonthView
from sadec_analysis.places import DEFAULT_PLACE

__all__ = [
    "DEFAULT_PLACE", "SCHEMA", "MonthView", "build_month", "in_language", "open_month", "place_in", "unit_of", "units_of",
]  # fmt: skip
