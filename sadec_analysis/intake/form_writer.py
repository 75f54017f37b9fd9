"""The workbook a month is typed into: a sheet per criterion, the value of the month before beside each cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sadec_analysis.intake.guide import write_guide
from sadec_analysis.intake.templates import arguments
from sadec_analysis.intake.validations import validation
from sadec_analysis.months import Month
from sadec_analysis.numerals import show
from sadec_analysis.places import Place, Unit
from sadec_analysis.reading.workbook.form import Column, load_form
from sadec_analysis.rulebook import Rulebook
from sadec_analysis.spreadsheets import new_workbook
from sadec_analysis.words import capital, load_words

Previous = Mapping[tuple[str, str, str], str]
_HEAD = 5  # the row of headings, from 0: title, place, month and place id stand above
_FIRST = 2  # the first column of figures: code and name stand before
_BOX = {"border": 1, "border_color": "#A6A6A6", "valign": "vcenter"}
_HEADING = {**_BOX, "text_wrap": True, "align": "center"}
_VALUE = {**_BOX, "align": "right", "indent": 1, "num_format": "@"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 14, "font_color": "#1F3864"},
    "subtitle": {"font_size": 11},
    "label": {"font_color": "#595959"},
    "stated": {"bold": True, "align": "left"},
    "heading": {**_HEADING, "bold": True, "bg_color": "#DCE6F1"},
    "guide_heading": {**_HEADING, "italic": True, "font_color": "#6B6B6B", "bg_color": "#F2F2F2"},
    "unit": {**_BOX, "indent": 1},
    "input": {**_VALUE, "locked": False, "bg_color": "#FFF8DC"},
    "guide": {**_VALUE, "font_color": "#6B6B6B", "bg_color": "#F2F2F2"},
    "unasked": {**_BOX, "bg_color": "#D9D9D9"},
    "wrapped": {**_BOX, "text_wrap": True, "indent": 1},
    "step": {"text_wrap": True, "valign": "top"},
    "section": {"bold": True, "font_size": 12, "font_color": "#1F3864"},
}
_PROTECTED = {"format_columns": True, "format_rows": True}


@dataclass(frozen=True)
class _Task:
    """What one workbook is made of."""

    month: Month
    place: Place
    rulebook: Rulebook
    previous: Previous
    looks: dict[str, Any]


def write_form(
    path: Path, month: Month, place: Place, rulebook: Rulebook, previous: Previous, note: str = ""
) -> None:
    """Write the empty workbook of ``month``; the same arguments give the same bytes.

    ``previous`` holds the value of the month before, as written for readers, by unit code,
    indicator and measure; ``note`` says on the first sheet where there is none.
    """
    with new_workbook(path) as workbook:
        _write_all(workbook, _Task(month, place, rulebook, previous, _prepared(workbook, month, place)), note)


def _prepared(workbook: Any, month: Month, place: Place) -> dict[str, Any]:
    """Set title, day and typeface; return the formats by name."""
    made = dt.datetime(month.year, month.number, 1, tzinfo=dt.UTC)
    workbook.set_properties({"title": f"{place.name}, {month}", "created": made})
    workbook.formats[0].set_font_name("Arial")
    workbook.formats[0].set_font_size(10)
    return {
        name: workbook.add_format({"font_name": "Arial", "font_size": 10, **look})
        for name, look in _LOOKS.items()
    }


def _write_all(workbook: Any, task: _Task, note: str) -> None:
    form, guide = load_form(), workbook.add_worksheet(load_form().guide)
    _write_top(guide, "Bảng nhập số liệu", task)
    told = arguments(task.month, task.place.id)
    write_guide(guide, task.looks, form, task.rulebook, told, capital(task.place.city.name), note)
    for title, columns in form.sheets(task.rulebook).items():
        _write_sheet(workbook.add_worksheet(title), title, columns, task)


def month_name(month: Month) -> str:
    """Say a month in Vietnamese, the workbook's language."""
    return load_words("vi").month(month.number, month.year)


def _write_top(sheet: Any, title: str, task: _Task) -> None:
    """Title, place and month for people; below them the month and the place's id, which the reader checks."""
    form, place = load_form(), task.place
    sheet.write_string(0, 0, title, task.looks["title"])
    sheet.write_string(1, 0, f"{capital(place.name)}, {month_name(task.month)}", task.looks["subtitle"])
    for row, (label, stated) in enumerate(((form.month, str(task.month)), (form.place, place.id)), 2):
        sheet.write_string(row, 0, label, task.looks["label"])
        sheet.write_string(row, 1, stated, task.looks["stated"])
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RTrang &P/&N")
    sheet.protect("", _PROTECTED)


def _write_sheet(sheet: Any, title: str, columns: tuple[Column, ...], task: _Task) -> None:
    form, looks, units = load_form(), task.looks, task.place.own
    most = task.rulebook.maximum(columns[0].indicator) or 0
    _write_top(sheet, f"{title} (tối đa {show(most)} điểm)", task)
    sheet.write_string(
        2, _FIRST, "Ô màu vàng là ô nhập số liệu; chưa có số liệu thì để trống, không nhập 0.", looks["label"]
    )
    sheet.set_row(_HEAD, 48)
    for at, (heading, width) in enumerate(((form.code, 18), (form.name, 26))):
        sheet.set_column(at, at, width)
        sheet.write_string(_HEAD, at, heading, looks["heading"])
    for row, unit in enumerate(units, _HEAD + 1):
        sheet.set_row(row, 20)
        sheet.write_string(row, 0, unit.code, looks["unit"])
        sheet.write_string(row, 1, capital(unit.name), looks["unit"])
    for number, column in enumerate(columns):
        _write_column(sheet, _FIRST + 2 * number, column, task)
    sheet.freeze_panes(_HEAD + 1, _FIRST)
    sheet.repeat_rows(_HEAD)
    sheet.ignore_errors({"number_stored_as_text": f"A1:AZ{_HEAD + 1 + len(units)}"})


def _write_column(sheet: Any, at: int, column: Column, task: _Task) -> None:
    """An input column and, right of it, the month before."""
    from xlsxwriter.utility import xl_rowcol_to_cell

    sheet.set_column(at, at, 14)
    sheet.set_column(at + 1, at + 1, 11)
    sheet.write_string(_HEAD, at, column.heading, task.looks["heading"])
    sheet.write_string(_HEAD, at + 1, load_form().previous, task.looks["guide_heading"])
    rows = []
    for row, unit in enumerate(task.place.own, _HEAD + 1):
        if column.asks(unit):
            rows.append(row)
            sheet.write_blank(row, at, None, task.looks["input"])
            sheet.write_string(row, at + 1, _before(unit, column, task.previous), task.looks["guide"])
        else:
            sheet.write_blank(row, at, None, task.looks["unasked"])
            sheet.write_blank(row, at + 1, None, task.looks["unasked"])
    for first, last in _runs(rows):
        rule = validation(column, task.rulebook, xl_rowcol_to_cell(first, at))
        sheet.data_validation(first, at, last, at, rule)


def _before(unit: Unit, column: Column, previous: Previous) -> str:
    return previous.get((unit.code, column.indicator, column.measure), "–")


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each unbroken run of rows."""
    starts = [row for row in rows if row - 1 not in rows]
    ends = [row for row in rows if row + 1 not in rows]
    yield from zip(starts, ends, strict=True)
