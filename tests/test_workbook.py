"""The workbook of a month: what is typed is what is read, and whatever is wrong is told at once."""

from __future__ import annotations

import csv
import datetime as dt
import pickle
import shutil
import subprocess
import time
import zipfile
from decimal import Decimal

import openpyxl
import pytest
from conftest import REPOSITORY
from hostile_files import cells, workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbooks import CITY, WARD_1, WARD_4, asked, blank, cell_of, change, head_of, read, type_in

from sadec_analysis import figures, numerals
from sadec_analysis.errors import InputError
from sadec_analysis.intake.validations import validation
from sadec_analysis.months import Month
from sadec_analysis.reading.workbook.form import load_form
from sadec_analysis.reading.workbook.reader import InputProblems
from sadec_analysis.rulebook import load_rulebook

TOTAL, PROGRESS, PAYMENT, COPIES = "Tổng điểm", "Tiến độ giải quyết", "Thanh toán trực tuyến", "Số hóa hồ sơ"
POINTS, ON_TIME, OVERDUE = "Điểm đạt được", "Tỷ lệ đúng hạn (%)", "Hồ sơ quá hạn của đơn vị"
BOOKS = ["2022-11", "2026-08"]


@pytest.fixture(scope="module")
def unfilled(tmp_path_factory):
    return blank(tmp_path_factory.mktemp("form") / "figures.xlsx")


@pytest.fixture
def form(unfilled, tmp_path):
    return shutil.copy(unfilled, tmp_path / "figures.xlsx")


def problems(path, **where):
    with pytest.raises(InputProblems) as caught:
        read(path, **where)
    return caught.value.problems


# -- writer and reader agree ---------------------------------------------------


def test_an_unfilled_workbook_gives_no_figure_and_lists_every_cell_as_missing(form):
    given = read(form)
    assert (given.figures, given.unread, given.remarks) == ([], [], [])
    assert len(given.missing) == len(asked()) == 189
    told = {(each.place, each.text) for each in given.missing}
    assert ("sheet Tiến độ giải quyết, row 8, column I", "Phường 1: Tỷ lệ đúng hạn (%)") in told


def sample(column, number):
    """A text a person may type into the column's ``number``-th cell, and its value."""
    fraction = number % 10
    return {
        "points": (f"{number % 10},{fraction}", Decimal(f"{number % 10}.{fraction}")),
        "percent": (f"{number % 100},5{fraction}%", Decimal(f"{number % 100}.5{fraction}")),
        "count": (
            f"{number % 7 + 1}.0{number % 90 + 10}",
            Decimal((number % 7 + 1) * 1000 + number % 90 + 10),
        ),
        "rank": ("05", Decimal(5)),
        "rank_of": ("12", Decimal(12)),
        "change": (f"Giảm {number % 20},{fraction}", -Decimal(f"{number % 20}.{fraction}")),
        "grade": ("Trung bình", Decimal(2)),
    }[column.measure]


@pytest.mark.parametrize(
    ("month", "place", "count"), [("2022-11", "sa_dec", 189), ("2026-08", "phuong_sa_dec", 36)]
)
def test_every_input_cell_is_read_back_as_typed_with_its_place(tmp_path, month, place, count):
    path = blank(tmp_path / "figures.xlsx", month, place)
    everything = [
        (title, column, unit, *sample(column, n))
        for n, (title, column, unit) in enumerate(asked(month, place))
    ]
    places = type_in(
        path, *((title, column.heading, unit.code, text) for title, column, unit, text, _ in everything)
    )
    given = read(path, month, place)
    assert [
        (row.unit, row.indicator, row.measure, row.value, row.printed, row.place, row.source)
        for row in given.figures
    ] == [
        (unit.code, column.indicator, column.measure, value, text, where, "figures.xlsx")
        for (_, column, unit, text, value), where in zip(everything, places, strict=True)
    ]
    assert given.missing == []
    assert len(given.figures) == count


