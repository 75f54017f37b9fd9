"""Lists of dossiers in Parquet: the same figures as from CSV and workbooks, the same errors, and what else can be wrong."""

from __future__ import annotations

import datetime as dt
import random
import sys
from decimal import Decimal

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from dossier_lists import CANARIES, DAY, HEADINGS, Dossier, november, times, write_csv, write_xlsx, written

from sadec_analysis import cli
from sadec_analysis.errors import InputError
from sadec_analysis.months import Month
from sadec_analysis.places import load_place
from sadec_analysis.reading.dossiers import typed
from sadec_analysis.reading.dossiers.reader import read_dossiers
from sadec_analysis.reading.observations import Observer
from sadec_analysis.rulebook import load_rulebook

NOVEMBER = Month(2022, 11)
FIRST, LAST = dt.date(2022, 11, 1), dt.date(2022, 11, 30)
NUMBER, UNIT, FEE, RECEIVED, DUE, FINISHED = (
    "Mã hồ sơ", "Đơn vị", "Lệ phí", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày kết thúc",
)  # fmt: skip
HIDDEN = "Trần Thị Bí Mật"


def read(path):
    observer = Observer(path.stem, NOVEMBER, load_place("sa_dec"), load_rulebook(NOVEMBER))
    read_dossiers(path, observer)
    return observer.reading


def frame(dossiers) -> pd.DataFrame:
    return pd.DataFrame([each.cells(number) for number, each in enumerate(dossiers, 1)], columns=[*HEADINGS])


def write(path, dossiers, **columns):
    """Write a list as Parquet; columns given replace those of the list."""
    frame(dossiers).assign(**columns).to_parquet(path)
    return path


def mixed():
    """November, and dossiers at every edge: without a fee or due date, received later, words nobody knows."""
    odd = [
        Dossier(FIRST, None), Dossier(LAST + DAY, LAST + 2 * DAY), Dossier(LAST, FIRST), Dossier(FIRST, LAST, channel="Bồ câu"),
        *times(6, Dossier(FIRST, LAST, LAST, fee="20.000", paid="Trực tuyến", rating="Không hài lòng", procedure=" Hộ  tịch ")),
    ]  # fmt: skip
    return november() + odd


def texts(dossiers) -> pd.DataFrame:
    return frame(dossiers).map(written)


