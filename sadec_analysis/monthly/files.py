"""A month built from its raw files into data/processed, and opened from there."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from sadec_analysis import checks, cleaning, figures, history
from sadec_analysis.analysis.complete import complete_figures
from sadec_analysis.errors import InputError
from sadec_analysis.monthly.guard import require_impersonal, withholding
from sadec_analysis.monthly.units import place_in, unit_of
from sadec_analysis.monthly.view import MonthView
from sadec_analysis.months import Month
from sadec_analysis.numerals import retold
from sadec_analysis.personal import masked
from sadec_analysis.places import DEFAULT_PLACE, Place, load_place, require_valid_in, with_others
from sadec_analysis.places.units import parted, tree_of
from sadec_analysis.placing import staged
from sadec_analysis.plain import plain_all
from sadec_analysis.reading.month import RawMonth, read_month
from sadec_analysis.reading.observations import tally_table
from sadec_analysis.rulebook import Rulebook, load_reference, load_rulebook
from sadec_analysis.words import LANGUAGES, Words, load_words

SCHEMA = 6  # of the processed tables; a new number refuses folders built before it


def build_month(month: str, place: str = DEFAULT_PLACE, root: str | Path = ".") -> None:
    """Read, clean and check ``data/raw/<month>`` and put the tables in ``data/processed/<month>``.

    Everything is read and checked before anything is written; raises InputError where the input needs mending.
    """
    period, tree = Month.parse(month), tree_of(root, place)
    require_valid_in(load_place(parted(place)[0]), period)
    unit = unit_of(place, tree, period)
    where = place_in(place, unit)
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
    documents = _documents(raw, past, checked, where) | {"unit": asdict(unit) if unit else None}
    own = {
        "figures": table,
        "findings": checks.to_table(checked.findings, map(load_words, LANGUAGES)),
        "dossiers": tally_table(raw.reading.tallies),
    }
    tables = {name: figures.plain_table(content) for name, content in own.items()}
    tables["past"] = history.joined([each.rows for each in past] or [history.NONE])
    require_impersonal(documents, tables.values(), where)
    with staged(tree.processed(period)) as folder:
        for name, content in tables.items():
            figures.write_parquet(content, folder / f"{name}.parquet")
        text = json.dumps(documents, ensure_ascii=False, indent=1, default=str)
        (folder / "documents.json").write_text(text, encoding="utf-8")


def _documents(
    raw: RawMonth, past: Sequence[history.Past], checked: checks.Checked, place: Place
) -> dict[str, Any]:
    """What a month holds beside its tables, every text as readers see it."""
    passages, repairs = cleaning.repair(raw.passages, place.scanning_repairs)
    rows: dict[str, Sequence[Any]] = {
        "files": raw.files, "passages": passages, "repairs": repairs, "unread": raw.reading.unread,
        "remarks": raw.reading.remarks, "missing": raw.reading.missing, "others": raw.reading.others,
        "corrections": raw.corrections, "withheld": raw.withheld,
    }  # fmt: skip
    documents = {
        "schema": SCHEMA,
        "place": place.id,
        "inputs": raw.fingerprints,
        "past": [_past(each) for each in past],
        "compared": checked.compared,
        **{name: [asdict(each) for each in held] for name, held in rows.items()},
    }
    return withholding(plain_all(documents), raw.withheld)


def _past(each: history.Past) -> dict[str, Any]:
    return {
        "month": str(each.month),
        "inputs": each.inputs,
        "trouble": masked(each.trouble),
        "is_synthetic": each.is_synthetic,
    }


def open_month(month: str, place: str = DEFAULT_PLACE, lang: str = "vi", root: str | Path = ".") -> MonthView:
    """Open a built month; raises InputError where it has not been built for this place."""
    period, tree, words = Month.parse(month), tree_of(root, place), load_words(lang)
    folder = tree.processed(period)
    load_place(parted(place)[0])  # one that is not known is told first
    if not (folder / "documents.json").is_file():
        raise InputError(folder, "the month is not built", remedy=f"run 01_source, or: sadec build {period}")
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    where = place_in(place, documents.pop("unit", None))
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
    rulebook = load_rulebook(period, local=tree.rulebooks)
    return MonthView(
        period, with_others(where, documents["others"]), rulebook, words, table,
        in_language(findings, words, rulebook), tallies, past, documents,
    )  # fmt: skip


def in_language(findings: pd.DataFrame, words: Words, rulebook: Rulebook) -> pd.DataFrame:
    """Findings with one ``message`` column, numbered from 1 in the order they are told; numbers and grades in the language."""
    grades = {grade.name("vi"): grade.name(words.lang) for grade in rulebook.grades.values()}
    told = findings.rename(columns={f"message_{words.lang}": "message"})[
        [*checks.finding.COLUMNS, "check", "marks"]
    ]
    forms = {
        name: [grades.get(text, retold(text, words.lang)) for text in told[name]]
        for name in ("expected", "slack")
    }
    return told.assign(**forms, number=range(1, len(told) + 1)).astype(dict.fromkeys(forms, "str"))
