"""Tables of a Word document: widths, a header on every page, rows that stay whole."""

from __future__ import annotations

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm


def set_widths(table: Any, widths: list[float]) -> None:
    """Set the widths of a table's columns, in mm, for programs that go by columns and those that go by cells."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def repeat(row: Any) -> None:
    """Show a header row again on each page the table runs over."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    keep_whole(row)


def keep_whole(row: Any) -> None:
    """Let no page break fall inside a row."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def rule(table: Any, colour: str) -> None:
    """Draw thin lines between rows, and none between columns."""
    borders = OxmlElement("w:tblBorders")
    for edge in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", colour.removeprefix("#"))):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
