"""The months before: read from their own folders, for the checks and for what is told over time."""

from sadec_analysis.history.months import COLUMNS, NONE, Past, dated, joined, months_before, place_in
from sadec_analysis.history.remembered import before, past, recalled

__all__ = [
    "COLUMNS",
    "NONE",
    "Past",
    "before",
    "dated",
    "joined",
    "months_before",
    "past",
    "place_in",
    "recalled",
]
