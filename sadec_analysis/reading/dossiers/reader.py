"""Lists of dossiers exported from the one-stop system: counted, never copied.

Only the columns the place file maps are ever read. What must be kept while counting is kept
in memory and in a temporary folder of which nothing stays, and what leaves this module are counts.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb

from sadec_analysis.errors import InputError
from sadec_analysis.reading.dossiers import counts
from sadec_analysis.reading.dossiers.columns import DATES
from sadec_analysis.reading.dossiers.opening import open_rows
from sadec_analysis.reading.dossiers.rows import Rows
from sadec_analysis.reading.dossiers.sums import TABLES, sum_up
from sadec_analysis.reading.dossiers.typed import NUMBER, WORDS, date, is_bad, read_head, type_rows
from sadec_analysis.reading.dossiers.words import translate
from sadec_analysis.reading.observations import Observer

_MOST_VALUES = 20_000


def read_dossiers(path: Path, observer: Observer) -> None:
    """Count a list of dossiers into figures (``counted``) and tallies of the place's units.

    Raises InputError for headings that cannot be mapped, and, naming the row and never the
    cell, for a date, unit or number of fields that cannot be; for a dossier listed twice;
    and for a list in which nothing happened in the month.
    """
    with tempfile.TemporaryDirectory(prefix="sadec-") as folder, _database(folder) as database:
        rows = open_rows(path, observer.place.dossiers, database)
        read_head(rows)
        _require_words(rows, "head")
        type_rows(rows)
        sum_up(rows, observer.month)
        found = rows.named(
            "SELECT sum(dossiers) AS dossiers, sum(bad) AS bad, sum(early) AS early FROM by_month"
        )[0]
        _require_rows(rows, found["dossiers"])
        translate(rows, observer)
        _require_sound(rows, found["bad"], found["early"])
        _count(rows, observer, found["dossiers"])


def _database(folder: str) -> duckdb.DuckDBPyConnection:
    """A database that puts what does not fit into its memory into a folder that goes away."""
    settings = {
        "memory_limit": "1GB", "threads": "2", "temp_directory": folder, "preserve_insertion_order": "false",
    }  # fmt: skip
    database = duckdb.connect(config=dict(settings))
    if database.sql("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
        database.execute("SET enable_progress_bar = false")  # in Jupyter, where it is off, it cannot be set
    return database


def _require_rows(rows: Rows, dossiers: int | None) -> None:
    if not dossiers:
        raise InputError(rows.name, "lists no dossier", expected="a row for each dossier below the headings")
    for table in TABLES:
        _require_words(rows, table)


def _require_words(rows: Rows, table: str) -> None:
    """Refuse a column that should hold few different texts and holds too many to be one.

    Asked of the first rows before anything is summed up, for sums by people's names could fill a disk.
    """
    for name in (each for each in WORDS if each in TABLES.get(table, WORDS)):
        if rows.one(f"SELECT count(DISTINCT {name}) FROM {table}") > _MOST_VALUES:
            raise InputError(
                f"{rows.name}, {rows.columns.heading(name)}", "holds too many different values", got=f"more than {_MOST_VALUES}",
                remedy="check that the place file maps the right column",
            )  # fmt: skip


def _require_sound(rows: Rows, bad: int, early: int) -> None:
    """Refuse dates that cannot be read, results before receipt, and dossiers listed twice."""
    if bad:
        row, column = min((row, column) for column in DATES for row in rows.some(is_bad(rows, column)))
        raise InputError(
            f"{rows.name}, row {row}, {rows.columns.heading(column)}", "has a date that cannot be read", got=f"{bad} such rows",
            expected="31/12/2022 or 2022-12-31, a day that exists", remedy="mend the dates in the one-stop system, or in the list",
        )  # fmt: skip
    if early:
        row = rows.first(f"{date(rows, 'finished')} < {date(rows, 'received')}")
        raise InputError(
            f"{rows.name}, row {row}", "was finished before it was received", got=f"{early} such rows",
            remedy="mend the dates in the list",
        )  # fmt: skip
    if rows.one("SELECT count(number) - count(DISTINCT number) FROM dossier"):
        raise _listed_twice(rows)


def _listed_twice(rows: Rows) -> InputError:
    twice = rows.all(
        "SELECT number FROM dossier WHERE number IS NOT NULL GROUP BY 1 HAVING count(*) > 1 LIMIT 1"
    )
    listed = rows.some(f"{NUMBER} = ?", [twice[0][0]])
    return InputError(
        f"{rows.name}, rows {' and '.join(map(str, listed))}", "list the same dossier twice", remedy="keep one row for each dossier"
    )  # fmt: skip


def _count(rows: Rows, observer: Observer, listed: int) -> None:
    if not rows.one("SELECT sum(received + due + finished) FROM by_month"):
        span = rows.all(
            "SELECT strftime(min(received), '%Y-%m'), strftime(max(received), '%Y-%m') FROM dossier"
        )[0]
        raise InputError(
            rows.name,
            "the list is of another month",
            got=f"{span[0]} to {span[1]}",
            expected=observer.month,
            remedy="file it under the month it covers",
        )
    observer.reading.remarks += counts.remarks(rows, listed)
    observer.reading.figures += counts.figures(rows, observer)
    observer.reading.tallies += counts.tallies(rows, observer)
