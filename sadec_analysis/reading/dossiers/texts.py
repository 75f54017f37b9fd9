"""A list in CSV, record by record: its encoding, and the records as a spreadsheet numbers them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.reading.texts import as_text

SEPARATORS = (";", ",", "\t")
_HEAD = 2**20


def head(path: Path) -> str:
    """The beginning of a file as text; its encoding is checked like that of any text."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEAD)
    except OSError as error:
        raise InputError(
            path, f"cannot be read: {error.strerror}", remedy="check that you may read it"
        ) from None
    return as_text(data[: data.rfind(b"\n") + 1] or data, path)


def first_records(text: str, separator: str, most: int) -> Iterator[tuple[list[str], bool]]:
    """Yield the first records, and whether each and all before it stand on one line each, without quotes.

    Ends before a record that cannot be read: the headings come before it, or not at all.
    """
    lines = list(io.StringIO(text, newline=""))
    reader, is_plain = csv.reader(lines, delimiter=separator), True
    try:
        for number, record in zip(range(1, most + 1), reader, strict=False):
            yield record, is_plain and reader.line_num == number
            is_plain = is_plain and reader.line_num == number and '"' not in lines[number - 1]
    except csv.Error:
        return


def records(path: Path, separator: str, width: int, start: int) -> Iterator[tuple[int, list[str]]]:
    """Yield the records after the ``start``-th with their numbers; blank ones are left out.

    Raises InputError, without what the file holds, for a record of another width, for quotes
    left open and for bytes that are no UTF-8.
    """
    number = 0
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            for number, record in enumerate(csv.reader(_lines(file), delimiter=separator, strict=True), 1):
                if number > start and record:
                    if len(record) != width:
                        raise _unreadable(
                            path, number, f"{len(record)} columns", f"{width}, like the headings"
                        )
                    yield number, record
    except csv.Error:
        raise _unreadable(
            path, number + 1, "quotes left open, text after a closing quote, or a cell without end", None
        ) from None
    except UnicodeEncodeError:
        raise _unreadable(path, number + 1, "bytes that are no UTF-8", None) from None


def _lines(file: io.TextIOWrapper) -> Iterator[str]:
    """Yield the lines of a file; one too long for memory ends the reading."""
    while line := file.readline(_HEAD):
        line.encode()  # fails at a byte that was no UTF-8, in the very line it stands in
        if len(line) == _HEAD:
            raise csv.Error
        yield line


def _unreadable(path: Path, number: int, got: str, expected: str | None) -> InputError:
    return InputError(
        f"{path.name}, row {number}", "cannot be read as a row of the table", got=got, expected=expected,
        remedy="mend the row, or export the list again",
    )  # fmt: skip
