"""Records read one by one copied into a table of texts, the mapped columns only."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from sadec_analysis.reading.dossiers.columns import DATES, MEANINGS, Columns

_CHUNK = 50_000
_FIRST_SERIAL, _LAST_SERIAL = 36526, 73050  # days of 2000 to 2099 as Excel counts them
_EPOCH = dt.date(1899, 12, 30)
Records = Iterator[tuple[int, Sequence[Any]]]


def copy(records: Records, columns: Columns, database: duckdb.DuckDBPyConnection, table: str) -> None:
    """Copy the mapped columns of rows that are not blank into ``table``, piece by piece, with the numbers of the rows."""
    texts = ", ".join(f"{name} VARCHAR" for name in MEANINGS)
    is_filled = " OR ".join(f"trim({name}) <> ''" for name in columns.positions)
    database.execute(f"CREATE TEMP TABLE {table} (row BIGINT, {texts})")
    while piece := list(itertools.islice(records, _CHUNK)):
        cells = {name: pa.array(_column(piece, name, columns), pa.string()) for name in MEANINGS}
        database.register("piece", pa.table({"row": pa.array([at for at, _ in piece], pa.int64())} | cells))
        database.execute(f"INSERT INTO {table} SELECT * FROM piece WHERE {is_filled}")
        database.unregister("piece")


def _column(piece: list[tuple[int, Sequence[Any]]], name: str, columns: Columns) -> list[str | None]:
    """One mapped column as texts; None where the list has no such column."""
    at = columns.positions.get(name)
    if at is None:
        return [None] * len(piece)
    written = _day if name in DATES else as_text
    return [written(row[at]) if at < len(row) else None for _, row in piece]


def _day(cell: Any) -> str:
    """A cell of a date as text; Excel's own number for a day is one too."""
    if isinstance(cell, float) and _FIRST_SERIAL <= cell <= _LAST_SERIAL:
        return (_EPOCH + dt.timedelta(days=int(cell))).isoformat()
    return as_text(cell)


def as_text(cell: Any) -> str:
    """A cell as text: dates as days, whole numbers without a fraction."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (dt.datetime, dt.date)):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
