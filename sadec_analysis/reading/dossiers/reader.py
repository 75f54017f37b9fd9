"""Lists of dossiers exported from the one-stop system: counted, never copied.

Only the columns the place file maps are ever read. The list is typed into a temporary
database beside which nothing of it stays, and what leaves this module are counts.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import duckdb
import pyarrow as pa

from sadec_analysis.errors import InputError
from sadec_analysis.names import nearest
from sadec_analysis.reading.dossiers import counts
from sadec_analysis.reading.dossiers.columns import Columns
from sadec_analysis.reading.dossiers.rows import DATES, Rows, open_rows
from sadec_analysis.reading.observations import Observer, Remark, Unread

_MOST_VALUES = 20_000
_WORDS = ("unit", "channel", "paid", "rating", "procedure", "field")
_NUMBER = "CASE WHEN trim(raw.number) <> '' THEN hash(trim(raw.number)) END"
# %Y alone would read the year 22; the check of years below refuses it.
_DATE_FORMS = ", ".join(
    f"'{day}{time}'"
    for day in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y")
    for time in ("", " %H:%M", " %H:%M:%S", "T%H:%M:%S")
)


def read_dossiers(path: Path, observer: Observer) -> None:
    """Count a list of dossiers into figures (``counted``) and tallies of the place's units.

    Raises InputError for headings that cannot be mapped, and, naming the row and never the
    cell, for a date, unit or number of fields that cannot be; for a dossier listed twice;
    and for a list in which nothing happened in the month.
    """
    with tempfile.TemporaryDirectory(prefix="sadec-") as folder, _database(folder) as database:
        rows = open_rows(path, observer.place.dossiers, database)
        _require_rows(rows)
        _type(rows, observer)
        _require_sound(rows)
        _count(rows, observer)


def _database(folder: str) -> duckdb.DuckDBPyConnection:
    """A database in a folder that goes away, so that a long list need not fit into memory."""
    settings = {
        "memory_limit": "1GB", "threads": "2", "temp_directory": folder, "preserve_insertion_order": "false",
    }  # fmt: skip
    database = duckdb.connect(str(Path(folder) / "list.duckdb"), config=dict(settings))
    if database.sql("SELECT current_setting('enable_progress_bar')").fetchall() == [(True,)]:
        database.execute("SET enable_progress_bar = false")  # in Jupyter, where it is off, it cannot be set
    return database


def _require_rows(rows: Rows) -> None:
    if not rows.one("SELECT count(*) FROM raw"):
        raise InputError(rows.name, "lists no dossier", expected="a row for each dossier below the headings")


def _type(rows: Rows, observer: Observer) -> None:
    """Make the table ``dossier``: units by code, words by meaning, dates as dates, the number only as a hash."""
    for name, words in (("unit", _units(rows, observer)), *_meanings(rows, observer)):
        said = {"said": pa.array(words, pa.string()), "meaning": pa.array(words.values(), pa.string())}
        rows.database.register("words", pa.table(said))
        rows.database.execute(f"CREATE TEMP TABLE {name}_word AS SELECT * FROM words")
        rows.database.unregister("words")
    dates = ", ".join(f"{_date(column)} AS {column}" for column in DATES)
    meanings = ", ".join(f"{name}_word.meaning AS {name}" for name in _WORDS)
    joins = " ".join(
        f"LEFT JOIN {name}_word ON {name}_word.said = coalesce(raw.{name}, '')" for name in _WORDS
    )
    rows.run(
        f"CREATE TABLE dossier AS SELECT {_NUMBER} AS number, {meanings}, {dates}, "
        f"regexp_matches(raw.fee, '[1-9]') AS has_fee, "
        f"{' OR '.join(_is_bad(column) for column in ('received', 'due', 'finished'))} AS is_bad FROM raw {joins}"
    )


def _date(column: str) -> str:
    """SQL for a date: a time of day is dropped; what is no date of this century is null."""
    read = f"CAST(try_strptime(trim(raw.{column}), [{_DATE_FORMS}]) AS DATE)"
    return f"CASE WHEN year({read}) BETWEEN 2000 AND 2099 THEN {read} END"


def _is_bad(column: str) -> str:
    needed = " OR raw.received IS NULL OR trim(raw.received) = ''" if column == "received" else ""
    return f"(trim(raw.{column}) <> '' AND {_date(column)} IS NULL{needed})"


def _units(rows: Rows, observer: Observer) -> dict[str, str]:
    """Codes by the texts of the unit column; raises InputError for one that is no unit, without repeating it."""
    known: dict[str, str] = {}
    place = observer.place
    for text in _distinct(rows, "unit"):
        unit = place.by_code.get(text.strip().upper()) or place.find(text)
        if unit not in place.own:
            row = rows.first("coalesce(unit, '') = ?", [text])
            own = [each.name for each in place.own]
            names = ", ".join(nearest(text, own) or own[:3])
            raise InputError(
                f"{rows.name}, row {row}, {rows.columns.heading('unit')}", "is no unit of the place",
                expected=f"a unit of {place.id}.toml, such as {names}", remedy="mend the name, or add the spelling to the place file",
            )  # fmt: skip
        known[text] = unit.code
    listed = set(known.values())
    observer.reading.missing += [
        Unread(rows.name, "rows", unit.name) for unit in place.own if unit.code not in listed
    ]
    return known


def _meanings(rows: Rows, observer: Observer) -> Iterator[tuple[str, dict[str, str]]]:
    """Meanings by the texts of a column; where the place file knows no meaning of a text, its dossiers are counted.

    Nothing in the column for payment is a dossier not paid online yet.
    """
    lists = observer.place.dossiers
    for name in ("procedure", "field"):
        yield name, {text: " ".join(normalize("NFC", text).split()) for text in _distinct(rows, name)}
    for name, words in (("channel", lists.channels), ("paid", lists.paid), ("rating", lists.ratings)):
        known = {text: meaning for text in _distinct(rows, name) if (meaning := Columns.meaning(text, words))}
        unknown = rows.one(
            f"SELECT count(*) FROM raw WHERE trim({name}) <> '' AND {name} NOT IN (SELECT unnest(?::VARCHAR[]))",
            [list(known)],
        )
        if unknown:
            observer.reading.remarks.append(Remark(f"unknown_{name}", rows.name, "rows", str(unknown)))
        yield name, known | ({"": "other"} if name == "paid" and name in rows.columns.positions else {})


def _distinct(rows: Rows, column: str) -> list[str]:
    """The different texts of a column that should hold few; raises InputError where it holds too many to be one."""
    found = rows.all(f"SELECT DISTINCT coalesce({column}, '') FROM raw LIMIT {_MOST_VALUES + 1}")
    if len(found) > _MOST_VALUES:
        raise InputError(
            f"{rows.name}, {rows.columns.heading(column)}", "holds too many different values", got=f"more than {_MOST_VALUES}",
            remedy="check that the place file maps the right column",
        )  # fmt: skip
    return sorted(text for (text,) in found if column == "unit" or text.strip())


def _require_sound(rows: Rows) -> None:
    """Refuse dates that cannot be read, results before receipt, and dossiers listed twice."""
    if bad := rows.one("SELECT count(*) FROM dossier WHERE is_bad"):
        row, column = min((row, column) for column in DATES for row in rows.some(_is_bad(column)))
        raise InputError(
            f"{rows.name}, row {row}, {rows.columns.heading(column)}", "has a date that cannot be read", got=f"{bad} such rows", expected="31/12/2022 or 2022-12-31, a day that exists",
            remedy="mend the dates in the one-stop system, or in the list",
        )  # fmt: skip
    if early := rows.one("SELECT count(*) FROM dossier WHERE finished < received"):
        row = rows.first(f"{_date('finished')} < {_date('received')}")
        raise InputError(
            f"{rows.name}, row {row}",
            "was finished before it was received",
            got=f"{early} such rows",
            remedy="mend the dates in the list",
        )
    twice = rows.all(
        "SELECT number FROM dossier WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1 LIMIT 1"
    )
    if twice:
        listed = rows.some(f"{_NUMBER} = ?", [twice[0][0]])
        raise InputError(
            f"{rows.name}, rows {' and '.join(map(str, listed))}",
            "list the same dossier twice",
            remedy="keep one row for each dossier",
        )


def _count(rows: Rows, observer: Observer) -> None:
    month = observer.month
    rows.run(counts.view(month))
    if not rows.one("SELECT count(*) FROM known WHERE received_now OR due_now OR finished_now"):
        span = rows.all(
            "SELECT strftime(min(received), '%Y-%m'), strftime(max(received), '%Y-%m') FROM dossier"
        )[0]
        raise InputError(
            rows.name,
            "the list is of another month",
            got=f"{span[0]} to {span[1]}",
            expected=month,
            remedy="file it under the month it covers",
        )
    observer.reading.remarks += counts.remarks(rows)
    observer.reading.figures += counts.figures(rows, observer)
    observer.reading.tallies += counts.tallies(rows, observer)
