"""A month built from its raw files, and opened for notebooks, charts and briefs."""

from __future__ import annotations

import json
from collections.abc import Hashable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sadec_analysis import checks, cleaning, figures
from sadec_analysis.analysis import change
from sadec_analysis.errors import InputError
from sadec_analysis.facts import Fact, badges_by_figure, fact_of
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree, staged
from sadec_analysis.places import Place, Unit, load_place
from sadec_analysis.reading.month import RawMonth, read_month
from sadec_analysis.rulebook import Rulebook, load_rulebook
from sadec_analysis.words import LANGUAGES, Words, load_words

DEFAULT_PLACE = "sa_dec"
SCHEMA = 2  # of the processed tables; a new number refuses folders built before it


def build_month(month: str, place: str = DEFAULT_PLACE, root: str | Path = ".") -> None:
    """Read, clean and check ``data/raw/<month>`` and put the tables in ``data/processed/<month>``.

    Everything is read and checked before anything is written; raises InputError where the input needs mending.
    """
    period, tree, where = Month.parse(month), Tree.at(root), load_place(place)
    _require_validity(where, period)
    rulebook = load_rulebook(period)
    raw = read_month(tree.raw(period), period, where, rulebook)
    table = _all_figures(raw, where, rulebook, period)
    found = checks.find_all(table, rulebook, {unit.code: unit.name for unit in where.own})
    findings = checks.to_table(found, map(load_words, LANGUAGES))
    passages, repairs = cleaning.repair(raw.passages, where.scanning_repairs)
    documents = {
        "schema": SCHEMA,
        "place": where.id,
        "files": [asdict(file) for file in raw.files],
        "inputs": raw.fingerprints,
        "passages": [asdict(passage) for passage in passages],
        "repairs": [asdict(each) for each in repairs],
        "unread": [asdict(each) for each in raw.reading.unread],
        "remarks": [asdict(each) for each in raw.reading.remarks],
        "corrections": [asdict(each) for each in raw.corrections],
    }
    with staged(tree.processed(period)) as folder:
        figures.write_parquet(table, folder / "figures.parquet")
        figures.write_parquet(findings, folder / "findings.parquet")
        text = json.dumps(documents, ensure_ascii=False, indent=1, default=str)
        (folder / "documents.json").write_text(text, encoding="utf-8")


def _require_validity(place: Place, month: Month) -> None:
    first = Month(place.valid_from.year, place.valid_from.month)
    last = Month(place.valid_until.year, place.valid_until.month)
    if not first <= month <= last:
        raise InputError(
            f"{place.id}.toml",
            "the place does not exist in this month",
            got=month,
            expected=f"{first} to {last}",
        )


def _all_figures(raw: RawMonth, place: Place, rulebook: Rulebook, month: Month) -> pd.DataFrame:
    """Printed, corrected and computed rows, in that order of origin; printed ones are synthetic where the source is."""
    printed = raw.reading.figures
    if raw.is_synthetic:
        printed = [replace(figure, status="synthetic") for figure in printed]
    rows = cleaning.correct(printed, raw.corrections)
    rows += cleaning.satisfaction_limits(printed, [ward.code for ward in place.wards])
    settled = figures.settle(figures.table(rows))
    return figures.table([*rows, *change.previous_totals(settled, month, rulebook)])


@dataclass(frozen=True)
class MonthView:
    """A built month in one language: its tables, and look-ups into them."""

    month: Month
    place: Place
    rulebook: Rulebook
    words: Words
    figures: pd.DataFrame
    findings: pd.DataFrame
    documents: dict[str, Any]

    @cached_property
    def settled(self) -> pd.DataFrame:
        """One row per figure: the value in use."""
        return figures.settle(self.figures)

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, str], dict[Hashable, Any]]:
        return {
            (row["period"], row["unit"], row["indicator"], row["measure"]): row
            for row in self.settled.to_dict("records")
        }

    @cached_property
    def _badges(self) -> dict[tuple[str, str, str], tuple[int, ...]]:
        return badges_by_figure(self.findings)

    def fact(self, unit: Unit, indicator: str, measure: str, month: Month | None = None) -> Fact:
        """Return one figure as readers see it; an unknown one where nothing is known."""
        period = month or self.month
        row = self._rows.get((str(period), unit.code, indicator, measure))
        badges = self._badges.get((unit.code, indicator, measure), ()) if period == self.month else ()
        return fact_of(row, unit, indicator, measure, badges, self.words)

    def facts(self, indicator: str, measure: str, units: tuple[Unit, ...] | None = None) -> list[Fact]:
        """Return the same figure of several units, the city and its wards unless told otherwise."""
        return [self.fact(unit, indicator, measure) for unit in units or self.place.own]

    @cached_property
    def moves(self) -> list[change.Move]:
        """Wards between the month before and this one."""
        return change.moves(self.settled, self.month, [ward.code for ward in self.place.wards], self.rulebook)

    @property
    def is_synthetic(self) -> bool:
        """Whether any source is made up for demonstration."""
        return any(file["data"] == "synthetic" for file in self.documents["files"])

    def month_name(self, month: Month | None = None) -> str:
        """Return "tháng 11 năm 2022" in the view's language."""
        period = month or self.month
        name = self.words.text(f"month_names.{period.number}")
        return self.words.text("month", month_name=name, year=period.year)


def open_month(month: str, place: str = DEFAULT_PLACE, lang: str = "vi", root: str | Path = ".") -> MonthView:
    """Open a built month; raises InputError where it has not been built for this place."""
    period, tree, words = Month.parse(month), Tree.at(root), load_words(lang)
    folder = tree.processed(period)
    where = load_place(place)
    if not (folder / "documents.json").is_file():
        raise InputError(folder, "the month is not built", remedy=f"run 01_source, or: sadec build {period}")
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    built = (documents.pop("schema", None), documents.pop("place"))
    if built != (SCHEMA, where.id):
        raise InputError(
            folder,
            "built for another place or by another version",
            remedy=f"run: sadec build {period} --place {where.id}",
        )
    table = figures.require_valid(pd.read_parquet(folder / "figures.parquet"))
    findings = pd.read_parquet(folder / "findings.parquet")
    return MonthView(
        period, where, load_rulebook(period), words, table, _in_language(findings, words), documents
    )


def _in_language(findings: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Findings with one ``message`` column, numbered from 1 in the order they are told."""
    told = findings.rename(columns={f"message_{words.lang}": "message"})[[*checks.finding.COLUMNS, "measure"]]
    return told.assign(number=range(1, len(told) + 1))
