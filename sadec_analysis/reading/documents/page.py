"""The tree of a web page as paragraphs and tables, in order, as a browser would show them."""

from __future__ import annotations

import re

from sadec_analysis.reading.documents.items import MOST_CELLS, Block, Cell, RawTable
from sadec_analysis.reading.documents.numbering import written
from sadec_analysis.reading.documents.runs import BREAK, BULLET, Run, paragraphs
from sadec_analysis.reading.documents.trees import Element, whole

_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "p",
    "pre", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr",
}  # fmt: skip
_DROPPED = {
    "head", "title", "style", "script", "noscript", "template", "del", "xml", "svg", "object", "iframe",
    "audio", "video", "canvas", "map", "select", "textarea", "button",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"font-weight\s*:\s*(?:(?P<bold>bold|[6-9]00)|normal|lighter|[1-5]00)", re.IGNORECASE)
# Footnotes as Word and LibreOffice write them: the references in the text, the notes at the end.
_NOTE = re.compile(r"#_(?:ftn|edn)|#sd(?:foot|end)note|(?:ftn|edn|sdfootnote|sdendnote)\d+$")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([\w-]+)", re.IGNORECASE)
_FORMS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "lower-alpha": "lowerLetter",
    "lower-latin": "lowerLetter", "upper-alpha": "upperLetter", "upper-latin": "upperLetter",
    "lower-roman": "lowerRoman", "upper-roman": "upperRoman", "decimal-leading-zero": "decimalZero",
    "none": "none",
}  # fmt: skip


class Page:
    """Reads one page, or one cell of a table in it."""

    def __init__(self) -> None:
        self._read: list[Block] = []
        self._runs: list[Run] = []
        self._label = ""

    def blocks(self, element: Element) -> list[Block]:
        """Return the paragraphs and tables of an element; to be asked once."""
        self._inside(element, is_bold=False)
        self._end()
        return self._read

    def _say(self, text: str | None, *, is_bold: bool) -> None:
        if text:
            # In the source of a page a line feed is a space; only <br> breaks a line.
            self._runs.append((text.replace("\n", " "), is_bold))

    def _end(self) -> None:
        """End the paragraph; a list number waits for the first that has text."""
        ended = list(paragraphs(self._runs, self._label))
        self._runs = []
        if ended:
            self._read += ended
            self._label = ""

    def _inside(self, element: Element, *, is_bold: bool) -> None:
        self._say(element.text, is_bold=is_bold)
        for child in element:
            if _shows(child):
                self._child(child, is_bold=_bold(child, is_bold=is_bold))
            self._say(child.tail, is_bold=is_bold)

    def _child(self, child: Element, *, is_bold: bool) -> None:
        if child.tag == "br":
            self._runs.append(BREAK)
        elif child.tag == "table":
            self._end()
            self._table(child)
        elif child.tag in ("ol", "ul"):
            self._list(child, is_bold=is_bold)
        elif child.tag in _BLOCKS:
            self._end()
            self._inside(child, is_bold=is_bold)
            self._end()
        else:
            self._inside(child, is_bold=is_bold)

    def _list(self, element: Element, *, is_bold: bool) -> None:
        self._end()
        self._say(element.text, is_bold=is_bold)
        number = whole(element.get("start"), 1)
        for child in filter(_shows, element):
            if child.tag == "li":
                self._end()
                number = whole(child.get("value"), number)
                self._label = _list_label(element, number)
                number += 1
            self._child(child, is_bold=_bold(child, is_bold=is_bold))
            self._end()
            self._label = ""
            self._say(child.tail, is_bold=is_bold)
        self._end()

    def _table(self, element: Element) -> None:
        """Read a table, after whatever stands in it outside its cells, such as its caption."""
        rows: list[list[Cell]] = []
        self._say(element.text, is_bold=False)
        self._rows(element, rows)
        self._end()
        self._read.append(RawTable(rows))

    def _rows(self, element: Element, rows: list[list[Cell]]) -> None:
        for child in filter(_shows, element):
            if child.tag == "tr":
                rows.append([])
                self._rows(child, rows)
            elif child.tag in ("thead", "tbody", "tfoot"):
                self._rows(child, rows)
            elif child.tag in ("td", "th") and rows:
                rows[-1].append(_cell(child))
            else:
                self._child(child, is_bold=False)
            self._say(child.tail, is_bold=False)


def _cell(element: Element) -> Cell:
    columns, rows = (whole(element.get(name), 1) for name in ("colspan", "rowspan"))
    # A rowspan of 0 reaches to the end of the table.
    return Cell(Page().blocks(element), max(1, columns), rows or MOST_CELLS)


def _shows(element: Element) -> bool:
    if element.tag in _DROPPED or "hidden" in element.attrib or _HIDDEN.search(element.get("style", "")):
        return False
    is_note = any(_NOTE.match(element.get(name, "")) for name in ("href", "id"))
    is_margin = element.tag == "div" and element.get("title") in ("header", "footer")
    return not (is_note or is_margin)


def _bold(element: Element, *, is_bold: bool) -> bool:
    weight = _WEIGHT.search(element.get("style", ""))
    if weight:
        return bool(weight["bold"])
    return is_bold or element.tag in ("b", "strong")


def _list_label(element: Element, number: int) -> str:
    style = _LIST_STYLE.search(element.get("style", ""))
    form = _FORMS.get(style[1].lower() if style else element.get("type", ""), "decimal")
    if form == "none" or element.tag == "ul":
        return "" if form == "none" else BULLET
    return f"{written(number, form)}."
