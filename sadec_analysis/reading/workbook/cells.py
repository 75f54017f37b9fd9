"""One typed cell of the workbook: empty, a text as typed, or a number of the spreadsheet's own."""

from __future__ import annotations

import re
from decimal import Decimal

from sadec_analysis import numerals
from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure
from sadec_analysis.places import Unit
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.workbook.form import Column

_LONGEST = 40  # no number and no grade is longer; a text is not repeated beyond it
_PRINTED_DECIMALS = 2
_LARGEST = 10**15  # a spreadsheet keeps fifteen digits


def text_of(cell: object) -> str:
    """The text of a cell without the space around it; a number as Python writes it.

    >>> text_of("  51,53 "), text_of(5.0)
    ('51,53', '5.0')
    """
    return str(cell).strip()


def is_blank(cell: object) -> bool:
    """Whether nothing was typed: spaces are nothing."""
    return not text_of(cell)


def figure(observer: Observer, unit: Unit, column: Column, cell: object, place: str) -> Figure:
    """Read one cell that is not blank; raises InputError for what is no possible value of its column."""
    read = _figure(observer, unit, column, cell, place)
    if column.measure in ("rank", "rank_of") and read.value == 0:
        raise InputError(
            f"{observer.source}, {place}",
            "a rank cannot be 0",
            remedy="leave the cell empty where there is none",
        )
    return read


def _figure(observer: Observer, unit: Unit, column: Column, cell: object, place: str) -> Figure:
    where = f"{observer.source}, {place}"
    if isinstance(cell, str):
        text = text_of(cell)
        _require_number(text, column, where)
        _require_own_maximum(text, column, observer.rulebook.maximum(column.indicator), where)
        return observer.figure(unit, column.indicator, column.measure, text, place)
    if isinstance(cell, bool) or not isinstance(cell, (int, float)) or column.measure == "grade":
        got = cell if column.measure == "grade" else type(cell).__name__
        raise InputError(
            where, f"holds no {column.measure}", got=got, remedy="format the cell as text and type it again"
        )
    value = _exact(cell, column, where)
    write = numerals.show_change if column.measure == "change" else numerals.show
    return observer.valued(unit, column.indicator, column.measure, value, write(value), place)


def _require_number(text: str, column: Column, where: str) -> None:
    is_number = re.search(r"\d", text) is not None or column.measure == "grade"
    if not is_number or len(text) > _LONGEST:
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        raise InputError(
            where,
            f'cannot read "{shown}" as {column.measure}',
            remedy="write a number, or leave the cell empty",
        )


def _require_own_maximum(text: str, column: Column, maximum: float | None, where: str) -> None:
    """Refuse "9,7/20" of 18 points, and "05/12" where one number is asked for."""
    stated = re.search(r"/\s*(\d+)", text)
    if stated is None or (column.measure == "points" and maximum is not None and int(stated[1]) == maximum):
        return
    expected = f"at most {numerals.show(maximum)}" if column.measure == "points" and maximum else "one number"
    raise InputError(
        where,
        f'"{text}" is out of {stated[1]}',
        expected=expected,
        remedy="write the number before the slash alone",
    )


def _exact(cell: float, column: Column, where: str) -> Decimal:
    """The number of a numeric cell as the decimal it was typed as, refused where it may be another."""
    if not abs(cell) < _LARGEST:  # what is no number is not less either
        raise InputError(where, "holds no number", got=cell, remedy="type it again")
    value = Decimal(repr(cell))
    value = value.to_integral_value() if value == value.to_integral_value() else value
    if column.measure in ("count", "rank", "rank_of") and value != value.to_integral_value():
        raise InputError(
            where, f"{numerals.show(value)} is no whole number", remedy="write a whole number such as 1.064"
        )
    if column.measure == "percent" and 0 < value <= 1:
        raise _two_ways(value, where)
    if value != (rounded := numerals.half_up(value, _PRINTED_DECIMALS)):
        raise InputError(
            where, "has more decimals than the portal prints", got=numerals.show(value),
            remedy=f"write the number as printed, perhaps {numerals.show(rounded)}",
        )  # fmt: skip
    return value


def _two_ways(value: Decimal, where: str) -> InputError:
    """A cell formatted as a percentage holds 0.5153 where it shows 51,53%."""
    shown = [numerals.show(numerals.half_up(each).normalize()) for each in (value * 100, value)]
    return InputError(
        where,
        f"{value} may be {shown[0]}% or {shown[1]}%",
        remedy=f"format the cell as text and write {shown[0]}",
    )
