"""Checking a month, or a report that belongs to no month yet, and telling what was found in a terminal or to a machine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import Console
from rich.table import Table
from rich.text import Text

from sadec_analysis import checks, places
from sadec_analysis.analysis.complete import complete_figures
from sadec_analysis.errors import InputError
from sadec_analysis.facts import place_text, places_text
from sadec_analysis.figures import plain_table
from sadec_analysis.history import before
from sadec_analysis.monthly import build_month, in_language, open_month
from sadec_analysis.months import Month
from sadec_analysis.names import unit_key
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place, load_place, with_others
from sadec_analysis.plain import plain_all
from sadec_analysis.reading.documents.outline import Document
from sadec_analysis.reading.month import DOCUMENTS
from sadec_analysis.reading.reports.narrative import read_narrative
from sadec_analysis.reading.reports.opening import stated_month
from sadec_analysis.reading.reports.own_place import place_of
from sadec_analysis.reading.reports.reader import ReportReader
from sadec_analysis.rulebook import load_reference, load_rulebook
from sadec_analysis.words import Words, capital, load_words

METHOD = "docs/method.md"
_COLOURS = {"error": "bold red", "warning": "yellow", "note": "dim"}


@dataclass(frozen=True)
class Checkup:
    """What checking found: findings numbered in the order they are told, comparisons by check, what is missing and unread."""

    month: Month
    place: Place
    rulebook: str
    findings: pd.DataFrame
    compared: dict[str, int]
    missing: list[dict[str, Any]]
    unread: list[dict[str, Any]]
    words: Words

    def count(self, severity: str) -> int:
        """How many findings have that severity or a graver one."""
        graver = checks.SEVERITIES[: checks.SEVERITIES.index(severity) + 1]
        return int(self.findings["severity"].isin(graver).sum())


def check_month(month: str, place: str, lang: str, root: str | Path) -> Checkup:
    """Build a month and return what was found; raises InputError where its input needs mending."""
    words = load_words(lang)
    build_month(month, place, root)
    view = open_month(month, place, lang, root)
    told = view.documents
    return Checkup(
        view.month,
        view.place,
        view.rulebook.id,
        view.findings,
        told["compared"],
        told["missing"],
        told["unread"],
        words,
    )


def check_file(path: Path, place: str | None, lang: str, root: Path | None) -> Checkup:
    """Check one report as it stands, before it is signed; nothing is written.

    The month is the one the report states; without ``place`` it is the known place the report is about, or
    else one made from the units the report itself lists. With ``root``, the month before is looked for there.
    Raises InputError where the file cannot be read as a report.
    """
    words, document = load_words(lang), _document(path)
    period = stated_month(document)
    where = load_place(place) if place else _place_of(document, period)
    places.require_valid_in(where, period)
    tree = Tree.at(root) if root else None
    last = before(tree, period, where) if tree else None
    local = tree.rulebooks if tree else None
    rulebook = load_rulebook(period, local=local)
    reading = ReportReader(document, period, where, rulebook).read()
    table = complete_figures(reading, (), where, rulebook, period)
    checked = checks.find_all(
        checks.Evidence(
            table, rulebook, with_others(where, map(asdict, reading.others)), load_reference(rulebook, local),
            tuple(read_narrative(document, rulebook)), last.previous if last else None,
        )
    )  # fmt: skip
    findings = plain_table(in_language(checks.to_table(checked.findings, [words]), words, rulebook))
    missing, unread = (
        plain_all([asdict(each) for each in rows]) for rows in (reading.missing, reading.unread)
    )
    return Checkup(period, where, rulebook.id, findings, checked.compared, missing, unread, words)


def _document(path: Path) -> Document:
    """Read a report of any form; raises InputError for other files."""
    if not path.is_file():
        raise InputError(path, "no such file", remedy="check the name")
    if path.suffix.lower() not in DOCUMENTS:
        raise InputError(
            path, "is not a report", expected=" or ".join(DOCUMENTS),
            remedy="file other sources under their month with: sadec import",
        )  # fmt: skip
    return DOCUMENTS[path.suffix.lower()](path)


def _place_of(document: Document, month: Month) -> Place:
    """The known place a report is about; without one, a place made from the report."""
    found = place_of(document)
    for name in places.place_names():
        known = load_place(name)
        is_same = unit_key(known.city.name) == unit_key(found.city.name) and known.province == found.province
        if is_same and places.is_valid_in(known, month):
            return known
    return found


def as_json(checkup: Checkup) -> str:
    """Write a check-up for a machine: findings with the section of the method that explains them."""
    rows = [
        {name: row[name] for name in ("number", "check", *checks.finding.COLUMNS)}
        | {"unit_name": _unit_name(checkup, row["unit"]), "method": f"{METHOD}#{row['check']}"}
        for row in checkup.findings.to_dict("records")
    ]
    content = {
        "month": str(checkup.month), "place": checkup.place.id, "rulebook": checkup.rulebook, "findings": rows,
        "compared": checkup.compared, "missing": checkup.missing, "unread": checkup.unread,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)


def _unit_name(checkup: Checkup, code: str) -> str:
    return checkup.place.by_code[code].title.text(checkup.words.lang)


def tell(checkup: Checkup, console: Console) -> None:
    """Print a check-up for a person: findings, what is missing or unread, and how much was compared."""
    words = checkup.words
    console.print(Text(_title(checkup), style="bold"))
    if len(checkup.findings):
        console.print(_table(checkup))
    for kind in ("missing", "unread"):
        rows = getattr(checkup, kind)
        if rows:
            console.print(Text(words.text(f"checkup.{kind}", count=str(len(rows)))))
        for row in rows:
            console.print(Text(f"  {place_text(row['place'], words)}: {row['text']}"))
    console.print(Text(_summary(checkup)))


def _title(checkup: Checkup) -> str:
    month = checkup.words.month(checkup.month.number, checkup.month.year)
    return f"{capital(_unit_name(checkup, checkup.place.city.code))}, {month}"


def _table(checkup: Checkup) -> Table:
    """One row for each finding: its number and severity, the message, and under it the check and the places."""
    words = checkup.words
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold", pad_edge=False)
    for column in ("number", "severity", "message"):
        table.add_column(words.text(f"checkup.{column}"))
    for row in checkup.findings.to_dict("records"):
        severity = Text(words.text(f"severity.{row['severity']}"), style=_COLOURS[row["severity"]])
        check = words.text(f"check.{row['check']}")
        under = Text(f"\n{check}: {places_text(row['place'], words)}", style="dim")
        table.add_row(str(row["number"]), severity, Text(row["message"]).append_text(under))
    return table


def _summary(checkup: Checkup) -> str:
    """How many findings of each severity, how much was compared, and where each check is explained."""
    by_severity = checkup.findings["severity"].value_counts()
    counts = [
        checkup.words.text(f"checkup.count_{severity}", count=str(by_severity.get(severity, 0)))
        for severity in checks.SEVERITIES
    ]
    run = [name for name, count in checkup.compared.items() if count]
    return checkup.words.text(
        "checkup.summary", counts=", ".join(counts), comparisons=checkup.words.number(sum(checkup.compared.values())),
        run=str(len(run)), all=str(len(checkup.compared)), method=METHOD,
    )  # fmt: skip
