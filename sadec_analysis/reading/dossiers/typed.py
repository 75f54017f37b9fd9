"""The rows of a list typed: dates as dates, the number only as a hash, words as they are written."""

from __future__ import annotations

from sadec_analysis.reading.dossiers.columns import DATES
from sadec_analysis.reading.dossiers.rows import Rows

WORDS = ("unit", "channel", "paid", "rating", "procedure", "field")
NUMBER = "CASE WHEN trim(raw.number) <> '' THEN hash(trim(raw.number)) END"
_HEAD = 100_000
# %Y alone would read the year 22; the check of years below refuses it.
_DATE_FORMS = ", ".join(
    f"'{day}{time}'"
    for day in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
    for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
)


def date(rows: Rows, column: str) -> str:
    """SQL for a date: a time of day is dropped; what is no date of this century is null."""
    is_day = column in rows.days
    read = f"raw.{column}" if is_day else f"CAST(try_strptime(trim(raw.{column}), [{_DATE_FORMS}]) AS DATE)"
    return f"CASE WHEN {read} BETWEEN DATE '2000-01-01' AND DATE '2099-12-31' THEN {read} END"


def is_bad(rows: Rows, column: str) -> str:
    """SQL for a date that is there and cannot be read, or, of receipt, is not there."""
    wrong = "true" if column == "received" else rows.given(column)
    return f"CASE WHEN {date(rows, column)} IS NULL THEN {wrong} ELSE false END"


def type_rows(rows: Rows) -> None:
    """Make the relation ``dossier``, a row for each of the list.

    What the database reads from CSV it keeps, so that the file is parsed once; the other forms
    are quick to read again and stay where they are. A word known from ``head`` is kept as a number
    in the column of its name, any other as it is in the column called ``_new``.
    """
    for name in WORDS:
        rows.run(
            f"CREATE TYPE {name}_word AS ENUM (SELECT DISTINCT {name} FROM head WHERE {name} IS NOT NULL)"
        )
    words = ", ".join(f"{_known(name)} AS {name}, {_new(name)} AS {name}_new" for name in WORDS)
    kept = "VIEW" if rows.records is None else "TABLE"
    rows.run(f"CREATE TEMP {kept} dossier AS SELECT {words}, {_others(rows)} FROM raw")


def read_head(rows: Rows) -> None:
    """Make the table ``head``: the words of the first rows, most of those there are in the whole list."""
    rows.run(f"CREATE TEMP TABLE head AS SELECT {', '.join(WORDS)} FROM raw LIMIT {_HEAD}")


def _known(name: str) -> str:
    return f"TRY_CAST(raw.{name} AS {name}_word)"


def _new(name: str) -> str:
    return f"CASE WHEN {_known(name)} IS NULL THEN raw.{name} END"


def _others(rows: Rows) -> str:
    """SQL for all that is no word."""
    dates = ", ".join(f"{date(rows, column)} AS {column}" for column in DATES)
    bad = " OR ".join(is_bad(rows, column) for column in DATES)
    return (
        f"{NUMBER} AS number, {dates}, regexp_matches(raw.fee, '[1-9]') AS has_fee, "
        f"CASE WHEN {date(rows, 'received')} IS NULL THEN {rows.filled} ELSE true END AS is_filled, ({bad}) AS is_bad"
    )
