"""Workbooks of a month typed into as a person would, cell by cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from sadec_analysis.intake.form_writer import write_form
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.workbook.form import load_form
from sadec_analysis.reading.workbook.reader import read_workbook
from sadec_analysis.rulebook import load_rulebook

CITY, WARD_1, WARD_4 = "000.00.36.H20", "000.21.36.H20", "000.24.36.H20"


def blank(path, month="2022-11", place="sa_dec", previous=None):
    period = Month.parse(month)
    write_form(path, period, load_place(place), load_rulebook(period), previous or {})
    return path


def head_of(sheet):
    """The row of headings."""
    return next(cell.row for cell in sheet["A"] if cell.value == "Mã định danh")


def cell_of(book, title, heading, code):
    sheet = book[title]
    row = next(cell.row for cell in sheet["A"] if cell.value == code)
    column = next(cell.column for cell in sheet[head_of(sheet)] if cell.value == heading)
    return sheet.cell(row, column)


def type_in(path, *typed):
    """Type (sheet, heading, code, value) into a workbook; return the places as the reader says them."""
    book = openpyxl.load_workbook(path)
    places = []
    for title, heading, code, value in typed:
        cell = cell_of(book, title, heading, code)
        cell.value = value
        places.append(f"sheet {title}, row {cell.row}, column {cell.column_letter}")
    book.save(path)
    return places


def change(path, act):
    """Let ``act`` change the open workbook, and save it."""
    book = openpyxl.load_workbook(path)
    act(book)
    book.save(path)
    return path


def read(path, month="2022-11", place="sa_dec"):
    period = Month.parse(month)
    observer = Observer(Path(path).name, period, load_place(place), load_rulebook(period))
    read_workbook(Path(path), observer)
    return observer.reading


def asked(month="2022-11", place="sa_dec"):
    """Every figure the form asks for: (sheet, column, unit)."""
    sheets = load_form().sheets(load_rulebook(Month.parse(month)))
    return [
        (title, column, unit)
        for title, columns in sheets.items()
        for unit in load_place(place).own
        for column in columns
        if column.asks(unit)
    ]
