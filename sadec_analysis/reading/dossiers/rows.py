"""An open list: the relation ``raw`` of its mapped columns, and the numbers of its rows where one must be told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from sadec_analysis.errors import InputError, RunError
from sadec_analysis.reading.dossiers.cells import Records, copy
from sadec_analysis.reading.dossiers.columns import REQUIRED, Columns

# What the database says of these repeats what the file holds, so it is told in our words.
_ABOUT_THE_FILE = (
    duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException, duckdb.SerializationException,
)  # fmt: skip


@dataclass(frozen=True)
class Rows:
    """A list opened as the relation ``raw``: one text column per meaning, null where the list has none.

    ``raw`` has the number of each ``row``, too, but for a list that the database reads from the file
    in any order: there ``records`` gives the rows once more, with their numbers. ``days`` names the
    columns that hold dates and not texts; ``sound`` says what a file that can be read looks like.
    """

    name: str
    columns: Columns
    database: duckdb.DuckDBPyConnection
    records: Callable[[], Records] | None = None
    days: frozenset[str] = frozenset()
    sound: str = "UTF-8, one kind of line end, the same number of columns in every row"

    def run(self, sql: str, values: Sequence[Any] = ()) -> duckdb.DuckDBPyConnection:
        """Run SQL; an error about the file is told without what the file holds."""
        try:
            return self.database.execute(sql, list(values))
        except _ABOUT_THE_FILE:
            pass
        except duckdb.Error as error:
            if (
                type(error) is not duckdb.Error
            ):  # of no class of its own: how broken pages of Parquet are told
                raise RunError(self.name, f"the list cannot be counted: {type(error).__name__}") from None
        for _ in self.records() if self.records else ():
            pass
        raise InputError(
            self.name, "cannot be read as a table", expected=self.sound, remedy="export the list again"
        )

    def all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self.run(sql, values).fetchall()

    def one(self, sql: str, values: Sequence[Any] = ()) -> int:
        """The one number a query gives."""
        return int(self.all(sql, values)[0][0])

    def named(self, sql: str) -> list[dict[str, Any]]:
        """All rows of a query, each by the names of its columns."""
        found = self.run(sql)
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def given(self, name: str) -> str:
        """SQL for whether a row of ``raw`` has something in a column."""
        return f"raw.{name} IS NOT NULL" if name in self.days else f"coalesce(trim(raw.{name}), '') <> ''"

    @property
    def filled(self) -> str:
        """SQL for a row of ``raw`` that is not blank as far as it is read; what each row has is asked first."""
        first = (*REQUIRED, *(name for name in self.columns.positions if name not in REQUIRED))
        return f"({' OR '.join(self.given(name) for name in first)})"

    def some(self, condition: str, values: Sequence[Any] = ()) -> list[int]:
        """Numbers of the first two rows for which ``condition`` on ``raw`` holds."""
        found = self.all(
            f"SELECT row FROM {self._numbered()} AS raw WHERE {self.filled} AND {condition} ORDER BY row LIMIT 2",
            values,
        )
        return [int(row) for (row,) in found]

    def first(self, condition: str, values: Sequence[Any] = ()) -> int:
        """Number of the first such row."""
        return self.some(condition, values)[0]

    def _numbered(self) -> str:
        """Name of the relation of the rows with their numbers."""
        if self.records is None:
            return "raw"
        if not self.all("SELECT 1 FROM duckdb_tables() WHERE table_name = 'numbered'"):
            copy(self.records(), self.columns, self.database, "numbered")
        return "numbered"
