"""The month before, read from its own folder for what the checks compare."""

from __future__ import annotations

from dataclasses import dataclass

from sadec_analysis import cleaning, figures
from sadec_analysis.checks.evidence import Previous, record
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place
from sadec_analysis.reading.month import read_month
from sadec_analysis.rulebook import load_rulebook


@dataclass(frozen=True)
class Before:
    """The month before: what it gives, the fingerprints of its files, and why it could not be read."""

    month: str
    previous: Previous | None = None
    inputs: dict[str, str] | None = None
    trouble: str = ""


def before(tree: Tree, month: Month, place: Place) -> Before:
    """Read the month before ``month``, its lists of dossiers apart; nothing where it has no folder.

    A folder that cannot be read takes nothing from this month: its trouble is told.
    """
    period = month.previous()
    if not tree.raw(period).is_dir():
        return Before(str(period))
    try:
        rulebook = load_rulebook(period, local=tree.rulebooks)
        raw = read_month(tree.raw(period), period, place, rulebook, skip=("dossiers",))
        rows = figures.settle(figures.table(cleaning.correct(raw.reading.figures, raw.corrections)))
    except InputError as error:
        return Before(str(period), trouble=str(error))
    settled = tuple(record(row) for row in rows.to_dict("records"))
    return Before(str(period), Previous(settled, rulebook.id), raw.fingerprints)
