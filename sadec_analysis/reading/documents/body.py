"""The body of a Word file as paragraphs and tables, in order, all tracked changes accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sadec_analysis.errors import InputError
from sadec_analysis.reading.documents.items import Block, Cell, RawTable
from sadec_analysis.reading.documents.numbering import Numbering
from sadec_analysis.reading.documents.runs import BREAK, Run, paragraphs
from sadec_analysis.reading.documents.styles import Styles
from sadec_analysis.reading.documents.trees import Element, whole
from sadec_analysis.reading.documents.wordml import W, is_gone, nearest, path_of, value, visible

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_TEXTS = (f"{W}t", _MATH_TEXT)
_SIGNS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_SYMBOL = re.compile(r"(?!D[89A-F])[0-9A-F]{4}", re.IGNORECASE)


@dataclass
class _Story:
    """What has been read since the last paragraph ended, and the fields that are open."""

    runs: list[Run] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    # Open fields, outermost first: whether each is still in its instruction.
    fields: list[bool] = field(default_factory=list)
    instructions: int = 0

    def turn(self, kind: str | None) -> None:
        """Take note of the begin, the separator or the end of a field."""
        if kind == "begin":
            self.fields.append(True)
            self.instructions += 1
        elif self.fields and kind in ("separate", "end"):
            self.instructions -= self.fields.pop()
            if kind == "separate":
                self.fields.append(False)


@dataclass(frozen=True)
class Body:
    """Reads the stories of one file: its body, and the cells and text boxes in it."""

    path: Path
    styles: Styles
    numbering: Numbering

    def items(self, container: Element) -> Iterator[Block]:
        """Yield the paragraphs and tables of a body, a cell or a text box."""
        story = _Story()
        for block in nearest(container, "p", "tbl"):
            if block.tag == f"{W}tbl":
                yield from self._ended(story, None)
                yield self._table(block)
                continue
            style = self.styles.of_paragraph(block)
            self._read(block, story, style, is_bold=False, is_shown=True)
            # Without its mark a paragraph runs on into the next, whose style and number hold for both.
            if not is_gone(block.find(path_of("pPr", "rPr"))):
                yield from self._ended(story, block)
        yield from self._ended(story, None)
        if story.instructions:
            raise InputError(
                self.path, "has a field that never ends", remedy="open it in Word and save it again"
            )

    def _ended(self, story: _Story, paragraph: Element | None) -> Iterator[Block]:
        """Yield what was read as a paragraph, and after it the text boxes anchored in it."""
        runs, boxes = story.runs, story.boxes
        story.runs, story.boxes = [], []
        label = self.numbering.label(paragraph) if paragraph is not None else ""
        yield from paragraphs(runs, label)
        for box in boxes:
            yield from self.items(box)

    def _read(
        self, element: Element, story: _Story, style: str | None, *, is_bold: bool, is_shown: bool
    ) -> None:
        for child in visible(element):
            if child.tag == f"{W}fldChar":
                story.turn(child.get(f"{W}fldCharType"))
            elif child.tag == f"{W}r":
                bold, hidden = (self.styles.is_on(child, style, name) for name in ("b", "vanish"))
                self._read(child, story, style, is_bold=bold, is_shown=not hidden)
            elif child.tag == f"{W}txbxContent":
                story.boxes += [child] if is_shown else []
            elif (text := _text(child)) is None:
                self._read(child, story, style, is_bold=is_bold, is_shown=is_shown)
            elif is_shown and not story.instructions:
                story.runs.append(BREAK if text == "\n" else (text, is_bold))

    def _table(self, table: Element) -> RawTable:
        rows: list[list[Cell]] = []
        above: dict[int, Cell] = {}
        for row in nearest(table, "tr"):
            if not is_gone(row.find(path_of("trPr"))):
                cells, above = self._row(row, above)
                rows.append(cells)
        return RawTable(rows)

    def _row(self, row: Element, above: dict[int, Cell]) -> tuple[list[Cell], dict[int, Cell]]:
        """Return a row's new cells, and by column the cells that may reach down from it."""
        column = whole(value(row, "trPr", "gridBefore"), 0)
        cells = [Cell([], columns=column)] if column else []
        reaching = {}
        for element in nearest(row, "tc"):
            if element.find(path_of("tcPr", "cellDel")) is not None:
                continue
            cell, merge = above.get(column), element.find(path_of("tcPr", "vMerge"))
            columns = max(1, whole(value(element, "tcPr", "gridSpan"), 1))
            is_lower = merge is not None and merge.get(f"{W}val") != "restart"
            if is_lower and cell is not None and cell.columns == columns:
                cell.rows += 1
            else:
                cell = Cell(list(self.items(element)), columns)
                cells.append(cell)
            if merge is not None:
                reaching[column] = cell
            column += columns
        return cells, reaching


def _text(element: Element) -> str | None:
    """What an element inside a run shows, a line feed for a break; None where it is no text itself."""
    if element.tag in _TEXTS:
        return (element.text or "").replace("\n", " ")
    if element.tag == f"{W}sym":
        code = element.get(f"{W}char") or ""
        return chr(int(code, 16)) if _SYMBOL.fullmatch(code) else ""
    return _SIGNS.get(element.tag)
