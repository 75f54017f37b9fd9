"""Lists of dossiers: answers known by construction, definitions at their edges, and what never leaves the list."""

from __future__ import annotations

import calendar
import datetime as dt
import sys
import traceback
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from dossier_lists import (
    CANARIES,
    DAY,
    HEADINGS,
    PERSONAL,
    Dossier,
    november,
    times,
    write_cells,
    write_csv,
    write_xlsx,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unpacked import unpacked

from sadec_analysis import cli
from sadec_analysis.brief import tables
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.paths import Tree
from sadec_analysis.places import load_place
from sadec_analysis.reading.dossiers.reader import read_dossiers
from sadec_analysis.reading.observations import Observer, tally_table
from sadec_analysis.rulebook import load_rulebook
from sadec_analysis.sharing.archive import share
from sadec_analysis.words import load_words

CITY, OFFICE, WARD, AN_HOA = "000.00.36.H20", "UBND thành phố Sa Đéc", "000.21.36.H20", "000.25.36.H20"
NOVEMBER = Month(2022, 11)
FIRST, LAST = dt.date(2022, 11, 1), dt.date(2022, 11, 30)


def write_parquet(path, dossiers):
    rows = [each.cells(number) for number, each in enumerate(dossiers, 1)]
    pd.DataFrame(rows, columns=[*HEADINGS]).to_parquet(path)
    return path


def read(path, month=NOVEMBER, place="sa_dec"):
    observer = Observer(path.name, month, load_place(place), load_rulebook(month))
    read_dossiers(path, observer)
    return observer.reading


def counted(tmp_path, dossiers, **options):
    return read(write_csv(tmp_path / "dossiers.csv", dossiers, **options))


def values(reading):
    return {(each.unit, each.indicator, each.measure): str(each.value) for each in reading.figures}


# -- answers known by construction ----------------------------------------------

EXPECTED = {
    (CITY, "progress.overdue_total", "count"): "1064",
    (CITY, "progress.overdue_in_month", "count"): "44",
    (CITY, "progress.overdue", "count"): "310",
    (AN_HOA, "progress.overdue", "count"): "754",
    (AN_HOA, "progress.overdue_in_month", "count"): "34",
    (CITY, "progress.on_time.numerator", "count"): "80",
    (CITY, "progress.on_time.denominator", "count"): "844",
    (CITY, "progress.on_time", "percent"): "9.48",
    (AN_HOA, "progress.on_time", "percent"): "2.58",
    (CITY, "online_service.online_submission.numerator", "count"): "60",
    (CITY, "online_service.online_submission.denominator", "count"): "114",
    (CITY, "online_service.online_submission", "percent"): "52.63",
    (AN_HOA, "online_payment.dossiers_paid_online", "count"): "15",
    (AN_HOA, "online_payment.paid_online", "percent"): "75.00",
    (CITY, "satisfaction.rated", "count"): "60",
    (CITY, "satisfaction.dossiers_satisfied", "percent"): "100.00",
    (CITY, "progress.processing_time", "days"): "9.4",
    (AN_HOA, "progress.processing_time", "days"): "10.0",
}
FORMS = {
    "semicolon": lambda folder: write_csv(folder / "dossiers.csv", november()),
    "comma": lambda folder: write_csv(folder / "dossiers.csv", november(), separator=","),
    "tab": lambda folder: write_csv(folder / "dossiers.csv", november(), separator="\t", form="%Y-%m-%d"),
    "times": lambda folder: write_csv(folder / "dossiers.csv", november(), form="%d/%m/%Y 16:45:00"),
    "titles and mark": lambda folder: write_csv(
        folder / "dossiers.csv",
        november(),
        titles=("DANH SÁCH HỒ SƠ", f"Người xuất: {CANARIES[0]}"),
        encoding="utf-8-sig",
    ),
    "decomposed": lambda folder: write_csv(
        folder / "dossiers.csv",
        november(),
        headings=[unicodedata.normalize("NFD", each.upper()) for each in HEADINGS],
    ),
    "date cells": lambda folder: write_xlsx(folder / "dossiers.xlsx", november()),
    "date numbers": lambda folder: write_xlsx(
        folder / "dossiers.xlsx", november(), dates="numbers", titles=("DANH SÁCH",)
    ),
    "date texts": lambda folder: write_xlsx(folder / "dossiers.xlsx", november(), dates="text"),
    "parquet": lambda folder: write_parquet(folder / "dossiers.parquet", november()),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_planned_list_is_answered_exactly_in_every_form(form, tmp_path):
    found = values(read(FORMS[form](tmp_path)))
    assert {key: found.get(key) for key in EXPECTED} == EXPECTED
    assert not any(unit == WARD for unit, _, _ in found)


def test_the_months_of_due_date_and_of_receipt_separate_44_from_1064(tmp_path):
    table = tally_table(counted(tmp_path, november()).tallies)
    whole = table[table["unit"] == CITY]
    due = whole[whole["by"] == "due_month"].set_index("member")["overdue"]
    assert due.to_dict() == {"2021-03": 300, "2022-09": 720, "2022-11": 44, "2022-12": 0}
    received = whole[whole["by"] == "received_month"].set_index("member")["overdue"]
    assert received.to_dict() == {"2021-03": 300, "2022-09": 720, "2022-10": 10, "2022-11": 34}
    ward = table[(table["unit"] == AN_HOA) & (table["by"] == "due_month")].set_index("member")["overdue"]
    assert ward.to_dict() == {"2022-09": 720, "2022-11": 34, "2022-12": 0}


def test_a_tally_holds_every_measure_by_field_and_procedure(tmp_path):
    table = tally_table(counted(tmp_path, november()).tallies)
    own = table[(table["unit"] == CITY) & table["by"].isin(["field", "procedure"])].set_index("member")
    assert own.index.tolist() == ["Chứng thực", "Chứng thực bản sao"]
    row = own.loc["Chứng thực bản sao"].to_dict()
    assert row == {
        "unit": CITY, "by": "procedure", "received": 114, "handled": 844, "on_time": 80, "overdue": 1064, "finished": 94,
        "mean_days": 9.4, "online": 60, "with_channel": 114, "paid_online": 15, "with_fee": 20, "rated": 60, "satisfied": 60,
    }  # fmt: skip


def test_a_procedure_is_told_with_its_rate_and_its_overdue_dossiers(listed):
    for draw, name in ((tables.procedures, "Chứng thực bản sao"), (tables.fields, "Chứng thực")):
        (grid,) = draw(listed)
        assert [["".join(map(str, cell)) for cell in row] for row in grid.rows] == [
            [name, "844", "9,5%", "1.064", "9,4"]
        ]


def test_without_a_list_there_is_no_table_of_procedures(ward):
    assert tables.procedures(ward) == []


def test_figures_are_marked_as_counted_and_say_where(tmp_path):
    rows = counted(tmp_path, november()).figures
    assert {each.status for each in rows} == {"counted"}
    row = next(each for each in rows if each.indicator == "progress.overdue_total")
    assert (row.printed, row.source, row.place) == ("1.064", "dossiers.csv", "rows, thành phố Sa Đéc")


def test_units_without_a_dossier_are_missing_and_not_zero(tmp_path):
    reading = counted(tmp_path, november())
    assert "Phường 1" in [each.text for each in reading.missing]
    assert len(reading.missing) == 8


# -- definitions at their edges ---------------------------------------------------

TIMES = [
    (FIRST, LAST, LAST, (1, 1, 0)),  # finished on the due day
    (FIRST, LAST - DAY, LAST, (0, 1, 1)),  # finished a day late
    (FIRST, LAST, None, (1, 1, 0)),  # due on the last day, not finished
    (FIRST, LAST - DAY, None, (0, 1, 1)),  # its due date passed before the end
    (FIRST, LAST, LAST + DAY, (1, 1, 0)),  # finished next month: open at the end, not yet due
    (FIRST, LAST - DAY, LAST + DAY, (0, 1, 1)),
    (FIRST, LAST + DAY, LAST + 9 * DAY, (1, 1, 0)),
    (FIRST - 40 * DAY, FIRST - DAY, FIRST, (0, 1, 1)),  # older, finished in the month: handled in it
    (FIRST - 40 * DAY, FIRST - DAY, FIRST - DAY, (0, 0, 0)),  # finished before the month, in time
    (
        FIRST - 40 * DAY,
        FIRST - 9 * DAY,
        FIRST - DAY,
        (0, 0, 1),
    ),  # finished before the month, late: not handled in it
    (FIRST, None, LAST, (0, 0, 0)),  # no due date
    (LAST + DAY, LAST + 2 * DAY, None, (0, 0, 0)),  # received after the month
]


@pytest.mark.parametrize(("received", "due", "finished", "expected"), TIMES)
def test_a_dossier_counts_as_on_time_handled_and_overdue(received, due, finished, expected, tmp_path):
    other = Dossier(FIRST, LAST, LAST, "UBND Phường 2")
    found = values(counted(tmp_path, [Dossier(received, due, finished), other]))
    names = ("progress.on_time.numerator", "progress.on_time.denominator", "progress.overdue")
    assert tuple(int(found.get((WARD, name, "count"), 0)) for name in names) == expected


@pytest.mark.parametrize(
    ("dossiers", "about", "count"),
    [
        (times(3, Dossier(FIRST, None)), "no_due_date", "3"),
        (times(2, Dossier(LAST + DAY, LAST + 2 * DAY)), "received_later", "2"),
        (times(4, Dossier(LAST, FIRST)), "due_before_received", "4"),
        (times(5, Dossier(FIRST, LAST, channel="Bồ câu")), "unknown_channel", "5"),
        (times(6, Dossier(FIRST, LAST, paid="Vàng")), "unknown_paid", "6"),
        (times(7, Dossier(FIRST, LAST, rating="7/10")), "unknown_rating", "7"),
    ],
)
def test_what_is_left_out_is_remarked_on(dossiers, about, count, tmp_path):
    reading = counted(tmp_path, [*dossiers, Dossier(FIRST, LAST, LAST)])
    assert [(each.about, each.text) for each in reading.remarks] == [(about, count)]


@pytest.mark.parametrize(("many", "is_told"), [(4, False), (5, True)])
def test_a_mean_a_share_and_a_procedure_need_five_dossiers(many, is_told, tmp_path):
    done = Dossier(FIRST, LAST, FIRST + 4 * DAY, rating="Hài lòng", procedure="Đăng ký hộ kinh doanh")
    reading = counted(tmp_path, times(many, done))
    found = values(reading)
    assert ((WARD, "progress.processing_time", "days") in found) is is_told
    assert ((WARD, "satisfaction.dossiers_satisfied", "percent") in found) is is_told
    members = {each.member for each in reading.tallies if each.by == "procedure"}
    assert members == ({"Đăng ký hộ kinh doanh"} if is_told else {""})


def test_optional_columns_that_are_absent_give_no_figures(tmp_path):
    path = tmp_path / "dossiers.csv"
    path.write_text(
        "Đơn vị,Ngày tiếp nhận,Hạn trả,Ngày hoàn thành\n000.21.36.H20,01/11/2022,05/11/2022,\n",
        encoding="utf-8",
    )
    found = values(read(path))
    assert {indicator.split(".")[0] for _, indicator, _ in found} == {"progress"}
    assert found[WARD, "progress.overdue", "count"] == "1"


# -- what is refused ----------------------------------------------------------------

HEADS = ";".join(HEADINGS) + "\n"
GOOD = "1;A;B;C;D;UBND Phường 1;Trực tiếp;01/11/2022;E;05/11/2022;;0;;F;;G\n"
HIDDEN = "Trần Thị Bí Mật"


def row(**changes):
    cells = dict(zip(HEADINGS, GOOD.rstrip("\n").split(";"), strict=True)) | {HEADINGS[0]: "2"} | changes
    return ";".join(cells.values()) + "\n"


REFUSED = [
    (HEADS, "lists no dossier"),
    (HEADS + ";" * 15 + "\n", "lists no dossier"),
    ("a;b\n1;2\n", r"no row of headings .*unit: Đơn vị or Cơ quan.*\[dossiers.columns\]"),
    (HEADS + GOOD + row(**{"Đơn vị": "Phường An Hoa"}), "row 3, Đơn vị: is no unit of the place .*such as Phường An Hoà"),
    (HEADS + GOOD + row(**{"Đơn vị": "thành phố Cao Lãnh"}), "row 3, Đơn vị: is no unit of the place"),
    (HEADS + "\n\n" + GOOD + row(**{"Ngày hẹn trả": "31/02/2022"}), "row 5, Ngày hẹn trả: has a date"),
    (HEADS + row(**{HEADINGS[1]: '"Ông\nA"'}) + f"1;{HIDDEN}\n", "row 3: cannot be read as a row"),
    (HEADS + GOOD + "\r\n" + row(**{HEADINGS[1]: HIDDEN}), "cannot be read as a table .expected UTF-8, one kind of line end"),
    (HEADS + GOOD + GOOD.replace("1;", " 1 ;", 1), "rows 2 and 3: list the same dossier twice"),
    (HEADS.replace("Ngày hẹn trả", "Hẹn") + GOOD, "no row of headings"),
    (HEADS.replace("Email", "Cơ quan") + GOOD, "two columns give the unit of a dossier .got Đơn vị and Cơ quan"),
    (HEADS + GOOD + row(**{"Đơn vị": HIDDEN}), "row 3, Đơn vị: is no unit of the place .expected a unit of sa_dec.toml, such as"),
    (HEADS + GOOD + row(**{"Đơn vị": ""}), "row 3, Đơn vị: is no unit"),
    (HEADS + GOOD + row(**{"Ngày tiếp nhận": "31/02/2022"}), "row 3, Ngày tiếp nhận: has a date that cannot be read .got 1 such rows"),
    (HEADS + GOOD + row(**{"Ngày tiếp nhận": ""}), "row 3, Ngày tiếp nhận: has a date that cannot be read"),
    (HEADS + GOOD + row(**{"Ngày hẹn trả": HIDDEN}), "row 3, Ngày hẹn trả: has a date"),
    (HEADS + GOOD + row(**{"Ngày kết thúc": "05/11/22"}), "row 3, Ngày kết thúc: has a date"),
    (HEADS + GOOD + row(**{"Ngày kết thúc": "31/10/2022"}), "row 3: was finished before it was received"),
    (HEADS + GOOD + GOOD, "rows 2 and 3: list the same dossier twice"),
    (HEADS + GOOD + f"2;{HIDDEN};B;C\n", "row 3: cannot be read as a row of the table .got 4 columns, expected 16, like the headings"),
    (HEADS + GOOD + row().rstrip("\n") + f";{HIDDEN}\n", "row 3: cannot be read as a row of the table .got 17 columns"),
    (HEADS + GOOD + f'2;"{HIDDEN};B;C\n', "row 3: cannot be read as a row of the table .got quotes left open"),
    (HEADS + GOOD.replace("/2022", "/2020"), "the list is of another month .got 2020-11 to 2020-11, expected 2022-11"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_wrong_is_refused_by_row_and_never_by_what_a_cell_holds(text, message, tmp_path):
    path = tmp_path / "dossiers.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read(path)
    assert HIDDEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "\n" not in str(caught.value)


def test_a_broken_byte_far_down_is_told_by_its_row_only(tmp_path):
    path = tmp_path / "dossiers.csv"
    path.write_bytes(
        (HEADS + GOOD).encode()
        + row(**{PERSONAL[0]: HIDDEN}).encode() * 20_000
        + b"\xff\xfe;"
        + GOOD.encode()
    )
    with pytest.raises(InputError, match=r"row 20003: .*bytes that are no UTF-8") as caught:
        read(path)
    assert HIDDEN not in str(caught.value)


def test_a_column_that_is_no_unit_by_its_many_values_is_refused(tmp_path):
    lines = "".join(row(**{"Đơn vị": f"Người {at}", HEADINGS[0]: str(at)}) for at in range(20_002))
    path = tmp_path / "dossiers.csv"
    path.write_text(HEADS + lines, encoding="utf-8")
    with pytest.raises(InputError, match="Đơn vị: holds too many different values"):
        read(path)


ABOVE = {
    "nothing": "",
    "blank lines": "\n\n",
    "a title of two lines": '"DANH SÁCH\nHỒ SƠ"\n',
    "a title with marks that end a line elsewhere": "DANH\u2028SÁCH\x0b\x85\n",
    "a title with an inch": 'Màn hình 19"\n',
    "a wider title": ";" * 40 + "\n",
}


@pytest.mark.parametrize("above", ABOVE)
@pytest.mark.parametrize("heading", ["Ngày tiếp nhận", '"Ngày\ntiếp nhận"'])
def test_no_dossier_is_lost_to_what_stands_above_it(above, heading, tmp_path):
    path = tmp_path / "dossiers.csv"
    text = ABOVE[above] + HEADS.replace("Ngày tiếp nhận", heading) + GOOD + row() + row(**{HEADINGS[0]: "3"})
    path.write_text(text, encoding="utf-8", newline="")
    assert values(read(path))[WARD, "progress.on_time.denominator", "count"] == "3"


@pytest.mark.parametrize(
    "name", ["dossiers[1].csv", "dossiers*.csv", "dossiers'1.csv", "unit=1/dossiers.csv"]
)
def test_a_file_is_read_under_its_own_name_and_no_other(name, tmp_path):
    write_csv(tmp_path / "dossiers1.csv", times(3, Dossier(FIRST, LAST)))
    (tmp_path / name).parent.mkdir(exist_ok=True)
    found = values(read(write_csv(tmp_path / name, [Dossier(FIRST, LAST)])))
    assert found[WARD, "progress.on_time.denominator", "count"] == "1"


@pytest.mark.parametrize("column", [None, HEADINGS[0]])
def test_dossiers_without_a_number_are_not_taken_for_one(column, tmp_path):
    path = tmp_path / "dossiers.csv"
    lines = (HEADS + GOOD + row()).splitlines()
    cells = [
        line.split(";")[1:] if column is None else ["Mã hồ sơ" * (line == lines[0]), *line.split(";")[1:]]
        for line in lines
    ]
    path.write_text("\n".join(map(";".join, cells)), encoding="utf-8")
    assert values(read(path))[WARD, "progress.on_time.denominator", "count"] == "2"


def test_nothing_paid_yet_is_not_paid_online(tmp_path):
    owing = Dossier(FIRST, LAST, fee="20.000")
    dossiers = [*times(3, owing, paid="Trực tuyến"), *times(1, owing), *times(2, owing, paid="Vàng")]
    found = values(counted(tmp_path, dossiers))
    assert found[WARD, "online_payment.paid_online.denominator", "count"] == "4"
    assert found[WARD, "online_payment.paid_online", "percent"] == "75.00"


def test_procedures_are_tallied_whatever_their_spaces_and_unicode_form(tmp_path):
    spelt = [
        "Chứng thực bản sao",
        " Chứng  thực bản sao ",
        unicodedata.normalize("NFD", "Chứng thực bản sao"),
    ]
    dossiers = [Dossier(FIRST, LAST, procedure=each) for each in spelt for _ in range(2)]
    tallies = [each for each in counted(tmp_path, dossiers).tallies if each.by == "procedure"]
    assert [(each.member, each.handled) for each in tallies] == [("Chứng thực bản sao", 6)]


def test_an_absent_column_gives_no_tallies(tmp_path):
    path = tmp_path / "dossiers.csv"
    path.write_text(
        "Đơn vị\tNgày nhận\tHạn trả\tNgày hoàn thành\nPhường 1\t2022-11-01\t2022-11-05\t\n", encoding="utf-8"
    )
    assert {each.by for each in read(path).tallies} == {"due_month", "received_month"}


# Of the other forms only the tables are made: all that is published is made from them.
MADE_WHOLE = "titles and mark"

# -- nothing personal leaves the list -------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("form", ["titles and mark", "date cells", "parquet"])
def test_nothing_of_the_personal_columns_is_written_anywhere(form, tree, tmp_path_factory, capfd):
    """Canaries stand in every personal column and in a title line; everything written is searched, in both Unicode forms."""
    from sadec_analysis.intake.filing import Provenance, file_source
    from sadec_analysis.monthly import build_month
    from sadec_analysis.running.month import run_month
    from sadec_analysis.running.parameters import Parameters

    file = FORMS[form](tmp_path_factory.mktemp("export"))
    placed = file_source(
        file, "2022-11", Provenance.checked("Danh sách", "thử nghiệm", "", "synthetic"), "dossiers", root=tree
    )
    build_month("2022-11", root=tree)
    if form == MADE_WHOLE:
        run_month(Parameters.checked("2022-11", root=tree), 2)
        share([Month(2022, 11)], Tree.at(tree), load_words("vi"))
    said = capfd.readouterr()
    files = [path for path in tree.rglob("*") if path.is_file() and path != placed]
    written = {path.relative_to(tree).as_posix(): unpacked(path.name, path.read_bytes()) for path in files}
    assert b"000.25.36.H20" in written["data/processed/2022-11/dossiers.parquet"]
    if form == MADE_WHOLE:
        for name in ("brief.pdf", "report.docx", "tables/tables.xlsx"):
            assert "Sa Đéc".encode() in written[f"outputs/2022-11/{name}"], (
                "what is looked through could be seen"
            )
        assert b"2022-11/report.docx" in written["outputs/sadec-2022-11.zip"]
    for canary in CANARIES:
        for spelling in {
            canary,
            unicodedata.normalize("NFD", canary),
            canary.encode("unicode_escape").decode(),
        }:
            assert spelling not in said.out + said.err
            assert [name for name, held in written.items() if spelling.encode() in held] == []


@pytest.mark.parametrize("at", range(len(HEADINGS)))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_row_shifted_from_any_column_on_says_nothing_of_a_person(at, ending, tmp_path):
    """The cells from ``at`` on stand one column too far right, a name before them, as when a cell was inserted."""
    path = tmp_path / f"dossiers.{ending}"
    good = [row(**{HEADINGS[0]: str(number)}).rstrip("\n").split(";") for number in range(6)]
    shifted = [*good[0][:at], HIDDEN, *good[0][at:-1]]
    shifted[0] = "9" if at else HIDDEN
    write_cells(path, [list(HEADINGS), *good, shifted])
    try:
        said = repr(read(path))
    except InputError as error:
        said = "".join(traceback.format_exception(error))
    assert HIDDEN not in said


def test_no_temporary_file_stays_behind(tmp_path, monkeypatch):
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setenv("TMPDIR", str(aside))
    monkeypatch.setattr("tempfile.tempdir", None)
    counted(tmp_path, november())
    with pytest.raises(InputError):
        counted(tmp_path, [Dossier(FIRST, LAST, unit="UBND Phường 99")])
    assert list(aside.iterdir()) == []


def test_the_command_tells_an_error_without_the_cell(tree, tmp_path, monkeypatch, capsys):
    file = tmp_path / "dossiers.csv"
    file.write_text(HEADS + GOOD + row(**{"Đơn vị": HIDDEN}), encoding="utf-8")
    monkeypatch.setattr(
        sys, "argv", ["sadec", "import", str(file), "--month", "2022-11", "--root", str(tree)]
    )
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr()
    assert "row 3" in said.err
    assert HIDDEN not in said.out + said.err


# -- against a plain reading of the definitions ------------------------------------------


def oracle(dossiers, first, last):
    """The definitions once more, one dossier at a time."""
    late = handled = on_time = overdue_now = 0
    for each in dossiers:
        if each.received > last:
            continue
        done = each.finished if each.finished and each.finished <= last else None
        is_late = each.due is not None and (done > each.due if done else each.due < last)
        is_handled = each.due is not None and (done is None or done >= first)
        late += is_late
        handled += is_handled
        on_time += is_handled and not is_late
        overdue_now += is_late and first <= each.due <= last
    return late, handled, on_time, overdue_now


DAYS = st.dates(dt.date(2022, 9, 1), dt.date(2023, 1, 15))
DOSSIERS = st.builds(
    lambda received, due, took: Dossier(received, due, None if took is None else received + took * DAY),
    DAYS, st.none() | DAYS, st.none() | st.integers(0, 60),
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(DOSSIERS, min_size=1, max_size=30))
def test_any_list_is_counted_as_the_definitions_say(tmp_path, dossiers):
    dossiers = [*dossiers, Dossier(FIRST, LAST, LAST)]
    found = values(counted(tmp_path, dossiers))
    late, handled, on_time, now = oracle(dossiers, FIRST, LAST)
    assert found[CITY, "progress.overdue_total", "count"] == str(late)
    assert found[CITY, "progress.overdue_in_month", "count"] == str(now)
    assert found[CITY, "progress.on_time.denominator", "count"] == str(handled)
    rate = (Decimal(100) * on_time / handled).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    assert found[CITY, "progress.on_time", "percent"] == str(rate)


def test_the_last_day_of_february_is_the_end_of_its_month(tmp_path):
    month, last = Month(2024, 2), dt.date(2024, 2, calendar.monthrange(2024, 2)[1])
    path = write_csv(tmp_path / "dossiers.csv", [Dossier(last, last)])
    assert values(read(path, month))[WARD, "progress.on_time", "percent"] == "100.00"
