"""Tables that a cell shows as HTML, such as data frames: their text and shape, none of their markup."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

Json = dict[str, Any]
_NUMBER = re.compile(r"\s*[-+−]?[\d.,\s]*\d[%]?\s*|\s*(?:nan|NaN|<NA>|None|NaT)?\s*")
_MOST_CELLS, _MOST_SPAN = 20_000, 1000


def table_of(text: str) -> Json | None:
    """Return the one table an output consists of as a part of kind ``table``; None where it is anything else."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError):
        return None
    found = root.findall(".//table")
    if len(found) != 1 or found[0].find(".//table") is not None:
        return None
    rows = [(row.getparent().tag == "thead", _cells(row)) for row in found[0].iter("tr")]
    if not rows or sum(len(cells) for _, cells in rows) > _MOST_CELLS:
        return None
    head, body = ([cells for is_head, cells in rows if is_head is wanted] for wanted in (True, False))
    columns = max(sum(cell["colspan"] for cell in cells) for _, cells in rows)
    _align_heads(head, body, columns)
    return {"kind": "table", "head": head, "rows": body, "columns": columns, "caption": _caption(found[0])}


def _align_heads(head: list[list[Json]], body: list[list[Json]], columns: int) -> None:
    """Let the head of a column of numbers stand over them."""
    full = next((row for row in body if sum(cell["colspan"] for cell in row) == columns), [])
    numbers = [cell["is_number"] for cell in full for _ in range(cell["colspan"])]
    for row in head:
        at = 0
        for cell in row:
            cell["is_number"] = cell["colspan"] == 1 and numbers[at : at + 1] == [True]
            at += cell["colspan"]


def _caption(table: Any) -> str:
    caption = table.find("caption")
    return "" if caption is None else _words(caption)


def _cells(row: Any) -> list[Json]:
    return [
        {
            "c": [{"t": "text", "s": _words(cell)}],
            "colspan": _span(cell, "colspan"),
            "rowspan": _span(cell, "rowspan"),
            "is_head": cell.tag == "th",
            "is_number": bool(_NUMBER.fullmatch(_words(cell))),
        }
        for cell in row
        if cell.tag in ("td", "th")
    ]


def _words(cell: Any) -> str:
    return " ".join("".join(cell.itertext()).split())


def _span(cell: Any, name: str) -> int:
    written = cell.get(name, "1")
    return min(max(int(written), 1), _MOST_SPAN) if written.isascii() and written.isdigit() else 1
