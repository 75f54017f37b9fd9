"""The mapped columns of a list as text, from CSV or from a workbook, with the numbers of their rows."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from sadec_analysis.errors import InputError, RunError
from sadec_analysis.places import DossierLists
from sadec_analysis.reading.dossiers import texts
from sadec_analysis.reading.dossiers.columns import (
    LATEST_HEADING,
    MEANINGS,
    Columns,
    find_columns,
    no_headings,
)
from sadec_analysis.reading.sheets import open_workbook

_CHUNK = 50_000
LARGEST_LIST = 20_000_000  # about 2 GB in memory; a longer list can be given as .csv
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # days of 2000 to 2099 as Excel counts them
DATES = ("received", "due", "finished")
_EPOCH = dt.date(1899, 12, 30)
_PATTERN = frozenset("*?[")  # in a name, the database takes these for a pattern of many files
Records = Iterator[tuple[int, Sequence[Any]]]


@dataclass(frozen=True)
class Rows:
    """A list opened as the relation ``raw``: one text column per meaning, null where the list has none.

    ``records`` gives the rows once more, with their numbers in the file; a workbook, already
    copied with its numbers, has none.
    """

    name: str
    columns: Columns
    database: duckdb.DuckDBPyConnection
    records: Callable[[], Records] | None = None

    def run(self, sql: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run SQL; an error about the file is told without what the file holds."""
        try:
            return self.database.execute(sql, list(values))
        except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException):
            pass  # its text repeats what the file holds: told below, by the row alone
        except duckdb.Error as error:
            raise RunError(self.name, f"the list cannot be counted: {type(error).__name__}") from None
        for _ in self.records() if self.records else ():
            pass
        raise InputError(
            self.name, "cannot be read as a table", expected="UTF-8, one kind of line end, the same number of columns in every row",
            remedy="export the list again",
        )  # fmt: skip

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.run(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number a query gives."""
        return int(self.all(sql, values)[0][0])

    def numbered(self) -> str:
        """Name of the table of the rows with their numbers."""
        if self.records is None:
            return "raw"
        if not self.all("SELECT 1 FROM duckdb_tables() WHERE table_name = 'numbered'"):
            _copy(self.records(), self.columns, self.database, "numbered")
        return "numbered"

    def some(self, condition: str, values: Sequence[Any] = ()) -> list[int]:
        """Numbers of the first two rows for which ``condition`` on ``raw`` holds."""
        found = self.all(
            f"SELECT row FROM {self.numbered()} AS raw WHERE {condition} ORDER BY row LIMIT 2", values
        )
        return [int(row) for (row,) in found]

    def first(self, condition: str, values: Sequence[Any] = ()) -> int:
        """Number of the first such row."""
        return self.some(condition, values)[0]


def open_rows(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    """Open a list; raises InputError where it has no headings the place file knows."""
    if path.suffix.lower() == ".csv":
        return _open_csv(path, lists, database)
    return _open_sheet(path, lists, database)


def _open_csv(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    """Lines above the headings that are no plain lines, the database would miscount: then row by row."""
    head = texts.head(path)
    for separator in texts.SEPARATORS:
        first = texts.first_records(head, separator, LATEST_HEADING)
        for number, (row, is_plain) in enumerate(first, 1):
            if columns := find_columns(row, lists, path.name):
                records = partial(texts.records, path, separator, columns.width, number)
                if not is_plain or _PATTERN & set(str(path)):
                    return _copied(path, columns, records(), database)
                return _scanned(path, columns, separator, number, records, database)
    raise no_headings(path.name, lists)


def _scanned(
    path: Path,
    columns: Columns,
    separator: str,
    skip: int,
    records: Callable[[], Records],
    database: duckdb.DuckDBPyConnection,
) -> Rows:
    """Let the database read the file itself, the mapped columns only."""
    names = ", ".join(f"'c{at}': 'VARCHAR'" for at in range(columns.width))
    chosen = ", ".join(
        f"c{columns.positions[name]} AS {name}" if name in columns.positions else f"NULL::VARCHAR AS {name}"
        for name in MEANINGS
    )
    file = str(path).replace("'", "''")
    source = (
        f"read_csv('{file}', header=false, auto_detect=false, all_varchar=true, delim='{separator}', quote='\"', escape='\"', "
        f"skip={skip}, columns={{{names}}}, strict_mode=true, null_padding=false, max_line_size=1048576, "
        "hive_partitioning=false, compression='none')"
    )
    rows = Rows(path.name, columns, database, records)
    rows.run(f"CREATE TABLE raw AS SELECT * FROM (SELECT {chosen} FROM {source}) WHERE {_filled(columns)}")
    return rows


def _open_sheet(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    book = open_workbook(path, LARGEST_LIST)
    for name in book.names:
        rows = enumerate(book.iterate(name), 1)
        for _, row in itertools.islice(rows, LATEST_HEADING):
            if columns := find_columns([_text(cell) for cell in row], lists, f"{path.name}, sheet {name}"):
                return _copied(path, columns, rows, database)
    raise no_headings(path.name, lists)


def _copied(path: Path, columns: Columns, records: Records, database: duckdb.DuckDBPyConnection) -> Rows:
    _copy(records, columns, database, "raw")
    return Rows(path.name, columns, database)


def _copy(records: Records, columns: Columns, database: duckdb.DuckDBPyConnection, table: str) -> None:
    """Copy the mapped columns into a table, piece by piece."""
    texts = ", ".join(f"{name} VARCHAR" for name in MEANINGS)
    database.execute(f"CREATE TABLE {table} (row BIGINT, {texts})")
    while piece := list(itertools.islice(records, _CHUNK)):
        cells = {name: pa.array(_column(piece, name, columns), pa.string()) for name in MEANINGS}
        database.register("piece", pa.table({"row": pa.array([at for at, _ in piece], pa.int64())} | cells))
        database.execute(f"INSERT INTO {table} SELECT * FROM piece WHERE {_filled(columns)}")
        database.unregister("piece")


def _filled(columns: Columns) -> str:
    """SQL for a row that is not blank as far as it is read."""
    return " OR ".join(f"trim({name}) <> ''" for name in columns.positions)


def _column(piece: list[tuple[int, Sequence[Any]]], name: str, columns: Columns) -> list[str | None]:
    """One mapped column as texts; None where the list has no such column."""
    at = columns.positions.get(name)
    if at is None:
        return [None] * len(piece)
    as_text = _day if name in DATES else _text
    return [as_text(row[at]) if at < len(row) else None for _, row in piece]


def _day(cell: Any) -> str:
    """A cell of a date as text; Excel's own number for a day is one too."""
    if isinstance(cell, float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return (_EPOCH + dt.timedelta(days=int(cell))).isoformat()
    return _text(cell)


def _text(cell: Any) -> str:
    """A cell as text: dates as days, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (dt.datetime, dt.date)):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
