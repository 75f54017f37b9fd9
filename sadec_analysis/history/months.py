"""A month before this one, read from its own folder under its own rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
from sadec_analysis.reading.month import RawMonth, read_month
from sadec_analysis.rulebook import load_rulebook

COLUMNS = (*figures.COLUMNS, "kind", "rulebook")
NONE = figures.table([]).assign(kind="", rulebook="").astype({"kind": "str", "rulebook": "str"})


@dataclass(frozen=True)
class Past:
    """A month before this one: what its folder gives under its own rules, or why it could not be read.

    ``rows`` has COLUMNS, one row for each of its figures and for totals of the month before it that it implies;
    ``stated`` what the checks compare; ``inputs`` the fingerprints of its files.
    """

    month: Month
    place: Place
    inputs: dict[str, str]
    is_synthetic: bool = False
    rulebook_id: str = ""
    trouble: str = ""
    rows: pd.DataFrame = field(default_factory=NONE.copy)
    stated: pd.DataFrame = field(default_factory=NONE.copy)

    @cached_property
    def previous(self) -> Previous | None:
        """What the checks compare; None where it could not be read."""
        told = tuple(record(row) for row in self.stated.to_dict("records"))
        return None if self.trouble else Previous(told, self.rulebook_id)


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


def read_past(tree: Tree, month: Month, place: Place) -> Past:
    """Read a month from its files, under its own rules."""
    try:
        rulebook = load_rulebook(month, local=tree.rulebooks)
        raw = read_month(tree.raw(month), month, place, rulebook)
    except InputError as error:
        return Past(month, place, {}, trouble=str(error))
    kinds = {file.name: file.kind for file in raw.files}
    table = complete_figures(raw.reading, raw.corrections, place, rulebook, month)
    return Past(
        month, place, raw.fingerprints, any(file.data == "synthetic" for file in raw.files), rulebook.id,
        rows=dated(figures.settle(table), month, kinds, rulebook.id), stated=_stated(raw),
    )  # fmt: skip


def _stated(raw: RawMonth) -> pd.DataFrame:
    """Figures of sources; lists of dossiers, which count in their own way, apart."""
    lists = {file.name for file in raw.files if file.kind == "dossiers"}
    rows = [row for row in raw.reading.figures if row.source not in lists]
    corrections = [each for each in raw.corrections if each.source not in lists]
    return figures.settle(figures.table(cleaning.correct(rows, corrections)))


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
