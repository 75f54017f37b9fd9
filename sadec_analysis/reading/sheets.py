"""Workbooks opened safely: values only, and no sheet larger than memory allows."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from sadec_analysis.errors import InputError
from sadec_analysis.reading.doors import require_archive, windows

_SHEET = re.compile(r"xl/(?:worksheets|chartsheets|dialogsheets|macrosheets)/[^/]+\.xml", re.IGNORECASE)
_STRINGS = re.compile(r"xl/sharedStrings\.xml", re.IGNORECASE)
_COUNT = re.compile(rb"""[cC]ount\s*=\s*["']\s*\+?(\d+)""")
_TAG = re.compile(rb"""<(?:\w+:)?(row|c)\b([^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*)>""")
_REFERENCE = re.compile(
    rb"""^(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*?\s+r\s*=\s*["']([A-Za-z]{0,4})(\d{1,9})["']"""
)
_LONGEST_TAG = 4096
LARGEST_SHEET = 4_000_000  # cells between A1 and the last one: they are all held at once


Rows = list[list[Any]]


def letters(at: int) -> str:
    """Name a column, the first one 0, as a spreadsheet does.

    >>> letters(0), letters(25), letters(26)
    ('A', 'Z', 'AA')
    """
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)  # noqa: PLR2004 - letters


@dataclass(frozen=True)
class Workbook:
    """A workbook opened for its values: formulas give the value stored with them."""

    path: Path
    book: CalamineWorkbook

    @property
    def names(self) -> tuple[str, ...]:
        """Names of its sheets, in order."""
        return tuple(self.book.sheet_names)

    def rows(self, name: str) -> Rows:
        """All rows of a sheet from A1 on; empty cells are ""."""
        return list(self.iterate(name))

    def iterate(self, name: str) -> Iterator[list[Any]]:
        """Yield the rows of a sheet from A1 on; raises InputError where it is damaged."""
        try:
            sheet = self.book.get_sheet_by_name(name)
        except (CalamineError, OSError, ValueError) as error:
            raise _damaged(f"{self.path}, sheet {name}") from error
        if sheet.start is None:
            return
        left = sheet.start[
            1
        ]  # rows above the first filled one come with the others, columns left of it do not
        yield from ([""] * left + row for row in sheet.iter_rows())


def open_workbook(path: Path, largest: int = LARGEST_SHEET) -> Workbook:
    """Open a workbook; raises InputError where it is none, or where a sheet stretches over more than ``largest`` cells."""
    require_archive(path, "xl/workbook.xml")
    _require_modest(path, largest)
    try:
        return Workbook(path, CalamineWorkbook.from_path(path))
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(path) from error


def _damaged(where: object) -> InputError:
    return InputError(where, "cannot be read as a workbook", remedy="open it in Excel and save it again")


def _require_modest(path: Path, largest: int) -> None:
    """The reader lays out every cell up to the last one, so one far cell would take all memory; so would a count of texts."""
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            if _SHEET.fullmatch(info.filename) and (cells := _span(archive, info)) > largest:
                raise InputError(
                    path, "has a sheet stretched over too many cells", got=f"{cells:,} in {info.filename}", expected=f"at most {largest:,}",
                    remedy="delete what stands far to the right or far below, or give the list as .csv",
                )  # fmt: skip
            if _STRINGS.search(info.filename) and _overstates(archive, info):
                raise _damaged(path)


def _overstates(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the list of texts says it has more of them than it has bytes."""
    said = (found for window in windows(archive, info) for found in _COUNT.findall(window))
    return any(len(count) > len(str(info.file_size)) or int(count) > info.file_size for count in said)


def _span(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    """Number of cells from A1 to the last row and the last column with a cell; empty rows count for nothing."""
    columns = rows = row = column = 0
    for name, attributes in _tags(archive, info):
        found = _REFERENCE.search(attributes)
        if name == b"row":
            row, column = int(found[2]) if found else row + 1, 0
            continue
        # A cell without a reference stands right of the one before.
        column, row = (_number(found[1]), int(found[2])) if found else (column + 1, row)
        columns = max(columns, column)
        rows = max(rows, row)
    return columns * rows


def _tags(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[tuple[bytes, bytes]]:
    """Yield the name and the attributes of each row and cell, in order."""
    told = 0  # how much of a window the one before has told already
    for window in windows(archive, info, _LONGEST_TAG):
        for tag in _TAG.finditer(window):
            if tag.end() > told:
                yield tag[1], tag[2]
        told = _LONGEST_TAG


@cache
def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
