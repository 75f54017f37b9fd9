"""The brief as a Word document: the blocks of the executed notebook, in their order, to be edited and quoted from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from sadec_analysis.blocks import blocks_of
from sadec_analysis.brief.word_styles import TEXT_WIDTH, new_document
from sadec_analysis.charts.style import GREY
from sadec_analysis.office.package import in_xml, packed, set_properties
from sadec_analysis.office.pictures import add_picture
from sadec_analysis.office.styles import remember_styles
from sadec_analysis.office.tables import keep_whole, repeat, rule, set_widths

if TYPE_CHECKING:  # slow to import
    from nbformat import NotebookNode

Json = dict[str, Any]
_PICTURE = 104  # mm
_AUTHOR = "sadec_analysis"
_NARROW, _FIRST = 21, 40  # mm a column of numbers takes at most, and the first one at least


def to_word(notebook: NotebookNode, title: str, lang: str, day: dt.date) -> bytes:
    """Return the brief as .docx, dated ``day``; the same input gives the same bytes.

    Every block stands as in the page, tables behind charts included; charts are pictures with their alternative text.
    """
    document = new_document(lang, title)
    remember_styles(document)
    writer = _Writer(document)
    for block in blocks_of(notebook):
        _WRITERS[block["kind"]](writer, block)
    set_properties(document, title, _AUTHOR, day, lang)
    return packed(document)


class _Writer:
    """Writes blocks at the end of a document, one method for each kind."""

    def __init__(self, document: Any) -> None:
        self.document = document

    def masthead(self, block: Json) -> None:
        """Who, about what, which month."""
        self._line("Small", [block["kicker"]])
        self._line("Masthead", [f"{block['title']}  ·  {block['month']}"])
        if block["warning"]:
            self._line("Masthead", [block["warning"]])

    def heading(self, block: Json) -> None:
        """A heading; Word's own, so that the document has an outline."""
        number = [f"{block['number']} "] if block["number"] else []
        self._line(f"Heading {block['level']}", [*number, *block["text"]], is_plain=True)

    def text(self, block: Json) -> None:
        """A paragraph."""
        self._told("Small" if block["role"] == "small" else "Normal", block["text"])

    def cards(self, block: Json) -> None:
        """Headline numbers side by side."""
        cards = block["cards"]
        table = self.document.add_table(1, len(cards))
        for cell, card in zip(table.rows[0].cells, cards, strict=True):
            self._line("Small", [card["label"]], cell.paragraphs[0])
            self._line("Figure", card["value"], cell.add_paragraph(), is_plain=True)
            self._told("Small", card["note"], cell.add_paragraph(), [*card["value"], *card["note"]])
        set_widths(table, [TEXT_WIDTH / len(cards)] * len(cards))

    def points(self, block: Json) -> None:
        """A numbered list under a label."""
        self._line("Label", [block["label"]])
        for item in block["items"]:
            self._told("List Number", item)

    def grid(self, block: Json) -> None:
        """A table with its caption and note."""
        if block["caption"]:
            self._line("Caption", [block["caption"]])
        self._table(block)
        if block["note"]:
            self._line("Small", [block["note"]])

    def chart(self, block: Json) -> None:
        """A picture, what it shows, and the table behind it."""
        self._line("Caption", [block["title"]])
        self._line("Small", [block["subtitle"]]).paragraph_format.keep_with_next = True
        picture = self.document.add_paragraph(style="Chart")
        add_picture(picture, block["svg"], block["alt"], block["name"], _PICTURE)
        self._line("Small", [block["source"]])
        if block["data"]["rows"]:
            self._table(block["data"])

    def quote(self, block: Json) -> None:
        """The office's own words."""
        self._line("Label", [block["label"]])
        for paragraph in block["paragraphs"]:
            self._line("Quote", [paragraph])
        self._line("Small", [block["source"]])

    def note(self, block: Json) -> None:
        """A remark."""
        paragraph = self._line("Remark", [])
        if block["label"]:
            paragraph.add_run(in_xml(block["label"]) + " ").bold = True
        self._told("Remark", block["text"], paragraph)

    def contradictions(self, block: Json) -> None:
        """Findings with their numbers."""
        if block["label"]:
            self._line("Label", [block["label"]])
        for item in block["items"]:
            paragraph = self._line("Remark", [])
            paragraph.add_run(f"{item['number']}  ", style="Finding")
            paragraph.add_run(in_xml(f"{item['severity_name']}. ")).bold = True
            paragraph.add_run(in_xml(f"{item['message']} "))
            paragraph.add_run(in_xml(item["place"]), style="Reference")
        if block["more"]:
            self._line("Small", [block["more"]])

    def page(self, _: Json) -> None:
        """A new page."""
        self.document.add_page_break()

    def _table(self, grid: Json) -> None:
        table = self.document.add_table(1, len(grid["header"]))
        rule(table, GREY)
        repeat(table.rows[0])
        self._row(table.rows[0], [[name] for name in grid["header"]], grid["numeric"], is_head=True)
        for cells in grid["rows"]:
            row = table.add_row()
            keep_whole(row)
            self._row(row, cells, grid["numeric"])
        set_widths(table, _widths(len(grid["header"]), grid["numeric"]))
        self._line("Small", [])

    def _row(self, row: Any, cells: Sequence[Any], numeric: Iterable[int], *, is_head: bool = False) -> None:
        for at, (cell, spans) in enumerate(zip(row.cells, cells, strict=True)):
            paragraph = self._line("Cell", spans, cell.paragraphs[0], is_plain=True)
            paragraph.alignment = 2 if at in numeric else None
            for run in paragraph.runs if is_head else ():
                run.bold = True

    def _told(
        self, style: str, spans: Sequence[Any], paragraph: Any = None, sources: Sequence[Any] | None = None
    ) -> None:
        """A sentence with the parts of the report it draws on."""
        written = self._line(style, spans, paragraph)
        parts = dict.fromkeys(
            part
            for span in (spans if sources is None else sources)
            if not isinstance(span, str)
            for part in span["sections"]
        )
        if parts:
            written.add_run(in_xml(" " + ", ".join(parts)), style="Reference")

    def _line(
        self, style: str, spans: Sequence[Any], paragraph: Any = None, *, is_plain: bool = False
    ) -> Any:
        written = self.document.add_paragraph() if paragraph is None else paragraph
        written.style = style
        for span in spans:
            if isinstance(span, str):
                written.add_run(in_xml(span))
                continue
            written.add_run(in_xml(span["text"]), style=None if is_plain else "Number")
            for badge in span["badges"]:
                written.add_run(f" {badge}", style="Mark")
        return written


_WRITERS: dict[str, Callable[[_Writer, Json], None]] = {
    "masthead": _Writer.masthead, "heading": _Writer.heading, "text": _Writer.text, "cards": _Writer.cards,
    "points": _Writer.points, "grid": _Writer.grid, "chart": _Writer.chart, "quote": _Writer.quote, "note": _Writer.note,
    "contradictions": _Writer.contradictions, "break": _Writer.page,
}  # fmt: skip


def _widths(columns: int, numeric: Sequence[int]) -> list[float]:
    """Widths in mm: little for numbers, the rest shared by columns of words."""
    few = min(_NARROW, (TEXT_WIDTH - _FIRST) / max(columns - 1, 1))
    words = max(columns - len(numeric), 1)
    wide = (TEXT_WIDTH - few * len(numeric)) / words
    return [few if at in numeric else wide for at in range(columns)]
