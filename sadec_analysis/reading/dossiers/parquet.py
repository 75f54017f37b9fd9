"""A list in Parquet: its headings are the names of its columns, and each mapped column must be of a type that can hold it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from sadec_analysis.errors import InputError
from sadec_analysis.places import DossierLists
from sadec_analysis.reading.dossiers.columns import DATES, MEANINGS, Columns, find_columns, no_headings
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.texts import kind_of

_MARK = b"PAR1"
_PATTERN = str.maketrans(
    {each: f"[{each}]" for each in "*?["}
)  # the database takes these for a pattern of many files


def open_parquet(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    """Open a list in Parquet as it lies; its first dossier is row 1.

    Raises InputError for what is no sound Parquet file, for headings the place file does not
    know, and for a column of another type than a text, a number or, for a date, a day.
    """
    schema = _schema(path)
    columns = find_columns(schema.names, lists, path.name)
    if columns is None:
        raise no_headings(path.name, lists, "no column for each date and the unit")
    kinds = {name: _kind(schema.field(at).type) for name, at in columns.positions.items()}
    for name, at in columns.positions.items():
        _require_kind(path, columns.heading(name), name, schema.field(at).type, kinds[name])
    days = frozenset(name for name in DATES if kinds[name] == "day")
    rows = Rows(path.name, columns, database, days=days, sound="a sound Parquet file, texts in UTF-8")
    chosen = ", ".join(_column(name, columns, kinds) for name in MEANINGS)
    file = str(path).translate(_PATTERN).replace("'", "''")
    rows.run(
        f"CREATE TEMP VIEW raw AS SELECT file_row_number + 1 AS row, {chosen} "
        f"FROM read_parquet('{file}', file_row_number=true, hive_partitioning=false)"
    )
    return rows


def _schema(path: Path) -> pa.Schema:
    """The names and types of the columns; raises InputError for what is no sound Parquet file."""
    wanted = "a Parquet table"
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError as error:
        raise InputError(
            path, f"cannot be read: {error.strerror}", remedy="check that you may read it"
        ) from None
    if not head:
        raise InputError(path, "is empty", expected=wanted, remedy="export or save it again")
    if not head.startswith(_MARK):
        got = "a Parquet table protected by a key" if head.startswith(b"PARE") else kind_of(head)
        raise InputError(path, "is another kind of file", got=got, expected=wanted, remedy="check the name")
    try:
        return pq.read_schema(path)
    except (pa.ArrowException, OSError, ValueError):  # their text may repeat what the file holds
        raise InputError(
            path, "is damaged or cut short", expected=wanted, remedy="fetch or save it again"
        ) from None


def _kind(found: pa.DataType) -> str | None:
    """What a column can hold: ``text``, ``whole`` or ``broken`` numbers, ``day``; None for anything else.

    >>> _kind(pa.string()), _kind(pa.dictionary(pa.int8(), pa.string())), _kind(pa.timestamp("us"))
    ('text', 'text', 'day')
    >>> _kind(pa.int64()), _kind(pa.float64()), _kind(pa.list_(pa.string())), _kind(pa.timestamp("us", "UTC"))
    ('whole', 'broken', None, None)
    """
    if types.is_dictionary(found):
        return _kind(found.value_type)
    known = {
        "text": types.is_string(found) or types.is_large_string(found) or types.is_null(found),
        "whole": types.is_integer(found),
        "broken": types.is_floating(found) or types.is_decimal(found),
        "day": types.is_date(found) or (types.is_timestamp(found) and found.tz is None),
    }
    return next((kind for kind, is_so in known.items() if is_so), None)


def _require_kind(path: Path, heading: str, name: str, found: pa.DataType, kind: str | None) -> None:
    """Raise InputError for a column whose type cannot hold what it should: a number is no date, a date no unit."""
    is_date = name in DATES
    expected = "texts, or dates without a time zone" if is_date else "texts or numbers"
    if kind not in ({"text", "day"} if is_date else {"text", "whole", "broken"}):
        got = "a nested type" if types.is_nested(found) else str(found)
        raise InputError(
            f"{path.name}, {heading}", "is a column of another type", got=got, expected=expected,
            remedy="export the list again with this column as text",
        )  # fmt: skip


def _column(name: str, columns: Columns, kinds: dict[str, str | None]) -> str:
    """SQL for a mapped column: a time of day is dropped, and a whole number is written without a fraction, as in a workbook."""
    if name not in columns.positions:
        return f"NULL::VARCHAR AS {name}"
    column = '"' + columns.headings[name].replace('"', '""') + '"'
    as_text = f"CAST({column} AS VARCHAR)"
    written = {
        "day": f"CAST({column} AS DATE)",
        "broken": f"CASE WHEN trunc({column}) = {column} THEN coalesce(CAST(TRY_CAST({column} AS HUGEINT) AS VARCHAR), {as_text}) ELSE {as_text} END",
    }
    return f"{written.get(kinds[name] or '', as_text)} AS {name}"
