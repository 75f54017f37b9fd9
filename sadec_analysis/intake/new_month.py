"""A month's folder prepared to be filled in."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.facts import Fact
from sadec_analysis.intake import templates
from sadec_analysis.intake.filing import entry
from sadec_analysis.intake.form_writer import Previous, month_name, write_form
from sadec_analysis.monthly import DEFAULT_PLACE, MonthView, build_month, open_month
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import Place, load_place, require_valid_in
from sadec_analysis.placing import staged
from sadec_analysis.reading.month import SourceFile
from sadec_analysis.reading.workbook.form import load_form
from sadec_analysis.rulebook import Rulebook, load_rulebook

WORKBOOK = "figures.xlsx"


def prepare_month(
    month: str, place: str = DEFAULT_PLACE, root: str | Path = ".", today: dt.date | None = None
) -> Path:
    """Make ``data/raw/<month>`` with a workbook to fill in, and the files that go with it; return the folder.

    The workbook shows the values of the month before; where they cannot be had, its first
    sheet says so. The folder appears whole or not at all. Raises InputError for a month that
    has a folder already and for a place that does not exist in it.
    """
    period, where, tree = Month.parse(month), load_place(place), Tree.at(root)
    require_valid_in(where, period)
    rulebook, target = load_rulebook(period, local=tree.rulebooks), tree.raw(period)
    if target.exists():
        raise InputError(
            target, "the month has a folder already", remedy="fill in what is there, or move it away first"
        )
    previous, note = _previous(period.previous(), where, rulebook, tree)
    with staged(target) as folder:
        write_form(folder / WORKBOOK, period, where, rulebook, previous, note)
        for name, text in _texts(
            period, where, rulebook, today or dt.datetime.now().astimezone().date()
        ).items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return target


def _texts(month: Month, place: Place, rulebook: Rulebook, today: dt.date) -> dict[str, str]:
    workbook = SourceFile(
        WORKBOOK, "workbook", f"Bảng nhập số liệu {month_name(month)}", f"UBND {place.name}", today, "real"
    )
    return {
        "source.toml": templates.source(month, place, entry(workbook)),
        "corrections.toml": templates.CORRECTIONS,
        "narrative.md": templates.narrative(month_name(month), rulebook),
    }


def _previous(month: Month, place: Place, rulebook: Rulebook, tree: Tree) -> tuple[Previous, str]:
    """Values of the month before by unit, indicator and measure; or none, and a sentence that says why."""
    if not tree.raw(month).is_dir():
        return {}, f"Chưa có số liệu {month_name(month)} nên cột «{load_form().previous}» để dấu gạch."
    try:
        build_month(str(month), place.id, tree.root)
        view = open_month(str(month), place.id, root=tree.root)
    except InputError:
        return {}, (
            f"Không đọc được số liệu {month_name(month)} nên cột «{load_form().previous}» để dấu gạch; "
            f"xem lý do bằng lệnh: sadec check {templates.arguments(month, place.id)}."
        )
    columns = [column for columns in load_form().sheets(rulebook).values() for column in columns]
    facts = [
        view.fact(unit, each.indicator, each.measure)
        for unit in place.own
        for each in columns
        if each.asks(unit)
    ]
    told = {(fact.unit.code, fact.indicator, fact.measure): _told(fact, view) for fact in facts}
    return {key: text for key, text in told.items() if text}, ""


def _told(fact: Fact, view: MonthView) -> str:
    if fact.measure == "grade" and fact.value is not None:
        return view.rulebook.grades[int(fact.value)].name_vi
    return fact.text() if fact.is_known or fact.is_bounded else ""