FORMS = {
    "dates": frame,
    "texts": texts,
    "other texts of dates": lambda each: frame(each).map(lambda cell: written(cell, "%Y-%m-%d 16:45:00")),
    "blank cells as nothing": lambda each: texts(each).replace("", None),
    "times of day": lambda each: frame(each).assign(
        **{name: pd.to_datetime(frame(each)[name]) + pd.Timedelta("16h") for name in (RECEIVED, DUE, FINISHED)}
    ),
    "words as categories": lambda each: texts(each).astype("category"),
    "fees as numbers": lambda each: texts(each).assign(**{FEE: [float(one.fee.replace(".", "")) for one in each]}),
    "another order": lambda each: texts(each)[[*reversed(HEADINGS)]],
    "an index of its own": lambda each: texts(each).set_index(HEADINGS[1]),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_csv_workbook_and_parquet_of_one_list_give_the_same(form, tmp_path):
    FORMS[form](mixed()).to_parquet(tmp_path / "list.parquet", row_group_size=300)
    readings = [
        read(write_csv(tmp_path / "list.csv", mixed())), read(write_xlsx(tmp_path / "list.xlsx", mixed())),
        read(tmp_path / "list.parquet"),
    ]  # fmt: skip
    assert [(each.about, each.text) for each in readings[2].remarks] == [
        ("unknown_channel", "1"), ("received_later", "1"), ("no_due_date", "1"), ("due_before_received", "1"),
    ]  # fmt: skip
    for other in readings[:2]:
        assert other.figures == readings[2].figures
        assert other.tallies == readings[2].tallies
        assert [each.text for each in other.missing] == [each.text for each in readings[2].missing]
        assert [each.text for each in other.remarks] == [each.text for each in readings[2].remarks]


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx"])
def test_words_that_the_beginning_of_a_list_does_not_have_are_counted_like_the_others(
    ending, tmp_path, monkeypatch
):
    path = tmp_path / f"list.{ending}"
    {"csv": write_csv, "parquet": write, "xlsx": write_xlsx}[ending](path, mixed())
    whole = read(path)
    monkeypatch.setattr(typed, "_HEAD", 1)
    assert read(path) == whole


def test_blank_rows_are_no_dossiers(tmp_path):
    blank = pd.DataFrame([["", "Ông A", *[""] * 14], [None] * 16], columns=[*HEADINGS])
    path = tmp_path / "list.parquet"
    pd.concat([texts(mixed()), blank, blank]).to_parquet(path)
    found = read(path)
    assert found.figures == read(write_csv(tmp_path / "list.csv", mixed())).figures
    assert "received_later" in [each.about for each in found.remarks if each.text == "1"]


GOOD = times(3, Dossier(FIRST, LAST, LAST))
WRONG = [
    ({UNIT: ["Phường 1", "Phường 1", HIDDEN]}, "row 3, Đơn vị: is no unit of the place .expected a unit of sa_dec.toml"),
    ({UNIT: ["Phường 1", None, "Phường 1"]}, "row 2, Đơn vị: is no unit of the place"),
    ({RECEIVED: ["01/11/2022", "01/11/2022", HIDDEN]}, "row 3, Ngày tiếp nhận: has a date that cannot be read .got 1 such rows"),
    ({RECEIVED: [FIRST, None, FIRST]}, "row 2, Ngày tiếp nhận: has a date that cannot be read"),
    ({DUE: [LAST, LAST, dt.date(22, 11, 1)]}, "row 3, Ngày hẹn trả: has a date that cannot be read"),
    ({DUE: ["05/11/2022", "31/02/2022", ""]}, "row 2, Ngày hẹn trả: has a date that cannot be read"),
    ({FINISHED: [FIRST, FIRST - DAY, None]}, "row 2: was finished before it was received .got 1 such rows"),
    ({NUMBER: ["7", "8", " 7 "]}, "rows 1 and 3: list the same dossier twice"),
    ({NUMBER: [7, 8, 7]}, "rows 1 and 3: list the same dossier twice"),
    ({RECEIVED: dt.date(2020, 1, 1), DUE: None, FINISHED: dt.date(2020, 1, 2)}, "the list is of another month .got 2020-01 to 2020-01"),
    # columns of another type
    ({DUE: 44866.5}, r"list.parquet, Ngày hẹn trả: is a column of another type .got double, expected texts, or dates without a time zone.; export"),
    ({DUE: 20221130}, "Ngày hẹn trả: is a column of another type .got int64"),
    ({RECEIVED: pd.Timestamp("2022-11-01", tz="Asia/Ho_Chi_Minh")}, "Ngày tiếp nhận: is a column of another type .got timestamp"),
    ({UNIT: FIRST}, r"Đơn vị: is a column of another type .got date32\[day\], expected texts or numbers"),
    ({UNIT: True}, "Đơn vị: is a column of another type .got bool"),
    ({UNIT: [[HIDDEN]] * 3}, "Đơn vị: is a column of another type .got a nested type"),
    ({UNIT: [{HIDDEN: 1}] * 3}, "Đơn vị: is a column of another type .got a nested type"),
    ({UNIT: [b"Ph\xfeng"] * 3}, "Đơn vị: is a column of another type .got binary"),
    ({"Cơ quan": "Phường 1"}, "two columns give the unit of a dossier .got Đơn vị and Cơ quan"),
]  # fmt: skip


def refused(path, message):
    with pytest.raises(InputError, match=message) as caught:
        read(path)
    assert HIDDEN not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("columns", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_refused_by_row_or_column_and_never_by_what_a_cell_holds(columns, message, tmp_path):
    refused(write(tmp_path / "list.parquet", GOOD, **columns), message)


def whole(tmp_path):
    return write(tmp_path / "whole.parquet", november()).read_bytes()


BROKEN = {
    "empty": (lambda _: b"", "is empty .expected a Parquet table"),
    "a text": (lambda _: b"a;b\n1;2\n", "is another kind of file .got text, expected a Parquet table"),
    "a workbook": (lambda _: b"PK\x03\x04" + bytes(99), "is another kind of file .got a zip archive"),
    "under a key": (lambda data: b"PARE" + data[4:-4] + b"PARE", "got a Parquet table protected by a key"),
    "cut short": (lambda data: data[: len(data) // 2], "is damaged or cut short .expected a Parquet table"),
    "a mark only": (lambda _: b"PAR1PAR1", "is damaged or cut short"),
    "no description": (lambda data: data[:-200] + bytes(192) + data[-8:], "is damaged or cut short"),
    "broken pages": (
        lambda data: data[:60] + b"\xff" * 3000 + data[3060:],
        "cannot be read as a table .expected a sound Parquet file, texts in UTF-8",
    ),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_ends_in_one_clear_line(how, tmp_path):
    broken, message = BROKEN[how]
    path = tmp_path / "list.parquet"
    path.write_bytes(broken(whole(tmp_path)))
    refused(path, message)


def test_whatever_byte_is_changed_the_file_is_read_or_refused_in_one_line(tmp_path):
    chance, good, path = random.Random(2022), whole(tmp_path), tmp_path / "list.parquet"  # noqa: S311 - the same damage every time
    outcomes, said = set(), ""
    for _ in range(60):
        data = bytearray(good)
        for _ in range(chance.choice((1, 3, 20))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        try:
            read(path)
            outcomes.add("read")
        except InputError as error:
            outcomes.add("refused")
            said += str(error)
    assert not any(canary in said for canary in CANARIES)
    assert outcomes == {"read", "refused"}


@pytest.mark.parametrize("rows", [0, 2])
def test_a_list_without_a_dossier_is_refused(rows, tmp_path):
    path = tmp_path / "list.parquet"
    pd.DataFrame([[""] * 16] * rows, columns=[*HEADINGS], dtype=str).to_parquet(path)
    refused(path, "lists no dossier .expected a row for each dossier")


def test_headings_nobody_knows_are_refused(tmp_path):
    path = tmp_path / "list.parquet"
    frame(GOOD).rename(columns={UNIT: "Nơi"}).to_parquet(path)
    refused(
        path, r"no column for each date and the unit .expected unit: Đơn vị or Cơ quan.*\[dossiers.columns\]"
    )


def test_two_columns_of_one_name_are_refused(tmp_path):
    table = pa.Table.from_pandas(texts(GOOD))
    pq.write_table(table.append_column(UNIT, table.column(UNIT)), tmp_path / "list.parquet")
    refused(tmp_path / "list.parquet", "two columns give the unit of a dossier")


@pytest.mark.parametrize(
    "name", ["list[1].parquet", "list*.parquet", "list'1.parquet", "unit=1/list.parquet"]
)
def test_a_file_is_read_under_its_own_name_and_no_other(name, tmp_path):
    write(tmp_path / "list1.parquet", times(3, Dossier(FIRST, LAST)))
    (tmp_path / name).parent.mkdir(exist_ok=True)
    found = read(write(tmp_path / name, [Dossier(FIRST, LAST)]))
    assert [each.value for each in found.figures if each.indicator == "progress.on_time.denominator"] == [
        Decimal(1)
    ] * 2


def test_the_command_files_a_list_in_parquet_and_tells_of_no_person(tree, tmp_path, monkeypatch, capsys):
    file = write(tmp_path / "list.parquet", november())
    arguments = ["sadec", "import", str(file), "--month", "2022-11", "--from", "UBND", "--root", str(tree)]
    monkeypatch.setattr(sys, "argv", arguments)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capsys.readouterr()
    assert ended.value.code in (0, None), said.err
    assert (tree / "data" / "raw" / "2022-11" / "dossiers-list.parquet").read_bytes() == file.read_bytes()
    assert not any(canary in said.out + said.err for canary in CANARIES)
