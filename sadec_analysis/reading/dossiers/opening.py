"""A list opened by the form it has: CSV, a workbook, or Parquet."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import partial
from pathlib import Path

import duckdb

from sadec_analysis.places import DossierLists
from sadec_analysis.reading.dossiers import texts
from sadec_analysis.reading.dossiers.cells import Records, as_text, copy
from sadec_analysis.reading.dossiers.columns import (
    LATEST_HEADING,
    MEANINGS,
    Columns,
    find_columns,
    no_headings,
)
from sadec_analysis.reading.dossiers.parquet import open_parquet
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.sheets import open_workbook

LARGEST_LIST = 20_000_000  # about 2 GB in memory; a longer list can be given as .csv
_PATTERN = frozenset("*?[")  # in a name, the database takes these for a pattern of many files


def open_rows(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    """Open a list; raises InputError where it has no headings the place file knows."""
    ending = path.suffix.lower()
    known = {".csv": _open_csv, ".parquet": open_parquet}
    return known.get(ending, _open_sheet)(path, lists, database)


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
    rows = Rows(path.name, columns, database, records)
    rows.run(
        f"CREATE TEMP VIEW raw AS SELECT {chosen} FROM read_csv('{file}', header=false, auto_detect=false, "
        f"all_varchar=true, delim='{separator}', quote='\"', escape='\"', skip={skip}, columns={{{names}}}, "
        "strict_mode=true, null_padding=false, max_line_size=1048576, hive_partitioning=false, compression='none')"
    )
    return rows


def _open_sheet(path: Path, lists: DossierLists, database: duckdb.DuckDBPyConnection) -> Rows:
    book = open_workbook(path, LARGEST_LIST)
    for name in book.names:
        rows = enumerate(book.iterate(name), 1)
        for _, row in itertools.islice(rows, LATEST_HEADING):
            if columns := find_columns([as_text(cell) for cell in row], lists, f"{path.name}, sheet {name}"):
                return _copied(path, columns, rows, database)
    raise no_headings(path.name, lists)


def _copied(path: Path, columns: Columns, records: Records, database: duckdb.DuckDBPyConnection) -> Rows:
    copy(records, columns, database, "raw")
    return Rows(path.name, columns, database)
