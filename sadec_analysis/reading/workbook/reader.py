"""The workbook of a month, filled in by hand: columns by their headings, rows by the unit's code."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from sadec_analysis.errors import InputError
from sadec_analysis.figures import Figure
from sadec_analysis.months import Month
from sadec_analysis.names import text_key
from sadec_analysis.places import Unit
from sadec_analysis.reading.observations import Observer, Unread
from sadec_analysis.reading.sheets import Workbook, open_workbook
from sadec_analysis.reading.texts import require_unicode
from sadec_analysis.reading.workbook.cells import figure, is_blank, text_of
from sadec_analysis.reading.workbook.form import Column, load_form
from sadec_analysis.reading.workbook.layout import Problems, Sheet, require_headings, unit_rows


class InputProblems(InputError):  # noqa: N818 - an InputError that tells several problems
    """Everything wrong with one workbook: the error says the first, ``problems`` holds a sentence for each."""

    problems: tuple[str, ...] = ()

    @classmethod
    def of(cls, sentences: list[str], month: Month) -> Self:
        """Make one error of several sentences."""
        more = f" (and {len(sentences) - 1} more: run sadec check {month})" if len(sentences) > 1 else ""
        error = cls.saying(sentences[0] + more)
        error.problems = tuple(sentences)
        return error


def read_workbook(path: Path, observer: Observer) -> None:
    """Add the figures of a workbook to ``observer.reading``; cells left empty are listed as missing.

    Raises InputProblems with all that is wrong in it, and InputError for what is no workbook.
    """
    workbook, problems, form = open_workbook(path), Problems(), load_form()
    names = {text_key(name): name for name in workbook.names}
    for title, columns in form.sheets(observer.rulebook).items():
        with problems.collected():
            name = _require_sheet(names, title, observer)
            sheet = Sheet.found(title, workbook.rows(name), form, columns, observer)
            _read_sheet(sheet, observer, problems)
    if problems.sentences:
        raise InputProblems.of(problems.sentences, observer.month)
    _leave_others(workbook, observer)


def _require_sheet(names: dict[str, str], title: str, observer: Observer) -> str:
    if text_key(title) not in names:
        raise InputError(
            f"{observer.source}, sheet {title}", "is missing", got=", ".join(names.values()),
            remedy="give the sheet its name back, or take it from a workbook made anew",
        )  # fmt: skip
    return names[text_key(title)]


def _leave_others(workbook: Workbook, observer: Observer) -> None:
    form = load_form()
    known = {text_key(title) for title in (form.guide, *form.sheets(observer.rulebook))}
    for name in workbook.names:
        if text_key(name) not in known:
            observer.leave(f"sheet {name}", name)


def _read_sheet(sheet: Sheet, observer: Observer, problems: Problems) -> None:
    typed = " ".join(text_of(sheet.rows[row][at]) for row in sheet.body for at in sheet.asked)
    require_unicode(typed, f"{observer.source}, {sheet.place()}")
    require_headings(sheet, observer, problems)
    rows, before = unit_rows(sheet, observer, problems), len(observer.reading.figures)
    for unit in observer.place.own:
        for column in sheet.columns:
            with problems.collected():
                _read_cell(sheet, unit, rows.get(unit.code), column, observer)
    with problems.collected():
        _require_ranks(observer.reading.figures[before:])


def _read_cell(sheet: Sheet, unit: Unit, row: int | None, column: Column, observer: Observer) -> None:
    at = sheet.at.get(text_key(column.heading))
    cell = "" if row is None or at is None else sheet.rows[row][at]
    place = sheet.place(row, at)
    if not is_blank(cell):
        _require_asked(column, unit, f"{observer.source}, {place}")
        observer.reading.figures.append(figure(observer, unit, column, cell, place))
    elif column.asks(unit):
        observer.reading.missing.append(Unread(observer.source, place, f"{unit.name}: {column.heading}"))


def _require_asked(column: Column, unit: Unit, where: str) -> None:
    if not column.asks(unit):
        raise InputError(
            where, f"«{column.heading}» is not asked of {unit.name}", remedy="leave the cell empty"
        )


def _require_ranks(figures: list[Figure]) -> None:
    """Raise InputError where a rank lies beyond the number of units ranked."""
    known = {(each.unit, each.indicator, each.measure): each for each in figures}
    for rank in figures:
        of = known.get((rank.unit, rank.indicator, "rank_of")) if rank.measure == "rank" else None
        if of and rank.value and of.value and rank.value > of.value:
            raise InputError(
                f"{rank.source}, {rank.place}", f"rank {rank.printed} of {of.printed} units is impossible",
                remedy="mend one of the two",
            )  # fmt: skip
