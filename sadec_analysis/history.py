"""The months before: read from their own folders, for the checks and for what is told over time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from sadec_analysis import cleaning, figures
from sadec_analysis.analysis.complete import complete_figures
from sadec_analysis.analysis.known import IMPLIED
from sadec_analysis.checks.evidence import Previous, record
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place, is_valid_in, load_place, place_names
from sadec_analysis.places.crosswalk import load_crosswalk
from sadec_analysis.reading.corrections import Correction
from sadec_analysis.reading.month import RawMonth, read_month
from sadec_analysis.rulebook import Rulebook, load_rulebook

COLUMNS = (*figures.COLUMNS, "kind", "rulebook")
NONE = figures.table([]).assign(kind="", rulebook="").astype({"kind": "str", "rulebook": "str"})


@dataclass(frozen=True)
class Past:
    """A month before this one: what its folder gives under its own rules, or why it could not be read."""

    month: Month
    place: Place
    raw: RawMonth | None = None
    rulebook: Rulebook | None = None
    trouble: str = ""

    @property
    def inputs(self) -> dict[str, str]:
        """Fingerprints of its files."""
        return self.raw.fingerprints if self.raw else {}

    @property
    def is_synthetic(self) -> bool:
        """Whether any of its sources is made up."""
        return self.raw is not None and any(file.data == "synthetic" for file in self.raw.files)

    @cached_property
    def previous(self) -> Previous | None:
        """What the checks compare: figures of sources; lists of dossiers, which count in their own way, apart."""
        if self.raw is None or self.rulebook is None:
            return None
        lists = {file.name for file in self.raw.files if file.kind == "dossiers"}
        stated = [row for row in self.raw.reading.figures if row.source not in lists]
        rows = figures.settle(figures.table(cleaning.correct(stated, self._corrections(lists))))
        return Previous(tuple(record(row) for row in rows.to_dict("records")), self.rulebook.id)

    def _corrections(self, lists: set[str]) -> list[Correction]:
        return [each for each in self.raw.corrections if each.source not in lists] if self.raw else []

    @cached_property
    def rows(self) -> pd.DataFrame:
        """One row for each of its figures, and totals of the month before it that it implies: COLUMNS."""
        if self.raw is None or self.rulebook is None:
            return NONE
        table = complete_figures(
            self.raw.reading, self.raw.corrections, self.place, self.rulebook, self.month
        )
        kinds = {file.name: file.kind for file in self.raw.files}
        return dated(figures.settle(table), self.month, kinds, self.rulebook.id)


def before(tree: Tree, month: Month, place: Place) -> Past | None:
    """Read the month directly before ``month``; None where it has no folder."""
    return _read(tree, month.previous(), place) if tree.raw(month.previous()).is_dir() else None


def past(tree: Tree, month: Month, place: Place) -> list[Past]:
    """Read every month before ``month`` that has a folder, oldest first, as what the place was then.

    A folder that cannot be read takes nothing from the others: its trouble is told.
    """
    return [_read(tree, each, then) for each, then in months_before(tree, month, place)]


def months_before(tree: Tree, month: Month, place: Place) -> list[tuple[Month, Place]]:
    """Months before ``month`` that have a folder, oldest first, each with what the place was then."""
    pairs = ((each, place_in(place, each)) for each in tree.months() if each < month)
    return [(each, then) for each, then in pairs if then]


def place_in(place: Place, month: Month) -> Place | None:
    """The place itself where it exists in ``month``, or the place that held its predecessors then; None where none is known."""
    if is_valid_in(place, month):
        return place
    entry = load_crosswalk().of(place.city.code)
    before = {each.unit for each in entry.predecessor} if entry and month < entry.first_month else set()
    others = (load_place(name) for name in place_names())
    return next((each for each in others if is_valid_in(each, month) and before & set(each.by_code)), None)


def _read(tree: Tree, month: Month, place: Place) -> Past:
    try:
        rulebook = load_rulebook(month, local=tree.rulebooks)
        return Past(month, place, read_month(tree.raw(month), month, place, rulebook), rulebook)
    except InputError as error:
        return Past(month, place, trouble=str(error))


def dated(settled: pd.DataFrame, month: Month, kinds: Mapping[str, str], rulebook: str) -> pd.DataFrame:
    """Give each settled row the kind of source it was read from and the rules it was scored under.

    What ``month`` implies of the month before it has the kind IMPLIED.
    """
    kind = settled["source"].map(kinds).fillna("")
    kind = kind.mask(settled["period"] != str(month), IMPLIED)
    told = settled.assign(kind=kind, rulebook=rulebook)[list(COLUMNS)]
    return told.astype({"kind": "str", "rulebook": "str"})


def joined(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """One row per figure of all months: what a month's own sources give wins over what the next one implies."""
    rows = pd.concat(parts, ignore_index=True)
    own = rows.assign(_implied=rows["kind"] == IMPLIED).sort_values("_implied", kind="stable")
    return own.drop_duplicates(figures.KEY).drop(columns="_implied").sort_index().reset_index(drop=True)