@pytest.mark.parametrize(
    ("sheet", "heading", "typed", "value", "printed"),
    [
        (TOTAL, "Điểm đánh giá", "37,5", "37.5", "37,5"),
        (TOTAL, "Điểm đánh giá", "37,5/100", "37.5", "37,5/100"),
        (TOTAL, "Điểm đánh giá", " 37,50 ", "37.50", "37,50"),
        (TOTAL, "Điểm đánh giá", 37.5, "37.5", "37,5"),
        (TOTAL, "Điểm đánh giá", 60, "60", "60"),
        (TOTAL, "Điểm đánh giá", 0, "0", "0"),
        (TOTAL, "Tăng giảm", "▼ 13,96", "-13.96", "▼ 13,96"),
        (TOTAL, "Tăng giảm", "-13,96", "-13.96", "-13,96"),
        (TOTAL, "Tăng giảm", "tăng 2", "2", "tăng 2"),
        (TOTAL, "Tăng giảm", "0", "0", "0"),
        (TOTAL, "Tăng giảm", -11.17, "-11.17", "▼ 11,17"),
        (TOTAL, "Tăng giảm", 2.1, "2.1", "▲ 2,1"),
        (TOTAL, "Xếp loại", "trung  bình", "2", "trung  bình"),
        (TOTAL, "Xếp hạng", "05", "5", "05"),
        (TOTAL, "Xếp hạng", 5.0, "5", "5"),
        (PROGRESS, ON_TIME, "61,54%", "61.54", "61,54%"),
        (PROGRESS, ON_TIME, "51.53", "51.53", "51.53"),
        (PROGRESS, ON_TIME, 53.17, "53.17", "53,17"),
        (PROGRESS, ON_TIME, "0,5", "0.5", "0,5"),
        (PROGRESS, ON_TIME, 100, "100", "100"),
        (PROGRESS, OVERDUE, "1.064", "1064", "1.064"),
        (PROGRESS, OVERDUE, 1064, "1064", "1.064"),
        (PROGRESS, OVERDUE, 0, "0", "0"),
    ],
)
def test_text_is_read_as_typed_and_a_number_as_the_decimal_it_was_typed_as(
    form, sheet, heading, typed, value, printed
):
    [place] = type_in(form, (sheet, heading, CITY, typed))
    [figure] = read(form).figures
    assert (str(figure.value), figure.printed, figure.place) == (value, printed, place)


def test_a_decimal_dot_is_read_and_remarked_on(form):
    [place] = type_in(form, (PROGRESS, ON_TIME, CITY, "51.53"))
    assert [(each.place, each.text) for each in read(form).remarks] == [(place, "51.53")]


cents = st.integers(0, 1000).map(lambda n: Decimal(n) / 100)
ANY = {
    (TOTAL, "Điểm đánh giá"): st.integers(0, 10000).map(lambda n: Decimal(n) / 100),
    (TOTAL, "Tăng giảm"): st.integers(-10000, 10000).map(lambda n: Decimal(n) / 100),
    (TOTAL, "Số đơn vị xếp hạng"): st.integers(1, 5000).map(Decimal),
    (PAYMENT, POINTS): cents,
    (PROGRESS, ON_TIME): st.integers(101, 10000).map(lambda n: Decimal(n) / 100),
    (PROGRESS, OVERDUE): st.integers(0, 10_000_000).map(Decimal),
}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_numerals_write_and_whatever_number_is_typed_reads_back_equal(form, data):
    values = {where: data.draw(strategy) for where, strategy in ANY.items()}
    as_text = [
        (title, heading, CITY, (numerals.show_change if heading == "Tăng giảm" else numerals.show)(value))
        for (title, heading), value in values.items()
    ]
    as_number = [(title, heading, CITY, float(value)) for (title, heading), value in values.items()]
    for typed in (as_text, as_number):
        type_in(form, *typed)
        assert sorted(row.value for row in read(form).figures) == sorted(values.values())


# -- what cannot be ------------------------------------------------------------


