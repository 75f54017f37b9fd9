"""The one table everything flows through: figures, one observation per row.

Two rows of the same period, unit, indicator and measure with other values are
a contradiction; nothing here hides one. ``settle`` chooses the value to use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from sadec_analysis.errors import SadecError
from sadec_analysis.plain import plain_all

COLUMNS = (
    "period", "unit", "indicator", "measure", "value", "lower", "upper", "printed", "source", "place", "status",
)  # fmt: skip
KEY = ["period", "unit", "indicator", "measure"]
NUMBERS = ["value", "lower", "upper"]
MEASURES = ("points", "percent", "count", "rank", "rank_of", "change", "growth", "days", "grade")
# What begins a formula: a sign before anything but a number, and what never begins a number.
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?![\d.,]+%?$)")
STATUSES = ("printed", "counted", "corrected", "computed", "synthetic")


@dataclass(frozen=True)
class Figure:
    """One observation. ``value`` is None where unknown; the limits then say what is known."""

    period: str
    unit: str
    indicator: str
    measure: str
    value: Decimal | None
    printed: str
    source: str
    place: str
    status: str = "printed"
    lower: Decimal | None = None
    upper: Decimal | None = None


def table(figures: Iterable[Figure]) -> pd.DataFrame:
    """Make the table of figures: one row each, in the order given, columns as COLUMNS.

    >>> rows = [Figure("2022-11", "000.00.36.H20", "total", "points", Decimal("37.5"), "37,5/100", "r.md", "I.1")]
    >>> table(rows)[["value", "lower", "upper"]].iloc[0].tolist()
    [37.5, 37.5, 37.5]
    """
    rows = [tuple(getattr(figure, column) for column in COLUMNS) for figure in figures]
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    for column in NUMBERS:
        frame[column] = pd.to_numeric(frame[column].map(_as_float), errors="raise").astype("float64")
    frame["lower"] = frame["lower"].fillna(frame["value"])
    frame["upper"] = frame["upper"].fillna(frame["value"])
    texts = [column for column in COLUMNS if column not in NUMBERS]
    return require_valid(frame.astype(dict.fromkeys(texts, "str")))


def _as_float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def require_valid(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` unchanged, or raise SadecError naming the first row that breaks the contract."""
    if tuple(frame.columns) != COLUMNS:
        raise SadecError("figures", "wrong columns", got=list(frame.columns), expected=list(COLUMNS))
    for column, known in (("measure", MEASURES), ("status", STATUSES)):
        _refuse(frame, ~frame[column].isin(known), f"unknown {column}", column)
    _refuse(frame, (frame["unit"] == "") | (frame["indicator"] == ""), "unit or indicator is empty", "unit")
    _refuse(frame, frame["lower"] > frame["upper"], "limits in the wrong order", "lower")
    is_outside = (frame["value"] < frame["lower"]) | (frame["value"] > frame["upper"])
    _refuse(frame, is_outside, "value outside its limits", "value")
    return frame


def _refuse(frame: pd.DataFrame, is_bad: pd.Series, what: str, column: str) -> None:
    if is_bad.any():
        row = frame[is_bad].iloc[0]
        where = f"figures, {row['indicator']} of {row['unit']} at {row['place']}"
        raise SadecError(where, what, got=repr(row[column]))


def settle(frame: pd.DataFrame) -> pd.DataFrame:
    """Choose one row per period, unit, indicator and measure; the caller's table is unchanged.

    A corrected row wins over printed ones; among equals the first printed in
    document order is used, except that a known value wins over bounds. The
    column ``alternatives`` counts the other values printed for the same figure.
    """
    order = frame.assign(
        _first=(frame["status"] != "corrected").astype(int),
        _unknown=frame["value"].isna().astype(int),
        _line=range(len(frame)),
    )
    chosen = order.sort_values(["_first", "_unknown", "_line"]).drop_duplicates(KEY).sort_values("_line")
    values = frame.groupby(KEY)["value"].nunique().rename("alternatives") - 1
    return (
        chosen.drop(columns=["_first", "_unknown", "_line"])
        .merge(values.clip(lower=0), left_on=KEY, right_index=True, how="left")
        .reset_index(drop=True)
    )


def value_of(row: Mapping[Hashable, Any], column: str = "value") -> Decimal | None:
    """Return a stored number as the decimal it was printed as ("12,30" keeps its zero); None where unknown.

    >>> value_of({"value": 12.3, "measure": "points", "printed": "12,30"})
    Decimal('12.30')
    """
    if pd.isna(row[column]):
        return None
    value = Decimal(str(float(row[column]))).normalize()
    decimals = max(0, -int(value.as_tuple().exponent))
    if row["measure"] not in ("count", "rank", "rank_of", "grade"):
        found = re.search(r"\d[.,](\d{1,2})(?!\d)", row["printed"])
        decimals = max(decimals, len(found[1]) if found else 0)
    return value.quantize(Decimal(1).scaleb(-decimals))


def part_of(place: str) -> str:
    """The part of a source a place lies in: a section of a report, a sheet of a workbook, a response.

    >>> part_of("II.2.1, table 2, row 3"), part_of("sheet Công khai, minh bạch, row 7, column C"), part_of("response, 2.1 score")
    ('II.2.1', 'sheet Công khai, minh bạch', 'response')
    """
    return (
        re.split(r", (?=row |column )", place)[0]
        if place.startswith("sheet ")
        else place.split(",", maxsplit=1)[0]
    )


def write_parquet(frame: pd.DataFrame, path: Path) -> None:
    """Write a table for later rooms."""
    frame.to_parquet(path, index=False)


def plain_table(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with every text plain; the caller's table is unchanged."""
    return _with_texts(frame, plain_all)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    """Write a table for people: UTF-8 with a mark so that Excel shows Vietnamese, decimals with a dot.

    A text that a spreadsheet would work out as a formula begins with an apostrophe.
    """
    safe = _with_texts(frame, _as_words)
    safe.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _with_texts(frame: pd.DataFrame, change: Callable[[Any], Any]) -> pd.DataFrame:
    texts = frame.select_dtypes(["object", "string"]).columns
    return frame.assign(**{name: frame[name].map(change) for name in texts})


def _as_words(cell: Any) -> Any:
    """Keep a spreadsheet from reading words as a formula; numbers with a sign are none.

    >>> _as_words("=1+1"), _as_words("-11,17"), _as_words("+ 5 điểm")
    ("'=1+1", '-11,17', "'+ 5 điểm")
    """
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
