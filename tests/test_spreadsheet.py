"""The tables as a workbook: numbers are numbers, text is text, and every figure keeps its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from sadec_analysis.brief.spreadsheet import write_xlsx
from sadec_analysis.figures import value_of
from sadec_analysis.monthly import build_month, open_month

DAY = dt.date(2026, 1, 1)
NAMES = ["Tổng điểm", "Số liệu", "Cần đối chiếu", "Nguồn", "Đính chính"]


def written(view, folder):
    path = folder / "tables.xlsx"
    write_xlsx(path, view, DAY)
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def book(november, tmp_path_factory):
    return written(november, tmp_path_factory.mktemp("book"))


def rows(sheet, head=1):
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=head + 1)]


def test_figures_are_numbers_and_those_of_the_month(november, book):
    table = rows(book["Số liệu"])
    assert len(table) == len(november.figures) > 200
    for cells, row in zip(table, november.figures.to_dict("records"), strict=True):
        for cell, name in zip(cells[3:6], ("value", "lower", "upper"), strict=True):
            known = value_of(row, name)
            assert cell is None if known is None else Decimal(str(cell)) == known
        assert cells[7] == (row["printed"] or None)
        assert cells[11] == row["unit"]


def test_numbers_show_the_decimals_they_were_printed_with(book):
    sheet = book["Tổng điểm"]
    head = [cell.value for cell in sheet[1]]
    assert head[:5] == ["Đơn vị", "Tổng điểm", "Tăng giảm", "Xếp loại", "Hạng"]
    city, first = sheet[2], sheet[3]
    assert (city[1].value, city[1].number_format) == (37.5, "#,##0.0")
    assert city[2].value == -11.17
    assert (first[1].value, first[1].number_format) == (42.36, "#,##0.00")
    assert city[3].value == "Yếu"
    assert city[4].value == 5
    assert first[5].value is None  # a ward's points in a criterion nobody printed stay empty


def test_all_findings_and_corrections_are_there_with_their_places(november, book):
    assert [row[0] for row in rows(book["Cần đối chiếu"])] == list(range(1, len(november.findings) + 1))
    assert [row[3:5] for row in rows(book["Đính chính"])] == [["10,6/20", "12,3/20"], ["5,8/22", "6,4/22"]]
    assert book.sheetnames == NAMES
    assert all(book[name].freeze_panes == "B2" and book[name].auto_filter.ref for name in NAMES)


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_what_begins_like_a_formula_is_text(november, tmp_path, start):
    hostile = f"{start}cmd|' /C calc'!A0 https://x.test \x0c"
    view = replace(november, figures=november.figures.assign(printed=hostile))
    cell = written(view, tmp_path)["Số liệu"]["H2"]
    assert cell.data_type == "s"
    assert cell.value == hostile.replace("\x0c", "\ufffd")
    assert cell.hyperlink is None


def test_the_same_month_gives_the_same_bytes(november, tmp_path):
    for name in ("one.xlsx", "two.xlsx"):
        write_xlsx(tmp_path / name, november, DAY)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_made_up_data_say_so_on_every_sheet(demo, tmp_path):
    view = demo.view("2024-02")
    book = written(view, tmp_path)
    label = view.words.text("brief.synthetic")
    assert [sheet["A1"].value for sheet in book] == [label] * 5
    assert len(rows(book["Số liệu"], head=2)) == len(view.figures)


def test_another_program_opens_it_and_english_has_its_own_words(tree, tmp_path):
    build_month("2022-11", root=tree)
    write_xlsx(tmp_path / "tables.xlsx", open_month("2022-11", lang="en", root=tree), DAY)
    book = CalamineWorkbook.from_path(tmp_path / "tables.xlsx")
    assert book.sheet_names == ["Totals", "Figures", "To reconcile", "Sources", "Corrections"]
    assert book.get_sheet_by_name("Totals").to_python()[1][3] == "Weak"