@pytest.mark.parametrize(
    ("sheet", "heading", "code", "typed", "sentence"),
    [
        (PROGRESS, POINTS, CITY, "20,01", "row 7, column C: progress cannot be 20,01 (expected 0 to 20)"),
        (PROGRESS, POINTS, CITY, 20.5, "progress cannot be 20,5 (expected 0 to 20)"),
        (PROGRESS, POINTS, CITY, "9,7/18", '"9,7/18" is out of 18 (expected at most 20)'),
        (PROGRESS, POINTS, CITY, "chưa có", 'cannot read "chưa có" as points; write a number, or leave the cell empty'),
        (PROGRESS, POINTS, CITY, "–", 'cannot read "–" as points'),
        (PROGRESS, POINTS, CITY, "1" * 9999, f'cannot read "{"1" * 40}…" as points'),
        (PROGRESS, POINTS, CITY, "51,53.", 'cannot read "51,53." as points'),
        (PROGRESS, POINTS, CITY, "12%", '"12%" is a percentage, not points'),
        (PROGRESS, POINTS, CITY, dt.date(2022, 3, 12), "holds no points (got date); format the cell as text"),
        (PROGRESS, POINTS, CITY, True, "holds no points (got bool)"),
        (PROGRESS, POINTS, CITY, 12.3456, "has more decimals than the portal prints (got 12,3456); write the number as printed, perhaps 12,35"),
        (PROGRESS, ON_TIME, WARD_1, "120%", "row 8, column I: progress.on_time cannot be 120% (expected 0 to 100)"),
        (PROGRESS, ON_TIME, WARD_1, 0.5153, "0.5153 may be 51,53% or 0,52%; format the cell as text and write 51,53"),
        (PROGRESS, ON_TIME, WARD_1, 1, "1 may be 100% or 1%"),
        (PROGRESS, ON_TIME, WARD_1, "1.064", 'cannot read "1.064" as percent'),
        (PROGRESS, ON_TIME, WARD_1, -3, "progress.on_time cannot be −3 (expected 0 to 100)"),
        (PROGRESS, OVERDUE, CITY, "-4", '"-4" has a sign, and a count has none'),
        (PROGRESS, OVERDUE, CITY, -4, "progress.overdue cannot be −4 (expected 0 or more)"),
        (PROGRESS, OVERDUE, CITY, 1.064, "1,064 is no whole number; write a whole number such as 1.064"),
        (PROGRESS, OVERDUE, CITY, "12,5", 'cannot read "12,5" as count'),
        (COPIES, "Đơn vị đã triển khai", CITY, "5/10", '"5/10" is out of 10 (expected one number); write the number before the slash alone'),
        (PROGRESS, OVERDUE, CITY, 1e300, "holds no number (got 1e+300); type it again"),
        (PROGRESS, OVERDUE, CITY, 1234567890123456, "holds no number (got 1234567890123456.0); type it again"),
        (TOTAL, "Tăng giảm", CITY, "11,17", '"11,17" does not say whether it rose; write Tăng or Giảm before it'),
        (TOTAL, "Xếp loại", CITY, "Kém", "unknown grade (got Kém, expected Yếu, Trung bình, Khá, Tốt, Xuất sắc)"),
        (TOTAL, "Xếp loại", CITY, 2, "holds no grade (got 2.0)"),
        (TOTAL, "Xếp hạng", CITY, "05/12", '"05/12" is out of 12 (expected one number)'),
        (TOTAL, "Xếp hạng", CITY, "0", "a rank cannot be 0; leave the cell empty where there is none"),
        (TOTAL, "Xếp hạng", WARD_1, "1", "row 8, column I: «Xếp hạng» is not asked of Phường 1; leave the cell empty"),
    ],
)  # fmt: skip
def test_an_impossible_cell_is_refused_with_its_sheet_row_and_column(
    form, sheet, heading, code, typed, sentence
):
    [place] = type_in(form, (sheet, heading, code, typed))
    [told] = problems(form)
    assert told.startswith(f"figures.xlsx, {place}: ")
    assert sentence in told


def test_a_rank_beyond_the_number_ranked_is_refused(form):
    type_in(form, (TOTAL, "Xếp hạng", CITY, "13"), (TOTAL, "Số đơn vị xếp hạng", CITY, "12"))
    assert problems(form) == (
        "figures.xlsx, sheet Tổng điểm, row 7, column I: rank 13 of 12 units is impossible; mend one of the two",
    )


