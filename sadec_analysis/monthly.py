"""A month built from its raw files, and opened for notebooks, charts and briefs."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from sadec_analysis import checks, cleaning, figures, history
from sadec_analysis.analysis import change
from sadec_analysis.analysis.complete import complete_figures
from sadec_analysis.errors import InputError
from sadec_analysis.facts import Fact, badges_by_figure, fact_of
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree, staged
from sadec_analysis.places import Place, Unit, load_place, require_valid_in, with_others
from sadec_analysis.reading.month import read_month
from sadec_analysis.reading.observations import tally_table
from sadec_analysis.rulebook import Rulebook, load_reference, load_rulebook
from sadec_analysis.words import LANGUAGES, Words, load_words

DEFAULT_PLACE = "sa_dec"
SCHEMA = 5  # of the processed tables; a new number refuses folders built before it


def build_month(month: str, place: str = DEFAULT_PLACE, root: str | Path = ".") -> None:
    """Read, clean and check ``data/raw/<month>`` and put the tables in ``data/processed/<month>``.

    Everything is read and checked before anything is written; raises InputError where the input needs mending.
    """
    period, tree, where = Month.parse(month), Tree.at(root), load_place(place)
    require_valid_in(where, period)
    rulebook = load_rulebook(period, local=tree.rulebooks)
    raw, past = read_month(tree.raw(period), period, where, rulebook), history.past(tree, period, where)
    last = next((each for each in past if each.month == period.previous()), None)
    table = complete_figures(raw.reading, raw.corrections, where, rulebook, period)
    checked = checks.find_all(
        checks.Evidence(
            table, rulebook, with_others(where, map(asdict, raw.reading.others)),
            load_reference(rulebook, tree.rulebooks), raw.passages, last.previous if last else None,
        )
    )  # fmt: skip
    findings = checks.to_table(checked.findings, map(load_words, LANGUAGES))
    passages, repairs = cleaning.repair(raw.passages, where.scanning_repairs)
    documents = {
        "schema": SCHEMA,
        "place": where.id,
        "files": [asdict(file) for file in raw.files],
        "inputs": raw.fingerprints,
        "past": [{"month": str(each.month), "inputs": each.inputs, "trouble": each.trouble} for each in past],
        "compared": checked.compared,
        "passages": [asdict(passage) for passage in passages],
        "repairs": [asdict(each) for each in repairs],
        "unread": [asdict(each) for each in raw.reading.unread],
        "remarks": [asdict(each) for each in raw.reading.remarks],
        "missing": [asdict(each) for each in raw.reading.missing],
        "others": [asdict(each) for each in raw.reading.others],
        "corrections": [asdict(each) for each in raw.corrections],
    }
    with staged(tree.processed(period)) as folder:
        figures.write_parquet(table, folder / "figures.parquet")
        figures.write_parquet(findings, folder / "findings.parquet")
        figures.write_parquet(
            history.joined([each.rows for each in past] or [history.NONE]), folder / "past.parquet"
        )
        figures.write_parquet(tally_table(raw.reading.tallies), folder / "dossiers.parquet")
        text = json.dumps(documents, ensure_ascii=False, indent=1, default=str)
        (folder / "documents.json").write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class MonthView:
    """A built month in one language: its tables, and look-ups into them."""

    month: Month
    place: Place
    rulebook: Rulebook
    words: Words
    figures: pd.DataFrame
    findings: pd.DataFrame
    tallies: pd.DataFrame
    past: pd.DataFrame
    documents: dict[str, Any]

    @cached_property
    def settled(self) -> pd.DataFrame:
        """One row per figure: the value in use."""
        return figures.settle(self.figures)

    @cached_property
    def history(self) -> pd.DataFrame:
        """One row per figure of every month up to this one: history.COLUMNS."""
        own = history.dated(self.settled, self.month, self._kinds, self.rulebook.id)
        return history.joined([self.past, own])

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
        return [self.fact(unit, indicator, measure) for unit in (self.place.own if units is None else units)]

    @cached_property
    def moves(self) -> list[change.Move]:
        """Wards between the month before and this one."""
        return change.moves(self.settled, self.month, [ward.code for ward in self.place.wards], self.rulebook)

    @property
    def is_synthetic(self) -> bool:
        """Whether any source is made up for demonstration."""
        return any(file["data"] == "synthetic" for file in self.documents["files"])

    def indicator(self, indicator: str, measure: str) -> str:
        """Name a figure, as it stands inside a sentence: by the catalogue, or by its rule."""
        key = f"indicator.{indicator}.{measure}"
        found = self.rulebook.part_named(indicator)
        if found is None or self.words.knows(key):
            return self.words.text(key)
        rule, part = found
        return self.words.text(f"rule.{part or measure}", rule=rule.id, name=rule.name.text(self.words.lang))

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {file["name"]: file["kind"] for file in self.documents["files"]}

    def kind_of(self, fact: Fact) -> str:
        """What kind of source a figure was read from: ``report``, ``workbook``, ``portal`` or ``dossiers``."""
        return self._kinds.get(fact.source, "report")

    def kinds_of(self, facts: Iterable[Fact]) -> list[str]:
        """The kinds of source several figures were read from, in the place's order."""
        used = {self.kind_of(fact) for fact in facts if fact.source}
        return [kind for kind in self.place.source_order if kind in used]

    def is_made_up(self, facts: Iterable[Fact], kind: str = "") -> bool:
        """Whether any of these figures, or a source of that kind, is made up for demonstration."""
        files = [file for file in self.documents["files"] if file["data"] == "synthetic"]
        names, kinds = {file["name"] for file in files}, {file["kind"] for file in files}
        return kind in kinds or any(fact.source in names for fact in facts)

    def has_source(self, *kinds: str) -> bool:
        """Whether any source of these kinds arrived."""
        return any(file["kind"] in kinds for file in self.documents["files"])

    def month_name(self, month: Month | None = None) -> str:
        """Return "tháng 11 năm 2022" in the view's language."""
        period = month or self.month
        return self.words.month(period.number, period.year)


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
    tallies, past = (pd.read_parquet(folder / f"{name}.parquet") for name in ("dossiers", "past"))
    return MonthView(
        period, with_others(where, documents["others"]), load_rulebook(period, local=tree.rulebooks), words, table,
        in_language(findings, words), tallies, past, documents,
    )  # fmt: skip


def in_language(findings: pd.DataFrame, words: Words) -> pd.DataFrame:
    """Findings with one ``message`` column, numbered from 1 in the order they are told."""
    told = findings.rename(columns={f"message_{words.lang}": "message"})[
        [*checks.finding.COLUMNS, "check", "marks"]
    ]
    return told.assign(number=range(1, len(told) + 1))
