"""Charts: a month in, one drawn chart out, with its title, alternative text and table."""

from sadec_analysis.charts.bump import bump
from sadec_analysis.charts.calendar import calendar
from sadec_analysis.charts.change import order, ward_totals
from sadec_analysis.charts.control import control
from sadec_analysis.charts.digitisation import certified_copies
from sadec_analysis.charts.dossiers import overdue_by_due_month, overdue_by_received_month
from sadec_analysis.charts.effects import ward_effects
from sadec_analysis.charts.explained import change
from sadec_analysis.charts.on_time import on_time
from sadec_analysis.charts.online import online_submission
from sadec_analysis.charts.overdue import overdue
from sadec_analysis.charts.overview import heat_map
from sadec_analysis.charts.parts import sub_indicators
from sadec_analysis.charts.satisfaction import satisfaction
from sadec_analysis.charts.scores import criteria
from sadec_analysis.charts.series import small_multiples

__all__ = [
    "bump", "calendar", "certified_copies", "change", "control", "criteria", "heat_map", "on_time", "online_submission", "order",
    "overdue", "overdue_by_due_month", "overdue_by_received_month", "satisfaction", "small_multiples", "sub_indicators",
    "ward_effects", "ward_totals",
]  # fmt: skip