def test_all_problems_of_a_workbook_are_told_at_once_and_survive_another_process(form):
    type_in(
        form, (TOTAL, "Điểm đánh giá", CITY, "137,5"), (PROGRESS, ON_TIME, WARD_1, "120%"),
        (PROGRESS, OVERDUE, WARD_4, "-4"), (COPIES, POINTS, CITY, "6,4"),
    )  # fmt: skip
    with pytest.raises(InputProblems) as caught:
        read(form)
    assert [each.split(":")[0] for each in caught.value.problems] == [
        "figures.xlsx, sheet Tổng điểm, row 7, column C",
        "figures.xlsx, sheet Tiến độ giải quyết, row 8, column I",
        "figures.xlsx, sheet Tiến độ giải quyết, row 11, column K",
    ]
    line = str(caught.value)
    assert line == caught.value.problems[0] + " (and 2 more: run sadec check 2022-11)"
    assert "\n" not in line
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (type(again), str(again)) == (InputProblems, line)


def test_text_typed_for_an_old_font_is_refused_by_name(form):
    wards = [unit.code for title, column, unit in asked() if title == TOTAL and column.measure == "change"]
    type_in(form, *((TOTAL, "Tăng giảm", code, "Gi¶m 11,17") for code in wards))
    assert problems(form) == (
        "figures.xlsx, sheet Tổng điểm: is typed in TCVN3 (ABC), not in Unicode; convert it to Unicode, for example with UniKey",
    )


# -- sheets, headings and rows --------------------------------------------------


def test_a_workbook_of_another_month_or_place_is_refused(tmp_path):
    path = blank(tmp_path / "figures.xlsx", "2022-12")
    told = problems(path)
    assert len(told) == 7
    assert told[0] == (
        "figures.xlsx, sheet Tổng điểm: is of another month than its folder (got 2022-12, expected 2022-11); "
        "use the workbook prepared for this month and place"
    )
    other = blank(tmp_path / "other.xlsx", "2026-08", "phuong_sa_dec")
    change(other, lambda book: [setattr(sheet["B3"], "value", "2022-11") for sheet in book])
    assert "is of another place than its folder (got phuong_sa_dec, expected sa_dec)" in problems(other)[0]


def test_one_sheet_pasted_from_last_month_is_noticed(form):
    change(form, lambda book: setattr(book[PROGRESS]["B3"], "value", "2022-10"))
    [told] = problems(form)
    assert told.startswith(
        "figures.xlsx, sheet Tiến độ giải quyết: is of another month than its folder (got 2022-10"
    )


def test_a_missing_sheet_is_named_and_one_of_the_clerks_own_is_left_unread(form):
    def act(book):
        book[PROGRESS].title = "Nháp"

    [told] = problems(change(form, act))
    assert told.startswith("figures.xlsx, sheet Tiến độ giải quyết: is missing (got Hướng dẫn, Tổng điểm,")
    change(form, lambda book: (setattr(book["Nháp"], "title", PROGRESS), book.create_sheet("Nháp")))
    assert [(each.place, each.text) for each in read(form).unread] == [("sheet Nháp", "Nháp")]


def test_moved_and_inserted_columns_rows_and_sheets_do_no_harm(form):
    def act(book):
        sheet = book[PROGRESS]
        head = head_of(sheet)
        for row in range(head, head + 11):  # change places: on-time percent and points
            a, b = sheet.cell(row, 3), sheet.cell(row, 9)
            a.value, b.value = b.value, a.value
        for merged in list(sheet.merged_cells.ranges):
            sheet.unmerge_cells(str(merged))
        sheet.insert_rows(head + 3, 2)
        sheet.insert_rows(1)
        sheet.insert_cols(3)
        book.move_sheet(PROGRESS, -2)

    type_in(form, (PROGRESS, POINTS, CITY, "12,3"), (PROGRESS, ON_TIME, WARD_4, "66,3"))
    got = {(row.unit, row.indicator): (str(row.value), row.place) for row in read(change(form, act)).figures}
    assert got == {
        (CITY, "progress"): ("12.3", "sheet Tiến độ giải quyết, row 8, column J"),
        (WARD_4, "progress.on_time"): ("66.3", "sheet Tiến độ giải quyết, row 14, column D"),
    }


