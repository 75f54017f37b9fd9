"""The month's tables as a workbook: numbers as numbers, everything else as text, sources beside every figure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sadec_analysis.facts import place_text, places_text
from sadec_analysis.figures import value_of
from sadec_analysis.monthly import MonthView
from sadec_analysis.office.package import in_xml
from sadec_analysis.spreadsheets import new_workbook
from sadec_analysis.words import capital

Cell = str | int | Decimal | None
_WIDTHS = {
    "unit": 26,
    "figure": 44,
    "source": 26,
    "place": 30,
    "message": 80,
    "reason": 60,
    "title": 50,
    "note": 60,
}


@dataclass(frozen=True)
class _Sheet:
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def write_xlsx(path: Path, view: MonthView, day: dt.date) -> None:
    """Write ``path``: totals, figures, findings and sources of a month, in the view's language, dated ``day``.

    The same view gives the same bytes. What begins with = + - or @ is text like any other.
    """
    title = f"{capital(view.place_name)}, {view.month_name()}"
    warning = view.words.text("brief.synthetic") if view.is_synthetic else ""
    with new_workbook(path) as book:
        book.set_properties({"title": title, "created": dt.datetime.combine(day, dt.time(), dt.UTC)})
        looks = _Looks(book)
        for sheet in (_totals(view), _figures(view), _findings(view), _files(view), _corrections(view)):
            _write(book.add_worksheet(view.words.text(f"sheet.{sheet.name}")), sheet, looks, view, warning)


class _Looks:
    """The formats of a workbook; numbers by their decimals, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[int, Any] = {}
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.warning = book.add_format({"bold": True, "bg_color": "#FFF0B8"})

    def number(self, decimals: int) -> Any:
        """The format of numbers with so many decimals."""
        if decimals not in self._numbers:
            form = "#,##0" + ("." + "0" * decimals if decimals else "")
            self._numbers[decimals] = self._book.add_format({"num_format": form, "valign": "top"})
        return self._numbers[decimals]


def _write(target: Any, sheet: _Sheet, looks: _Looks, view: MonthView, warning: str) -> None:
    head = 1 if warning else 0
    if warning:
        target.write_string(0, 0, warning, looks.warning)
    for at, name in enumerate(sheet.columns):
        target.set_column(at, at, _WIDTHS.get(name, 14))
        target.write_string(head, at, _heading(name, view), looks.head)
    for row, cells in enumerate(sheet.rows, head + 1):
        for at, cell in enumerate(cells):
            _write_cell(target, row, at, cell, looks)
    target.freeze_panes(head + 1, 1)
    target.autofilter(head, 0, head + max(len(sheet.rows), 1), len(sheet.columns) - 1)


def _heading(name: str, view: MonthView) -> str:
    """A column's heading: a criterion by its name in the rulebook."""
    criterion = view.rulebook.criteria.get(name)
    return criterion.name(view.words.lang) if criterion else view.words.text(f"sheet.{name}")


def _write_cell(target: Any, row: int, at: int, cell: Cell, looks: _Looks) -> None:
    if isinstance(cell, str):
        target.write_string(row, at, in_xml(cell), looks.text)
    elif cell is not None:
        decimals = max(0, -int(cell.as_tuple().exponent)) if isinstance(cell, Decimal) else 0
        target.write_number(row, at, float(cell), looks.number(decimals))


def _totals(view: MonthView) -> _Sheet:
    """One row per unit: total, change, grade, rank, and the six criteria."""
    criteria = [criterion.id for criterion in view.rulebook.criterion]
    rows = []
    for unit in view.place.own:
        total, change, grade, rank = (
            view.fact(unit, "total", name) for name in ("points", "change", "grade", "rank")
        )
        word = view.rulebook.grades[int(grade.value)].name(view.words.lang) if grade.value else None
        points = (view.fact(unit, name, "points").value for name in criteria)
        rows.append(
            (_unit_name(view, unit.code), total.value, change.value, word, _whole(rank.value), *points)
        )
    return _Sheet("totals", ("unit", "total", "change", "grade", "rank", *criteria), tuple(rows))


def _unit_name(view: MonthView, code: str) -> str:
    """A unit by its name; by its code where the place does not know it."""
    unit = view.place.by_code.get(code)
    return unit.title.text(view.words.lang) if unit else code


def _whole(value: Decimal | None) -> int | None:
    return None if value is None else int(value)


_FIGURE = (
    "period", "unit", "figure", "value", "lower", "upper", "measure", "printed", "status", "source", "place", "code",
    "indicator",
)  # fmt: skip


def _figures(view: MonthView) -> _Sheet:
    return _Sheet("figures", _FIGURE, tuple(_figure_rows(view)))


def _figure_rows(view: MonthView) -> Iterator[tuple[Cell, ...]]:
    words = view.words
    for row in view.figures.to_dict("records"):
        name = _unit_name(view, row["unit"])
        numbers = (value_of(row, each) for each in ("value", "lower", "upper"))
        yield (
            row["period"], name, capital(view.indicator(row["indicator"], row["measure"])), *numbers, row["measure"],
            row["printed"], words.text(f"brief.status_{row['status']}"), row["source"], place_text(row["place"], words),
            row["unit"], row["indicator"],
        )  # fmt: skip


def _findings(view: MonthView) -> _Sheet:
    columns = (
        "number",
        "severity",
        "unit",
        "message",
        "printed",
        "expected",
        "slack",
        "place",
        "indicator",
        "id",
    )
    rows = tuple(
        (
            int(row["number"]), view.words.text(f"severity.{row['severity']}"),
            _unit_name(view, row["unit"]), row["message"], str(row["printed"]),
            str(row["expected"]), str(row["slack"]), places_text(row["place"], view.words), row["indicator"], row["id"],
        )
        for row in view.findings.to_dict("records")
    )  # fmt: skip
    return _Sheet("findings", columns, rows)


def _files(view: MonthView) -> _Sheet:
    columns = ("file", "title", "provided_by", "received", "data", "note")
    told = (
        {**file, "data": view.words.text(f"brief.sources_{file['data']}")} for file in view.documents["files"]
    )
    return _Sheet("files", columns, _texts(told, ("name", *columns[1:])))


def _corrections(view: MonthView) -> _Sheet:
    columns = ("source", "place", "indicator", "printed", "used", "reason", "state", "by")
    told = ({**row, "place": place_text(row["place"], view.words)} for row in view.documents["corrections"])
    return _Sheet("corrections", columns, _texts(told, (*columns[:6], "status", "by")))


def _texts(rows: Iterable[dict[str, Any]], keys: tuple[str, ...]) -> tuple[tuple[Cell, ...], ...]:
    return tuple(tuple(str(row[key]) for key in keys) for row in rows)
