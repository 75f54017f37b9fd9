"""The report as a Word document that needs only a number, a date and a signature."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from sadec_analysis import charts
from sadec_analysis.blocks import Block, Chart
from sadec_analysis.errors import InputError
from sadec_analysis.monthly import MonthView
from sadec_analysis.office.package import add_field, in_xml, packed, set_properties
from sadec_analysis.office.pictures import add_picture
from sadec_analysis.office.styles import remember_styles
from sadec_analysis.office.tables import keep_whole, repeat, set_widths
from sadec_analysis.reading.doors import require_archive
from sadec_analysis.report import footnotes
from sadec_analysis.report.base import MARK, STYLES, YEAR, base_document
from sadec_analysis.report.content import content
from sadec_analysis.report.pieces import Cells, Line, Picture, Run, wording

_PICTURE = 118  # mm
_TEXT_WIDTH, _NUMBER_WIDTH, _CODE_WIDTH, _UNIT_WIDTH = 160, 12, 38, 62  # mm
_CHARTS: dict[str, Callable[[MonthView], Block]] = {
    "criteria": charts.criteria, "ward_totals": charts.ward_totals, "on_time": charts.on_time,
    "online_submission": charts.online_submission, "satisfaction": charts.satisfaction,
    "certified_copies": charts.certified_copies,
}  # fmt: skip


def write_report(view: MonthView, day: dt.date, own_base: Path) -> bytes:
    """Return the report of a month as .docx, dated ``day``; the same input gives the same bytes.

    ``view`` is of the Vietnamese words, for the report is a Vietnamese document. The base document is
    ``own_base`` where there is such a file, else made from the place file. Raises InputError where
    ``own_base`` is no Word document, or lacks the paragraph that marks where the report goes.
    """
    document = _opened(own_base) if own_base.is_file() else base_document(view.place)
    remember_styles(document)
    # The numbered circles of findings lead to a list that only the brief has.
    writer = _Writer(document, _mark(document, own_base), replace(view, findings=view.findings.iloc[:0]))
    for piece in content(view):
        writer.add(piece)
    writer.finish()
    _fill_year(document, str(view.month.year))
    title = f"Báo cáo {view.month_name()}, {view.place.name}"
    set_properties(document, title, view.place.letterhead.body, day, "vi-VN")
    return packed(document)


def _opened(path: Path) -> Any:
    require_archive(path, "word/document.xml")
    document = docx.Document(str(path))
    known = {style.name for style in document.styles}
    missing = [name for name in STYLES if name not in known]
    if missing:
        raise InputError(
            path, "lacks a style the report needs", got=", ".join(missing),
            remedy="take the shipped base document again, and change its styles without renaming them",
        )  # fmt: skip
    return document


def _mark(document: Any, path: Path) -> Any:
    for paragraph in document.paragraphs:
        if paragraph.text.strip() == MARK:
            return paragraph
    raise InputError(
        path, "has no paragraph that marks where the report goes", expected=MARK,
        remedy="write it on a line of its own, between letterhead and recipients",
    )  # fmt: skip


@dataclass
class _Writer:
    """Writes pieces before a mark, and counts tables, pictures and footnotes."""

    document: Any
    mark: Any
    view: MonthView
    notes: list[str] = field(default_factory=list)
    tables: int = 0
    pictures: int = 0

    def add(self, piece: Line | Cells | Picture) -> None:
        """Write one piece."""
        if isinstance(piece, Line):
            self._runs(self._paragraph(piece.style), piece.runs)
        elif isinstance(piece, Cells):
            self._table(piece)
        elif isinstance(chart := _CHARTS[piece.name](self.view), Chart):
            self._picture(piece, chart)

    def finish(self) -> None:
        """Take the mark away and attach the footnotes."""
        self.mark._p.getparent().remove(self.mark._p)
        styles = self.document.styles
        footnotes.attach(
            self.document, self.notes, styles["Footnote Text"].style_id, styles["Footnote Reference"].style_id
        )

    def _paragraph(self, style: str) -> Any:
        return self.mark.insert_paragraph_before("", style=style)

    def _runs(self, paragraph: Any, runs: tuple[Run, ...]) -> None:
        for each in runs:
            run = paragraph.add_run(in_xml(each.text))
            run.bold, run.italic = each.bold or None, each.italic or None
            if each.note:
                self.notes.append(in_xml(each.note))
                footnotes.add_reference(paragraph.add_run(), len(self.notes))

    def _caption(self, key: str, name: str, number: int, caption: str) -> None:
        before, after = wording(f"words.{key}").split("{number}")
        paragraph = self._paragraph("Caption")
        paragraph.add_run(before)
        add_field(paragraph, f"SEQ {name} \\* ARABIC", str(number))
        paragraph.add_run(after.format(caption=caption))
        paragraph.paragraph_format.keep_with_next = key == "table"

    def _table(self, piece: Cells) -> None:
        self.tables += 1
        self._caption("table", "Bảng", self.tables, piece.caption)
        table = self.document.add_table(1, len(piece.header), style="Table Grid")
        self.mark._p.addprevious(table._tbl)
        for cell, text in zip(table.rows[0].cells, piece.header, strict=True):
            self._cell(cell, (Run(text, bold=True),), is_centred=True)
        repeat(table.rows[0])
        for row in piece.rows:
            written = table.add_row()
            keep_whole(written)
            for at, (cell, said) in enumerate(zip(written.cells, row, strict=True)):
                self._cell(cell, (Run(said.text, note=said.note),), is_centred=at in piece.numeric)
        set_widths(table, _widths(piece.header))
        self._paragraph("Table Text")

    def _cell(self, cell: Any, runs: tuple[Run, ...], *, is_centred: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = "Table Text"
        paragraph.alignment = 1 if is_centred else None
        self._runs(paragraph, runs)

    def _picture(self, piece: Picture, chart: Chart) -> None:
        self.pictures += 1
        paragraph = self._paragraph("Caption")
        paragraph.paragraph_format.keep_with_next = True
        add_picture(paragraph, chart.svg, chart.alt, chart.name, _PICTURE)
        self._caption("figure", "Hình", self.pictures, piece.caption)


def _widths(header: tuple[str, ...]) -> list[float]:
    """Widths in mm: little for numbers, enough for a unit's name in one line, the rest shared alike."""
    fixed = {"STT": _NUMBER_WIDTH, "Đơn vị": _UNIT_WIDTH, "Mã định danh": _CODE_WIDTH}
    shared = _TEXT_WIDTH - sum(fixed.get(name, 0) for name in header)
    others = sum(name not in fixed for name in header)
    return [fixed.get(name, shared / max(others, 1)) for name in header]


def _fill_year(document: Any, year: str) -> None:
    for text in document.element.body.iter(qn("w:t")):
        text.text = (text.text or "").replace(YEAR, year)