def test_rows_in_another_order_go_by_code_and_spellings_of_names_are_known(form):
    def act(book):
        sheet = book[PROGRESS]
        for column in ("A", "B"):
            sheet[f"{column}8"].value, sheet[f"{column}12"].value = (
                sheet[f"{column}12"].value,
                sheet[f"{column}8"].value,
            )
        sheet["B8"].value = "5. UBND phường An Hòa - Tỉnh Đồng Tháp"

    change(form, act)
    type_in(form, (PROGRESS, ON_TIME, "000.25.36.H20", "81,65"))
    [figure] = read(form).figures
    assert (figure.unit, figure.place) == ("000.25.36.H20", "sheet Tiến độ giải quyết, row 8, column I")


def test_rows_and_columns_taken_out_are_listed_as_missing(form):
    def act(book):
        book[PROGRESS].delete_rows(9)
        book[PROGRESS].delete_cols(9)

    told = [(each.place, each.text) for each in read(change(form, act)).missing]
    assert len(told) == 189
    assert ("sheet Tiến độ giải quyết, column J", "Phường 2: Hồ sơ quá hạn của đơn vị") in told
    assert ("sheet Tiến độ giải quyết, row 7", "thành phố Sa Đéc: Tỷ lệ đúng hạn (%)") in told


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (lambda s: s.update({"A8": "000.99.36.H20"}), "row 8: the code does not belong to Phường 1 (got 000.99.36.H20, expected 000.21.36.H20)"),
        (lambda s: s.update({"B8": "Phường 2"}), "row 8: the code does not belong to Phường 2 (got 000.21.36.H20, expected 000.22.36.H20); mend the code or the name"),
        (lambda s: s.update({"B8": "Phường An Hoan"}), 'row 8: unknown unit "Phường An Hoan" (expected a unit of sa_dec.toml, such as Phường An Hoà'),
        (lambda s: s.update({"A8": "000.99.36.H20", "B8": None}), 'row 8: unknown unit "000.99.36.H20"'),
        (lambda s: s.update({"A8": None, "B8": None}), "row 8: has values and no unit; write the unit's code, or take the values out"),
        (lambda s: s.update({"A8": None, "B8": "Tổng cộng"}), 'row 8: unknown unit "Tổng cộng"'),
        (lambda s: s.update({"A8": None, "B8": "huyện Tam Nông"}), "row 8: huyện Tam Nông is not asked for"),
        (lambda s: s.update({"A17": "000.21.36.H20", "B17": "Phường 1", "I17": "1"}), "row 17: Phường 1 stands twice (got rows 8 and 17); keep one row"),
        (lambda s: s.update({"I6": "Tỷ lệ trễ hạn"}), "row 6, column I: unknown heading «Tỷ lệ trễ hạn» with values under it (expected «Điểm đạt được», «Xếp hạng»,"),
        (lambda s: s.update({"Q6": "STT", "Q8": "1"}), "row 6, column Q: unknown heading «STT» with values under it"),
        (lambda s: s.update({"Q6": "Tỷ lệ đúng hạn (%)", "Q8": "1"}), "row 6, column Q: heading «Tỷ lệ đúng hạn (%)» stands twice"),
        (lambda s: s.update({"A6": "Mã"}), "has no row of headings (expected Mã định danh)"),
        (lambda s: s.update({"A3": None}), "is of another month than its folder (got nothing after «Kỳ báo cáo», expected 2022-11)"),
    ],
)  # fmt: skip
def test_a_table_changed_so_that_it_may_mislead_is_refused(form, act, sentence):
    type_in(form, (PROGRESS, ON_TIME, WARD_1, "46,68"))

    def edit(book):
        changes = {}
        act(changes)
        for at, value in changes.items():
            book[PROGRESS][at].value = value

    [told] = problems(change(form, edit))
    assert told.startswith("figures.xlsx, sheet Tiến độ giải quyết")
    assert sentence in told


def test_notes_below_and_beside_the_table_are_not_figures(form):
    def act(book):
        book[PROGRESS]["A19"].value = "Người lập: Nguyễn Văn A"
        book[PROGRESS]["T8"].value = "hỏi lại"

    given = read(change(form, act))
    assert given.figures == []
    assert [(each.place, each.text) for each in given.unread] == [
        ("sheet Tiến độ giải quyết, row 8, column T", "hỏi lại")
    ]


