"""Where things stand on a sheet of the workbook: the row of headings, columns by heading, rows by unit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property

from sadec_analysis.errors import InputError
from sadec_analysis.names import text_key
from sadec_analysis.places import Place, Unit
from sadec_analysis.reading.observations import Observer
from sadec_analysis.reading.sheets import Rows, letters
from sadec_analysis.reading.workbook.cells import is_blank, text_of
from sadec_analysis.reading.workbook.form import Column, Form


@dataclass
class Problems:
    """Sentences of the errors met so far; reading goes on after each, so that all are told at once."""

    sentences: list[str] = field(default_factory=list)

    @contextmanager
    def collected(self) -> Iterator[None]:
        """Keep an InputError as a sentence."""
        try:
            yield
        except InputError as error:
            self.sentences.append(str(error))


@dataclass(frozen=True)
class Sheet:
    """One sheet with a table; rows and columns are counted from 0 here, and from 1 and A in places."""

    title: str
    rows: Rows
    head: int
    form: Form
    columns: tuple[Column, ...]

    @classmethod
    def found(
        cls, title: str, rows: Rows, form: Form, columns: tuple[Column, ...], observer: Observer
    ) -> Sheet:
        """Find the row of headings; raises InputError where there is none, or the sheet is of another month or place."""
        wanted = text_key(form.code)
        head = next(
            (at for at, row in enumerate(rows) if wanted in (text_key(text_of(cell)) for cell in row)), None
        )
        if head is None:
            raise InputError(
                f"{observer.source}, sheet {title}", "has no row of headings", expected=form.code,
                remedy="put the headings back as they were",
            )  # fmt: skip
        for what, label, expected in (
            ("month", form.month, str(observer.month)), ("place", form.place, observer.place.id),
        ):  # fmt: skip
            _require_stated(rows[:head], label, expected, f"{observer.source}, sheet {title}", what)
        return cls(title, rows, head, form, columns)

    def place(self, row: int | None = None, at: int | None = None) -> str:
        """Say a place: ``sheet Tổng điểm, row 7, column C``."""
        parts = (
            f"row {row + 1}" if row is not None else "",
            f"column {letters(at)}" if at is not None else "",
        )
        return ", ".join(part for part in (f"sheet {self.title}", *parts) if part)

    @cached_property
    def body(self) -> list[int]:
        """Rows below the headings with anything in them; a stray cell may stand hundreds of thousands of rows below."""
        below = range(self.head + 1, len(self.rows))
        return [row for row in below if any(cell != "" for cell in self.rows[row])]

    def text(self, row: int, heading: str) -> str:
        """The text of a row under a heading; empty where there is no such column."""
        at = self.at.get(text_key(heading))
        return "" if at is None else text_of(self.rows[row][at])

    @cached_property
    def at(self) -> dict[str, int]:
        """Columns by the key of their heading; of two with the same heading, the first."""
        keys = [text_key(text_of(cell)) for cell in self.rows[self.head]]
        return {key: at for at, key in reversed(list(enumerate(keys))) if key}

    @cached_property
    def asked(self) -> list[int]:
        """Columns of the figures asked for, in the sheet's order."""
        keys = (text_key(column.heading) for column in self.columns)
        return sorted(self.at[key] for key in keys if key in self.at)

    def has_values(self, row: int) -> bool:
        """Whether anything stands in a row under a figure's heading."""
        return any(not is_blank(self.rows[row][at]) for at in self.asked)


def _require_stated(rows: Rows, label: str, expected: str, where: str, what: str) -> None:
    """Raise InputError unless the cell after ``label``, above the headings, says what the folder says."""
    stated = ""
    for row in rows:
        texts = [text for text in map(text_of, row) if text]
        keys = list(map(text_key, texts))
        if text_key(label) in keys[:-1]:
            stated = texts[keys.index(text_key(label)) + 1]
    if stated != expected:
        raise InputError(
            where, f"is of another {what} than its folder", got=stated or f"nothing after «{label}»", expected=expected,
            remedy="use the workbook prepared for this month and place",
        )  # fmt: skip


def require_headings(sheet: Sheet, observer: Observer, problems: Problems) -> None:
    """Note each column with values that nobody asked for, or asked for once; values under no heading are left unread."""
    own = {text_key(column.heading) for column in sheet.columns}
    labels = {text_key(label) for label in (sheet.form.code, sheet.form.name, sheet.form.previous)}
    for at, cell in enumerate(sheet.rows[sheet.head]):
        heading, key = text_of(cell), text_key(text_of(cell))
        valued = [row for row in sheet.body if not is_blank(sheet.rows[row][at])]
        if not valued or key in labels or (key in own and sheet.at[key] == at):
            continue
        if not key:
            for row in valued:
                observer.leave(sheet.place(row, at), text_of(sheet.rows[row][at]))
            continue
        with problems.collected():
            raise InputError(
                f"{observer.source}, {sheet.place(sheet.head, at)}",
                f"heading «{heading}» stands twice" if key in own else f"unknown heading «{heading}» with values under it",
                expected=", ".join(f"«{column.heading}»" for column in sheet.columns),
                remedy="mend the heading, or take the column out",
            )  # fmt: skip


def unit_rows(sheet: Sheet, observer: Observer, problems: Problems) -> dict[str, int]:
    """Rows by the code of their unit; each row with values and no unit of the place, or one met before, is noted."""
    rows: dict[str, int] = {}
    for row in sheet.body:
        try:
            unit = _unit(sheet, row, observer)
        except InputError as error:
            if sheet.has_values(row):
                problems.sentences.append(str(error))
            continue
        with problems.collected():
            if unit.code in rows:
                raise InputError(
                    f"{observer.source}, {sheet.place(row)}", f"{unit.name} stands twice", got=f"rows {rows[unit.code] + 1} and {row + 1}",
                    remedy="keep one row",
                )  # fmt: skip
            rows[unit.code] = row
    return rows


def _unit(sheet: Sheet, row: int, observer: Observer) -> Unit:
    code, name, place = sheet.text(row, sheet.form.code), sheet.text(row, sheet.form.name), observer.place
    where = f"{observer.source}, {sheet.place(row)}"
    if not (code or name):
        raise InputError(
            where, "has values and no unit", remedy="write the unit's code, or take the values out"
        )
    coded = next((unit for unit in place.own if unit.code.casefold() == code.casefold()), None)
    unit = coded if coded and not name else place.match(name or code, where)
    observer.require_code(unit, code, sheet.place(row))
    return _require_own(unit, place, where)


def _require_own(unit: Unit, place: Place, where: str) -> Unit:
    if unit not in place.own:
        raise InputError(
            where, f"{unit.name} is not asked for", expected=", ".join(each.name for each in place.own),
            remedy="take the row out",
        )  # fmt: skip
    return unit
