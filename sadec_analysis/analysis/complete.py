"""Every figure of a month: as printed, as corrected, and what follows from them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sadec_analysis import cleaning, figures
from sadec_analysis.analysis import change, recompute
from sadec_analysis.months import Month
from sadec_analysis.places import Place
from sadec_analysis.reading.corrections import Correction
from sadec_analysis.reading.observations import Reading
from sadec_analysis.rulebook import Rulebook


def complete_figures(
    reading: Reading, corrections: Sequence[Correction], place: Place, rulebook: Rulebook, month: Month
) -> pd.DataFrame:
    """Printed, corrected and computed rows, in that order of origin."""
    printed = reading.figures
    rows = cleaning.correct(printed, corrections)
    rows += cleaning.satisfaction_limits(printed, [ward.code for ward in place.wards])
    settled = figures.settle(figures.table(rows))
    peers = [unit.code for unit in place.unit if unit.level == "peer"]
    peers += [unit.code for unit in reading.others if unit.level == "peer"]
    return figures.table([
        *rows,
        *change.previous_totals(settled, month, rulebook),
        *recompute.points_from_counts(settled, rulebook),
        *recompute.grades(settled, [unit.code for unit in place.own], rulebook),
        *recompute.ranks(settled, place.city.code, peers, rulebook),
    ])  # fmt: skip