def test_formulas_are_not_evaluated_and_their_stored_value_counts(form):
    type_in(form, (PROGRESS, OVERDUE, CITY, "=1+1"))
    assert read(form).figures == []
    with zipfile.ZipFile(form) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(form, "w") as archive:
        for name, data in parts.items():
            archive.writestr(
                name,
                data.replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>157</v>").replace(
                    b"<f>1+1</f><v></v>", b"<f>1+1</f><v>157</v>"
                ),
            )
    assert [str(row.value) for row in read(form).figures] == ["157"]


# -- files that hurt --------------------------------------------------------------


def test_a_sheet_stretched_over_millions_of_cells_is_refused_before_it_is_laid_out(tmp_path):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(workbook(cells("A1", "XFD1048576")))
    started = time.perf_counter()
    with pytest.raises(InputError, match="too many cells"):
        read(path)
    assert time.perf_counter() - started < 5


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@pytest.mark.parametrize(
    "sheet",
    [
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row><row r="1"><c s="1"\n r = \'XFD1\'><v>1</v></c></row>',
        '<row r="1"><c t="n" x=">" r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        f'<row r="1">{"<c><v>1</v></c>" * 16000}</row><row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_far_cells_are_found_however_they_are_written(tmp_path, sheet):
    path = tmp_path / "figures.xlsx"
    path.write_bytes(workbook(f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>'))
    with pytest.raises(InputError, match="too many cells"):
        read(path)


def test_a_stray_word_hundreds_of_thousands_of_rows_below_takes_no_long_time(form):
    change(form, lambda book: book[PROGRESS].cell(200_000, 1, "x"))
    started = time.monotonic()
    read(form)
    assert time.monotonic() - started < 10


def test_an_empty_last_row_as_some_programs_write_it_is_no_far_cell(form):
    with zipfile.ZipFile(form) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(form, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data.replace(b"</sheetData>", b'<row r="1048576" ht="12.8"/></sheetData>'))
    assert len(read(form).missing) == 189


def test_a_damaged_sheet_is_one_sentence(form):
    with zipfile.ZipFile(form) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    with zipfile.ZipFile(form, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data[: len(data) // 2] if name.endswith("sheet3.xml") else data)
    [told] = problems(form)
    assert told.endswith(
        "sheet Công khai, minh bạch: cannot be read as a workbook; open it in Excel and save it again"
    )


# -- November 2022 ------------------------------------------------------------------


def test_novembers_own_figures_typed_in_give_the_values_the_report_prints(form):
    """The first printing of each figure in the hand-typed table of the report, for every column that has one."""
    with (REPOSITORY / "tests" / "backtests" / "2022-11" / "figures.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    printed = {}
    for row in rows:
        if row["value"]:
            printed.setdefault((row["unit"], row["indicator"], row["measure"]), row)
    typed = {
        (unit.code, column.indicator, column.measure): (title, column.heading, unit.code)
        for title, column, unit in asked()
    }
    # No word of a count is a number to type: "chưa có phát sinh" is 0, "4/9" beside other numbers is one of them.
    texts = {
        key: printed[key]["printed"]
        if any(map(str.isdigit, printed[key]["printed"])) or key[2] == "grade"
        else "0"
        for key in typed
        if key in printed
    }
    type_in(form, *((*typed[key], text) for key, text in texts.items()))
    settled = figures.settle(figures.table(read(form).figures))
    got = {
        (row["unit"], row["indicator"], row["measure"]): row["value"] for row in settled.to_dict("records")
    }
    assert got == {key: float(printed[key]["value"]) for key in texts}
    assert len(got) > 90


# -- the workbook in other programs ----------------------------------------------------


@pytest.mark.parametrize("month", BOOKS)
def test_labels_and_messages_fit_what_excel_allows(month):
    book = load_rulebook(Month.parse(month))
    for title, columns in load_form().sheets(book).items():
        assert 0 < len(title) <= 31
        assert not set(title) & set("[]:*?/\\")
        headings = [column.heading for column in columns]
        assert len(set(headings)) == len(headings)
        for column in columns:
            rule = validation(column, book, "AB99")
            assert len(rule["input_title"]) <= 32
            assert len(rule["error_title"]) <= 32
            assert 0 < len(rule["input_message"]) <= 255
            assert 0 < len(rule["error_message"]) <= 255
            assert len(rule.get("value", "")) <= 255
            assert len(",".join(rule.get("source", []))) <= 255


def test_only_input_cells_are_unlocked_and_each_has_its_validation_and_text_format(form):
    book = openpyxl.load_workbook(form)
    inputs = {
        (title, cell_of(book, title, column.heading, unit.code).coordinate) for title, column, unit in asked()
    }
    unlocked = {
        (sheet.title, cell.coordinate)
        for sheet in book
        for row in sheet
        for cell in row
        if not cell.protection.locked
    }
    validated = {
        (sheet.title, cell)
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        for part in rule.sqref.ranges
        for row in part.rows
        for cell in (sheet.cell(*at).coordinate for at in row)
    }
    assert inputs == unlocked == validated
    assert all(sheet.protection.sheet for sheet in book)
    assert all(book[title][at].number_format == "@" for title, at in inputs)


TYPED = [
    ("points", "12,3", True), ("points", "0", True), ("points", "22", True), ("points", "22,01", False),
    ("points", "-1", False), ("points", "51%", False), ("points", "12.3", False), ("points", "abc", False),
    ("percent", "61,54", True), ("percent", "61,54%", True), ("percent", "100%", True), ("percent", "100,01", False),
    ("percent", "101%", False), ("percent", "51.53", False), ("percent", "x", False),
    ("count", "44", True), ("count", "1.064", True), ("count", "1064", True), ("count", "0", True),
    ("count", "-3", False), ("count", "1,5", False), ("count", "5/10", False), ("count", "10%", False),
    ("rank", "5", True), ("rank", "05", True), ("rank", "0", False), ("rank", "5/12", False),
    ("change", "Giảm 11,17", True), ("change", "tăng 2", True), ("change", "▼13,96", True), ("change", "▲ 2,1", True),
    ("change", "-11,17", True), ("change", "−11,17", True), ("change", "0", True), ("change", "11,17", False),
    ("change", "Giảm", False), ("change", "▼", False), ("change", "Giảm x", False),
]  # fmt: skip


def office(folder, *arguments):
    """Run LibreOffice on a file of ``folder``; skip where it cannot open workbooks."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        ["soffice", profile, "--headless", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if "convert" not in done.stdout:
        pytest.skip("this LibreOffice opens no workbooks")


needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@needs_office
def test_libreoffice_saves_a_filled_workbook_so_that_it_reads_the_same(form):
    type_in(
        form, *((title, column.heading, unit.code, sample(column, 7)[0]) for title, column, unit in asked())
    )
    type_in(form, (PROGRESS, ON_TIME, CITY, 61.54), (TOTAL, "Tăng giảm", CITY, -11.17))
    office(form.parent, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "saved", form.name)
    office(form.parent, "--convert-to", "ods", "--outdir", "open", form.name)
    office(form.parent, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "back", "open/figures.ods")
    before = read(form).figures
    assert len(before) == 189
    assert read(form.parent / "saved" / "figures.xlsx").figures == before
    assert read(form.parent / "back" / "figures.xlsx").figures == before


@needs_office
def test_validations_accept_what_may_be_typed_and_refuse_the_rest(tmp_path, rulebook):
    """Each formula stands in a cell beside the text it judges, and LibreOffice computes it."""
    columns = {column.measure: column for column in load_form().sheets(rulebook)[COPIES]}
    columns |= {
        column.measure: column for column in load_form().column if column.measure in ("change", "percent")
    }
    book = openpyxl.Workbook()
    for row, (measure, text, _) in enumerate(TYPED, 1):
        book.active.cell(row, 1, text).data_type = "s"
        book.active.cell(row, 2, validation(columns[measure], rulebook, f"A{row}")["value"])
    book.save(tmp_path / "rules.xlsx")
    office(tmp_path, "--convert-to", "csv:Text - txt - csv (StarCalc):59,34,76", "rules.xlsx")
    with (tmp_path / "rules.csv").open(encoding="utf-8") as file:
        judged = [row[1] for row in csv.reader(file, delimiter=";")]
    assert judged == [str(is_accepted).upper() for _, _, is_accepted in TYPED]
